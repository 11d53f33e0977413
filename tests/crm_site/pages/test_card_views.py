"""The card: who stands there, what to do now, and its folded parts."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from clients.models import Client, Occasion, OccasionKind, Wearer
from crm_site.pages import whole_card
from stores.models import Employee, Store
from tests.conftest import Sell, SignIn
from workshop.models import ServiceRequest


def test_a_card_with_purchases_alone_takes_few_questions(
    seller: Employee, signed_in: SignIn, card: Client, sell: Sell, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser = signed_in(seller)
    sell(card, date(2026, 5, 5), 100, 200)
    browser.get(f"/clients/{card.pk}/")

    with django_assert_max_num_queries(6):
        browser.get(f"/clients/{card.pk}/")


def test_what_to_do_now_stands_in_its_order(seller: Employee, signed_in: SignIn, card: Client, store: Store) -> None:
    today = timezone.localdate()
    soon, born = today + timedelta(days=6), today + timedelta(days=100)
    Client.objects.filter(pk=card.pk).update(birth_date=born.replace(year=1990, day=1))
    ready = ServiceRequest.objects.create(
        store=store, client=card, number="1", accepted_on=today, kind="repair", status="ready", description="кольцо с топазом"
    )
    kind, _made = OccasionKind.objects.get_or_create(name="Свадьба")
    Occasion.objects.create(client=card, kind=kind, day=soon.month * 100 + soon.day)
    Wearer.objects.create(client=card, first_name="Ольга", day=today.month * 100 + today.day, ring_size="16.5")

    acts = signed_in(seller).get(f"/clients/{card.pk}/").context["acts"]

    assert (acts[0].words, acts[0].link) == ("Готово: кольцо с топазом", f"/service/{ready.pk}/")
    assert [act.words.split(":")[0] for act in acts[1:]] == ["Сегодня", "Через 6\xa0дней"]


def test_older_receipts_are_shown_at_a_wish(seller: Employee, signed_in: SignIn, card: Client, sell: Sell) -> None:
    for day in range(whole_card.SHOWN + 1):
        sell(card, date(2026, 5, 1 + day), 100)
    browser = signed_in(seller)

    few, all_of_them = (browser.get(f"/clients/{card.pk}/{asked}").context for asked in ("", "?all=1"))

    assert (len(few["events"]), few["has_older"]) == (whole_card.SHOWN, True)
    assert (len(all_of_them["events"]), all_of_them["has_older"]) == (whole_card.SHOWN + 1, False)


@pytest.mark.parametrize("part", ["consents", "occasions", "origins"])
def test_a_folded_part_comes_by_itself_and_as_a_page(seller: Employee, signed_in: SignIn, card: Client, part: str) -> None:
    browser, address = signed_in(seller), f"/clients/{card.pk}/parts/{part}/"
    assert address in browser.get(f"/clients/{card.pk}/").content.decode()

    alone, whole = browser.get(address, headers={"hx-request": "true"}), browser.get(address)

    assert ("<html" in alone.content.decode(), "<html" in whole.content.decode()) == (False, True)
    assert browser.get(f"/clients/{card.pk}/parts/passport/").status_code == 404
