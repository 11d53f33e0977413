"""Choices of a session: store, language, theme."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from stores.models import Employee
from stores.policies import CrmRequest, everybody, public
from stores.selectors import counter, whole_number

THEME_COOKIE = "theme"
A_YEAR = 365 * 24 * 60 * 60


def _back(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return redirect(wanted if safe else "/")


@require_POST
@everybody
def choose_store(request: CrmRequest) -> HttpResponse:
    counter(request).choose(whole_number(request.POST.get("store", "")))
    return _back(request)


@require_POST
@public
def choose_language(request: HttpRequest) -> HttpResponse:
    language = request.POST.get("language", "")
    response = _back(request)
    if language in dict(settings.LANGUAGES):
        if isinstance(request.user, Employee):
            Employee.objects.filter(pk=request.user.pk).update(language=language)
        translation.activate(language)
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=A_YEAR, samesite="Lax")
    return response


@require_POST
@public
def choose_theme(request: HttpRequest) -> HttpResponse:
    response = _back(request)
    theme = "dark" if request.POST.get("theme") == "dark" else "light"
    response.set_cookie(THEME_COOKIE, theme, max_age=A_YEAR, samesite="Lax")
    return response
