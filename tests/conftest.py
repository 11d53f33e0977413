"""What every test may use: a small chain, its people, and a clock that can be set."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client as Browser
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypotheses
from pytest_django import DjangoDbBlocker, Settings

from catalogue.kinds import PieceKind
from clients.models import Client
from loyalty.models import seals
from purchases import services as purchases_services
from purchases.models import Purchase
from purchases.services import PieceLine
from stores import rules
from stores.models import Employee, Role, Store
from tests import factories, prepared
from workshop import tickets
from workshop.models import ServiceRequest

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
# A busy machine is no fault of what is generated, and no test is timed.
hypotheses.register_profile("carat", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypotheses.load_profile("carat")
DATA = Path(__file__).parent / "data"
SignIn = Callable[[Employee], Browser]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        prepared.prepare(patch.setattr)
        yield


@pytest.fixture(autouse=True)
def _in_the_chains_language() -> None:
    """A page that was asked for in another one leaves it behind."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _swept(django_db_blocker: DjangoDbBlocker) -> None:
    prepared.sweep(django_db_blocker)


Decided = Callable[..., None]


@pytest.fixture(autouse=True)
def _rules_by_default() -> Iterator[None]:
    """A test begins with every setting of the chain as it is by default, and asks the base for none of them; nor for what seals codes."""
    rules.hold(rules.Rules())
    seals.hold(seals.first_secret())
    yield
    rules.hold(rules.Rules())


@pytest.fixture
def decided() -> Decided:
    """``decided(cap_week=3)``: what the chain decided otherwise than by default."""
    return lambda **said: rules.hold(replace(rules.current(), **said))


class Sell(Protocol):
    """``sell(client, day, 10_000, 5_000)``: a receipt of rings in the store."""

    def __call__(self, client: Client | None, day: date, *prices: int, at: Store | None = None, **more: Any) -> Purchase: ...


@pytest.fixture(autouse=True)
def _private_folder(settings: Settings, tmp_path: Path) -> None:
    """Uploaded lists of a test lie in its own folder, and its backups, unsealed."""
    settings.DATA_DIR, settings.BACKUP_DIR, settings.BACKUP_KEY = tmp_path, tmp_path / "backups", ""


@pytest.fixture(autouse=True)
def _own_cache(settings: Settings) -> None:
    """Keys of a test are its own, also where several workers share one Redis."""
    settings.CACHES = {**settings.CACHES, "default": {**settings.CACHES["default"], "KEY_PREFIX": uuid4().hex}}


@pytest.fixture
def store(db: None) -> Store:
    return factories.StoreFactory.create(code="luxury", name="Роскошь-Luxury")


@pytest.fixture
def other_store(db: None) -> Store:
    return factories.StoreFactory.create(code="duet", name="Роскошь-Дуэт")


@pytest.fixture
def seller(store: Store) -> Employee:
    return factories.employee(Role.SELLER, store)


@pytest.fixture
def manager(store: Store) -> Employee:
    return factories.employee(Role.MANAGER, store)


@pytest.fixture
def admin(store: Store) -> Employee:
    return factories.employee(Role.ADMIN)


@pytest.fixture
def card(store: Store) -> Client:
    return factories.ClientFactory.create(home_store=store)


@pytest.fixture
def sell(store: Store, seller: Employee) -> Sell:

    def sell_rings(client: Client | None, day: date, *prices: int, at: Store | None = None, **more: Any) -> Purchase:
        lines = [PieceLine(f"R1000-{n:04d}", PieceKind.RING, Decimal(price)) for n, price in enumerate(prices)]
        return purchases_services.sell(lines, store=at or store, seller=seller, client=client, sold_on=day, **more)

    return sell_rings


@pytest.fixture
def signed_in() -> SignIn:
    def sign_in(employee: Employee) -> Browser:
        browser = Browser()
        browser.force_login(employee, backend="allauth.account.auth_backends.AuthenticationBackend")
        return browser

    return sign_in


BASES = {"db", "transactional_db", "live_server"}


def asks_the_base(item: pytest.Item) -> bool:
    """Whether a test may end otherwise on another base. One that says itself where it is skipped is always asked."""
    fixtures = set(getattr(item, "fixturenames", ()))
    may = bool(BASES & fixtures) or any(item.get_closest_marker(name) for name in ("django_db", "skipif"))
    return may and item.get_closest_marker("once") is None


def chromium() -> str | None:
    return os.environ.get("CHROMIUM_PATH") or shutil.which("chromium")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What asks no base is the same on every base, so it runs in the suite on SQLite alone, unless it was named.

    Journeys need Chromium: at home they are skipped by name, in CI a missing one is a failure.
    """
    if connection.vendor != "sqlite" and not config.option.file_or_dir:
        ask = [item for item in items if asks_the_base(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(ask)])
        items[:] = ask
    if chromium():
        return
    if os.environ.get("CI"):
        raise pytest.UsageError("no Chromium on a CI machine: install Debian's chromium")
    for item in items:
        if "browser" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="no Chromium"))


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: the collector need not walk through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture
def ticket(store: Store, card: Client, seller: Employee) -> list[ServiceRequest]:
    """Two envelopes of one ticket."""
    made = [
        ServiceRequest(store=store, client=card, kind="cleaning", description=words, price=Decimal(1000), prepayment=Decimal(200))
        for words in ("кольцо", "цепь")
    ]
    return tickets.take_in_together(made, by=seller)


@pytest.fixture(autouse=True)
def _own_photos(settings: Any, tmp_path: Path) -> None:
    """Photos of a test lie in its own folder."""
    place = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "private"}}
    settings.STORAGES = {**settings.STORAGES, "default": place}
