"""How wrong passwords are counted: by name and address, by device, by address; never by the name alone.

Who guesses waits longer each time, and only they: a seller whose name a stranger tries, or whose store's address an attacker
shares, goes on signing in on the device that they signed in on before.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from stores import rules
from stores.recognising import callers, devices

FREE = 5  # a person mistypes so often
FIRST, LONGEST = timedelta(seconds=15), timedelta(minutes=15)
LATELY = timedelta(minutes=15)
DEVICE = "device "


def said_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The name that somebody tries to sign in with, in lower case, so that ``ANN`` and ``ann`` are counted together."""
    said = (credentials or {}).get("username") or request.POST.get("login") or request.POST.get("username") or ""
    return str(said).strip().lower()


def wait_after(failures: int) -> timedelta:
    """How long the next try waits: nothing for five, then 15 seconds, twice as long each time, 15 minutes at most."""
    if failures < FREE:
        return timedelta()
    doubled: int = 2 ** min(failures - FREE, 10)
    return min(FIRST * doubled, LONGEST)


class PatientHandler(AxesDatabaseHandler):
    """axes' table of failures with a delay of our own; its column for the browser's name holds the device, if we know it."""

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        return bool(self.wait(request, credentials))

    def wait(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> timedelta:
        """How long this caller waits before another try of this name. One query, for a stranger two."""
        now, tried = timezone.now(), self._tried(request, credentials)
        wait = _left(tried.values_list("failures_since_start", "attempt_time"), now)
        if _device(request, credentials):
            return wait
        of_address = AccessAttempt.objects.filter(ip_address=callers.address_of(request), user_agent="")
        lately = of_address.filter(attempt_time__gt=now - LATELY).aggregate(total=Sum("failures_since_start"))["total"] or 0
        return max(wait, LATELY) if lately >= rules.current().sign_in_failures_per_address else wait

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        return self._tried(request, credentials).aggregate(total=Sum("failures_since_start"))["total"] or 0

    def user_login_failed(self, sender: Any, credentials: dict[str, Any], request: Any = None, **kwargs: Any) -> None:
        if request is not None:
            device = _device(request, credentials)
            request.axes_user_agent = f"{DEVICE}{device}" if device else ""
        super().user_login_failed(sender, credentials, request, **kwargs)

    def filter_user_attempts(
        self, request: HttpRequest, credentials: dict[str, Any] | None = None
    ) -> "list[QuerySet[AccessAttempt]]":
        return [self._tried(request, credentials)]

    def _tried(self, request: HttpRequest, credentials: dict[str, Any] | None) -> "QuerySet[AccessAttempt]":
        tried: QuerySet[AccessAttempt] = AccessAttempt.objects.filter(username=said_name(request, credentials))
        if device := _device(request, credentials):
            return tried.filter(user_agent=f"{DEVICE}{device}")
        return tried.filter(user_agent="", ip_address=callers.address_of(request))


def _device(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    return devices.known(request, said_name(request, credentials))


def _left(tried: Iterable[tuple[int, datetime]], now: datetime) -> timedelta:
    rows = list(tried)
    if not rows:
        return timedelta()
    until = max(at for _failures, at in rows) + wait_after(sum(failures for failures, _at in rows))
    return max(until - now, timedelta())


def please_wait(request: HttpRequest, _response: HttpResponse | None, credentials: dict[str, Any] | None) -> HttpResponse:
    """What axes answers to one who tries too soon."""
    wait = PatientHandler().wait(request, credentials)
    minutes = ceil(wait.total_seconds() / 60)
    context = {"seconds": ceil(wait.total_seconds()), "minutes": minutes}
    answer = render(request, "account/locked.html", context, status=429)
    answer["Retry-After"] = str(context["seconds"])
    return answer
