"""The page on which pairs are made by hand, taken out and put back; and what the sale's page asks for."""

import pytest
from django.test import Client as Browser
from django.utils import timezone

from clients.models import Client
from purchases import tasks
from purchases.companions import finding
from purchases.models import Companion
from stores.chain_day import day_of
from stores.models import Employee, Store
from tests.conftest import SignIn
from tests.purchases.companions.conftest import RING, TODAY, buy

PAGE = "/companions/"
PAIR = {"base_kind": "ring", "with_articles": "E-200, C-300", "words": "Примерьте с серьгами"}


@pytest.fixture
def browser(admin: Employee, store: Store, signed_in: SignIn) -> Browser:
    return signed_in(admin)


def test_pairs_are_made_taken_out_and_put_back(browser: Browser) -> None:
    browser.post(PAGE, PAIR)
    first = Companion.objects.get(with_written="E-200")

    browser.post(f"{PAGE}{first.pk}/take-out/")
    page = browser.get(PAGE).context
    again = browser.post(f"{PAGE}{first.pk}/take-out/", follow=True)
    browser.post(f"{PAGE}{first.pk}/put-back/")

    assert ([told.taken for told in page["by_hand"]], [told.base for told in page["ended"]]) == (["C-300"], ["к кольцам"])
    assert "уже убрали" in again.content.decode()
    assert list(Companion.objects.standing().order_by("with_written").values_list("with_written", "words", "first_on")) == [
        ("C-300", "Примерьте с серьгами", first.first_on), ("E-200", "Примерьте с серьгами", day_of(timezone.now())),
    ]  # fmt: skip


def test_the_same_pair_stands_once(browser: Browser) -> None:
    browser.post(PAGE, PAIR)

    again = browser.post(PAGE, PAIR, follow=True)

    assert (Companion.objects.count(), "Такая пара уже есть." in again.content.decode()) == (2, True)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"base_kind": ""}, "base_article"), ({"base_article": "R1"}, "base_article"), ({"with_kind": "ring"}, "with_articles"),
        ({"with_articles": ""}, "with_articles"), ({"with_articles": "", "with_kind": "ring"}, "with_articles"),
        ({"with_articles": " ".join(f"R{n}" for n in range(11))}, "with_articles"),
    ],
)  # fmt: skip
def test_what_makes_no_pair_is_said_beside_the_field(browser: Browser, change: dict[str, str], field: str) -> None:
    response = browser.post(PAGE, PAIR | change)

    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert not Companion.objects.exists()


def test_managers_look_and_change_nothing(manager: Employee, signed_in: SignIn) -> None:
    manager.rights = {"programs": False}
    manager.save()
    browser = signed_in(manager)

    assert (browser.get(PAGE).status_code, browser.post(PAGE, PAIR).status_code) == (200, 403)


def test_the_night_finds_pairs_and_the_page_tells_them(together: list[Client], browser: Browser) -> None:
    found = finding.find(TODAY).standing

    assert [told.pair for told in browser.get(PAGE).context["told"]] == list(Companion.objects.order_by("-lift_low", "pk"))
    assert (found, tasks.find_companions()) == (6, 6 if day_of(timezone.now()) <= TODAY.replace(year=TODAY.year + 1) else 0)


def test_a_scan_brings_what_goes_with_it(together: list[Client], browser: Browser, store: Store) -> None:
    finding.find(TODAY)

    told = browser.get("/sales/article/", {"article": RING, "beside": "1", "client": "", "other": "E-999"}).json()

    assert next((one["what"], one["reason"]) for one in told["companions"]) == (
        "Серьги с топазом E-200", "к кольцу R-100 берут E-200: 40 из 50 клиентов",
    )  # fmt: skip
    assert browser.get("/sales/article/", {"article": RING}).json()["companions"] == []


def test_the_card_offers_what_goes_with_what_they_have(together: list[Client], browser: Browser, store: Store) -> None:
    from tests.purchases.companions.test_offering import one_who

    client = one_who(sees=True)
    buy(client, store, RING, on=timezone.localdate())
    finding.find(TODAY)

    text = browser.get(f"/clients/{client.pk}/").content.decode()

    assert "К тому, что уже есть" in text
    assert "40 из 50" in text.replace("\xa0", " ")
