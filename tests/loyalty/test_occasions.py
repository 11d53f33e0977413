"""Birthday and welcome sums come once; clients are told of theirs where the terms say so."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import timezone

from clients.models import CardState, Client
from loyalty import codes, nightly, occasions, services
from loyalty.models import Certificate, Lot, Source, Terms
from loyalty.pricing import Mode
from loyalty.services import TermsSaid
from loyalty.tasks import give_bonuses
from messaging.models import Message
from stores.chain_day import day_of
from stores.models import Store
from tests.factories import ClientFactory
from tests.loyalty.conftest import DAY, Earn

SAID = TermsSaid(Mode.BONUSES, earn_percent=Decimal(5), birthday=500, welcome=300, tells_came=True)
# 02:50 in Vladivostok.
NIGHT = datetime(2026, 5, 4, 16, 50, tzinfo=UTC)


@pytest.fixture(autouse=True)
def gifts(db: None) -> Terms:
    return services.publish(SAID, since=date(2026, 1, 1), by=None)


def born(month: int, day: int, **more: object) -> Client:
    return ClientFactory.create(birth_date=date(1988, month, day), **more)


@pytest.mark.parametrize(("born_on", "given"), [((5, 5), 1), ((5, 12), 1), ((5, 13), 0), ((5, 4), 0)])
def test_a_birthday_sum_comes_some_days_before(born_on: tuple[int, int], given: int) -> None:
    client = born(*born_on)

    assert [occasions.give(DAY), occasions.give(DAY), occasions.give(DAY)] == [given, 0, 0]

    lots = Lot.objects.values_list("amount", "source", "from_on", "until_on", "occasion_key")
    expected = (500, Source.BIRTHDAY, DAY, DAY + timedelta(days=30), f"birthday:2026:{client.pk}")
    assert list(lots) == [expected] * given
    assert list(nightly.differences()) == []


def test_each_year_once_and_over_new_year_too() -> None:
    client = born(1, 2)

    assert [occasions.give(date(2026, 12, 28)), occasions.give(date(2027, 1, 1)), occasions.give(date(2027, 12, 30))] == [1, 0, 1]

    keys = Lot.objects.order_by("pk").values_list("occasion_key", flat=True)
    assert list(keys) == [f"birthday:{year}:{client.pk}" for year in (2027, 2028)]


def test_the_29th_of_february_is_kept_on_the_28th() -> None:
    born(2, 29)

    assert [occasions.give(date(2026, 2, 28)), occasions.give(date(2026, 3, 1))] == [1, 0]


def test_a_new_card_is_welcomed_on_the_next_day_and_once() -> None:
    client = born(9, 9, registered_on=DAY)

    assert [occasions.give(DAY), occasions.give(DAY + timedelta(days=1)), occasions.give(DAY + timedelta(days=2))] == [0, 1, 0]
    assert Lot.objects.get().occasion_key == f"welcome:{client.pk}"


def test_cards_from_before_the_terms_or_that_lack_something_get_nothing() -> None:
    born(9, 9, registered_on=date(2025, 12, 31))
    incomplete = born(5, 5, registered_on=DAY)
    Client.objects.filter(pk=incomplete.pk).update(state=CardState.INCOMPLETE)

    assert (occasions.give(DAY + timedelta(days=1)), occasions.give(date(2026, 1, 1))) == (0, 0)


def test_terms_without_bonuses_give_none() -> None:
    born(5, 5)
    services.publish(TermsSaid(Mode.DISCOUNT, birthday=500), since=DAY, by=None)

    assert (occasions.give(DAY), Lot.objects.exists()) == (0, False)


def test_who_may_spend_is_told_in_the_morning_and_once(card: Client, account: object, earn: Earn) -> None:
    child = ClientFactory.create()
    services.join(services.open_account(card.pk, on=DAY), child, on=DAY, may_spend=False)
    earn(1_500, first=DAY, key="one"), earn(200, first=DAY - timedelta(days=3), key="old")

    told = [occasions.tell_came(NIGHT), occasions.tell_came(NIGHT)]

    message = Message.objects.get()
    assert (told, message.client, message.occasion_key) == ([1, 0], card, f"bonuses-came:{DAY}:{card.pk}")
    assert message.send_after == datetime(2026, 5, 4, 23, tzinfo=UTC)
    assert "1 500, до 4 июня включительно. Всего на счёте 1 700" in message.text


def test_nobody_is_told_where_the_terms_do_not_say_so(earn: Earn) -> None:
    services.publish(SAID._replace(tells_came=False), since=DAY, by=None)
    earn(100, first=DAY)

    assert (occasions.tell_came(NIGHT), Message.objects.exists()) == (0, False)


def ends(card: Client | None, store: Store, days: int, **more: object) -> Certificate:
    facts = {"client": card, "sold_on": DAY - timedelta(days=300), "until_on": DAY + timedelta(days=days), "left": 3_000, **more}
    return Certificate.objects.create(
        code_key=codes.make(12), store=store, amount=5_000, paid_by="cash", form_key=uuid4(), **facts
    )


def test_the_buyer_of_a_certificate_is_told_once_that_it_ends(card: Client, store: Store) -> None:
    services.publish(SAID._replace(tells_ends=True), since=DAY, by=None)
    soon = ends(card, store, 14)
    for other in ({"days": 15}, {"days": 10}, {"days": 14, "sold_on": DAY}, {"days": 13, "left": 0}):
        ends(card, store, **other)
    ends(None, store, 14)

    told = [occasions.tell_ending(NIGHT), occasions.tell_ending(NIGHT)]

    message = Message.objects.get()
    assert (told, message.client, message.purpose) == ([1, 0], card, "")
    assert message.occasion_key == f"certificate-ends:{soon.pk}:{soon.until_on}"
    words = " ".join(message.text.split())
    assert f"сертификат …{soon.code_key[-4:]} действует до 19 мая включительно, на нём 3 000" in words
    assert soon.code_key not in message.text


def test_no_certificate_is_told_of_where_the_terms_do_not_say_so(card: Client, store: Store) -> None:
    ends(card, store, 14)

    assert (occasions.tell_ending(NIGHT), Message.objects.exists()) == (0, False)


def test_the_task_gives(db: None) -> None:
    today = day_of(timezone.now())
    born(today.month, today.day)

    assert give_bonuses() == Lot.objects.count() == 1
