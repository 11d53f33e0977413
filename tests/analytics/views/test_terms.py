"""The admin's page of terms: a version is written, tried before, and none is changed."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client as Browser

from clients.models import Client
from loyalty import services
from loyalty.models import Terms, Tier
from loyalty.pricing import Mode
from loyalty.services import TermsSaid
from stores.models import Employee, Store
from tests.conftest import Sell, SignIn

TERMS = "/loyalty/terms/"
TYPED = {
    "mode": "both", "since": "01.01.2090", "earn_percent": "5,5", "spend_share_percent": "30", "least_paid": "1", "delay_days": "14",
    "life_days": "365", "birthday": "500", "birthday_before_days": "7", "birthday_life_days": "30", "welcome": "0",
    "welcome_life_days": "90", "code_from": "", "takers": "100", "based_on": "", "tiers-TOTAL_FORMS": "2",
    "tiers-INITIAL_FORMS": "0", "tiers-0-name": "золото", "tiers-0-from_spent": "150 000", "tiers-0-discount_percent": "3",
}  # fmt: skip


@pytest.fixture
def browser(signed_in: SignIn, admin: Employee) -> Browser:
    return signed_in(admin)


def typed(store: Store, **more: object) -> dict[str, object]:
    return {**TYPED, "since": f"{store.today():%d.%m.%Y}", **more}


def test_a_version_is_published(browser: Browser, store: Store, admin: Employee) -> None:
    assert browser.post(TERMS, typed(store, act="publish")).status_code == 302

    terms = Terms.objects.get()
    assert (terms.mode, terms.since, terms.earn_percent, terms.birthday, terms.by) == (
        "both",
        store.today(),
        Decimal("5.5"),
        500,
        admin,
    )
    assert (terms.code_from, terms.tells_came) == (None, False)
    assert list(Tier.objects.values_list("name", "from_spent", "earn_percent", "discount_percent")) == [
        ("золото", 150_000, None, 3)
    ]


def test_a_trial_writes_nothing(browser: Browser, store: Store, card: Client, sell: Sell) -> None:
    sell(card, store.today(), 10_000)

    response = browser.post(TERMS, typed(store, act="try", birthday="0"))

    assert response.context["tried"]["total"]["earned"] == 550
    assert response.context["charts"]["cost"]["line"]["data"] == [0]
    assert not Terms.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("since", "01.01.2020"), ("since", "01.01.2090"), ("earn_percent", "101"), ("least_paid", "0"), ("life_days", "0"), ("birthday_before_days", "61")],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field(browser: Browser, store: Store, field: str, value: str) -> None:
    response = browser.post(TERMS, typed(store, act="publish", **{field: value}))

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert not Terms.objects.exists()


@pytest.mark.parametrize(
    "row",
    [
        {"tiers-1-from_spent": "150 000"},
        {"tiers-1-name": "серебро"},
        {"tiers-1-from_spent": "1", "tiers-1-earn_percent": "120"},
    ],
)
def test_a_wrong_tier_is_said_in_its_row(browser: Browser, store: Store, row: dict[str, str]) -> None:
    response = browser.post(TERMS, typed(store, act="publish", **row))

    assert (response.status_code, bool(response.context["tiers"].forms[1].errors)) == (422, True)
    assert not Terms.objects.exists()


def test_who_was_overtaken_looks_first(browser: Browser, store: Store) -> None:
    other = services.publish(TermsSaid(Mode.DISCOUNT), since=store.today(), by=None)

    response = browser.post(TERMS, typed(store, act="publish"))
    assert (response.status_code, Terms.objects.count()) == (422, 1)
    browser.post(TERMS, typed(store, act="publish", based_on=response.context["form"]["based_on"].value()))

    assert (other.pk, Terms.objects.count()) == (response.context["form"]["based_on"].value(), 2)


def test_an_older_version_is_a_base(browser: Browser, store: Store) -> None:
    first = services.publish(TermsSaid(Mode.BONUSES, earn_percent=Decimal(4)), since=store.today() - timedelta(days=9), by=None)
    services.publish(TermsSaid(Mode.OFF), since=store.today(), by=None)

    forms = [browser.get(f"{TERMS}{query}").context["form"] for query in ("", f"?from={first.pk}")]

    assert [form["mode"].value() for form in forms] == ["off", "bonuses"]
