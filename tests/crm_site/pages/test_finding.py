"""What the search box found, why, and who is offered for registration."""

from datetime import date

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from clients.models import Client
from clients.sameness import merging
from crm_site.pages import finding
from crm_site.pages.finding import Last
from purchases.models import Order, Piece
from purchases.orders import acts
from stores.models import Employee, Store
from stores.texts import writing
from tests.conftest import Sell, SignIn
from tests.factories import ClientFactory, phone_of
from workshop.models import ServiceRequest


def names_of(found: finding.SearchResults) -> list[str]:
    return [one.client.last_name for one in found.clients]


def test_a_card_is_found_with_its_last_visit(card: Client, sell: Sell) -> None:
    sell(card, date(2026, 3, 3), 100)
    sell(card, date(2026, 5, 5), 100)

    found = finding.search(phone_of(card))

    assert ([tuple(one) for one in found.clients], found.services, found.told) == ([(card, date(2026, 5, 5), "")], [], "")


def test_a_phone_of_before_a_merge_finds_who_stands_for_it_now(card: Client, manager: Employee) -> None:
    other = ClientFactory.create(last_name="Петрова")
    former = phone_of(other)
    merging.merge(card, other, chosen={}, by=manager)

    found = finding.search(former)

    assert ([one.client for one in found.clients], found.way) == ([card], Last.FORMER)


@pytest.mark.parametrize("typed", ["E6081-8735", "e6081-8735", "Е6081-8735", "У6081-8735", "E6081"])
def test_an_article_finds_who_bought_it_the_newest_first(card: Client, sell: Sell, typed: str) -> None:
    newer = ClientFactory.create(last_name="Орлова")
    ClientFactory.create(last_name="Другова")
    sell(card, date(2026, 3, 3), 100)
    sell(newer, date(2026, 5, 5), 100)
    sell(None, date(2026, 5, 6), 100, no_card_reason="hurry")
    Piece.objects.update(article="E6081-8735")

    found = finding.search(typed)

    assert (names_of(found), found.way, found.offer) == (["Орлова", "Иванова"], Last.ARTICLE, "")
    assert found.clients[0].why == f"покупка E6081-8735, {writing.day(date(2026, 5, 5))}"


def test_a_surname_that_is_nobodys_finds_those_like_it(db: None) -> None:
    ClientFactory.create(last_name="Кузнецова")

    found = finding.search("Кузницова")

    assert (names_of(found), found.way, found.is_certain) == (["Кузнецова"], Last.ALIKE, False)
    assert found.told == "Точно так ничего не записано; похожие:"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("Дмитрий", ""),
        ("дмитрий сергеевич", ""),
        ("Lvbnhbq", ""),
        ("Dmitriy", ""),
        ("ыжевск", ""),
        ("zzaika", "blue.zzaika@example.ru"),
        ("САПФИРЫ", "примечание: Любит сапфиры, аллергия на никель"),
        ("сапфиры никель", "примечание: Любит сапфиры, аллергия на никель"),
    ],
)
def test_whatever_one_remembers_finds_the_card_and_says_why(db: None, typed: str, why: str) -> None:
    ClientFactory.create(last_name="Орлова")
    ClientFactory.create(
        last_name="Рыжевский", first_name="Дмитрий", middle_name="Сергеевич", email="blue.zzaika@example.ru",
        note="Любит сапфиры, аллергия на никель",
    )  # fmt: skip

    found = finding.search(typed)

    assert ([(one.client.last_name, one.why) for one in found.clients], found.way) == ([("Рыжевский", why)], Last.REMEMBERED)


def test_what_is_better_found_is_shown_alone(db: None) -> None:
    ClientFactory.create(last_name="Дмитриева")
    ClientFactory.create(last_name="Орлов", first_name="Дмитрий")

    assert names_of(finding.search("Дмитри")) == ["Дмитриева"]


@pytest.mark.parametrize(
    ("typed", "offer"),
    [(";erjdf", "Жукова"), ("Жукова Анна", "Жукова Анна"), ("8 999 000-00-01", "+7 999 000-00-01"), ("E1-77", ""), ("!!", "")],
)
def test_what_is_offered_for_registration_is_understood_or_nothing(db: None, typed: str, offer: str) -> None:
    found = finding.search(typed)

    assert (found.clients, found.offer) == ([], offer)


def test_a_ticket_is_found_as_today(card: Client, seller: Employee) -> None:
    request = ServiceRequest.objects.create(
        store=seller.stores.get(), client=card, number="1-000777", kind="repair", accepted_on="2026-05-05"
    )

    found = finding.search("1-000777")

    assert (found.clients, found.services, found.is_certain) == ([], [request], False)


@pytest.mark.parametrize("typed", ["Иванова", "Дмитрий", "Bdfyjdf", "Ivanova", "E1000-1", "шшшш", "нет такой", "89990000000"])
def test_every_search_has_a_bounded_number_of_queries(
    card: Client, typed: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(18):
        finding.search(typed)


def test_the_page_says_how_it_was_understood_and_offers_no_nonsense(signed_in: SignIn, seller: Employee, card: Client) -> None:
    browser, partial = signed_in(seller), {"hx-request": "true"}

    read = browser.get(reverse("pages:search"), {"q": "Bdfyjdf"}, headers=partial).content.decode()
    nobody = browser.get(reverse("pages:search"), {"q": ";erjdf"}, headers=partial).content.decode()
    nonsense = browser.get(reverse("pages:search"), {"q": "E1-77"}, headers=partial).content.decode()

    assert "Прочитано в другой раскладке: «Иванова»." in read
    assert "Завести карточку «Жукова»" in nobody
    assert ";erjdf" not in nobody
    assert "/clients/register/" not in nonsense


@pytest.mark.parametrize("typed", ["{number}", "№ {number}", "заказ {number}", "Z{pk}", "я{pk}", "№ 1"])
def test_an_order_is_found_by_its_number_and_its_slip_in_my_stores_alone(
    card: Client, store: Store, other_store: Store, seller: Employee, typed: str
) -> None:
    order = acts.take(Order(store=store, client=card, article="R1", kind="ring", price=1), by=seller)
    text = typed.format(number=order, pk=order.pk)

    assert finding.search(text, [store]).orders == [order]
    assert finding.search(text, [other_store]).orders == []


def test_a_bare_number_is_no_order(card: Client, store: Store, seller: Employee) -> None:
    acts.take(Order(store=store, client=card, article="R1", kind="ring", price=1), by=seller)

    assert finding.search("1", [store]).orders == []
