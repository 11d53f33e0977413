"""What was deleted or unposted in MoySklad is undone here, and comes again when it is posted again."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client as Browser
from django.utils import timezone, translation
from pytest_django import Settings

from catalogue.kinds import PieceKind
from exchange import pulling, services
from exchange.documents import applying
from exchange.models import Pull, TillDocument
from purchases import services as purchases_services
from purchases.models import Piece, Purchase
from purchases.services import PieceLine
from stores.models import Employee, Store
from tests.exchange.conftest import MakeTill
from tests.exchange.storage import Storage

SINCE = datetime(2026, 5, 5, tzinfo=UTC)
LATER, LATER_STILL = timedelta(hours=1), timedelta(hours=2)


@pytest.fixture
def storage(settings: Settings) -> Iterator[Storage]:
    made = Storage()
    settings.MOYSKLAD_URL = made.address
    yield made
    made.close()


@pytest.fixture
def account(make_till: MakeTill, storage: Storage) -> Pull:
    return pulling.begin(make_till("МойСклад").source, storage.token, since=SINCE)


def turn() -> int:
    """Ask, and apply what came."""
    Pull.objects.update(due_at=timezone.now())
    news = pulling.pull()
    applying.apply_received()
    return news


def states() -> list[tuple[str, str, str]]:
    documents = TillDocument.objects.order_by("external_id", "pk")
    return [(one.external_id, one.state, one.reason) for one in documents]


def test_an_unposted_sale_is_voided_and_posted_again_it_is_sold_anew(account: Pull, storage: Storage, store: Store) -> None:
    storage.sells(1)
    turn()

    storage.changes("s-1", after=LATER, applicable=False)
    assert (turn(), turn(), states()) == (1, 0, [("s-1", "refused", "gone")])
    assert (Purchase.objects.count(), Purchase.written.get().void_reason) == (0, "удалено или не проведено: МойСклад")

    storage.changes("s-1", after=LATER_STILL, applicable=True)
    assert (turn(), turn(), states()) == (1, 0, [("s-1", "applied", "")])
    assert (Purchase.objects.count(), Purchase.written.count()) == (1, 2)


def test_a_deleted_one_that_comes_back_otherwise_is_sold_as_it_is_now(account: Pull, storage: Storage, store: Store) -> None:
    storage.sells(1)
    turn()
    storage.deletes("s-1", after=LATER)
    assert (turn(), Purchase.objects.count()) == (1, 0)

    storage.restores("s-1", after=LATER_STILL)
    storage.changes("s-1", after=LATER_STILL, name="77")
    turn()

    assert [one.receipt_number for one in Purchase.objects.all()] == ["77"]
    assert states() == [("s-1", "refused", "gone"), ("s-1", "applied", "")]


def test_one_that_nothing_was_made_of_yet_is_left_out(account: Pull, storage: Storage, store: Store) -> None:
    storage.sells(1)["retailStore"] = {"name": "nobody's"}
    turn()
    assert states() == [("s-1", "waits", "store")]

    storage.deletes("s-1", after=LATER)

    assert (turn(), states(), Purchase.written.count()) == (1, [("s-1", "refused", "gone")], 0)


def test_a_deleted_return_did_not_come_back(account: Pull, storage: Storage, store: Store) -> None:
    storage.sells(1)
    storage.takes_back(1)
    turn()
    assert Piece.objects.filter(returned_on=None).count() == 0

    storage.deletes("r-1", after=LATER)
    turn()
    assert (Piece.objects.filter(returned_on=None).count(), states()[0]) == (1, ("r-1", "refused", "gone"))

    storage.restores("r-1", after=LATER_STILL)
    turn()
    assert (Piece.objects.filter(returned_on=None).count(), states()[0]) == (0, ("r-1", "applied", ""))


def test_a_receipt_that_a_seller_typed_stays(account: Pull, storage: Storage, store: Store, seller: Employee) -> None:
    line = PieceLine("R1", PieceKind.RING, Decimal(1000))
    row = storage.sells(1)
    line = line._replace(article=row["positions"]["rows"][0]["assortment"]["article"])
    day = datetime.fromisoformat(row["moment"]).date()
    purchases_services.sell([line], store=store, seller=seller, no_card_reason="till", sold_on=day, receipt_number="1")
    turn()
    assert (Purchase.objects.count(), states()) == (1, [("s-1", "applied", "")])

    storage.deletes("s-1", after=LATER)
    turn()

    document = TillDocument.objects.get()
    with translation.override("en"):
        said = document.why
    assert (Purchase.objects.count(), states()) == (1, [("s-1", "refused", "gone")])
    assert said == "it was deleted or unposted where it came from: the receipt stays: a seller typed it"
    storage.restores("s-1", after=LATER_STILL)
    assert (turn(), states(), Purchase.written.count()) == (1, [("s-1", "applied", "")], 1)


def test_what_was_exchanged_waits_for_a_person(
    account: Pull, storage: Storage, store: Store, seller: Employee, signed_in: Browser, admin: Employee
) -> None:
    storage.sells(1)
    turn()
    piece = Piece.objects.get()
    Piece.objects.filter(pk=piece.pk).update(
        returned_on=store.today(),
        exchanged_in=purchases_services.sell(
            [PieceLine("R9", PieceKind.RING, Decimal(5000))], store=store, seller=seller, no_card_reason="till"
        ),
    )

    storage.deletes("s-1", after=LATER)
    turn()

    assert (states(), Purchase.objects.count()) == ([("s-1", "waits", "gone")], 2)
    assert applying.apply_all() == 0
    page = signed_in(admin).get("/exchange/").content.decode()  # type: ignore[operator]
    assert "удалён или не проведён" in page
    services.put_aside(TillDocument.objects.get(), by=admin)
    assert states() == [("s-1", "refused", "put_aside")]
