"""The same documents in any order, twice and at once, end in the same receipts, pieces and figures."""

import json
import random
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.checks import check_figures
from exchange import rehearsal
from exchange.documents import applying, intake
from exchange.models import Source, TillDocument
from exchange.rehearsal import Chain
from loyalty import services as loyalty_services
from loyalty.nightly import differences
from loyalty.pricing import Mode
from loyalty.services import TermsSaid
from purchases.models import Purchase
from stores.models import Store
from tests import factories
from tests.together import SEVERAL_CONNECTIONS, together
from visits.models import Visit

LAST = datetime(2026, 5, 5, 3, 0, tzinfo=UTC)
PHONES = ["+79147012233", "+79147012234"]
Told = tuple[str, dict[str, Any]]


def a_chain() -> None:
    """A store, two clients who come, and terms by which they earn."""
    loyalty_services.publish(TermsSaid(Mode.BONUSES, Decimal(5)), since=date(2026, 1, 1), by=None)
    factories.StoreFactory.create(code="luxury")
    for phone in PHONES:
        factories.ClientFactory.create(phone=phone)
    for name in ("till", "1C"):
        Source.objects.create(name=name)


def told(receipts: int, *, returned: int = 3) -> list[Told]:
    """Sales and returns of which the till tells, each sale of a client and some returns by 1C too, under its own numbers."""
    documents = rehearsal.documents(receipts, Chain(["luxury"], PHONES), last=LAST)
    sales = [one for one in documents if one["operation"] == "sale"]
    backs = [_back(sale) for sale in sales[:returned]]
    again = [{**one, "id": f"1C-{one['id']}", "source": "1C"} for one in [*sales[::2], *backs[:1]]]
    return [*(("till", one) for one in [*sales, *backs]), *(("1C", one) for one in again)]


def _back(sale: dict[str, Any]) -> dict[str, Any]:
    fiscal = {"fn": sale["fiscal"]["fn"], "fd": f"9{sale['fiscal']['fd']}"}
    line = {"article": sale["lines"][0]["article"], "paid": sale["lines"][0]["paid"]}
    return {
        **{name: sale[name] for name in ("source", "store")}, "id": f"{sale['id']}-back", "operation": "return", "at": LAST.isoformat(),
        "of": {"fiscal": sale["fiscal"]}, "fiscal": fiscal, "lines": [line],
    }  # fmt: skip


def keep(document: Told) -> int:
    name, said = document
    return intake.keep(Source.objects.get(name=name), json.dumps(said).encode()).document.pk


def stands() -> tuple[list[Any], list[Any]]:
    """All receipts with their pieces, and the figures, without a key that says in which order they came."""
    receipts = [
        (
            one.till_key, one.receipt_number, one.sold_on, one.client and one.client.phone, one.no_card_reason,
            [str(two) for two in one.fiscal_documents.order_by("fn", "fd")],
            sorted(one.pieces.values_list("article", "kind", "price", "discount", "returned_on", "earned"), key=str),
        )
        for one in Purchase.objects.select_related("client").order_by("till_key")
    ]  # fmt: skip
    figures = Visit.objects.order_by("scope", "client__phone", "day").values_list("client__phone", "day", "items", "total")
    return receipts, list(figures)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 1_000_000), twice=st.booleans(), batch=st.integers(1, 7))
def test_any_order_ends_in_the_same(db: None, seed: int, twice: bool, batch: int) -> None:
    documents = told(6)
    in_order = _after(documents, 1)

    shuffled = documents * (2 if twice else 1)
    random.Random(seed).shuffle(shuffled)

    assert _after(shuffled, batch) == in_order
    assert [len(receipt[-1]) for receipt in in_order[0]] == [
        len(said["lines"]) for name, said in documents if (name, said["operation"]) == ("till", "sale")
    ]


def _after(documents: Iterable[Told], batch: int) -> tuple[list[Any], list[Any]]:
    """What stands when so many documents come between two runs of the worker; nothing of it stays in the base."""
    with transaction.atomic():
        a_chain()
        for number, document in enumerate(documents, 1):
            keep(document)
            if number % batch == 0:
                applying.apply_received()
        applying.apply_received()
        found = stands()
        assert not TillDocument.objects.exclude(state="applied").exists()
        assert (check_figures().wrong, list(differences())) == (0, [])
        transaction.set_rollback(True)
    return found


class TestAtOnce:
    pytestmark = SEVERAL_CONNECTIONS

    def test_ten_threads_send_everything_twice_and_backwards(self) -> None:
        a_chain()
        documents = told(12)
        hands = [documents[part::5] for part in range(5)]
        hands += [list(reversed(hand)) for hand in hands]

        said = together(*(lambda hand=hand: [applying.apply(keep(one)) for one in hand] for hand in hands))
        applying.apply_all()
        found = stands()

        assert [len(one) for one in said] == [len(hand) for hand in hands]
        assert not TillDocument.objects.exclude(state="applied").exists()
        assert (len(found[0]), TillDocument.objects.count()) == (12, len(documents))
        assert (check_figures().wrong, list(differences())) == (0, [])


def test_a_document_is_applied_under_its_number_once(db: None, store: Store) -> None:
    source = Source.objects.create(name="till")
    facts = {"source": source, "external_id": "1", "raw": "{}", "state": "applied"}
    TillDocument.objects.create(digest="a", **facts)

    with pytest.raises(IntegrityError), transaction.atomic():
        TillDocument.objects.create(digest="b", **facts)

    assert TillDocument.objects.count() == 1


@pytest.mark.parametrize("state", ["waits", "refused"])
def test_what_waits_says_why(db: None, state: str) -> None:
    source = Source.objects.create(name="till")

    with pytest.raises(IntegrityError), transaction.atomic():
        TillDocument.objects.create(source=source, raw="{}", state=state)
