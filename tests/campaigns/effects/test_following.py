"""What followed: each purchase once, to the last contact before it, never more than was bought."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns import touching
from campaigns.effects.following import Followed, Following, TakenOff
from campaigns.models import Campaign, Program, Touch
from campaigns.touching import Chosen
from clients.models import Client
from messaging.models import Message
from purchases.models import Piece
from stores.models import Store
from tests.conftest import Sell
from tests.factories import ClientFactory, StoreFactory
from visits.models import Visit

OCTOBER = date(2026, 10, 10)
Frozen = Callable[..., Campaign]
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def contacted(client: Client, day: date = OCTOBER, source: str = "silent", *, state: str = "made") -> Touch:
    touching.write(source, [Chosen(client.pk, str(day), day, client.home_store_id, "call")], phase="1", holdout=0)
    Touch.objects.filter(source=source, client=client, round=str(day)).update(state=state)
    return Touch.objects.get(source=source, client=client, round=str(day))


def greeted(program: Program, client: Client, day: date, *, state: str = "delivered") -> Message:
    return Message.objects.create(
        client=client, store=client.home_store, occasion_key=f"{program.key}:{day.year}:{client.pk}", source=program.key,
        occasion_on=day, counted_from=day, recipient="+79140000000", text="Ура", send_after=f"{day}T00:00Z",
        expires_at=f"{day}T12:00Z", state=state,
    )  # fmt: skip


def revenue(*period: date, stores: list[Store] | None = None) -> dict[str, Decimal]:
    found = Following(*(period or YEAR), stores=stores).by_source()
    return {source: told.revenue for source, told in found.items()}


def test_a_purchase_belongs_to_the_last_contact_before_it(card: Client, sell: Sell, program: Program) -> None:
    (
        contacted(card),
        contacted(card, OCTOBER + timedelta(days=15), "event:5"),
        greeted(program, card, OCTOBER + timedelta(days=20)),
    )
    for days, price in ((-1, 1), (0, 10), (15, 100), (19, 200), (20, 1_000), (49, 2_000), (50, 4_000)):
        sell(card, OCTOBER + timedelta(days=days), price)

    assert revenue() == {"silent": 10, "event:5": 300, program.key: 3_000}
    assert Following(*YEAR, stores=None).buyers() == 1


def test_what_was_not_contacted_claims_nothing(card: Client, sell: Sell, program: Program) -> None:
    contacted(card, state="waits"), greeted(program, card, OCTOBER, state="suppressed")
    Touch.objects.create(
        source="care", round="1", client=card, arm="held", state="over", counted_from=OCTOBER, stratum="2026-10:10"
    )
    sell(card, OCTOBER, 10)

    assert revenue() == {}


def test_a_campaign_counts_its_own_days(card: Client, sell: Sell, frozen: Frozen) -> None:
    campaign = frozen(window_days=60)
    contacted(card, OCTOBER, campaign.source)
    sell(card, OCTOBER + timedelta(days=59), 10), sell(card, OCTOBER + timedelta(days=60), 100)

    assert revenue() == {campaign.source: 10}


def test_days_and_stores_are_those_of_the_purchase(card: Client, sell: Sell, store: Store, other_store: Store) -> None:
    contacted(card, date(2026, 9, 25))
    sell(card, date(2026, 9, 30), 1), sell(card, date(2026, 10, 1), 10), sell(card, date(2026, 10, 2), 100, at=other_store)

    october = (date(2026, 10, 1), date(2026, 10, 31))
    assert (revenue(*october), revenue(*october, stores=[other_store])) == ({"silent": 110}, {"silent": 100})
    assert Following(*YEAR, stores=None).by_month() == {
        ("silent", "2026-09"): Followed(1, 1, Decimal(1)), ("silent", "2026-10"): Followed(1, 2, Decimal(110)),
    }  # fmt: skip
    assert Following(*YEAR, stores=None).by_store() == {
        ("silent", store.pk): Followed(1, 2, Decimal(11)), ("silent", other_store.pk): Followed(1, 1, Decimal(100)),
    }  # fmt: skip


def test_what_was_taken_off_is_told_and_what_was_returned_is_not(card: Client, sell: Sell) -> None:
    contacted(card)
    sell(card, OCTOBER, 1_000, 500)
    Piece.objects.filter(price=1_000).update(discount=150)
    Piece.objects.filter(price=500).update(discount=70, returned_on=OCTOBER)
    Piece.objects.get(price=1_000).deductions.create(source="bonus", amount=100)

    assert Following(*YEAR, stores=None).taken_off() == {"silent": TakenOff(Decimal(50), Decimal(100))}


def test_the_clients_behind_a_number(card: Client, sell: Sell, store: Store) -> None:
    other, nobody = ClientFactory.create(home_store=store), ClientFactory.create(home_store=store)
    contacted(card), contacted(other, source="care"), contacted(nobody)
    sell(card, OCTOBER, 10), sell(other, OCTOBER, 10)

    def behind(source: str = "") -> set[int]:
        return set(Following(*YEAR, stores=None).clients(source=source).values_list("pk", flat=True))

    assert (behind(), behind("silent"), behind("nothing")) == ({card.pk, other.pk}, {card.pk}, set())


DAYS = st.integers(0, 150)
CONTACTS = st.lists(st.tuples(st.integers(0, 2), DAYS, st.sampled_from(["silent", "care", "event:5", "birthday"])), max_size=12)
VISITS = st.lists(st.tuples(st.integers(0, 2), DAYS, st.integers(0, 1), st.integers(0, 9)), max_size=15)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(contacts=CONTACTS, visits=VISITS, a=DAYS, b=DAYS)
def test_the_sum_never_exceeds_what_was_bought(
    program: Program, contacts: list[tuple[int, int, str]], visits: list[tuple[int, ...]], a: int, b: int
) -> None:
    begin = date(2026, 1, 1)
    Touch.objects.all().delete(), Message.objects.all().delete(), Visit.objects.all().delete()
    clients, shops = ClientFactory.create_batch(3), StoreFactory.create_batch(2)
    told = _contact_all(program, clients, contacts, begin)
    bought = {(who, day, shop): 100 * times for who, day, shop, times in visits}
    for (who, day, shop), total in bought.items():
        on = begin + timedelta(days=day)
        Visit.objects.create(
            scope=shops[shop].pk, client=clients[who], day=on, items=total // 100, total=total, first_day=on
        )  # fmt: skip

    period = (begin + timedelta(days=min(a, b)), begin + timedelta(days=max(a, b)))
    found, inside = revenue(*period), {key: sum_ for key, sum_ in bought.items() if min(a, b) <= key[1] <= max(a, b)}

    twin: dict[str, int] = {}
    for (who, day, _shop), total in inside.items():
        open_then = [
            (since, n, source) for n, (client, since, source) in enumerate(told) if client == who and since <= day < since + 30
        ]
        if open_then and total:
            # Of one day a touch goes before a greeting, and the later touch before the earlier.
            last = max(open_then, key=lambda one: (one[0], one[2] != program.key, one[1]))
            twin[last[2]] = twin.get(last[2], 0) + total
    assert found == twin
    assert sum(found.values()) <= sum(inside.values())
    parts = Following(*period, stores=None)
    assert sum(one.revenue for one in parts.by_month().values()) == sum(one.revenue for one in parts.by_store().values())


def _contact_all(program: Program, clients: list[Client], contacts: Any, begin: date) -> list[tuple[int, int, str]]:
    """Contacts as they could be: one of a source, client and day, and of greetings one a client and year."""
    told: list[tuple[int, int, str]] = []
    for who, day, source in contacts:
        on = begin + timedelta(days=day)
        if (who, day, source) in told or (source == program.key and any((who, source) == (w, s) for w, _day, s in told)):
            continue
        told.append((who, day, source))
        if source == program.key:
            greeted(program, clients[who], on)
        else:
            contacted(clients[who], on, source)
    return told
