"""What is done with a request: steps, hand-out, price, place, master, notes and photos; of one's own stores alone."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from messaging import codes
from messaging.models import Channel, CodePurpose
from messaging.tasks import send_code_soon
from stores import opened
from stores.forms import OPENED
from stores.models import Store
from stores.opened import ChangedMeanwhileError
from stores.policies import CrmRequest, everybody
from stores.redirects import back
from stores.selectors import counter, whole_number
from workshop import board, photos, places, prices, refusals, services, telling
from workshop.forms import CorrectForm, HandOutForm, NoteForm, OfferForm, PhotosForm
from workshop.models import HandedBy, HandOver, Master, PriceOffer, ServiceRequest, ServiceStatus
from workshop.refusals import OpenOfferError, StatusError
from workshop.terms import Terms
from workshop.views.requests import page


def own(request: CrmRequest, pk: int) -> ServiceRequest:
    """A request that one's stores took in, hold or wait for; any other is not there."""
    found = board.of_stores(counter(request).stores).select_related("client", "store", "lies_in")
    return get_object_or_404(found, pk=pk)


class _NotProvedError(Exception):
    """The code was another."""


def proves(request: ServiceRequest, code: str) -> bool:
    """Whether a code is the one that was sent to the client's phone for this ticket; used up by this."""
    phone, subject = request.client.phone or "", _subject(request)
    return codes.check(CodePurpose.HAND_OUT, phone, code, subject=subject, now=timezone.now()) is not None


def _subject(request: ServiceRequest) -> str:
    """What a code is about: the ticket, by its first envelope."""
    return str(telling.ticket_of(request)[0].pk)


def _seen(request: CrmRequest, found: ServiceRequest) -> dict[str, Any]:
    """What the page of the request showed when it was opened."""
    return opened.unseal(found, request.POST.get(OPENED, ""))


def _attempt(request: CrmRequest, pk: int, act: Callable[[], str]) -> HttpResponse:
    """Do it and say what was done, or say in words why it cannot be."""
    try:
        messages.success(request, act())
    except refusals.HandedOutError as first:
        by = first.step.by if first.step else None
        messages.error(request, _("Handed out already by %(who)s.") % {"who": by or "—"})
    except OpenOfferError:
        messages.error(request, _("The client has not answered yet about the new price."))
    except refusals.OnItsWayError:
        messages.error(request, _("The piece is on its way between two stores: take it in there first."))
    except StatusError:
        messages.error(request, _("This request cannot take that step from where it is now."))
    except refusals.AnsweredError:
        messages.error(request, _("The offer was answered already."))
    except refusals.PlaceError:
        messages.error(request, _("The piece cannot be sent there, or does not lie in this store."))
    return back(request, "workshop:service", pk=pk)


def _changed_words(pk: int) -> str:
    """Who was quicker, and what they did."""
    last = ServiceRequest.objects.get(pk=pk).steps.select_related("by").last()
    said = {"who": (last and last.by) or "—", "what": (last and (last.words or last.get_status_display())) or "—"}
    return _("Meanwhile %(who)s changed this: %(what)s. Nothing was done; look at what stands now and decide.") % said


@require_POST
@everybody
def move(request: CrmRequest, pk: int) -> HttpResponse:
    found, status = own(request, pk), request.POST.get("status", "")

    def act() -> str:
        if status == ServiceStatus.HANDED_OUT:
            raise StatusError(status)
        moved = services.move(found, status, by=request.user, seen=_seen(request, found))
        words = _("Ticket %(ticket)s: now %(status)s.") % {"ticket": moved, "status": moved.get_status_display()}
        if status == ServiceStatus.CANCELLED:
            words += " " + _("If that was a slip, the button “Back to” on the ticket takes it back.")
        if telling.is_about_to_tell(moved):
            words += " " + _("The message to the client leaves in two minutes: until then “in work” takes it back.")
        return words

    try:
        return _attempt(request, pk, act)
    except ChangedMeanwhileError:
        messages.error(request, _changed_words(pk))
        return back(request, "workshop:service", pk=pk)


@require_POST
@everybody
def send_code(request: CrmRequest, pk: int) -> HttpResponse:
    """Send the client a code that whoever fetches the piece reads out."""
    found = own(request, pk)
    phone = found.client.phone
    row = phone and codes.ask(
        CodePurpose.HAND_OUT, Channel.SMS, phone, client=found.client, subject=_subject(found), now=timezone.now()
    )
    if row:
        send_code_soon(row.pk)
        messages.info(request, _("The code is on its way. Ask the client to read it out."))
    else:
        messages.warning(request, _("No code can go to this client now; ask for the ticket or a document."))
    return redirect("workshop:service", pk=pk)


@require_POST
@everybody
def hand_out(request: CrmRequest, pk: int) -> HttpResponse:
    """The piece, or all of its ticket that is ready here, to who proves that it is theirs."""
    found = own(request, pk)
    form = HandOutForm(request.POST, number=found.number)
    if not form.is_valid():
        return page(request, pk, status=422, hand_out=form)
    said, stores = form.cleaned_data, counter(request).stores
    others = [one for one in telling.ticket_of(found) if one.status == ServiceStatus.READY and telling.place_of(one) in stores]
    pieces = [found, *(one for one in others if said["together"] and one.pk != pk)]

    def proved() -> bool:
        return said["handed_by"] != HandedBy.CODE or proves(found, said["code"])

    def act() -> str:
        if not services.hand_out_together(
            pieces, handed_by=said["handed_by"], by=request.user, words=said["words"], stores=stores, proves=proved,
            seen=_seen(request, found),
        ):  # fmt: skip
            raise _NotProvedError
        return _("Handed out: %(pieces)s.") % {"pieces": ", ".join(map(str, pieces))}

    try:
        return _attempt(request, pk, act)
    except ChangedMeanwhileError:
        form.add_error(None, _changed_words(pk))
        return page(request, pk, status=422, hand_out=form)
    except _NotProvedError:
        form.add_error("code", _("This code is wrong, or its time is over."))
        return page(request, pk, status=422, hand_out=form)


@require_POST
@everybody
def set_master(request: CrmRequest, pk: int) -> HttpResponse:
    found, asked = own(request, pk), request.POST.get("master", "")
    master = get_object_or_404(Master, pk=whole_number(asked), is_active=True) if asked else None
    services.set_master(found, master, by=request.user)
    return redirect("workshop:service", pk=pk)


@require_POST
@everybody
def add_note(request: CrmRequest, pk: int) -> HttpResponse:
    found, form = own(request, pk), NoteForm(request.POST)
    if not form.is_valid():
        return page(request, pk, status=422, note=form)
    services.add_note(found, form.cleaned_data["words"], by=request.user)
    return redirect("workshop:service", pk=pk)


@require_http_methods(["GET", "POST"])
@everybody
def correct(request: CrmRequest, pk: int) -> HttpResponse:
    """A size, a day, a word that was taken down wrongly."""
    found = own(request, pk)
    form = CorrectForm(request.POST or None, terms=Terms(found.store), service=found)
    if request.method == "POST" and form.is_valid():
        try:
            changed = services.correct(found, form.edit(), by=request.user)
            messages.success(request, _("Corrected; the story says what was there.") if changed else _("Nothing was changed."))
            return back(request, "workshop:service", pk=pk)
        except ChangedMeanwhileError as meanwhile:
            form.ask(meanwhile)
        except StatusError:
            form.add_error(None, _("The piece was handed out or cancelled meanwhile. What you typed stands below."))
    status = 422 if request.method == "POST" else 200
    return render(request, "workshop/correct.html", {"service": found, "form": form}, status=status)


@require_POST
@everybody
def add_photos(request: CrmRequest, pk: int) -> HttpResponse:
    found, form = own(request, pk), PhotosForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, pk, status=422, photo=form)
    photos.add(found, form.cleaned_data["photos"], form.cleaned_data["moment"], by=request.user)
    return redirect("workshop:service", pk=pk)


@require_POST
@everybody
def offer(request: CrmRequest, pk: int) -> HttpResponse:
    found, form = own(request, pk), OfferForm(request.POST)
    if not form.is_valid():
        return page(request, pk, status=422, price=form)
    said = form.cleaned_data

    def act() -> str:
        prices.offer_price(found, said["price"], reason=said["reason"], by=request.user, seen=_seen(request, found))
        return _("The price changes when the client agrees.")

    try:
        return _attempt(request, pk, act)
    except ChangedMeanwhileError:
        form.add_error(None, _changed_words(pk))
        return page(request, pk, status=422, price=form)


@require_POST
@everybody
def answer(request: CrmRequest, pk: int) -> HttpResponse:
    """The client's word about an open offer, heard by phone or in person; or the offer is withdrawn."""
    found = own(request, pk)
    asked = get_object_or_404(PriceOffer, pk=whole_number(request.POST.get("offer", "")), request=found)
    word, how = request.POST.get("answer", ""), request.POST.get("how", "")

    def act() -> str:
        if word == "withdrawn":
            prices.withdraw_offer(asked, by=request.user)
        elif word in ("yes", "no") and how in (PriceOffer.How.PHONE, PriceOffer.How.IN_PERSON):
            prices.answer_offer(asked, word == "yes", how, request.user)
        else:
            raise StatusError(word)
        return _("Noted.")

    return _attempt(request, pk, act)


@require_POST
@everybody
def send(request: CrmRequest, pk: int) -> HttpResponse:
    found = own(request, pk)
    to = get_object_or_404(Store.objects.open(), pk=whole_number(request.POST.get("store", "")))

    def act() -> str:
        places.send(found, to, by=request.user)
        return _("On its way to %(store)s.") % {"store": to}

    return _attempt(request, pk, act)


@require_POST
@everybody
def receive(request: CrmRequest, pk: int) -> HttpResponse:
    """The piece has arrived in a store of mine."""
    way = get_object_or_404(HandOver, request=own(request, pk), received_at=None, to_store__in=counter(request).stores)
    places.receive(way, by=request.user)
    messages.success(request, _("Arrived at %(store)s.") % {"store": way.to_store})
    return redirect("workshop:service", pk=pk)
