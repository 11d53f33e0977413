"""A newsletter is composed: blocks on one side, the letter as it is read on the other."""

from hashlib import sha256
from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from campaigns.forms import letters as forms
from campaigns.forms.letters import LetterForm
from campaigns.forms.programs import TrialForm
from campaigns.letters import blocks, keeping, rendering
from campaigns.letters.blocks import Kind
from campaigns.models import Campaign
from messaging import filling, texts
from stores.policies import CrmRequest, managers
from stores.selectors import counter

KEPT = 60 * 60
THEMES, WIDTHS = ("light", "dark"), ("wide", "phone")
PREVIEW_CSP = {
    "default-src": [NONE], "style-src": [UNSAFE_INLINE], "img-src": [SELF], "script-src": [NONE], "frame-ancestors": [SELF],
}  # fmt: skip


def _own(request: CrmRequest, pk: int) -> Campaign:
    """A newsletter of one's own stores."""
    here = counter(request)
    mine = Campaign.objects.visible_to(None if here.sees_chain else here.stores).select_related("topic", "store")
    return get_object_or_404(mine, pk=pk, topic__isnull=False)


@require_http_methods(["GET", "POST"])
@managers
def compose(request: CrmRequest, pk: int) -> HttpResponse:
    """The blocks of a draft: each press but “save” only moves them about."""
    found = _own(request, pk)
    if not found.is_draft:
        return redirect("campaigns:campaign", pk=pk)
    if request.method == "POST" and request.POST.get("act"):
        return render(request, "campaigns/letters/compose.html", _context(request, found, forms.again(request.POST, found)))
    form = LetterForm(request.POST or None, campaign=found)
    if request.method == "POST" and form.is_valid() and form.write():
        messages.success(request, _("The letter is saved."))
        return redirect("campaigns:compose", pk=pk)
    context = _context(request, found, form)
    return render(request, "campaigns/letters/compose.html", context, status=422 if request.method == "POST" else 200)


def _context(request: CrmRequest, found: Campaign, form: LetterForm) -> dict[str, Any]:
    rows = forms.typed(form.data) if form.is_bound else form.began
    return {
        "campaign": found, "form": form, "kinds": Kind.choices, "fields": _fields(), "most": blocks.MOST,
        "trial": TrialForm(initial={"email": request.user.email}), **_seen(request, found, rows),
    }  # fmt: skip


def _fields() -> list[tuple[str, Any]]:
    return [(name, meaning) for name, meaning in texts.PLACEHOLDERS.items() if name not in texts.SERVICE_FIELDS]


def _seen(request: CrmRequest, found: Campaign, rows: list[dict[str, str]]) -> dict[str, Any]:
    """The letter of these blocks, kept for the frame that shows it: the context of ``_frame.html``."""
    page = rendering.page_of(blocks.read(rows), keeping.facts_of(found))
    html = filling.fill_page(page.html, keeping.example(found) | {filling.SITE: ""})
    digest = sha256(html.encode()).hexdigest()[:16]
    cache.set(_key(request, found, digest), html, KEPT)
    theme, width = request.POST.get("theme", ""), request.POST.get("width", "")
    return {
        "digest": digest, "kilobytes": page.size // 1000, "theme_shown": theme if theme in THEMES else "light",
        "width_shown": width if width in WIDTHS else "wide",
    }  # fmt: skip


def _key(request: CrmRequest, found: Campaign, digest: str) -> str:
    return f"campaigns:letter:{found.pk}:{request.user.pk}:{digest}"


@require_POST
@managers
def look(request: CrmRequest, pk: int) -> HttpResponse:
    """The frame anew, while the letter is typed."""
    found = _own(request, pk)
    return render(
        request, "campaigns/letters/_frame.html", {"campaign": found, **_seen(request, found, forms.typed(request.POST))}
    )


@require_GET
@managers
@xframe_options_sameorigin
@csp_replace(PREVIEW_CSP)  # type: ignore[arg-type]
def preview(request: CrmRequest, pk: int, digest: str) -> HttpResponse:
    """The letter alone, for the frame; in a theme of its own, whatever the browser prefers."""
    html: str | None = cache.get(_key(request, _own(request, pk), digest))
    if html is None:
        raise Http404
    response = HttpResponse(rendering.as_seen(html, request.GET.get("theme", "")))
    response["Cache-Control"] = "private, max-age=600"
    return response
