"""A newsletter in a browser, for whoever has its address: without signing in, and with nothing of the reader but a first name."""

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.http import require_GET

from clients import selectors as clients_selectors
from messaging import filling
from messaging.address import Addressee, values_for
from messaging.models import Letter
from messaging.unsubscribing import BadAddressError, which
from stores.policies import public

# A letter has its styles in itself, and brings nothing else.
LETTER_CSP = {"default-src": [NONE], "style-src": [UNSAFE_INLINE], "img-src": [SELF], "script-src": [NONE]}


@require_GET
@public
@csp_replace(LETTER_CSP)  # type: ignore[arg-type]
def letter(request: HttpRequest, token: str) -> HttpResponse:
    """As it went out, without the addresses that are the reader's own: who gets it forwarded can stop nothing."""
    try:
        found, client = which(token)
    except BadAddressError:
        return render(request, "messaging/letter_bad.html", status=404)
    kept = get_object_or_404(Letter, pk=found)
    reader = clients_selectors.standing_for(client)
    named = Addressee(reader.first_name, language=reader.language) if reader else Addressee("")
    with translation.override(named.language):
        values = values_for(named) | {filling.SITE: "", filling.COPY: request.path}
    response = HttpResponse(filling.fill_page(filling.for_anybody(kept.html), values))
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    return response
