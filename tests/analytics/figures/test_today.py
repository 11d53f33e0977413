"""The day at a glance, beside the same weekdays before."""

from datetime import date, timedelta

from analytics.figures import today
from clients.models import CardState, Client
from purchases import services
from stores.models import Employee, Store
from tests.conftest import Sell
from tests.factories import ClientFactory


def test_today_counts_the_same_weekdays(store: Store, sell: Sell, card: Client) -> None:
    now = date(2026, 6, 17)
    for days, price in ((0, 100), (7, 2_000), (364, 30_000), (365, 400_000)):
        sell(card, now - timedelta(days=days), price)
    sell(None, now, 50, no_card_reason="hurry")

    day, week, month = today.compared(now, None)

    assert [int(till.revenue) for till in (day.now, day.week, day.year)] == [150, 2_000, 30_000]
    assert (day.now.items, day.now.carded, day.now.regular) == (2, 100, 100)
    assert (int(week.now.revenue), int(week.week.revenue), int(month.now.revenue)) == (150, 2_000, 2_150)
    assert [int(till.revenue) for till in (today.compared(now, [store])[0].now, today.compared(now, [])[0].now)] == [150, 0]
    told = today.registered(now, None)
    assert (told.receipts, told.with_card, told.capture) == (2, 1, 50)


def test_cards_of_the_day_are_those_of_the_stores_that_are_asked(
    store: Store, other_store: Store, sell: Sell, seller: Employee
) -> None:
    now = date(2026, 6, 17)
    for home, day in ((store, now), (store, now), (other_store, now), (store, now - timedelta(days=1))):
        ClientFactory.create(home_store=home, registered_on=day)
    gone = ClientFactory.create(home_store=store, registered_on=now)
    returned = sell(gone, now, 100)
    services.return_pieces(returned, list(returned.pieces.all()), by=seller, on=now)
    Client.objects.filter(pk=gone.pk).update(state=CardState.ERASED)
    sell(None, now, 100, no_card_reason="hurry")

    told = [today.registered(now, stores) for stores in (None, [store], [other_store], [])]

    assert [one.cards for one in told] == [3, 2, 1, 0]
    assert [(one.receipts, one.with_card, one.capture) for one in told] == [(1, 0, 0), (1, 0, 0), (0, 0, None), (0, 0, None)]


def test_nothing_is_said_of_nothing(db: None) -> None:
    day, _week, _month = today.compared(date(2026, 6, 17), None)

    assert day.now == today.Till()
    assert (day.now.average, day.now.returning, day.by_week, day.by_year) == (None, None, None, None)


def test_changes_and_averages_are_of_all_that_was_sold(sell: Sell, card: Client) -> None:
    now = date(2026, 6, 17)
    sell(card, now - timedelta(days=364), 1_000)
    sell(card, now - timedelta(days=7), 2_000)
    sell(card, now, 2_000, 1_000)

    day, _week, _month = today.compared(now, None)

    assert (day.now.average, day.now.returning, day.by_week, day.by_year) == (1_500, 100, 50, 200)


def test_the_month_grows_beside_the_same_weekdays_of_last_year(
    store: Store, other_store: Store, sell: Sell, card: Client
) -> None:
    now = date(2026, 6, 17)
    for days, price in ((0, 100), (2, 2_000), (30, 5), (364, 30_000), (352, 400_000)):
        sell(card, now - timedelta(days=days), price)
    sell(None, now, 50, no_card_reason="hurry")
    sell(card, now, 7, at=other_store)

    course = today.course(now, None)

    assert [int(total) for total in course.month[-4:]] == [0, 2_000, 2_000, 2_157]
    assert (len(course.month), len(course.year), len(course.recent)) == (17, 30, 28)
    assert [int(course.year[n]) for n in (15, 16, 28, 29)] == [0, 30_000, 430_000, 430_000]
    assert [int(one) for one in course.recent[-3:]] == [2_000, 0, 157]
    assert [int(today.course(now, stores).month[-1]) for stores in ([other_store], [])] == [7, 0]


def test_twelve_weeks_end_today(sell: Sell, card: Client) -> None:
    now = date(2026, 6, 17)
    for days, price in ((0, 100), (6, 200), (7, 4_000), (83, 9), (84, 1)):
        sell(card, now - timedelta(days=days), price)

    weeks = today.weeks(now, None)

    assert [int(weeks[n].revenue) for n in (0, 10, 11)] == [9, 4_000, 300]
    assert (weeks[11].returning, weeks[5].returning, len(weeks)) == (100, None, 12)
