"""Notifications on the client's own devices: turned on and off on their page; and what an installed page consists of."""

from functools import cache

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clients.models import Client
from messaging import push
from messaging.push import NotTakenError
from portal.views.page import personal
from stores import rules
from stores.policies import public

WORKER = settings.BASE_DIR / "static" / "carat" / "push-worker.js"
# The page's own colours: ink on paper.
PAPER, INK = "#faf8f4", "#1d1b20"


@require_POST
@personal
def turn_on(request: HttpRequest, client: Client) -> HttpResponse:
    """This browser, as it says of itself, takes notifications from now on."""
    if not push.is_on():
        raise Http404
    said, agrees = request.POST.get("subscription", ""), request.POST.get("agrees", "")
    version = int(agrees) if agrees.isascii() and agrees.isdigit() else None
    title = _device(request.headers.get("User-Agent", ""))
    try:
        push.turn_on(client, said, title=title, agrees=version, now=timezone.now())
        messages.success(request, _("Notifications are on: what we write to you comes to this device."))
    except NotTakenError:
        messages.warning(request, _("Notifications could not be turned on in this browser. Please try again."))
    return redirect("portal:status")


def _device(agent: str) -> str:
    """The browser and what it runs on, as a person tells one device of theirs from another."""
    browsers = {"YaBrowser": "Яндекс Браузер", "Edg": "Edge", "OPR": "Opera", "SamsungBrowser": "Samsung Internet"}
    browsers |= {"Firefox": "Firefox", "Chrome": "Chrome", "CriOS": "Chrome", "Safari": "Safari"}
    systems = {
        "iPhone": "iPhone",
        "iPad": "iPad",
        "Android": "Android",
        "Windows": "Windows",
        "Mac OS X": "Mac",
        "Linux": "Linux",
    }
    found = [next((name for sign, name in known.items() if sign in agent), "") for known in (browsers, systems)]
    return ", ".join(filter(None, found))


@require_GET
@public
def worker(request: HttpRequest) -> HttpResponse:
    """Beside the page, so that it may serve the page and nothing else of the site."""
    response = HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@cache
def _worker() -> str:
    return WORKER.read_text(encoding="utf-8")


@require_GET
@public
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to keep the page among its applications."""
    chain, page = rules.current(), reverse("portal:status")
    own = {"src": reverse("stores:mark", args=[chain.mark]), "type": "image/png"} if chain.mark else None
    icon = own or {"src": static("carat/mark.svg"), "type": "image/svg+xml"}
    told = {
        "name": chain.chain_name, "short_name": chain.chain_name[:12], "id": page, "start_url": page, "scope": page,
        "display": "standalone", "background_color": PAPER, "theme_color": INK, "icons": [{**icon, "sizes": "any"}],
    }  # fmt: skip
    response = JsonResponse(told, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "no-cache"
    return response
