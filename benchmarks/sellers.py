"""People at counters as a load: each signed in on a connection of their own, one deed every few seconds, a day's mix of deeds.

Half of the deeds are searches, a quarter cards, three in twenty a sale or an intake (the form is opened, then sent), one in ten figures.
"""

import random
import time
from collections import Counter
from collections.abc import Sequence
from threading import Thread
from typing import NamedTuple
from urllib.parse import quote
from uuid import uuid4

import urllib3
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from stores.models import Employee, Role, Store

TOKEN = "c" * 32  # what a form of Django's sends twice
MIX = {"search": 50, "card": 25, "sale": 8, "intake": 7, "figures": 10}
FIGURES = ("/", "/returning/", "/people/", "/silent/", "/worth/", "/ask/?silent.days=0")
SALE = {"pieces-TOTAL_FORMS": "1", "pieces-INITIAL_FORMS": "0", "pieces-0-article": "R1", "pieces-0-price": "1020"}


class Size(NamedTuple):
    """How many sellers, each acting every ``pace`` seconds, for how long; what goes beside: rows of a list, messages."""

    sellers: int = 40
    pace: float = 5.0
    seconds: float = 180.0
    rows: int = 50_000
    messages: int = 5_000


class Asked(NamedTuple):
    """One request: of which deed, how many seconds, and what was answered (0: nothing)."""

    deed: str
    seconds: float
    status: int


class Known(NamedTuple):
    """Whom sellers look for: keys of cards, and what is typed into the search box."""

    cards: Sequence[int]
    typed: Sequence[str]


class Seen(NamedTuple):
    """What all sellers saw, and the share of one core that the generator itself took."""

    asked: list[Asked]
    own_cpu: float

    def quantile(self, share: float, deed: str = "") -> float:
        times = sorted(one.seconds for one in self.asked if deed in ("", one.deed))
        return times[min(int(len(times) * share), len(times) - 1)] if times else 0.0

    @property
    def errors(self) -> dict[str, int]:
        return dict(Counter(f"{one.deed} {one.status}" for one in self.asked if not 200 <= one.status < 400))


def sessions(count: int) -> list[str]:
    """People who see figures too, each signed in."""
    store, made = Store.objects.first(), []
    for number in range(count):
        values = {"role": Role.ADMIN, "language": "ru"}
        employee, _new = Employee.objects.get_or_create(username=f"load{number}", defaults=values)
        employee.stores.add(store)
        session = SessionStore()
        session[SESSION_KEY] = str(employee.pk)
        session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        session[HASH_SESSION_KEY] = employee.get_session_auth_hash()
        session.create()
        made.append(str(session.session_key))
    return made


class Seller(Thread):
    """One person; ``asked`` holds what they waited for."""

    def __init__(self, url: str, session: str, known: Known, size: Size, seed: int) -> None:
        super().__init__(daemon=True)
        self.url, self.known, self.size, self.chance = url, known, size, random.Random(seed)
        self.pool = urllib3.PoolManager(maxsize=1, retries=False, timeout=60)
        self.headers = {"Cookie": f"sessionid={session}; csrftoken={TOKEN}", "Accept-Encoding": "gzip"}
        self.first = size.pace * seed / max(size.sellers, 1)
        self.asked: list[Asked] = []

    def run(self) -> None:
        began = time.monotonic()
        due = began + self.first
        while due < began + self.size.seconds:
            time.sleep(max(due - time.monotonic(), 0))
            (deed,) = self.chance.choices(list(MIX), list(MIX.values()))
            getattr(self, deed)()
            due = max(due + self.size.pace, time.monotonic())

    def search(self) -> None:
        self._ask("search", f"/search/?q={quote(self.chance.choice(self.known.typed))}")

    def card(self) -> None:
        self._ask("card", f"/clients/{self.chance.choice(self.known.cards)}/")

    def sale(self) -> None:
        self._fill("sale", "/sales/new/", SALE)

    def intake(self) -> None:
        self._fill("intake", "/service/new/", {"kind": "cleaning", "description": "цепь, жёлтый металл"})

    def figures(self) -> None:
        self._ask("figures", self.chance.choice(FIGURES))

    def _fill(self, deed: str, path: str, form: dict[str, str]) -> None:
        client = str(self.chance.choice(self.known.cards))
        self._ask(f"{deed} form", f"{path}?client={client}")
        self._ask(deed, path, {**form, "client": client, "form_key": str(uuid4()), "csrfmiddlewaretoken": TOKEN})

    def _ask(self, deed: str, path: str, form: dict[str, str] | None = None) -> None:
        began, status = time.perf_counter(), 0
        try:
            fields = {} if form is None else {"fields": form, "encode_multipart": False}
            answer = self.pool.request(
                "GET" if form is None else "POST", self.url + path, headers=self.headers, redirect=False, **fields
            )
            status = answer.status
        except urllib3.exceptions.HTTPError:
            pass
        self.asked.append(Asked(deed, time.perf_counter() - began, status))


def work(url: str, cookies: Sequence[str], known: Known, size: Size) -> Seen:
    """All of them at once until the time is over."""
    people = [Seller(url, cookie, known, size, seed) for seed, cookie in enumerate(cookies)]
    began, cpu = time.perf_counter(), time.process_time()
    for person in people:
        person.start()
    for person in people:
        person.join()
    taken = (time.process_time() - cpu) / (time.perf_counter() - began)
    return Seen([one for person in people for one in person.asked], taken)
