"""Coupons of the chain: the list, a new one, its page, revoked and given again, printed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from imports.exports import export_rows, page_of
from loyalty.models import Right
from loyalty.offers import acts, board, printed
from loyalty.offers.forms import MOST, RightForm
from stores.chain_day import day_of
from stores.policies import CrmRequest, managers


@require_GET
@managers
def rights(request: CrmRequest) -> HttpResponse:
    """All coupons; ``?export`` gives a workbook, ``?print`` the codes on paper."""
    today = day_of(timezone.now())
    narrowed = board.RightFilter(request.GET, board.with_sums(), today=today)
    if "export" in request.GET:
        return export_rows(request, "coupons", board.RightResource, narrowed.qs)
    if "print" in request.GET:
        return _pdf(list(narrowed.qs[:MOST]))
    bare = board.RightFilter(request.GET, Right.objects.all(), today=today).but_for("state")
    counted, page = board.counts(bare, today), page_of(request, narrowed.qs)
    context = {
        "page": page, "wanted": narrowed.asked, "rows": [(right, board.state_of(right, today)) for right in page],
        "states": [(name, words, counted[name]) for name, words in board.STATES.items()], "whose": board.WHOSE.items(),
    }  # fmt: skip
    return render(request, "loyalty/rights.html", context)


@require_http_methods(["GET", "POST"])
@managers
def new_right(request: CrmRequest) -> HttpResponse:
    form = RightForm(request.POST or None, initial={"from_on": day_of(timezone.now())})
    if not form.is_valid():
        return render(request, "loyalty/new_right.html", {"form": form}, status=422 if form.is_bound else 200)
    occasions = form.occasions()
    acts.issue(form.said(), occasions, by=request.user)
    made = Right.objects.filter(occasion_key__in=occasions)
    text = ngettext("%(n)s coupon is issued.", "%(n)s coupons are issued.", len(made)) % {"n": len(made)}
    messages.success(request, text)
    return redirect("loyalty:right", pk=made[0].pk) if len(made) == 1 else redirect("loyalty:rights")


@require_GET
@managers
def right(request: CrmRequest, pk: int) -> HttpResponse:
    """One coupon with its uses; ``?print`` gives it on paper."""
    right = get_object_or_404(board.with_sums(), pk=pk)
    if "print" in request.GET:
        return _pdf([right])
    context = {"right": right, "state": board.state_of(right, day_of(timezone.now())), "uses": board.last_uses(right)}
    return render(request, "loyalty/right.html", context)


def _pdf(rights: list[Right]) -> HttpResponse:
    headers = {"Content-Disposition": 'inline; filename="coupons.pdf"'}
    return HttpResponse(printed.pdf(rights), content_type="application/pdf", headers=headers)


@require_POST
@managers
def revoke(request: CrmRequest, pk: int) -> HttpResponse:
    right = get_object_or_404(Right, pk=pk)
    if acts.revoke(right):
        messages.success(request, _("The coupon is revoked. What was bought by it stays."))
    return redirect("loyalty:right", pk=pk)


@require_POST
@managers
def give_again(request: CrmRequest, pk: int) -> HttpResponse:
    right = get_object_or_404(Right, pk=pk)
    if acts.give_again(right):
        messages.success(request, _("The coupon holds again."))
    return redirect("loyalty:right", pk=pk)
