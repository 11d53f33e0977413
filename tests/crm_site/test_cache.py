"""Redis is gone: people sign in, find, register and sell; limits are counted by the process."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.core.cache.backends.redis import RedisCache
from django.test import Client as Browser
from django.utils import timezone
from pytest_django import Settings
from redis.exceptions import ConnectionError as RedisAwayError

from clients.models import Client
from crm_site.cache import Outage
from purchases.models import Purchase
from stores.models import Employee, Store
from tests.conftest import Decided, SignIn

AWAY = {"BACKEND": "crm_site.cache.SteadyCache", "LOCATION": "redis://127.0.0.1:9/0", "OPTIONS": {"socket_connect_timeout": 0.5}}


@pytest.fixture
def _redis_away(settings: Settings) -> Iterator[None]:
    settings.CACHES = {**settings.CACHES, "default": {**AWAY, "KEY_PREFIX": settings.CACHES["default"]["KEY_PREFIX"]}}
    settings.REDIS_URL = AWAY["LOCATION"]
    yield
    Outage.until = 0


@pytest.mark.usefixtures("_redis_away")
def test_the_cache_goes_on_in_memory() -> None:
    cache.set("one", 1)

    assert [cache.get("one"), cache.incr("one"), cache.add("one", 5), cache.touch("one"), cache.has_key("one")] == [
        1, 2, False, True, True
    ]  # fmt: skip
    assert (cache.delete("one"), cache.get("one", "nothing")) == (True, "nothing")
    cache.clear()


@pytest.mark.usefixtures("_redis_away")
def test_redis_is_asked_again_after_a_rest_and_not_before(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def refuse(self: Any, key: str, *args: Any) -> None:
        asked.append(key)
        raise RedisAwayError

    monkeypatch.setattr(RedisCache, "get", refuse)
    for _time in range(3):
        cache.get("one")
    assert asked == ["one"]

    Outage.until = 0
    cache.get("one")

    assert asked == ["one", "one"]


@pytest.mark.usefixtures("_redis_away")
def test_the_counter_goes_on(seller: Employee, store: Store, card: Client, signed_in: SignIn) -> None:
    browser = Browser()
    seller.set_password("a-long-password-of-hers")
    seller.save()

    assert browser.post("/accounts/login/", {"login": seller.username, "password": "a-long-password-of-hers"}).status_code == 302
    assert browser.get("/search/", {"q": str(card.phone)}).status_code == 302
    assert browser.get(f"/clients/{card.pk}/").status_code == 200
    assert browser.get("/clients/register/").status_code == 200
    assert browser.get(f"/sales/new/?client={card.pk}").status_code == 200
    assert (Purchase.objects.count(), timezone.now() > card.created_at) == (0, True)


@pytest.mark.usefixtures("_redis_away")
def test_look_ups_are_still_limited(seller: Employee, card: Client, signed_in: SignIn, decided: Decided) -> None:
    decided(lookups_per_hour=3)
    browser = signed_in(seller)

    codes = [browser.get(f"/clients/{card.pk}/").status_code for _time in range(5)]

    assert codes == [200, 200, 200, 429, 429]


@pytest.mark.usefixtures("_redis_away")
def test_the_balancer_hears_that_it_is_degraded_and_leaves_it_running(client: Browser, db: None) -> None:
    live, whole = client.get("/health/live/?format=json"), client.get("/health/?format=json")

    assert (live.status_code, "degraded" in live.content.decode()) == (200, True)
    assert (whole.status_code, "degraded" in whole.content.decode()) == (500, True)
