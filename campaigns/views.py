"""Programs: on or off, their texts, whom they reach in the coming days, and what came of them."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from analytics.figures import experiments, periods
from campaigns import effect, judging, selectors
from campaigns.forms import NewProgramForm, ProgramForm
from campaigns.models import BIRTHDAY, Program
from campaigns.resources import ReachedResource
from imports.exports import export_rows, page_of
from stores.models import Store
from stores.policies import CrmRequest, managers
from stores.selectors import counter

DEFAULT = "12-months"


@require_GET
@managers
def programs(request: CrmRequest) -> HttpResponse:
    return render(request, "campaigns/programs.html", {"programs": selectors.programs()})


@require_http_methods(["GET", "POST"])
@managers
def new_program(request: CrmRequest) -> HttpResponse:
    form = NewProgramForm(request.POST or None, initial={"is_on": False})
    if request.method == "POST" and form.is_valid():
        program = form.save()
        messages.success(request, _("The program is saved."))
        return redirect("campaigns:program", pk=program.pk)
    return render(request, "campaigns/new.html", {"form": form}, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
@managers
def program(request: CrmRequest, pk: int) -> HttpResponse:
    """What came of a program, whom it reaches next, and how it works."""
    found = get_object_or_404(selectors.programs(), pk=pk)
    form = ProgramForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid() and form.write():
        messages.success(request, _("The program is saved."))
        return redirect("campaigns:program", pk=pk)
    asked = _Asked(request)
    came = effect.effect_of(found, *asked.period, today=asked.today, stores=asked.stores)
    context = {
        "program": found, "form": form, "effect": came, "compared": came.total, "presets": asked.presets, "preset": asked.key,
        "period": asked.period, "error": asked.error, "store": asked.store, "today": asked.today, "few": experiments.FEW_BUYERS,
        "verdict": judging.judge(found, *asked.period, today=asked.today, stores=asked.stores),
        "needs": effect.needs(came.total, found.holdout),
        "days_ahead": selectors.days_ahead(found, counter(request).stores, today=asked.today),
    }  # fmt: skip
    return render(request, "campaigns/program.html", context, status=422 if request.method == "POST" else 200)


@require_GET
@managers
def clients(request: CrmRequest, pk: int, show: str) -> HttpResponse:
    """The clients behind a number of a program's page; ``?export`` gives a workbook."""
    if show not in effect.SHOWN:
        raise Http404
    found, asked = get_object_or_404(selectors.programs(), pk=pk), _Asked(request)
    home = request.GET.get("home", "")[:15]
    listed = effect.clients_behind(
        found, *asked.period, show, today=asked.today, stores=asked.stores, store=home if home.isdecimal() else ""
    )
    if "export" in request.GET:
        return export_rows(request, f"{found.key}-{show}", ReachedResource, listed)
    context = {"program": found, "page": page_of(request, listed), "show": show, "period": asked.period}
    return render(request, "campaigns/clients.html", context)


@require_GET
@managers
def birthdays(request: CrmRequest) -> HttpResponse:
    """Where the birthday program is; the address is older than the other programs."""
    return redirect("campaigns:program", pk=get_object_or_404(Program, key=BIRTHDAY).pk)


class _Asked:
    """The period and the stores that an address asks for, and today where one stands."""

    def __init__(self, request: CrmRequest) -> None:
        here = counter(request)
        self.store: Store | None = here.from_query()
        standing = self.store or here.store
        self.today: date = standing.today() if standing else timezone.localdate()
        self.presets = periods.presets(self.today)
        self.key, self.period, self.error = periods.asked(request.GET, self.presets, DEFAULT)
        self.stores = [self.store] if self.store else None
