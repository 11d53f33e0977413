"""What comes in before anything reads it: its size, and characters that no person types; and that nothing personal is kept
by browsers or on the way."""

import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import unquote_plus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from structlog.contextvars import bound_contextvars

from stores.recognising import callers

NUL = "\0"
# Of an address; tabs, ends of lines and what scanners of bar codes put between fields are none of these.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1b\x7f]")
# What operators say of messages comes as it comes; its own pages clean it.
GATEWAYS = ("/receipts/", "/replies/")
VISITORS = "/s/"
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class InboundMiddleware:
    """After sessions: whoever is nobody yet sends small bodies. Answers 413 and 400 in words; never reads a large body."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _is_untypable(request):
            return _refused(request, 400)
        if _length(request) > _most(request):
            return _refused(request, 413)
        # Of visitors to the client's page nothing is written down.
        seen = {} if request.path_info.startswith(VISITORS) else {"address": callers.address_of(request)}
        with bound_contextvars(**seen):
            response = self.get_response(request)
        if hasattr(request, "_cached_user") and request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> HttpResponse | None:
        """Databases refuse a NUL, so a form with one is refused before them. CSRF has read the form by now."""
        if request.content_type in FORMS and not getattr(view, "csrf_exempt", False) and _has_nul(request.POST.lists()):
            return _refused(request, 400)
        return None


def _is_untypable(request: HttpRequest) -> bool:
    if request.path_info.startswith(GATEWAYS):
        return False
    return any(CONTROL.search(text) for text in (request.path_info, unquote_plus(request.META.get("QUERY_STRING", ""))))


def _has_nul(fields: Iterable[tuple[str, list[Any]]]) -> bool:
    return any(NUL in name or any(NUL in str(value) for value in values) for name, values in fields)


def _length(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if str(length).isdecimal() else 0


def _most(request: HttpRequest) -> int:
    """How large a body may be: files come from employees and by keys alone."""
    if request.content_type != "multipart/form-data":
        return settings.BODY_MAX_BYTES
    knows = "Authorization" in request.headers or request.user.is_authenticated
    return settings.FILES_MAX_BYTES if knows else settings.BODY_MAX_BYTES


def _refused(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, "refused.html", {"too_large": status == 413}, status=status)
