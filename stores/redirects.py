"""Where to go after a form. Public: ``back``."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme


def back(request: HttpRequest, otherwise: str, **kwargs: Any) -> HttpResponse:
    """To the posted ``next`` if it is a page of ours, else to a view by its name or address."""
    wanted = request.POST.get("next", "")
    if wanted and url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        return redirect(wanted)
    return redirect(otherwise, **kwargs)
