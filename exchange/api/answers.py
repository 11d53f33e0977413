"""How every request of a source is let in, and how it is refused."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django_ratelimit.core import is_ratelimited
from ninja import Schema
from ninja.security import HttpBearer

from exchange import services
from exchange.models import Source


class SourceKeyHeader(HttpBearer):
    """``Authorization: Bearer till_…``: a key of a source."""

    def authenticate(self, request: HttpRequest, token: str) -> Source | None:
        return services.source_of(token)


class WrongPart(Schema):
    """What is wrong at a place of the document."""

    at: str
    say: str


class Refusal(Schema):
    """Why not: a word for the program, and words for who reads its log."""

    error: str
    say: str
    document: str | None = None
    errors: list[WrongPart] | None = None
    most: str | None = None


class NoKey(Schema):
    """The key is missing, wrong or revoked."""

    detail: str


REFUSALS = {401: NoKey, 403: Refusal, 413: Refusal, 422: Refusal, 429: Refusal}


def source_of(request: HttpRequest) -> Source:
    """Whose key it is."""
    source: Source = request.auth  # type: ignore[attr-defined]
    return source


def refused(request: HttpRequest, source: Source, *, may: bool, rate: str = "", group: str = "requests") -> HttpResponse | None:
    """Why a source may not do this, or not so often."""
    if not may:
        return refusal(403, "not_allowed", _("This key may not do this. Ask the chain's admin."))
    rate = rate or f"{source.a_minute}/m"
    if is_ratelimited(request, group=f"exchange {group}", key=lambda _group, _request: str(source.pk), rate=rate, increment=True):
        answer = refusal(429, "too_often", _("Too many requests: at most %(rate)s.") % {"rate": rate})
        answer["Retry-After"] = "60"
        return answer
    return None


def refusal(status: int, error: str, say: str, **more: Any) -> HttpResponse:
    return said({"error": error, "say": say, **more}, status=status)


def said(told: dict[str, Any], status: int = 200) -> HttpResponse:
    """Letters as they are: who reads a log reads them too."""
    return JsonResponse(told, status=status, json_dumps_params={"ensure_ascii": False})
