"""Texts of consents and of the agreement, on pages of the settings."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from crm_site.pages import wordings
from stores.forms import CrmForm
from stores.policies import CrmRequest, admins
from stores.selectors import whole_number


class WordingForm(CrmForm):
    """New words; ``opened`` is the version that stood there when the page was opened."""

    text = forms.CharField(label=gettext_lazy("New words"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 8}))
    opened = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


@require_GET
@admins
def all_wordings(request: CrmRequest) -> HttpResponse:
    return render(request, "pages/wordings.html", {"texts": wordings.newest()})


@require_http_methods(["GET", "POST"])
@admins
def wording(request: CrmRequest, slug: str) -> HttpResponse:
    """One text: what holds, new words for it, and what held before."""
    if slug not in wordings.NAMES:
        raise Http404
    last = wordings.rows(slug).first()
    initial: dict[str, Any] = {"text": last.text, "opened": last.version} if last else {"opened": 0}
    form = WordingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = wordings.write(slug, form.cleaned_data["text"], opened=form.cleaned_data["opened"], by=request.user)
            messages.success(request, _("From now on version %(n)s holds.") % {"n": made.version})
            return redirect("pages:wording", slug)
        except wordings.WrittenMeanwhileError:
            form = _once_more(request, slug)
    context = {"form": form, "slug": slug, "name": wordings.NAMES[slug], "versions": wordings.versions(slug)}
    return render(request, "pages/wording.html", context, status=422 if form.errors else 200)


def _once_more(request: CrmRequest, slug: str) -> WordingForm:
    """What was typed, now beside the version that somebody else wrote meanwhile."""
    typed = request.POST.copy()
    typed["opened"] = str(wordings.rows(slug).values_list("version", flat=True).first() or 0)
    form = WordingForm(typed)
    form.add_error(
        None, _("Somebody else wrote a newer version meanwhile: it stands beside. Save yours once more to put it on top.")
    )
    return form


@require_POST
@admins
def take_wording_back(request: CrmRequest, slug: str) -> HttpResponse:
    if slug not in wordings.NAMES:
        raise Http404
    try:
        wordings.take_back(slug, whole_number(request.POST.get("version", "")), by=request.user)
        messages.success(request, _("Taken back: the version before it holds again."))
    except wordings.AgreedToError:
        messages.warning(request, _("Somebody has agreed to it by now: it stays. Write a new version instead."))
    except wordings.WrittenMeanwhileError:
        messages.warning(request, _("This is not the newest version any more."))
    return redirect("pages:wording", slug)
