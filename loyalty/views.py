"""A family's account beside the card: who shares it is everybody's to see and a manager's to change."""

import structlog
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clients.locking import GoneError
from clients.models import Client
from imports.exports import export_rows, page_of
from loyalty import families
from loyalty.forms import JoinForm
from loyalty.listing import going_out
from loyalty.models import Member
from loyalty.services import FamilyError
from stores.chain_day import day_of
from stores.models import Role
from stores.policies import CrmRequest, everybody, managers
from stores.selectors import whole_number

log = structlog.get_logger(__name__)


@require_GET
@managers
def members(request: CrmRequest) -> HttpResponse:
    """Who has a share in an account, with their cards, tiers and bonuses; ``?export`` gives a file that comes in again."""
    narrowed = "families" in request.GET
    found = going_out.members(families=narrowed)
    if "export" in request.GET:
        return export_rows(request, "members", going_out.MemberResource, found)
    page = page_of(request, found)
    page.object_list = going_out.shown(list(page.object_list), day_of(timezone.now()))
    return render(request, "loyalty/members.html", {"page": page, "families": narrowed})


@require_GET
@everybody
def family(request: CrmRequest, pk: int) -> HttpResponse:
    """Who shares the bonuses of a client; with a phone in the address, who would join and what that means."""
    client = get_object_or_404(Client.objects.live(), pk=pk)
    may_change = request.user.role != Role.SELLER
    form = JoinForm(request.GET if may_change and "phone" in request.GET else None, client=client)
    found = form.cleaned_data["phone"] if form.is_bound and form.is_valid() else None
    told = families.who_joins(client, found, day_of(timezone.now())) if found else None
    members = families.family_of(client)
    context = {"client": client, "members": members, "form": form, "joins": told, "may_change": may_change}
    return render(request, "loyalty/family.html", context)


@require_POST
@managers
def join(request: CrmRequest, pk: int) -> HttpResponse:
    client = get_object_or_404(Client.objects.live(), pk=pk)
    other = get_object_or_404(Client.objects.live().exclude(pk=pk), pk=whole_number(request.POST.get("client", "")))
    try:
        families.join(client, other, on=day_of(timezone.now()), may_spend="may_spend" in request.POST)
    except FamilyError:
        messages.error(request, _("%(name)s shares bonuses with another family. They leave it first.") % {"name": other})
    except GoneError:
        messages.error(request, _("The data of this client were erased. Choose another one."))
    else:
        log.info("family.joined", employee=request.user.pk, card=pk, other=other.pk)
        messages.success(request, _("%(name)s shares the bonuses now.") % {"name": other})
    return redirect("loyalty:family", pk=pk)


def _member(pk: int, member_pk: int) -> Member:
    """Somebody who shares the account of a client; any other is not there."""
    client = get_object_or_404(Client.objects.live(), pk=pk)
    accounts = Member.objects.present().filter(client=client).values("account")
    return get_object_or_404(Member.objects.present().filter(account__in=accounts).select_related("client"), pk=member_pk)


@require_POST
@managers
def leave(request: CrmRequest, pk: int, member_pk: int) -> HttpResponse:
    member = _member(pk, member_pk)
    if families.leave(member, on=day_of(timezone.now())):
        log.info("family.left", employee=request.user.pk, card=pk, other=member.client_id)
        messages.success(request, _("%(name)s shares the bonuses no more.") % {"name": member.client})
    return redirect("pages:card" if member.client_id == pk else "loyalty:family", pk=pk)


@require_POST
@managers
def let_spend(request: CrmRequest, pk: int, member_pk: int) -> HttpResponse:
    member, may_spend = _member(pk, member_pk), request.POST.get("may_spend") == "1"
    if families.let_spend(member, may_spend=may_spend):
        words = _("%(name)s may spend bonuses now.") if may_spend else _("%(name)s may not spend bonuses any more.")
        messages.success(request, words % {"name": member.client})
    return redirect("loyalty:family", pk=pk)
