"""A visitor registers on their own phone, by the address of the QR on the counter; the answers are the same for all."""

from secrets import token_hex
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from messaging.tasks import send_code_soon
from portal import arrivals
from portal.forms import JoinForm, typed_in
from portal.models import JOINING, Arrival
from portal.views.page import CODES, caller_of, guarded
from stores.models import Store
from stores.recognising import callers

# Of a form that no person typed: a key that is nobody's.
NOBODYS = "00000000-0000-4000-8000-000000000000"


@require_http_methods(["GET", "POST"])
@guarded
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """The form; posted, a code goes to the phone that was typed."""
    store = get_object_or_404(Store.objects.open(), pk=pk)
    former = arrivals.unproved(_mine(request).get("key", ""))
    form = JoinForm(request.POST or None, initial=typed_in(former) if former else {})
    if request.method == "GET" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "portal/join.html", {"form": form, "store": store}, status=status)
    if form.cleaned_data["website"]:
        request.session[JOINING] = {"key": NOBODYS, "browser": "", "store": pk}
        return redirect("portal:join_code")  # as for a person
    language = get_language() or ""
    arrival = arrivals.write(store, form.said(), former=former, language=language, now=timezone.now())
    request.session[JOINING] = {"key": str(arrival.key), "browser": token_hex(16), "store": pk}
    return _send(request, arrival)


def _mine(request: HttpRequest) -> dict[str, Any]:
    mine: dict[str, Any] = request.session.get(JOINING, {})
    return mine


def _send(request: HttpRequest, arrival: Arrival) -> HttpResponse:
    if callers.is_over(request, "guest codes", CODES):
        return render(request, "portal/limited.html", status=429)
    browser = _mine(request)["browser"]
    row = arrivals.ask_code(arrival, browser=browser, caller=caller_of(request, arrival.phone), now=timezone.now())
    send_code_soon(row.pk if row else 0)
    return redirect("portal:join_code")


@require_http_methods(["GET", "POST"])
@guarded
def code(request: HttpRequest) -> HttpResponse:
    """The code that came by SMS; the right one lets the store see the form."""
    mine = _mine(request)
    if not mine:
        return redirect("portal:status")
    if "called" in mine:
        return redirect("portal:join_done")
    arrival = arrivals.unproved(mine["key"])
    if request.method == "GET":
        return render(request, "portal/join_code.html", {"arrival": arrival, "store": mine["store"]})
    typed = request.POST.get("code", "").replace(" ", "")[:12]
    if arrival and arrivals.prove(arrival, typed, browser=mine["browser"], now=timezone.now()):
        request.session[JOINING] = {**mine, "key": "", "called": arrival.called}
        return redirect("portal:join_done")
    context = {"arrival": arrival, "store": mine["store"], "wrong": True}
    return render(request, "portal/join_code.html", context, status=422)


@require_POST
@guarded
def code_again(request: HttpRequest) -> HttpResponse:
    """The code did not come: another, as far as the limits go."""
    arrival = arrivals.unproved(_mine(request).get("key", ""))
    if arrival is None:
        return redirect("portal:join_code")
    messages.info(request, _("Another code is on its way. It holds for five minutes."))
    return _send(request, arrival)


@require_GET
@guarded
def done(request: HttpRequest) -> HttpResponse:
    """What to tell the seller; nothing of the form is shown any more."""
    mine = _mine(request)
    if "called" not in mine:
        return redirect("portal:status")
    store = get_object_or_404(Store, pk=mine["store"])
    return render(request, "portal/join_done.html", {"called": mine["called"], "store": store})
