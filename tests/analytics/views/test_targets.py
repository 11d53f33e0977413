"""The grid of targets: typed, filled in, changed by two, and what Today says of them."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client as Browser
from django.utils import timezone

from analytics.models import Target
from clients.models import Client
from stores.models import Employee, Store
from tests.conftest import Sell, SignIn
from tests.opened import carried

PAGE = "/targets/"


@pytest.fixture
def desk(manager: Employee, signed_in: SignIn) -> Browser:
    return signed_in(manager)


def save(desk: Browser, said: dict[str, Any]) -> int:
    return int(desk.post(PAGE, {**said, **carried(desk, PAGE)}).status_code)


def targets() -> dict[tuple[int | None, str], float]:
    return {
        (seller, measure): float(value) for seller, measure, value in Target.objects.values_list("seller", "measure", "value")
    }


def test_targets_are_typed_changed_and_taken_away(desk: Browser, store: Store, seller: Employee, manager: Employee) -> None:
    first = {"store-revenue": "1 500 000", "store-conversion": "12,5", f"{seller.pk}-revenue": "700000"}
    assert save(desk, first) == 302
    assert targets() == {(None, "revenue"): 1_500_000, (None, "conversion"): 12.5, (seller.pk, "revenue"): 700_000}
    assert {one.by for one in Target.objects.all()} == {manager}

    assert save(desk, {"store-revenue": "1600000", "store-conversion": ""}) == 302

    assert targets() == {(None, "revenue"): 1_600_000}


@pytest.mark.parametrize("wrong", [{"store-capture": "101"}, {"store-revenue": "много"}, {"store-conversion": "-1"}])
def test_a_wrong_target_gets_its_words(desk: Browser, store: Store, wrong: dict[str, str]) -> None:
    assert save(desk, wrong) == 422

    assert not Target.objects.exists()


def test_two_who_type_at_once_are_asked(desk: Browser, store: Store, admin: Employee) -> None:
    opened = carried(desk, PAGE)
    month = store.today().replace(day=1)
    Target.objects.create(month=month, store=store, measure="revenue", value=1, by=admin)

    assert desk.post(PAGE, {"store-revenue": "5", **opened}).status_code == 422

    assert targets() == {(None, "revenue"): 1}


def test_what_is_filled_in_is_not_saved_yet(desk: Browser, store: Store, card: Client, sell: Sell) -> None:
    last_year = store.today().replace(day=1) - timedelta(days=360)
    sell(card, last_year.replace(day=3), 200_000)

    page = desk.get(f"{PAGE}?copy=year&plus=5")

    assert page.context["filled"] is True
    assert not Target.objects.exists()
    assert desk.get(f"{PAGE}?copy=year&plus=9999").context["filled"] is False


@pytest.mark.parametrize("month", ["2026-13", "nonsense", "2026-02"])
def test_any_month_may_be_asked_for(desk: Browser, store: Store, month: str) -> None:
    assert desk.get(f"{PAGE}?month={month}").status_code == 200


def test_the_base_knows_what_a_target_is(store: Store, seller: Employee, admin: Employee) -> None:
    facts = {"month": store.today().replace(day=1), "store": store, "by": admin}
    for wrong in (
        {"measure": "revenue", "value": 0}, {"measure": "capture", "value": 101}, {"measure": "nothing", "value": 1},
        {"measure": "conversion", "value": 10, "seller": seller},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Target.objects.create(**facts, **wrong)


def test_today_says_it_to_managers_and_to_the_seller(
    desk: Browser, seller: Employee, store: Store, admin: Employee, signed_in: SignIn, card: Client, sell: Sell
) -> None:
    month = store.today().replace(day=1)
    for whose in (None, seller):
        Target.objects.create(month=month, store=store, seller=whose, measure="revenue", value=200_000, by=admin)
    sell(card, store.today(), 50_000)
    cache.clear()

    assert "Цель месяца" in desk.get("/").content.decode()
    assert signed_in(seller).get("/").context["pace"].done == 50_000


def test_a_stray_is_noted_once_by_whose_store_it_is(
    desk: Browser, store: Store, other_store: Store, admin: Employee, seller: Employee, signed_in: SignIn
) -> None:
    month = timezone.localdate().replace(day=1)
    mine, foreign = (
        Target.objects.create(month=month, store=at, measure="revenue", value=1, by=admin) for at in (store, other_store)
    )

    told = [desk.post(f"{PAGE}{one.pk}/note/").status_code for one in (mine, mine, foreign)]

    assert told == [302, 302, 404]
    assert [one.noted_at is not None for one in Target.objects.order_by("pk")] == [True, False]
    assert signed_in(seller).post(f"{PAGE}{mine.pk}/note/").status_code == 403
