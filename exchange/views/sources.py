"""The admin's pages of tills and 1C: sources and keys, what waits, each document and its fate."""

import json
import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from exchange import selectors, services, tasks
from exchange.forms import CardForm, MeaningForm, SourceForm
from exchange.models import DocumentState, Source, SourceKey, Subject, TillDocument, Wait
from exchange.selectors import Waiting, WaitingWarehouse
from exchange.services import SettledError
from imports.exports import page_of
from loyalty.plastic.acts import CardTakenError, NoNumberError
from purchases.models import Purchase
from stores.policies import CrmRequest, admins
from stores.selectors import whole_number

# Also every other escape, so that a backslash that is escaped itself begins none.
ESCAPES = re.compile(r"(?:\\u[0-9a-fA-F]{4})+|\\.")
DECISIONS = {"price": {"price": True}, "another": {"another": True}, "no_card": {"no_card": True}}


@require_http_methods(["GET", "POST"])
@admins
def sources(request: CrmRequest) -> HttpResponse:
    """Who sends, and what waits; a new source gets its key, shown once."""
    form = SourceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        source = form.save()
        _key, secret = services.issue_key(source)
        return _page(request, SourceForm(), secret=secret, named=source)
    return _page(request, form, status=422 if request.method == "POST" else 200)


def _page(request: CrmRequest, form: SourceForm, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "form": form,
        "sources": selectors.sources(timezone.now()),
        "waiting": [(one, _form_of(one)) for one in selectors.waiting()],
        "warehouses": [(one, _form_of_warehouse(one, at)) for at, one in enumerate(selectors.waiting_warehouses())],
        "taken_back": selectors.taken_back(timezone.now())[:20],
        **more,
    }
    return render(request, "exchange/sources.html", context, status=status)


def _form_of(one: Waiting) -> MeaningForm | CardForm | None:
    """What a person can say once for all documents of a row."""
    prefix = f"w{one.document}"
    if one.subject:
        initial = {"subject": one.subject.value, "word": one.words, "source": one.source}
        return MeaningForm(initial=initial, auto_id=f"{prefix}-%s")
    return CardForm(initial={"number": one.words}, auto_id=f"{prefix}-%s") if one.reason == Wait.CARD else None


def _form_of_warehouse(one: WaitingWarehouse, at: int) -> MeaningForm:
    initial = {"subject": Subject.WAREHOUSE.value, "word": one.name, "source": one.source}
    return MeaningForm(initial=initial, auto_id=f"h{at}-%s")


@require_POST
@admins
def new_key(request: CrmRequest, pk: int) -> HttpResponse:
    source = get_object_or_404(Source, pk=pk)
    _key, secret = services.issue_key(source)
    return _page(request, SourceForm(), secret=secret, named=source)


@require_POST
@admins
def revoke_key(request: CrmRequest, pk: int) -> HttpResponse:
    services.revoke_key(get_object_or_404(SourceKey, pk=pk))
    return redirect("exchange:sources")


@require_POST
@admins
def say_meaning(request: CrmRequest) -> HttpResponse:
    form = MeaningForm(request.POST)
    if not form.is_valid():
        return _refused(request, form)
    return _goes_on(request, services.say_meaning(by=request.user, **form.said()))


@require_POST
@admins
def give_card(request: CrmRequest) -> HttpResponse:
    form = CardForm(request.POST)
    if not form.is_valid():
        return _refused(request, form)
    try:
        going = services.give_card(form.cleaned_data["number"], form.cleaned_data["phone"], by=request.user)
    except (CardTakenError, NoNumberError):
        messages.error(request, _("This is no number of plastic, or it is somebody else's. Apply the document without a card."))
        return redirect("exchange:sources")
    return _goes_on(request, going)


def _refused(request: CrmRequest, form: MeaningForm | CardForm) -> HttpResponse:
    messages.error(request, next(str(error) for errors in form.errors.values() for error in errors))
    return redirect("exchange:sources")


def _goes_on(request: CrmRequest, documents: int) -> HttpResponse:
    tasks.wake()
    tasks.wake_reader()
    words = ngettext("%(count)s document goes on.", "%(count)s documents go on.", documents)
    messages.success(request, words % {"count": documents})
    return redirect("exchange:sources")


@require_GET
@admins
def documents(request: CrmRequest) -> HttpResponse:
    asked = {"state": request.GET.get("state", ""), "text": request.GET.get("q", "").strip()}
    source = whole_number(request.GET.get("source", ""))
    context = {
        "page": page_of(request, selectors.documents(source=source, **asked)),
        "asked": {**asked, "source": source},
        "states": DocumentState.choices,
        "sources": Source.objects.all(),
    }
    return render(request, "exchange/documents.html", context)


@require_GET
@admins
def document(request: CrmRequest, pk: int) -> HttpResponse:
    """A document as it came, what became of it, and what can be said of it."""
    found = get_object_or_404(TillDocument.objects.select_related("source", "purchase__client", "settled_by"), pk=pk)
    of_all = Waiting(Wait(found.reason), found.words, found.source, 1, found.received_at, found.pk) if found.reason else None
    form = _form_of(of_all) if of_all and found.state == DocumentState.WAITS else None
    sales = selectors.sales_for(found) if found.state == DocumentState.WAITS else []
    context = {"document": found, "form": form, "typed": _typed(found), "sales": sales, "text": _readable(found.raw)}
    return render(request, "exchange/document.html", context)


def _readable(raw: str) -> str:
    """As it came, with letters where a till wrote them as \\u0447."""
    return ESCAPES.sub(_in_letters, raw)


def _in_letters(escape: re.Match[str]) -> str:
    letters = json.loads(f'"{escape[0]}"') if escape[0].startswith("\\u") else ""
    return letters if letters.isprintable() and not {'"', "\\"} & set(letters) and letters else escape[0]


def _typed(document: TillDocument) -> Purchase | None:
    """The receipt of the same number that the document differs from."""
    _what, _colon, pk = document.waits_for.partition("purchase:")
    return Purchase.objects.filter(pk=whole_number(pk)).first() if pk else None


@require_POST
@admins
def decide(request: CrmRequest, pk: int) -> HttpResponse:
    """One press about one document: its price is right, it is another receipt, it has no card, or it is of this receipt."""
    found = get_object_or_404(TillDocument, pk=pk)
    key = whole_number(request.POST.get("purchase", ""))
    purchase = Purchase.written.filter(pk=key).first() if key else None
    said = DECISIONS.get(request.POST.get("what", ""), {})
    if not said and purchase is None:
        messages.error(request, _("There is no such receipt."))
        return redirect("exchange:document", pk=pk)
    return _settled(request, found, lambda: services.decide(found, by=request.user, purchase=purchase, **said))


@require_POST
@admins
def put_aside(request: CrmRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(TillDocument, pk=pk)
    return _settled(request, found, lambda: services.put_aside(found, by=request.user))


@require_POST
@admins
def take_up(request: CrmRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(TillDocument, pk=pk)
    return _settled(request, found, lambda: services.take_up(found, by=request.user))


def _settled(request: CrmRequest, document: TillDocument, act: Callable[[], None]) -> HttpResponse:
    try:
        act()
    except SettledError:
        messages.warning(request, _("This document waits no more: look at what became of it."))
    else:
        tasks.wake(document.pk)
    return redirect("exchange:document", pk=document.pk)
