"""A form of a page that was opened before its person signed in anew, in another tab as a rule: nothing typed is lost."""

import re
from urllib.parse import urlsplit

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django_htmx.http import HttpResponseClientRefresh

from stores import drafts

# What is not written into a page again, not even for the one who typed it.
SECRET = re.compile(r"password|^pin$")
log = structlog.get_logger(__name__)


def old_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's mark is not this session's. Who typed it here is shown it to send once more; what another site sent is refused.

    Whoever is signed in by now is named: it would be theirs.
    """
    log.info("form.old", path=request.path, reason=reason)
    if not _is_from_here(request):
        return render(request, "403.html", {"words": ""}, status=403)
    if request.headers.get("HX-Request"):
        return HttpResponseClientRefresh()
    if request.path == reverse("account_login") and request.user.is_authenticated:
        return redirect("pages:home")
    kept = [] if any(SECRET.search(name) for name in request.POST) else _typed(request)
    if not kept and not request.user.is_authenticated:
        return drafts.sign_in_again(request)
    context = {"typed": kept, "has_files": bool(request.FILES), "stood_on": drafts.page_of(request)}
    return render(request, "sent_again.html", context, status=403)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    return [(name, str(value)) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken" for value in values]


def _is_from_here(request: HttpRequest) -> bool:
    """Browsers say from where a form was sent; where one says nothing, nothing is believed."""
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return bool(origin) and urlsplit(origin).netloc == request.get_host()
