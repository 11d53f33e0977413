"""The model of visits fitted to a chain: its place in the night, and what it says beside what came."""

import random
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from analytics import snapshots
from analytics.figures import expecting, worth
from analytics.figures.periods import Period
from clients.models import Client
from purchases.models import Piece, Purchase
from stores.models import Store
from tests.analytics.conftest import TODAY, Histories
from tests.factories import ClientFactory
from tests.present import present
from visits import derived
from visits.models import ClientActivity, LifeModel, Visit

AS_OF = Period(TODAY, TODAY)


@pytest.fixture
def regulars(store: Store) -> Callable[[int], None]:
    """``regulars(400)``: clients of three years, of whom every sixth leaves for good after each visit."""

    def make(many: int) -> None:
        chance = random.Random(5)
        clients = Client.objects.bulk_create(ClientFactory.build(home_store=store).prepare() for _client in range(many))
        receipts = [Purchase(client=client, store=store, sold_on=day) for client in clients for day in days_of(chance)]
        Purchase.objects.bulk_create(receipts)
        Piece.objects.bulk_create(
            Piece(purchase=receipt, article=f"R-{n}", kind="ring", price=Decimal(chance.randrange(5, 60) * 1_000))
            for n, receipt in enumerate(receipts)
        )
        derived.rebuild()

    return make


def days_of(chance: random.Random) -> list[date]:
    days = [TODAY - timedelta(days=chance.randrange(1, 1_000))]
    while chance.random() > 1 / 6:
        later = days[-1] + timedelta(days=1 + int(chance.expovariate(1 / 90)))
        if later > TODAY:
            break
        days.append(later)
    return days


def visits_of_clients() -> list[list[date]]:
    found: dict[int, list[date]] = defaultdict(list)
    for client, day in Visit.objects.filter(scope=0).values_list("client", "day"):
        found[client].append(day)
    return list(found.values())


def by_visits(many: int) -> str:
    return "1" if many == 1 else "2" if many == 2 else "3–5" if many <= 5 else "6+"


def test_the_night_fits_the_model_where_enough_came_again(histories: Histories, store: Store) -> None:
    assert expecting.fit_model(TODAY) is None
    histories(140, seed=2)
    # A few come again very often: enough of those who came again make a model.
    snapshots.recompute_all(TODAY)
    fitted = LifeModel.objects.first()
    repeated = ClientActivity.objects.filter(visit_days__gte=2).count()

    assert (fitted is not None) == (repeated >= 100)
    assert (worth.model_told(None, AS_OF) is None) == (fitted is None)


def test_the_model_is_fitted_to_all_clients_and_kept_as_one(regulars: Callable[[int], None]) -> None:
    regulars(300)

    for day in (TODAY - timedelta(days=1), TODAY):
        kept = present(expecting.fit_model(day))

    assert (LifeModel.objects.get(), kept.clients, kept.fitted_on) == (kept, 300, TODAY)
    assert min(kept.r, kept.alpha, kept.a, kept.b) > 0


def test_clients_alike_stand_together_and_none_is_lost(regulars: Callable[[int], None]) -> None:
    regulars(120)
    until = TODAY - timedelta(days=200)

    told = expecting.histories(until)

    visits = [[day for day in days if day <= until] for days in visits_of_clients()]
    expected = Counter(len(days) - 1 for days in visits if days)
    counted: Counter[int] = Counter()
    for x, clients in zip(told.x, told.clients, strict=True):
        counted[int(x)] += int(clients)
    assert counted == expected
    assert (told.seen <= told.age).all()


def test_what_the_model_says_covers_everybody(regulars: Callable[[int], None], store: Store) -> None:
    regulars(400)
    expecting.fit_model(TODAY)

    told = present(expecting.model_told(None, AS_OF))

    many = Counter(by_visits(len(days)) for days in visits_of_clients())
    assert {row["visits"]: row["clients"] for row in told["rows"]} == many
    assert sum(row["clients"] for row in told["years"]) == 400
    assert sum(row["ahead"] for row in told["years"]) == pytest.approx(sum(row["ahead"] for row in told["rows"]), abs=0.5)
    alive = [row["alive"] for row in told["rows"]]
    assert alive == sorted(alive)
    assert {row["visits"]: row["buyers"] for row in told["spending"]} == many
    assert all(row["each"] == pytest.approx(row["revenue"] / row["clients"], abs=1) for row in told["rows"])
    assert expecting.model_told(store, AS_OF) is None


def test_a_withheld_year_came_about_as_it_was_expected(regulars: Callable[[int], None]) -> None:
    regulars(800)

    told = expecting.checked(TODAY)

    cut = TODAY - timedelta(days=365)
    clients, actual = Counter[str](), Counter[str]()
    for days in visits_of_clients():
        before = sum(day <= cut for day in days)
        if before:
            clients[by_visits(before)] += 1
            actual[by_visits(before)] += len(days) - before
    assert {row["visits"]: (row["clients"], row["actual"]) for row in told} == {
        name: (clients[name], actual[name]) for name in clients
    }
    assert sum(row["expected"] for row in told) == pytest.approx(actual.total(), rel=0.2)


def test_too_few_are_not_checked_and_nothing_is_said_of_their_spending(regulars: Callable[[int], None]) -> None:
    regulars(60)
    LifeModel.objects.create(pk=1, r=0.8, alpha=90.0, a=0.7, b=1.9, clients=60, fitted_on=TODAY)

    told = present(expecting.model_told(None, AS_OF))

    assert (told["checked"], told["spending"]) == ([], [])
    assert {row["revenue"] for row in told["rows"]} == {None}


def test_a_base_without_visits_fits_nothing(db: None) -> None:
    assert (expecting.fit_model(TODAY), expecting.checked(TODAY), LifeModel.objects.count()) == (None, [], 0)
