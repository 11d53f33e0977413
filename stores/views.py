"""Choices of a session: store, language, theme; and the admin's keys for other systems."""

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stores import lookups, services
from stores.forms import ApiKeyForm
from stores.models import ApiKey, Employee
from stores.policies import CrmRequest, admins, everybody, public
from stores.redirects import back
from stores.selectors import counter, whole_number

A_YEAR = 365 * 24 * 60 * 60


def parse_date_or(text: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return otherwise


@require_POST
@everybody
def choose_store(request: CrmRequest) -> HttpResponse:
    counter(request).choose(whole_number(request.POST.get("store", "")))
    return back(request, "/")


@require_POST
@public
def choose_language(request: HttpRequest) -> HttpResponse:
    language = request.POST.get("language", "")
    response = back(request, "/")
    if language in dict(settings.LANGUAGES):
        if isinstance(request.user, Employee):
            Employee.objects.filter(pk=request.user.pk).update(language=language)
        translation.activate(language)
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=A_YEAR, samesite="Lax")
    return response


@require_POST
@public
def choose_theme(request: HttpRequest) -> HttpResponse:
    response = back(request, "/")
    theme = "dark" if request.POST.get("theme") == "dark" else "light"
    response.set_cookie(settings.THEME_COOKIE, theme, max_age=A_YEAR, samesite="Lax")
    return response


@require_GET
@admins
def look_ups(request: CrmRequest) -> HttpResponse:
    """Who looked at how many clients' contacts on a day, and what stands out."""
    today = timezone.localdate()
    day = min(parse_date_or(request.GET.get("day", ""), today), today)
    context = {"day": day, "today": today, "people": lookups.overview(day), "times": lookups.TIMES}
    return render(request, "stores/look_ups.html", context)


@require_http_methods(["GET", "POST"])
@admins
def api_keys(request: CrmRequest) -> HttpResponse:
    """Keys by which other systems bring lists in; a new one is shown once."""
    form, secret = ApiKeyForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        _key, secret = services.issue_api_key(form.cleaned_data["name"], employee=form.cleaned_data["employee"] or request.user)
        form = ApiKeyForm()
    keys = ApiKey.objects.select_related("employee")
    status = 422 if request.method == "POST" and not secret else 200
    return render(request, "stores/api_keys.html", {"form": form, "keys": keys, "secret": secret}, status=status)


@require_POST
@admins
def revoke_api_key(request: CrmRequest, pk: int) -> HttpResponse:
    services.revoke_api_key(get_object_or_404(ApiKey, pk=pk))
    return redirect("stores:api_keys")
