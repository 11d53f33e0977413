"""What a link of a friend opens."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_GET

from portal import inviting
from stores import rules
from stores.policies import public


@require_GET
@public
def friend(request: HttpRequest, code: str) -> HttpResponse:
    """The code to be shown at the counter and what it brings; nothing of whose it is."""
    found = inviting.read(code)
    if found is None:
        raise Http404
    response = render(request, "portal/friend.html", {"invitation": found, "chain_name": rules.current().chain_name})
    add_never_cache_headers(response)
    return response
