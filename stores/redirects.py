"""Where to go after a form. Public: ``back``."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme


def back(request: HttpRequest, otherwise: str, **kwargs: Any) -> HttpResponse:
    """To the posted ``next`` if it is a page of ours, else to a view by its name or address."""
    wanted = request.POST.get("next", "")
    if wanted and url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        return HttpResponseRedirect(wanted)
    return HttpResponseRedirect(resolve_url(otherwise, **kwargs))
