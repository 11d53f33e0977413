"""Today's calls and other errands of one's stores."""

from datetime import date, timedelta
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from imports.exports import export_rows, page_of
from messaging import beside, errands, pool
from messaging.beside import Fact
from messaging.filters import ErrandFilter
from messaging.forms import GiveForm, OutcomeForm
from messaging.models import Errand, ErrandStep
from messaging.resources import ErrandResource
from stores.lookups import shows_contacts
from stores.policies import CrmRequest, everybody, managers
from stores.selectors import counter, store_of
from stores.texts import writing

LATELY, SHOWN = timedelta(hours=24), 10
Kind = ErrandStep.Kind


class Outcome(NamedTuple):
    """One press that says how it went; ``number`` is its key."""

    number: int
    kind: str
    words: Promise
    follows: Promise | str = ""


OUTCOMES = [
    Outcome(1, Kind.DONE, gettext_lazy("Done")),
    Outcome(2, Kind.AGREED, pgettext_lazy("outcome of a call", "Agreed")),
    Outcome(3, Kind.THINKS, pgettext_lazy("outcome of a call", "Still thinking"),
            gettext_lazy("It comes again in three days, or on the day said.")),
    Outcome(4, Kind.NO_ANSWER, gettext_lazy("No answer"), gettext_lazy("It comes again tomorrow, or on the day said.")),
    Outcome(5, Kind.NO_INTEREST, pgettext_lazy("outcome of a call", "Not interested")),
    Outcome(6, Kind.COMPLAINED, pgettext_lazy("outcome of a call", "Complained"),
            gettext_lazy("The manager gets an errand; until it is closed there is no advertising.")),
    Outcome(7, Kind.WRONG_NUMBER, pgettext_lazy("outcome of a call", "Wrong number"),
            gettext_lazy("The phone becomes doubtful.")),
    Outcome(8, Kind.DO_NOT_CALL, gettext_lazy("Asked not to be called"), gettext_lazy("The consent to calls is taken back.")),
    Outcome(9, Kind.DROPPED, gettext_lazy("Not needed")),
]  # fmt: skip
# To what somebody left with us or asked there is nothing to agree.
OF_OFFERS = (Kind.AGREED, Kind.THINKS, Kind.NO_INTEREST)


class Row(NamedTuple):
    """An errand of the list, what is known about its client, and what can come of it."""

    errand: Errand
    facts: list[Fact]

    @property
    def outcomes(self) -> list[Outcome]:
        return [one for one in OUTCOMES if not self.errand.is_service or one.kind not in OF_OFFERS]


@require_GET
@everybody
@shows_contacts()
def to_do(request: CrmRequest) -> HttpResponse:
    """What is to be done, overdue first; ``?export`` gives a workbook."""
    if "export" in request.GET:
        return export_rows(request, "errands", ErrandResource, _narrowed(request).qs)
    return _page(request)


def _narrowed(request: CrmRequest) -> ErrandFilter:
    return ErrandFilter(request.GET, errands.to_do(counter(request).stores), request=request, today=_today(request))


def _asked_for(request: CrmRequest) -> int | None:
    """``?open=17``: where another page sends to one errand of the list."""
    asked = request.GET.get("open", "")
    return int(asked) if asked.isdecimal() else None


def _page(request: CrmRequest, refused: OutcomeForm | None = None, pk: int | None = None) -> HttpResponse:
    """Open errands; the form of one that was refused stands at it as it was typed, and opened."""
    here, narrowed, today = counter(request), _narrowed(request), _today(request)
    page = page_of(request, narrowed.qs)
    known = beside.known([errand.client for errand in page])
    rows = [Row(errand, known.get(errand.client_id, [])) for errand in page]
    context = {
        "page": page, "rows": rows, "today": today, "tomorrow": today + timedelta(days=1), "refused": refused, "refused_pk": pk,
        "opened": pk or _asked_for(request) or next((row.errand.pk for row in rows), None), "wanted": narrowed.asked,
        "problems": Errand.Problem.choices,
        "whose": narrowed.whose_choices(), "topics": narrowed.topic_choices(), "people": list(pool.people_of(here.stores)),
        "lately": errands.done_lately(here.stores, timezone.now() - LATELY)[:SHOWN],
    }  # fmt: skip
    return render(request, "messaging/errands.html", context, status=422 if refused else 200)


def _today(request: CrmRequest) -> date:
    store = counter(request).store
    return store.today() if store else timezone.localdate()


@require_POST
@everybody
def close(request: CrmRequest, pk: int) -> HttpResponse:
    errand = _own(request, pk)
    form = OutcomeForm(request.POST, today=_today(request))
    if not form.is_valid():
        return HttpResponseBadRequest() if "outcome" in form.errors else _page(request, form, pk)
    said = form.cleaned_data
    closed = errands.close(
        errand, said["outcome"], by=request.user, now=timezone.now(), words=said["words"], next_on=said["next_on"],
        problem=said["problem"],
    )  # fmt: skip
    if closed.outcome == Errand.Outcome.OPEN:
        messages.success(request, _("Saved; it comes again on %(day)s.") % {"day": writing.short_day(closed.due_on)})
    elif closed.result == Kind.AGREED:
        messages.success(request, _with_appointment(closed, said["next_on"]))
    else:
        messages.success(request, _("Saved."))
    return _back(request)


def _with_appointment(errand: Errand, day: date | None) -> str:
    """Who agreed to come can be given an hour at once."""
    address = reverse("inquiries:new_appointment", query={"client": errand.client_id, "day": day or ""})
    return format_html('{} <a href="{}">{}</a>', _("Saved."), address, _("Make an appointment"))


@require_POST
@everybody
def reopen(request: CrmRequest, pk: int) -> HttpResponse:
    errands.reopen(_own(request, pk), now=timezone.now(), by=request.user)
    messages.success(request, _("It is to do again."))
    return _back(request)


@require_POST
@everybody
def take(request: CrmRequest, pk: int) -> HttpResponse:
    """The errand is mine now; of two who take it one is told that it is taken."""
    if not pool.take(_own(request, pk), by=request.user):
        messages.info(request, _("Somebody else has taken it, or it is done."))
    return _back(request)


@require_POST
@everybody
def put_back(request: CrmRequest, pk: int) -> HttpResponse:
    pool.put_back(_own(request, pk), by=request.user)
    return _back(request)


@require_POST
@managers
def give(request: CrmRequest, pk: int) -> HttpResponse:
    errand = _own(request, pk)
    form = GiveForm(request.POST, people=pool.people_of([errand.store] if errand.store else []))
    if not form.is_valid():
        return HttpResponseBadRequest()
    pool.give(errand, to=form.cleaned_data["to"])
    return _back(request)


@require_POST
@managers
def share_out(request: CrmRequest) -> HttpResponse:
    """What lies in the pool of the store where one stands becomes the sellers' in fair shares."""
    number = pool.share_out(store_of(request))
    words = ngettext("%(n)s errand is shared out.", "%(n)s errands are shared out.", number)
    messages.success(request, words % {"n": number})
    return _back(request)


def _back(request: CrmRequest) -> HttpResponse:
    """The list as it was narrowed."""
    narrowed = {name: str(value) for name, value in request.GET.items() if name in ErrandFilter.base_filters and value}
    return redirect(f"{reverse('messaging:errands')}?{urlencode(narrowed)}" if narrowed else "messaging:errands")


def _own(request: CrmRequest, pk: int) -> Errand:
    return get_object_or_404(Errand, pk=pk, store__in=counter(request).stores)
