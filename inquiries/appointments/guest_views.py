"""The page on which a client chooses an hour, by a sealed link; it tells nobody's name."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from inquiries.appointments import hours, links, selectors, services
from inquiries.appointments.forms import NO_HOUR, ChoiceForm
from inquiries.appointments.links import Whose
from inquiries.appointments.services import MeanwhileError, NoHourError, SellerBusyError, TakenError
from inquiries.models import Appointment, Coming
from stores.models import Store
from stores.policies import public
from stores.recognising import callers
from stores.selectors import whole_number

POSTS, DAYS = "30/15m", 14


@require_http_methods(["GET", "POST"])
@public
def choose_hour(request: HttpRequest, token: str) -> HttpResponse:
    """Free hours of a store, and what is chosen already: to move or to cancel."""
    whose = links.whose(token)
    if whose is None:
        response = render(request, "inquiries/appointments/over.html", status=404)
    elif request.method == "POST" and callers.is_over(request, "appointments", POSTS):
        response = render(request, "portal/limited.html", status=429)
    elif request.method == "POST":
        _take(request, whose)
        response = redirect("inquiries:choose_hour", token=token)
    else:
        response = _page(request, whose)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "same-origin"
    return response


def _page(request: HttpRequest, whose: Whose) -> HttpResponse:
    now, stores = timezone.now(), list(Store.objects.open().exclude(reception__is_open=False))
    wanted = whole_number(request.GET.get("store", "")) or _usual(whose)
    store = next((one for one in stores if one.pk == wanted), stores[0] if stores else None)
    booked = _booked(whose)
    context = {
        "stores": stores, "place": store, "booked": booked, "form_key": uuid4(),
        "moved": next((one for one in booked if str(one.pk) == request.GET.get("move")), None),
        "free": hours.free(store, store.today(now), now=now, days=DAYS) if store else [],
    }  # fmt: skip
    return render(request, "inquiries/appointments/choose.html", context)


def _usual(whose: Whose) -> int:
    """The store of the inquiry, else the client's own."""
    of_inquiry = whose.inquiry.store_id if whose.inquiry else None
    return of_inquiry or (whose.client.home_store_id if whose.client else None) or 0


def _booked(whose: Whose) -> list[Appointment]:
    now = timezone.now()
    if whose.client:
        found = selectors.coming(now, client=whose.client.pk)
    else:
        found = selectors.coming(now, inquiry=whose.inquiry.pk) if whose.inquiry else []
    return [one for one in found if one.starts_at > now]


def _take(request: HttpRequest, whose: Whose) -> None:
    """What was chosen, moved or cancelled, and the words about it."""
    mine = {one.pk: one for one in _booked(whose)}
    version = whole_number(request.POST.get("version", ""))
    try:
        if one := mine.get(whole_number(request.POST.get("cancel", ""))):
            services.settle(one, Coming.CANCELLED, version=version, by=None, now=timezone.now())
            messages.success(request, _("It is cancelled. You can choose another hour."))
            return
        form = ChoiceForm(request.POST)
        if not form.is_valid() or not _is_open(form.cleaned_data["store"]):
            messages.warning(request, NO_HOUR)
            return
        _choose(form, mine, whose, version)
        messages.success(request, _("It is written down. We look forward to seeing you."))
    except (TakenError, SellerBusyError):
        messages.warning(request, _("This hour has just been taken. Please choose another."))
    except NoHourError:
        messages.warning(request, _("This hour is over. Please choose another."))
    except MeanwhileError:
        messages.warning(request, _("It was changed meanwhile. This is how it stands now."))


def _choose(form: ChoiceForm, mine: dict[int, Appointment], whose: Whose, version: int) -> None:
    """Who has an hour already moves it: one waits for them, not two."""
    said = form.cleaned_data
    earlier = mine.get(said["move"] or 0) or next(iter(mine.values()), None)
    if earlier and earlier.form_key == said["form_key"]:
        return
    if earlier:
        seller = earlier.seller if earlier.store_id == said["store"].pk else None
        seen = version if said["move"] else earlier.version
        services.move(earlier, store=said["store"], at=said["at"], seller=seller, version=seen, by=None, now=timezone.now())
    else:
        services.book(
            said["store"], said["at"], now=timezone.now(), client=whose.client, inquiry=whose.inquiry, form_key=said["form_key"]
        )


def _is_open(store: Store) -> bool:
    return bool(services.reception_of(store).is_open)
