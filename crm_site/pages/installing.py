"""Carat as an app on a tablet or a phone of the counter: its name, its mark, and what a long press on it offers."""

from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from stores import rules
from stores.policies import public

PAPER = "#faf8f4"


@require_GET
@cache_control(public=True, max_age=3600)
@vary_on_headers("Accept-Language")
@public
def manifest(request: HttpRequest) -> JsonResponse:
    """The web app manifest (W3C)."""
    mark = {"src": static("carat/mark.svg"), "type": "image/svg+xml", "sizes": "any"}
    acts = ((_("Sale"), "purchases:sell"), (_("Take in"), "workshop:take_in"), (_("Register"), "clients:register"))
    described = {
        "id": "/",
        "name": f"Carat · {rules.current().chain_name}",
        "short_name": "Carat",
        "lang": get_language(),
        "start_url": reverse("pages:home"),
        "scope": "/",
        "display": "standalone",
        "theme_color": PAPER,
        "background_color": PAPER,
        "icons": [mark, {**mark, "purpose": "maskable"}],
        "shortcuts": [{"name": word, "url": reverse(address), "icons": [mark]} for word, address in acts],
    }
    return JsonResponse(described, content_type="application/manifest+json")
