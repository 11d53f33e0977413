"""The client's own page: who they are is proved by a code; nothing here knows an employee."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from secrets import token_hex
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients import selectors as clients_selectors
from clients import services as clients_services
from clients.forms import OccasionForm
from clients.models import Client, Purpose
from messaging import codes
from messaging.models import CodePurpose
from messaging.tasks import send_code_soon
from portal import guests
from portal.models import ASKED, BROWSER, DRAFT, LOOK, SIGNED, TICKET
from stores.policies import public
from stores.recognising import callers, devices
from stores.texts import writing
from workshop import photos, refusals
from workshop.models import ServicePhoto

IDLE, NOTED = 15 * 60, 20
# A page looked at again within so many seconds is the one of before, unless its client has posted something.
KEPT = 10
FILLED_AT_EACH_LOOK = "{{ csrf }}"
POSTS = "60/15m"
CODES = "20/15m"
A_YEAR = 365 * 24 * 60 * 60
View = Callable[..., HttpResponse]


def guarded(view: View) -> View:
    """Nothing is kept by browsers or between; too many posts of one address are refused."""

    @wraps(view)
    def guard(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and callers.is_over(request, "guest posts", POSTS, who=_signed(request)):
            response = render(request, "portal/limited.html", status=429)
        else:
            response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "same-origin"
        return response

    return public(guard)


def _signed(request: HttpRequest) -> str:
    known = request.session.get(SIGNED)
    return f"client {known['client']}" if known else ""


def personal(view: View) -> View:
    """Calls the view with the signed-in client; others come to the first step."""

    @wraps(view)
    def guard(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        client = _client(request)
        if client is None:
            if request.method == "POST":
                request.session[DRAFT] = request.POST.get("question", "")[:1000]
                messages.warning(request, _("The session had ended, and nothing was sent. Please sign in and try again."))
            return redirect("portal:status")
        request.session[LOOK] = token_hex(4)
        return view(request, client, *args, **kwargs)

    return guarded(guard)


def _client(request: HttpRequest) -> Client | None:
    """Who is signed in; a session of fifteen idle minutes is over."""
    known, now = request.session.get(SIGNED), timezone.now().timestamp()
    if not known:
        return None
    client = clients_selectors.standing_for(known["client"]) if 0 <= now - known["seen"] < IDLE else None
    if client is None:
        del request.session[SIGNED]
        return None
    # Not at every look: that would be a write for a page.
    if now - known["seen"] > NOTED:
        request.session[SIGNED] = {**known, "seen": now}
    return client


@require_GET
@guarded
def status(request: HttpRequest, ticket: str = "") -> HttpResponse:
    """The first step, the code, or the page itself; a ticket only says what to show first."""
    if ticket:
        request.session[TICKET] = ticket[:40]
    client = _client(request)
    if client:
        return _page(request, client)
    if asked := request.session.get(ASKED):
        if timezone.now().timestamp() - asked.get("at", 0) < codes.LASTS.total_seconds():
            return render(request, "portal/code.html", {"by_email": asked["channel"] == "email"})
        del request.session[ASKED]
    return render(request, "portal/enter.html", {"typed": asked["recipient"] if asked else ""})


def _page(request: HttpRequest, client: Client) -> HttpResponse:
    """The client's page; forms get the token of this look even where the rest was made for an earlier one."""
    ticket, draft, news = request.session.get(TICKET, ""), request.session.get(DRAFT, ""), len(messages.get_messages(request))
    shown = sha256(f"{ticket}|{draft}".encode()).hexdigest()[:16]
    key = f"guest:{client.pk}:{request.session.get(LOOK)}:{get_language()}:{shown}"
    body = None if news else cache.get(key)
    if body is None:
        context = {
            **guests.all_of(client, ticket),
            "occasion_form": OccasionForm(),
            "csrf_token": FILLED_AT_EACH_LOOK,
            "draft": draft,
            "form_key": uuid4(),
        }
        body = render_to_string("portal/page.html", context, request)
        if not news:
            cache.set(key, body, KEPT)
    return HttpResponse(body.replace(FILLED_AT_EACH_LOOK, get_token(request)))


@require_POST
@guarded
def ask(request: HttpRequest) -> HttpResponse:
    """Send a code to the contact, if anybody has it; the answer is the same for all."""
    said = guests.contact(request.POST.get("contact", ""))
    if said is None:
        return render(request, "portal/enter.html", {"typed": request.POST.get("contact", ""), "wrong": True}, status=422)
    if callers.is_over(request, "guest codes", CODES):
        return render(request, "portal/limited.html", status=429)
    channel, recipient = said
    browser, now = request.session.setdefault(BROWSER, token_hex(16)), timezone.now()
    request.session[ASKED] = {"channel": str(channel), "recipient": recipient, "at": now.timestamp()}
    known = guests.holder(channel, recipient)
    row = codes.ask(
        CodePurpose.SIGN_IN, channel, recipient, client=known, browser=browser, caller=caller_of(request, recipient), now=now
    )
    send_code_soon(row.pk if row else 0)
    return redirect("portal:status")


def caller_of(request: HttpRequest, recipient: str) -> codes.Caller:
    """Whose asking this is: of a device on which the contact opened the page before, else of an address."""
    device = devices.known(request, recipient)
    return codes.Caller(device or callers.digest_of(request), is_known=bool(device))


@require_POST
@guarded
def ask_by_email(request: HttpRequest) -> HttpResponse:
    """The code did not come by SMS: once more by e-mail, if the card has one."""
    if (asked := request.session.get(ASKED)) and not callers.is_over(request, "guest codes", CODES):
        browser, now = request.session.get(BROWSER, ""), timezone.now()
        row = codes.by_email(CodePurpose.SIGN_IN, asked["recipient"], browser=browser, now=now)
        send_code_soon(row.pk if row else 0)
        messages.info(request, _("If the card has an e-mail, the code is on its way there."))
    return redirect("portal:status")


@require_POST
@guarded
def enter(request: HttpRequest) -> HttpResponse:
    """The code opens the page in the browser that asked for it."""
    asked, browser = request.session.get(ASKED), request.session.get(BROWSER, "")
    if not asked or not browser:
        return redirect("portal:status")
    typed = request.POST.get("code", "").replace(" ", "")[:12]
    row = codes.check(CodePurpose.SIGN_IN, asked["recipient"], typed, browser=browser, now=timezone.now())
    if row is None or row.client_id is None:
        context = {"wrong": True, "by_email": asked["channel"] == "email"}
        return render(request, "portal/code.html", context, status=422)
    request.session.cycle_key()
    request.session[SIGNED] = {"client": row.client_id, "seen": timezone.now().timestamp(), "contact": row.recipient}
    del request.session[ASKED], request.session[BROWSER]
    response = redirect("portal:status")
    devices.remember(request, response, row.recipient)
    return response


@require_POST
@guarded
def again(request: HttpRequest) -> HttpResponse:
    """Another phone or e-mail."""
    request.session.pop(ASKED, None)
    return redirect("portal:status")


@require_POST
@personal
def answer(request: HttpRequest, client: Client, pk: int) -> HttpResponse:
    if request.POST.get("agreed") not in ("0", "1"):
        raise Http404
    try:
        guests.answer_offer(client, pk, request.POST["agreed"] == "1")
        messages.success(request, _("Thank you, we have written down your answer."))
    except refusals.AnsweredError:
        messages.warning(request, _("This was answered before; nothing was changed."))
    return redirect("portal:status")


@require_GET
@guarded
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture of a piece, for its owner alone."""
    found = get_object_or_404(ServicePhoto, pk=pk, request__client=_client(request) or 0)
    return HttpResponse(photos.preview(found), content_type="image/jpeg")


@require_POST
@personal
def consent(request: HttpRequest, client: Client) -> HttpResponse:
    purpose = request.POST.get("purpose", "")
    if purpose not in Purpose.values:
        raise Http404
    done = guests.set_consent(client, purpose, agrees=request.POST.get("agree") == "1", now=timezone.now())
    if done:
        messages.success(request, _("Saved."))
    else:
        messages.warning(request, _("This can be given back in any of our stores."))
    return redirect("portal:status")


@require_POST
@personal
def keep_day(request: HttpRequest, client: Client) -> HttpResponse:
    form = OccasionForm(request.POST)
    if not form.is_valid():
        context = guests.all_of(client, request.session.get(TICKET, ""))
        return render(request, "portal/page.html", {**context, "occasion_form": form}, status=422)
    day, year = form.cleaned_data["day"]
    clients_services.keep_occasion(client, form.cleaned_data["kind"], day=day, year=year, by=None)
    messages.success(request, _("The day is written down."))
    return redirect("portal:status")


@require_POST
@personal
def forget_day(request: HttpRequest, client: Client, pk: int) -> HttpResponse:
    clients_services.forget_occasion(get_object_or_404(client.occasions, pk=pk).pk)
    messages.success(request, _("The day is forgotten."))
    return redirect("portal:status")


@require_POST
@personal
def question(request: HttpRequest, client: Client) -> HttpResponse:
    text = " ".join(request.POST.get("question", "").split())[:1000]
    try:
        if text:
            asked = guests.put_question(client, text, timezone.now(), _key(request))
            request.session.pop(DRAFT, None)
            words = _("The store has your question and will answer on %(day)s.")
            messages.success(request, words % {"day": writing.day_in_words(asked.due_on, get_language())})
    except guests.TooManyError:
        messages.warning(request, _("You have asked several questions today; please call the store."))
    return redirect("portal:status")


def _key(request: HttpRequest) -> UUID | None:
    """Of the form, so that pressing twice asks once."""
    try:
        return UUID(request.POST.get("form_key", ""))
    except ValueError:
        return None


@require_http_methods(["GET", "POST"])
@guarded
def leave(request: HttpRequest) -> HttpResponse:
    """Asks once, then says that it is over; an employee's own session stays."""
    if request.method == "GET":
        return render(request, "portal/leave.html")
    contact = request.session.get(SIGNED, {}).get("contact", "")
    for key in (SIGNED, ASKED, BROWSER, TICKET, DRAFT):
        request.session.pop(key, None)
    request.session.cycle_key()
    response = render(request, "portal/ended.html")
    devices.forget(request, response, contact)
    return response


@require_POST
@guarded
def language(request: HttpRequest) -> HttpResponse:
    """The visitor's own choice; an employee's is left alone."""
    response = redirect("portal:status")
    if request.POST.get("language") in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, request.POST["language"], max_age=A_YEAR, samesite="Lax")
    return response
