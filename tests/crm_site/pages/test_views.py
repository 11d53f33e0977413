import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from clients.models import CardState, Client, Purpose
from clients.services import record_consents
from stores.models import Employee, Role, Store
from tests import factories
from tests.conftest import Decided, Sell, SignIn
from tests.factories import ClientFactory, phone_of
from workshop.models import ServiceRequest


@pytest.mark.parametrize(
    "text",
    ["8 914 701-22-33", "+7914", "2233", "9147012233", "абрам", "АБРАМОВА ВЕ", "вера абрамова", "VERA@", "vera@example.ru"],
)
def test_the_search_box_finds_by_anything(seller: Employee, signed_in: SignIn, text: str) -> None:
    card = ClientFactory.create(
        last_name="Абрамова", first_name="Вера", middle_name="", phone="89147012233", email="vera@example.ru"
    )
    ClientFactory.create(last_name="Гринёва", first_name="Мария", phone="+79241234567")

    page = signed_in(seller).get(reverse("pages:search"), {"q": text}, headers={"hx-request": "true"})

    assert [found.client for found in page.context["found"].clients] == [card]


@pytest.mark.parametrize("address", ["/", "/sales/?first=2020-01-01", "/service/", "/clients/to-complete/", "/search/?q=иван"])
def test_lists_keep_their_number_of_queries(
    seller: Employee,
    signed_in: SignIn,
    sell: Sell,
    store: Store,
    address: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    browser = signed_in(seller)
    counts = []
    for rows in (1, 3):
        while Client.objects.count() < rows * 2:
            card = ClientFactory.create(home_store=store)
            ClientFactory.create(home_store=store, state=CardState.INCOMPLETE, phone=None)
            sell(card, date(2026, 5, 5), 100)
            ServiceRequest.objects.create(store=store, client=card, number=str(card.pk), accepted_on="2026-05-05", kind="repair")
        with django_assert_max_num_queries(25) as captured:
            browser.get(address)
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_today_counts_requests_as_the_board_that_it_opens(
    manager: Employee, signed_in: SignIn, store: Store, other_store: Store
) -> None:
    """A manager's are those of all their stores."""
    manager.stores.add(other_store)
    here, there = {"store": store}, {"store": other_store}
    for status in ("ready", "received"):
        for place in (here, there, {"store": store, "lies_in": other_store}, {"store": other_store, "lies_in": store}):
            ServiceRequest.objects.create(
                client=ClientFactory.create(), number=f"{ServiceRequest.objects.count()}", kind="repair", status=status,
                accepted_on="2026-05-05", due_on="2026-05-06", **place,
            )  # fmt: skip
    browser = signed_in(manager)
    browser.post(reverse("stores:choose_store"), {"store": store.pk})

    page = browser.get("/").content.decode()
    for asked in ("status=ready", "due=overdue"):
        [(link, shown)] = re.findall(rf'href="(/service/\?[^"]*{asked})"\s*>(?:[^<\d]|<svg.*?</svg>)*(\d+)', page)
        opened = browser.get(unescape(link)).context
        assert (int(shown), len(list(opened["page"] or opened["columns"][0].cards))) == (4, 4), asked


def test_the_card_keeps_its_number_of_queries(
    seller: Employee, signed_in: SignIn, sell: Sell, card: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser = signed_in(seller)
    counts = []
    for number in range(3):
        sell(card, date(2026, 5, 5 + number), 100, 200)
        with django_assert_max_num_queries(29) as captured:
            browser.get(reverse("pages:card", args=[card.pk]))
        counts.append(len(captured))

    assert len(set(counts)) == 1


def test_one_card_alone_opens_by_itself_without_scripts(seller: Employee, signed_in: SignIn, card: Client) -> None:
    browser, asked = signed_in(seller), {"q": phone_of(card)}

    assert browser.get(reverse("pages:search"), asked)["Location"] == reverse("pages:card", args=[card.pk])
    assert browser.get(reverse("pages:search"), asked, headers={"hx-request": "true"}).status_code == 200


def test_a_card_that_is_not_there_is_not_found(seller: Employee, signed_in: SignIn) -> None:
    answer = signed_in(seller).get(reverse("pages:card", args=[987_654]))

    assert (answer.status_code, next(template.name for template in answer.templates)) == (404, "404.html")


def test_who_works_in_no_store_is_told_so(signed_in: SignIn, card: Client) -> None:
    answer = signed_in(factories.employee(Role.SELLER)).get(reverse("purchases:sell"))

    assert (answer.status_code, answer.context["words"]) == (
        403,
        "Вам ещё не назначен магазин.",
    )


@pytest.mark.parametrize(("language", "heading"), [("ru", "<h1>Показатели</h1>"), ("en", "<h1>The figures</h1>")])
def test_the_definitions_are_told_in_the_readers_language(
    manager: Employee, signed_in: SignIn, language: str, heading: str
) -> None:
    manager.language = language
    manager.save()

    assert heading in signed_in(manager).get(reverse("pages:figures_help")).context["words"]


def test_by_when_a_card_must_go_is_told_from_the_day_of_the_word(
    seller: Employee, signed_in: SignIn, card: Client, store: Store
) -> None:
    browser, address = signed_in(seller), reverse("pages:card", args=[card.pk])
    for given, told in ((True, False), (False, True)):
        record_consents(card, {Purpose.PERSONAL_DATA: given}, by=seller, where=store)
        assert (browser.get(address).context["erase_until"] is not None) == told


def test_look_ups_in_the_search_box_are_limited_too(seller: Employee, signed_in: SignIn, decided: Decided) -> None:
    decided(lookups_per_hour=1)
    browser = signed_in(seller)

    assert [browser.get(reverse("pages:search"), {"q": "иван"}).status_code for _time in range(2)] == [200, 429]


def test_look_ups_are_limited(seller: Employee, signed_in: SignIn, card: Client, decided: Decided) -> None:
    decided(lookups_per_hour=2)
    browser = signed_in(seller)

    statuses = [browser.get(reverse("pages:card", args=[card.pk])).status_code for _time in range(3)]

    assert statuses == [200, 200, 429]
