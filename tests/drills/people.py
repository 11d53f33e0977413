"""People of a drill who sit at browsers: a chain of one store, two who may see everything, and what they do."""

import subprocess
import sys
from collections.abc import Mapping
from itertools import count
from typing import Any

import urllib3

from tests.drills import machinery

RECEIPTS, TABLE = "/sales/?first=2020-01-01", "purchases_purchase"
SOLD = 302
MADE = """
from datetime import date
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from decimal import Decimal
from catalogue.kinds import PieceKind
from purchases import services
from stores.models import Employee, Role, Store
from tests import factories
store = factories.StoreFactory.create(code="drill")
for name in ("somebody", "other"):
    person = factories.employee(Role.ADMIN, store)
    session = SessionStore()
    session.update({SESSION_KEY: str(person.pk), HASH_SESSION_KEY: person.get_session_auth_hash(),
                    BACKEND_SESSION_KEY: "allauth.account.auth_backends.AuthenticationBackend"})
    session.create()
    print("session", session.session_key)
for number in range(40):
    line = services.PieceLine("R1", PieceKind.RING, Decimal(1000 + number))
    services.sell([line], store=store, seller=person, client=factories.ClientFactory.create(), sold_on=date(2026, 3, 1 + number % 20))
print("store", store.pk)
"""
SALE = {"pieces-TOTAL_FORMS": "1", "pieces-INITIAL_FORMS": "0", "pieces-0-article": "R1", "pieces-0-price": "1020"}


def made(env: Mapping[str, str]) -> list[str]:
    """Fill an empty base. Returns the sessions of those who are signed in."""
    told = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", MADE],
        cwd=machinery.ROOT, env=dict(env), check=True, stdout=subprocess.PIPE, text=True, timeout=300,
    ).stdout  # fmt: skip
    return [line.split()[1] for line in told.splitlines() if line.startswith("session")]


class Person:
    """Somebody signed in, on one of the webs, with the cookies of a browser."""

    def __init__(self, session: str, ports: list[int]) -> None:
        self.cookies = {"sessionid": session}
        self.turn, self.ports = count(), ports
        self.pool = urllib3.PoolManager(maxsize=1, retries=False, timeout=30)

    def get(self, path: str) -> urllib3.BaseHTTPResponse:
        return self._asked("GET", path)

    def sell(self, number: str) -> int:
        """Open the form and send it. Returns the answer's status."""
        page = self.get("/sales/new/").data.decode()
        key, token = (page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("form_key", "csrfmiddlewaretoken"))
        fields = {**SALE, "form_key": key, "csrfmiddlewaretoken": token, "receipt_number": number, "no_card_reason": "declined"}
        return self._asked("POST", "/sales/new/", fields=fields, encode_multipart=False).status

    def sees(self, number: str) -> bool:
        return number in self.get(RECEIPTS).data.decode()

    def _asked(self, method: str, path: str, **more: Any) -> urllib3.BaseHTTPResponse:
        url = f"http://127.0.0.1:{self.ports[next(self.turn) % len(self.ports)]}{path}"
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = self.pool.request(method, url, headers={"Cookie": cookies}, redirect=False, **more)
        for said in answer.headers.getlist("Set-Cookie"):
            name, _, value = said.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer
