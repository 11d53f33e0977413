"""Requests per second of one granian each, on one connection in turn: the pages of the counter beside a bare WSGI, and the pages of
figures beside the site's emptiest signed-in page."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import cycle
from pathlib import Path
from urllib.parse import quote

import urllib3
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.utils import timezone

from analytics import snapshots
from analytics.figures.periods import Period
from analytics.figures.registry import FIGURES as FIGURES_BY_NAME
from analytics.models import Snapshot
from benchmarks import programs
from benchmarks.measure import ROUNDS, tell
from campaigns.models import Program
from clients.models import Client
from stores.deciding import ruling
from stores.models import Employee, Role

SECONDS = 1.0
SURNAME = "Кузнецовба"
EMPTIEST = "/accounts/password/change/"
PERIOD = Period(date(2024, 12, 1), date(2024, 12, 31))
MONTH = f"?first={PERIOD.first}&last={PERIOD.last}"
FIGURES = (
    f"/returning/{MONTH}",
    f"/returning/detail/{MONTH}",
    "/coming-back/",
    "/silent/",
    "/worth/",
    f"/people/{MONTH}",
    "/",
    f"/campaigns/brought/{MONTH}",
)
# The programs whose effect is looked at: of a day, and of what clients do.
EFFECTS = ("birthday", "silent")
GRANIAN = Path(sys.executable).with_name("granian")


def run(scale: float) -> bool:
    _touched()
    _snapshots()
    call_command("collectstatic", interactive=False, verbosity=0)
    figures_of = (
        *FIGURES,
        *(f"/programs/{pk}/{MONTH}" for pk in Program.objects.filter(key__in=EFFECTS).values_list("pk", flat=True)),
    )
    somebody, cookie = Client.objects.values_list("pk", flat=True).order_by("pk")[7], _session()
    pages = {
        "emptiest": (EMPTIEST, 14), "card": (f"/clients/{somebody}/", 30), "today": ("/", 25),
        "sale": (f"/sales/new/?client={somebody}", 25), "search": (f"/search/?q={quote(SURNAME)}", 25),
    }  # fmt: skip
    with _server("crm_site.wsgi:application", 8791) as ours, _server("benchmarks.bare:application", 8792) as bare:
        signed_in = cycle([f"sessionid={cookie}"])
        rates = _in_turn({
            "bare": (bare, f"/{somebody}", cycle([""])),
            **{name: (ours, address, signed_in) for name, (address, _most) in pages.items()},
            **{address: (ours, address, signed_in) for address in figures_of},
        })  # fmt: skip
    counter = [
        tell(f"page {name}", scale, 1 / rates[name], 1 / rates["bare"], at_most=most) for name, (_address, most) in pages.items()
    ]
    figures = [
        tell(f"page {address.partition('?')[0]}", scale, 1 / rates[address], 1 / rates["emptiest"], at_most=3)
        for address in figures_of
    ]
    programs.forget()
    return all(counter) and all(figures)


def _touched() -> None:
    """A day of the programs, so that there is an effect to be told."""
    programs.forget()
    programs.plan_a_day()


def _snapshots() -> None:
    """What a night leaves, as of today."""
    if not Snapshot.objects.filter(figure="worth", last=timezone.localdate()).exists():
        sys.stderr.write("computing a night's figures, once a day\n")
        snapshots.recompute_all(timezone.localdate())
    periods = {"returning": (PERIOD, PERIOD.before()), "months": (PERIOD,), "breakdown": (PERIOD,), "people": (PERIOD,),
               "brought": (PERIOD,), "programs": (PERIOD,)}  # fmt: skip
    for name, wanted in periods.items():
        for period in wanted:
            snapshots.keep(FIGURES_BY_NAME[name], period, None)


def _session() -> str:
    ruling.decide({"lookups_per_hour": 100_000_000}, by=None)
    employee, _made = Employee.objects.get_or_create(username="bench", defaults={"role": Role.ADMIN, "language": "ru"})
    session = SessionStore()
    session[SESSION_KEY] = str(employee.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = employee.get_session_auth_hash()
    session.create()
    return str(session.session_key)


@contextmanager
def _server(target: str, port: int) -> Iterator[str]:
    environment = {**os.environ, "DEBUG": "0", "HTTPS": "0"}
    command = [str(GRANIAN), "--interface", "wsgi", target, "--host", "127.0.0.1", "--port", str(port), "--workers", "1",
               "--blocking-threads", "4", "--no-ws", "--log-level", "warning"]  # fmt: skip
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def _in_turn(asked: dict[str, tuple[str, str, Iterator[str]]]) -> dict[str, float]:
    """Median requests per second of each address with the next of its cookies, a second of each in every round."""
    pool = urllib3.PoolManager(maxsize=2)
    for base, path, cookies in asked.values():
        _wait(pool, base + path, {"Cookie": next(cookies)})
    rates: dict[str, list[float]] = {name: [] for name in asked}
    for _round in range(ROUNDS):
        for name, (base, path, cookies) in asked.items():
            rates[name].append(_rate(pool, base + path, cookies))
    return {name: statistics.median(found) for name, found in rates.items()}


def _wait(pool: urllib3.PoolManager, url: str, headers: dict[str, str]) -> None:
    for _try in range(100):
        try:
            answer = pool.request("GET", url, headers=headers, redirect=False, retries=False)
        except urllib3.exceptions.HTTPError:
            time.sleep(0.2)
            continue
        assert answer.status == 200, (url, answer.status, answer.headers.get("Location"))
        return
    raise AssertionError(f"{url} does not answer")


def _rate(pool: urllib3.PoolManager, url: str, cookies: Iterator[str]) -> float:
    start, requests = time.perf_counter(), 0
    while time.perf_counter() - start < SECONDS:
        answer = pool.request("GET", url, headers={"Cookie": next(cookies)}, redirect=False, retries=False)
        assert answer.status == 200
        requests += 1
    return requests / (time.perf_counter() - start)
