"""Appointments for the staff: the day, a new one, one with its story, and how a store takes them."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients import selectors as clients_selectors
from inquiries.appointments import hours, links, selectors, services
from inquiries.appointments.forms import BUSY, NO_HOUR, TAKEN, AppointmentForm, HourForm, MoveForm, ReceptionForm
from inquiries.appointments.services import MeanwhileError, NoHourError, SellerBusyError, TakenError
from inquiries.models import Appointment, Coming, Inquiry
from stores.lookups import shows_contacts
from stores.models import Store
from stores.policies import CrmRequest, everybody, managers
from stores.selectors import counter, store_of, whole_number

REFUSED = {TakenError: TAKEN, SellerBusyError: BUSY, NoHourError: NO_HOUR}
ERRORS = tuple(REFUSED)
SETTLED = (Coming.CAME, Coming.ABSENT, Coming.CANCELLED, Coming.BOOKED)
# Free hours of so many working days stand beside the form.
DAYS_SHOWN = 5


@require_GET
@everybody
@shows_contacts()
def day(request: CrmRequest) -> HttpResponse:
    """Who comes on a day, by store and seller."""
    here, today = counter(request), store_of(request).today()
    wanted = _day(request.GET.get("day", "")) or today
    rows = selectors.of_day(here.stores, wanted)
    due = next((row for row in rows if row.is_booked), None)
    context = {"day": wanted, "today": today, "groups": selectors.grouped(rows), "due": due}
    return render(request, "inquiries/appointments/day.html", context)


@require_http_methods(["GET", "POST"])
@everybody
@shows_contacts(when="client")
def new(request: CrmRequest) -> HttpResponse:
    """A new appointment of a card or an inquiry; free hours stand beside and are chosen by one click."""
    here, store = counter(request), store_of(request)
    client = clients_selectors.standing_for(whole_number(request.GET.get("client", "")))
    inquiry = Inquiry.objects.open().visible_to(here.stores).filter(pk=whole_number(request.GET.get("inquiry", ""))).first()
    at_store = next((one for one in here.stores if one.pk == whole_number(request.GET.get("store", ""))), store)
    initial = {
        "client": client or (inquiry and inquiry.client), "inquiry": inquiry, "store": at_store,
        "day": _day(request.GET.get("day", "")), "hour": request.GET.get("hour", ""), "articles": request.GET.get("articles", ""),
    }  # fmt: skip
    form = AppointmentForm(request.POST or None, stores=here.stores, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("client", "inquiry", "seller", "articles", "words", "form_key")}
        try:
            made = services.book(form.cleaned_data["store"], form.at, now=timezone.now(), by=request.user, **said)
        except ERRORS as refused:
            form.add_error("hour", REFUSED[type(refused)])
        else:
            messages.success(request, _("Booked: %(when)s.") % {"when": f"{made.local:%d.%m.%Y, %H:%M}"})
            return redirect("inquiries:appointment", pk=made.pk)
    link = links.address_of(client=client.pk) if client else links.address_of(inquiry=inquiry.pk) if inquiry else ""
    context = {"form": form, "client": client, "inquiry": inquiry, "link": link, "free": _free(at_store), "at_store": at_store}
    return render(request, "inquiries/appointments/new.html", context, status=422 if request.method == "POST" else 200)


def _free(store: Store) -> list[hours.Day]:
    return hours.free(store, store.today(), now=timezone.now(), days=14)[:DAYS_SHOWN]


def _mine(request: CrmRequest, pk: int) -> Appointment:
    """An appointment of my stores. Raises Http404 for any other."""
    return get_object_or_404(selectors.mine(counter(request).stores), pk=pk)


@require_GET
@everybody
@shows_contacts()
def appointment(request: CrmRequest, pk: int) -> HttpResponse:
    found = _mine(request, pk)
    return _page(request, found, _move_form(request, found))


def _move_form(request: CrmRequest, found: Appointment) -> MoveForm:
    initial = {
        "store": found.store, "day": found.local.date(), "hour": f"{found.local:%H:%M}", "seller": found.seller,
        "version": found.version,
    }  # fmt: skip
    return MoveForm(stores=counter(request).stores, initial=initial)


def _page(request: CrmRequest, found: Appointment, form: HourForm, status: int = 200) -> HttpResponse:
    steps = list(found.steps.select_related("by", "store"))
    context = {"appointment": found, "form": form, "steps": steps}
    return render(request, "inquiries/appointments/appointment.html", context, status=status)


@require_POST
@everybody
def move(request: CrmRequest, pk: int) -> HttpResponse:
    """Another hour, store or seller; where it was stays in its story."""
    found = _mine(request, pk)
    form = MoveForm(request.POST, stores=counter(request).stores)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    said: dict[str, Any] = form.cleaned_data
    try:
        moved = services.move(
            found,
            store=said["store"],
            at=form.at,
            seller=said["seller"],
            version=said["version"],
            by=request.user,
            now=timezone.now(),
        )
    except ERRORS as refused:
        form.add_error("hour", REFUSED[type(refused)])
        return _page(request, found, form, status=422)
    except MeanwhileError:
        messages.warning(request, _("Somebody changed it meanwhile. Look at it as it stands now."))
    else:
        messages.success(request, _("Moved to %(when)s.") % {"when": f"{moved.local:%d.%m.%Y, %H:%M}"})
    return redirect("inquiries:appointment", pk=pk)


@require_POST
@everybody
def settle(request: CrmRequest, pk: int) -> HttpResponse:
    """Came, did not come, cancelled; or none of it after all."""
    found, to = _mine(request, pk), request.POST.get("to", "")
    if to not in SETTLED:
        raise Http404
    try:
        settled = services.settle(
            found, to, version=whole_number(request.POST.get("version", "")), by=request.user, now=timezone.now()
        )
    except MeanwhileError:
        messages.warning(request, _("Somebody changed it meanwhile. Look at it as it stands now."))
    except ERRORS as refused:
        messages.error(request, REFUSED[type(refused)])
    else:
        messages.success(request, f"{settled.who}: {settled.get_state_display()}.")
    if request.POST.get("next") == "day":
        return redirect(reverse("inquiries:appointments", query={"day": f"{found.local:%Y-%m-%d}"}))
    return redirect("inquiries:appointment", pk=pk)


@require_http_methods(["GET", "POST"])
@managers
def reception(request: CrmRequest, pk: int) -> HttpResponse:
    """How many a store takes at once, when it reminds, and whether clients choose an hour themselves."""
    store = counter(request).get(pk)
    form = ReceptionForm(request.POST or None, instance=services.reception_of(store))
    if request.method == "POST" and form.is_valid() and form.write():
        messages.success(request, _("Saved."))
        return redirect("inquiries:reception", pk=pk)
    context = {"form": form, "place": store}
    return render(request, "inquiries/appointments/reception.html", context, status=422 if request.method == "POST" else 200)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
