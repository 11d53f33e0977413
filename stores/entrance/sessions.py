"""Sessions in the database, read together with whom they belong to: one question at each page, and nothing kept of the answer.

So a dismissal, a lost store, another password and "sign out everywhere" hold from the next page on, in every process, whatever
becomes of Redis (ADR 65). A process only remembers whose a session was, to know about whom to ask along with it.
"""

import json
from collections import OrderedDict
from functools import lru_cache
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models import BigAutoField, CharField, DateTimeField, Exists, OuterRef, Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from stores.bases.json_rows import JsonRows
from stores.bases.prepared import Given, Prepared
from stores.entrance.guarding import factors_of
from stores.models import Employee, Store

REMEMBERED = 10_000
_whose: OrderedDict[str, str] = OrderedDict()
STORE_COLUMNS = [field.attname for field in Store._meta.concrete_fields]


def _with_session() -> Any:
    """The employee, what the session holds while it lasts, the open stores with which of them are theirs, and a second factor."""
    session = Session.objects.filter(
        session_key=Given("key", CharField()), expire_date__gt=Given("now", DateTimeField())
    )  # fmt: skip
    theirs = Exists(Employee.stores.through.objects.filter(employee=OuterRef(OuterRef("pk")), store=OuterRef("pk")))
    stores = Store.objects.open().annotate(is_theirs=theirs).order_by("name")
    return Employee.objects.filter(pk=Given("employee", BigAutoField())).annotate(
        session_data=Subquery(session.values("session_data")),
        open_stores=JsonRows(stores, "is_theirs", *STORE_COLUMNS),
        has_second_step=Exists(factors_of(OuterRef("pk"))),
    )


_question: Prepared[Any] = Prepared(_with_session)


class SessionStore(DatabaseStore):
    """Django's own, which asks for the employee along with the session."""

    employee: Employee | None = None

    def load(self) -> dict[str, Any]:
        whose = _whose.get(self.session_key or "")
        found = _question.one(key=self.session_key, now=timezone.now(), employee=int(whose)) if whose else None
        if found is None or found.session_data is None:
            held = super().load()
        else:
            held = json.loads(_opened(found.session_data))
            self.employee = found if held.get(SESSION_KEY) == whose else None
        self._remember(held)
        return held

    def save(self, must_create: bool = False) -> None:
        super().save(must_create)
        self._remember(dict(self.items()))

    def _remember(self, held: dict[str, Any]) -> None:
        if self.session_key and SESSION_KEY in held:
            _whose[self.session_key] = held[SESSION_KEY]
            if len(_whose) > REMEMBERED:
                _whose.popitem(last=False)


@lru_cache(maxsize=1_000)
def _opened(data: str) -> str:
    """What a session's text holds, as JSON: the same text always holds the same."""
    return json.dumps(DatabaseStore().decode(data))


@lru_cache(maxsize=100)
def _stores(text: str) -> tuple[tuple[Store, bool], ...]:
    fields = Store._meta.concrete_fields
    return tuple(
        (Store.from_db("default", STORE_COLUMNS, [f.to_python(v) for f, v in zip(fields, row[1:], strict=True)]), bool(row[0]))
        for row in json.loads(text)
    )


class StandingMiddleware(AuthenticationMiddleware):
    """Django's own, with the employee whom the session brought along."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = cast(Any, SimpleLazyObject(lambda: _user_of(request)))


def _user_of(request: Any) -> Employee | AnonymousUser:
    if not hasattr(request, "_cached_user"):
        request._cached_user = _brought(request.session) or get_user(request)  # noqa: SLF001 — Django's own name for it
    found: Employee | AnonymousUser = request._cached_user  # noqa: SLF001
    return found


def _brought(session: Any) -> Employee | None:
    """The employee who came with the session, where everything fits; else Django decides, and ends what does not."""
    signed = session.get(HASH_SESSION_KEY, "")
    employee: Any = getattr(session, "employee", None)
    if employee is None or not employee.is_active or session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return None
    if not constant_time_compare(signed, employee.get_session_auth_hash()):
        return None
    employee.knows_stores(_stores(employee.open_stores or "[]"))
    return cast(Employee, employee)
