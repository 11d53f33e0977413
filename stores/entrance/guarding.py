"""What guards a session that is open: it ends when nobody acts, and who may do much proves who they are in two ways.

Admins and managers get some days to set the second way up; then every page leads to it.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import logout
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from stores import rules
from stores.drafts import sign_in_again
from stores.models import Employee
from stores.recognising import pins, shared

SEEN, PROVED, BY_PIN = "seen", "second_factor", "by_pin"
NOTED = 60  # seconds: not at every page, that would be a write for each
FREE = ("/accounts/", "/switch/", "/language/", "/theme/", "/s/", "/health/", "/static/", "/api/")


class GuardMiddleware:
    """Ends idle sessions, and leads to the second factor whoever must have one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if not isinstance(user, Employee):
            return self.get_response(request)
        now = timezone.now()
        if request.session.get(BY_PIN):
            user.held = frozenset()  # what speaks for the chain takes the password
        is_over = bool(request.session.get(BY_PIN)) and not pins.is_offered(user)
        if is_over or is_idle(request, user, now):
            logout(request)
            return sign_in_again(request, login_url=shared.door(request))
        if needs_second_factor(request, user):
            due = due_of(user, now)
            if due <= now and not request.path_info.startswith(FREE):
                messages.warning(request, _("Set up the second step of signing in first: your role needs it."))
                return redirect("mfa_index")
            request.second_factor_due = due  # type: ignore[attr-defined]
        return self.get_response(request)


def is_idle(request: HttpRequest, user: Employee, now: datetime) -> bool:
    """Whether nobody has acted in this session for longer than the role's minutes; notes that somebody does."""
    seen = request.session.get(SEEN) or (user.last_login.timestamp() if user.last_login else now.timestamp())
    idle = now.timestamp() - seen
    if idle > _longest(request, user):
        return True
    if idle > NOTED:
        request.session[SEEN] = now.timestamp()
    return False


def _longest(request: HttpRequest, user: Employee) -> float:
    """Seconds; on a shared device whoever can come back by PIN is asked soon, and its page asks before the server does."""
    longest = rules.current().idle(user.role).total_seconds()
    if shared.COOKIE in request.COOKIES and pins.is_offered(user) and shared.store_of_device(request):
        return min(longest, rules.current().pin_lock_minutes * 60 + 2 * NOTED)
    return longest


def needs_second_factor(request: HttpRequest, user: Employee) -> bool:
    """Whether the role must have a second factor and this person has none. One query until there is one."""
    if user.role not in rules.current().second_factor_roles or request.session.get(PROVED):
        return False
    if has_second_factor(user):
        request.session[PROVED] = True
        return False
    return True


def factors_of(user: Any) -> "QuerySet[Authenticator]":
    """What counts as the second step of an employee, or of a reference to one; recovery codes alone are none."""
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return found


def has_second_factor(user: Any) -> bool:
    """A query, unless the session brought the answer."""
    known: bool | None = getattr(user, "has_second_step", None)
    return factors_of(user).exists() if known is None else known


def due_of(user: Employee, now: datetime) -> datetime:
    """By when this person is to have one; the grace begins when they are first seen without."""
    if user.second_factor_due is None:
        user.second_factor_due = now + rules.current().second_factor_grace
        Employee.objects.filter(pk=user.pk).update(second_factor_due=user.second_factor_due)
    return user.second_factor_due
