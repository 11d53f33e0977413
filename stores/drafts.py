"""The browser keeps what is typed until it is saved: here is said that it was, and where to come back to after signing in."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

SAVED = "saved_draft"
NAME = re.compile(r"[0-9a-f]{32}")
LASTS = 60  # seconds, until the next page reads it


class SavedDraftMiddleware:
    """Names the filled form that was saved, so that the browser keeps it no longer; a refused one is answered with its errors."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_onward = response.status_code in (302, 303) or "HX-Redirect" in response.headers
        if request.method == "POST" and is_onward and request.user.is_authenticated:
            name = request.POST.get("draft", "")
            if NAME.fullmatch(name):
                response.set_cookie(SAVED, name, max_age=LASTS, samesite="Lax", secure=request.is_secure())
        return response


def sign_in_again(request: HttpRequest, *, login_url: str | None = None) -> HttpResponse:
    """To the sign-in (``login_url``: another door), and from there back to the page on which the person stood.

    What was sent cannot be asked for: its page is.
    """
    there = redirect_to_login(page_of(request), login_url=login_url)
    return HttpResponseClientRedirect(there.url) if request.headers.get("HX-Request") else there


def page_of(request: HttpRequest) -> str:
    """The address of the page on which the person stood when they sent this."""
    stood_on = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    is_asking = request.method in ("GET", "HEAD") and not request.headers.get("HX-Request")
    if is_asking or not url_has_allowed_host_and_scheme(stood_on, {request.get_host()}):
        return request.get_full_path()
    parts = urlsplit(stood_on)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
