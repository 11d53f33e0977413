"""The client's one question, by a personal link, without signing in."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from portal import reviews
from portal.models import Review
from stores import rules
from stores.policies import public

BEST = 10


class ReviewForm(forms.Form):
    score = forms.TypedChoiceField(
        label=gettext_lazy("Is all well?"), coerce=int, choices=[(n, n) for n in range(BEST + 1)],
        error_messages={"required": gettext_lazy("Choose a number from 0 to 10.")},
    )  # fmt: skip
    words = forms.CharField(label=gettext_lazy("In your own words"), required=False, max_length=2_000)


@require_http_methods(["GET", "POST"])
@public
def review(request: HttpRequest, token: UUID) -> HttpResponse:
    """The question, and after the answer thanks; nothing on it but a first name and what it is about."""
    found = Review.objects.select_related("client", "store", "request", "purchase").filter(token=token).first()
    if found is None or not found.client.first_name:
        raise Http404
    form = ReviewForm(request.POST or None, initial={"score": found.score, "words": found.words})
    if request.method == "POST" and form.is_valid():
        try:
            reviews.answer(token, form.cleaned_data["score"], form.cleaned_data["words"], now=timezone.now())
        except reviews.TooLateError:
            form.add_error(None, _("Your answer was written down before; thank you."))
        else:
            return redirect(f"{request.path}?thanks")
    context = {
        "review": found, "form": form, "scores": range(BEST + 1), "thanks": "thanks" in request.GET and found.score is not None,
        "chain_name": rules.current().chain_name, "low": found.score is not None and found.score <= reviews.LOW,
    }  # fmt: skip
    response = render(request, "portal/review.html", context, status=422 if form.errors else 200)
    add_never_cache_headers(response)
    return response
