"""Settings of the chain: what there is, a group of them, what was changed, and the chain's own mark."""

from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stores import rules
from stores.deciding import marks, ruling
from stores.deciding.forms import FIELDS, GROUPS, RulesForm, in_words
from stores.forms import CrmForm
from stores.models import ChainMark, RuleChange
from stores.policies import CrmRequest, admins, public
from stores.redirects import back
from stores.selectors import whole_number

PAGE = 20
FOREVER = 365 * 24 * 60 * 60


class Told(NamedTuple):
    """A change of a setting in words; ``can_undo`` where nothing was changed after it."""

    change: RuleChange
    label: Any
    was: str
    now: str
    can_undo: bool


class MarkForm(CrmForm):
    mark = forms.FileField(
        label=gettext_lazy("Mark"), widget=forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
        help_text=gettext_lazy("A square PNG on a transparent ground looks best; 512 by 512 is enough."),
    )  # fmt: skip


@require_GET
@admins
def overview(request: CrmRequest) -> HttpResponse:
    groups = [(form, [(field.label, in_words(field, rules.standing(name))) for name, field in form.base_fields.items()])
              for form in GROUPS.values()]  # fmt: skip
    return render(request, "stores/settings.html", {"groups": groups, "not_obeyed": ruling.not_obeyed()})


@require_http_methods(["GET", "POST"])
@admins
def group(request: CrmRequest, slug: str) -> HttpResponse:
    """A group of settings; what was wrong stands beside its field."""
    if slug not in GROUPS:
        raise Http404
    form = GROUPS[slug](request.POST or None)
    if request.method == "POST" and form.is_valid() and (changes := form.save(by=request.user)) is not None:
        messages.success(request, _said(len(changes)))
        return redirect("stores:settings_group", slug)
    return _shown(request, form, status=422 if request.method == "POST" else 200)


def _said(changes: int) -> str:
    if not changes:
        return _("Nothing was changed.")
    words = ngettext("Saved: %(n)s setting. It holds from now on.", "Saved: %(n)s settings. They hold from now on.", changes)
    return words % {"n": changes}


def _shown(request: CrmRequest, form: RulesForm, *, mark_form: MarkForm | None = None, status: int = 200) -> HttpResponse:
    page = Paginator(told(form), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form, "groups": GROUPS.values(), "page": page, "has_mark": form.slug == "chain", "mark": rules.current().mark,
        "mark_form": mark_form or MarkForm(), "zone": settings.CHAIN_TIME_ZONE, "site": settings.SITE_URL,
    }  # fmt: skip
    return render(request, "stores/settings_group.html", context, status=status)


def told(form: RulesForm) -> list[Told]:
    """What was changed in a group, newest first. One query."""
    names = [*form.names, "mark"] if form.slug == "chain" else form.names
    found, seen = [], set()
    for change in ruling.history(names):
        was, now = (_in_words(change.name, value) for value in (change.was, change.now))
        label = FIELDS[change.name].label if change.name in FIELDS else _("Mark")
        found.append(Told(change, label, was, now, change.name not in seen))
        seen.add(change.name)
    return found


def _in_words(name: str, value: Any) -> str:
    if name == "mark":
        return _("a picture") if value else _("Carat's own")
    return in_words(FIELDS[name], rules.default(name) if value is None else value)


@require_POST
@admins
def undo(request: CrmRequest) -> HttpResponse:
    change = get_object_or_404(RuleChange, pk=whole_number(request.POST.get("change", "")))
    try:
        ruling.undo(change, by=request.user)
        messages.success(request, _("Put back as it was."))
    except ruling.ChangedSinceError:
        messages.warning(request, _("It was changed once more since; put the newest change back first."))
    return back(request, reverse("stores:settings"))


@require_POST
@admins
def set_mark(request: CrmRequest) -> HttpResponse:
    """A picture becomes the chain's mark, or Carat's own comes back."""
    if "clear" in request.POST:
        ruling.decide({"mark": None}, by=request.user)
        return redirect("stores:settings_group", "chain")
    form = MarkForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            marks.keep(form.cleaned_data["mark"], by=request.user)
        except marks.MarkError:
            form.add_error("mark", _("This is no picture that can be read: take a PNG, JPEG or WebP of at most 4 MB."))
        else:
            messages.success(request, _("The mark is changed."))
            return redirect("stores:settings_group", "chain")
    return _shown(request, GROUPS["chain"](), mark_form=form, status=422)


@require_GET
@public
def mark(request: HttpRequest, digest: str) -> HttpResponse:
    """A mark of the chain; clients' pages show it, so it is everybody's."""
    found = get_object_or_404(ChainMark, digest=digest)
    response = HttpResponse(bytes(found.png), content_type="image/png")
    response["Cache-Control"] = f"public, max-age={FOREVER}, immutable"
    return response
