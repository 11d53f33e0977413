"""Programs: on or off, their texts, whom they reach in the coming days, and what came of them."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from django.views.decorators.vary import vary_on_headers

from analytics.figures import experiments, periods
from campaigns import days, selectors
from campaigns.effects import effect, outcome, results
from campaigns.forms.programs import NewProgramForm, ProgramForm, StandingForm
from campaigns.models import BIRTHDAY, Program, Trigger
from campaigns.resources import ReachedResource
from campaigns.standing import outlook
from imports.exports import export_rows, page_of
from stores.lookups import shows_contacts
from stores.models import ChainRight, Role, Store
from stores.policies import CrmRequest, allowed, managers, managers_look
from stores.selectors import counter

DEFAULT = "12-months"


@require_GET
@managers
def programs(request: CrmRequest) -> HttpResponse:
    listed = selectors.this_week(selectors.programs(), today=_Asked(request).today)
    return render(request, "campaigns/programs.html", {"programs": listed})


@require_GET
@managers
def calendar(request: CrmRequest) -> HttpResponse:
    """What the programs that are on will send in the next fourteen days, and to how many, in one's own stores."""
    standing = selectors.programs().filter(is_on=True).exclude(trigger=Trigger.DAY)
    planned = outlook.calendar(standing, counter(request).stores, today=_Asked(request).today, now=timezone.now())
    return render(request, "campaigns/calendar.html", {"calendar": planned})


@require_http_methods(["GET", "POST"])
@allowed(Role.MANAGER, Role.ADMIN, right=ChainRight.PROGRAMS)
def new_program(request: CrmRequest) -> HttpResponse:
    form = NewProgramForm(request.POST or None, initial={"is_on": False})
    if request.method == "POST" and form.is_valid():
        program = form.save()
        messages.success(request, _("The program is saved."))
        return redirect("campaigns:program", pk=program.pk)
    return render(request, "campaigns/new.html", {"form": form}, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
@managers_look(ChainRight.PROGRAMS)
def program(request: CrmRequest, pk: int) -> HttpResponse:
    """What came of a program, whom it reaches next, and how it works."""
    found = get_object_or_404(selectors.programs(), pk=pk)
    return _of_a_day(request, found) if found.is_of_a_day else _standing(request, found)


def _standing(request: CrmRequest, found: Program) -> HttpResponse:
    form = StandingForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid() and form.write():
        messages.success(request, _("The program is saved."))
        return redirect("campaigns:program", pk=found.pk)
    context = {"form": form, **_what_came(request, found)}
    return render(
        request,
        "campaigns/standing.html",
        {**context, "outcome": context["result"]},
        status=422 if request.method == "POST" else 200,
    )


def _of_a_day(request: CrmRequest, found: Program) -> HttpResponse:
    form = ProgramForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid() and form.write():
        messages.success(request, _("The program is saved."))
        return redirect("campaigns:program", pk=found.pk)
    context = {"form": form, **_what_came(request, found)}
    return render(request, "campaigns/program.html", context, status=422 if request.method == "POST" else 200)


def _what_came(request: CrmRequest, found: Program) -> dict[str, Any]:
    """What came of a program in the period that is asked, as the night computed it where it did."""
    asked = _Asked(request)
    told = results.told(found, asked.period, today=asked.today, store=asked.store)
    came = told.result.effect
    return {
        "program": found, "shown": told, "result": told.result, "effect": came, "compared": came.total,
        "verdict": told.result.verdict, "presets": asked.presets, "preset": asked.key, "period": asked.period,
        "error": asked.error, "store": asked.store, "few": experiments.FEW_BUYERS,
        "needs": effect.needs(came.total, found.holdout), "missed": days.missed(found, timezone.localdate()),
    }  # fmt: skip


@require_GET
@vary_on_headers("HX-Request")
@managers
def coming(request: CrmRequest, pk: int) -> HttpResponse:
    """Whom a program reaches in the coming week: brought when its page is there, a page of its own without scripts."""
    found, stores, today = get_object_or_404(selectors.programs(), pk=pk), counter(request).stores, _Asked(request).today
    context: dict[str, Any] = {"program": found, "today": today}
    if found.is_of_a_day:
        context["days_ahead"] = selectors.days_ahead(found, stores, today=today, limit=outlook.LISTED)
    else:
        context["preview"] = outlook.preview(found, stores, today=today, now=timezone.now())
    return render(request, "campaigns/_coming.html" if request.htmx else "campaigns/coming.html", context)


@require_GET
@managers
@shows_contacts()
def clients(request: CrmRequest, pk: int, show: str) -> HttpResponse:
    """The clients behind a number of a program's page; ``?export`` gives a workbook."""
    if show not in effect.SHOWN:
        raise Http404
    found, asked = get_object_or_404(selectors.programs(), pk=pk), _Asked(request)
    home = request.GET.get("home", "")[:15]
    behind = effect.clients_behind if found.is_of_a_day else outcome.clients_behind
    listed = behind(found, *asked.period, show, today=asked.today, stores=asked.stores, store=home if home.isdecimal() else "")
    if "export" in request.GET:
        return export_rows(request, f"{found.key}-{show}", ReachedResource, listed)
    context = {"program": found, "page": page_of(request, listed), "show": show, "period": asked.period}
    return render(request, "campaigns/clients.html", context)


@require_GET
@managers
@shows_contacts()
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
