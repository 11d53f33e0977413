"""Sign-in: employees are made by an admin, never by themselves; failures are counted by axes (stores/entrance/patience.py)."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.views import ListUserSessionsView
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from stores import rules
from stores.models import Employee
from stores.policies import CrmRequest, everybody
from stores.recognising import callers, devices, pins, shared


class ClosedAccountAdapter(DefaultAccountAdapter):
    """allauth without sign-up; axes counts wrong passwords, allauth's own limit only wrong codes."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        return None

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """What is printed for everybody to try the demo with opens nothing of a chain's own."""
        if credentials.get("password") == settings.DEMO_PASSWORD and not settings.AT_HOME:
            credentials = {**credentials, "password": ""}
        return super().authenticate(request, **credentials)

    def get_client_ip(self, request: HttpRequest) -> str:
        return callers.address_of(request)

    def post_login(self, request: HttpRequest, user: Employee, **kwargs: Any) -> HttpResponse:
        """Whoever has passed every step is known on this device from now on."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        devices.remember(request, response, user.username)
        shared.note(request, response, user)
        return response


@everybody
def sessions(request: CrmRequest) -> HttpResponseBase:
    """Where one is signed in; signing out everywhere else ends the PIN on every device too."""
    if request.method == "POST":
        pins.end(request.user)
    response: HttpResponseBase = ListUserSessionsView.as_view()(request)
    return response


class SecondFactorAdapter(DefaultMFAAdapter):
    """A second factor that the role must have is changed for another, never given up."""

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        if authenticator.user.role not in rules.current().second_factor_roles:
            return True
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        return bool(others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())
