"""A till that is none writes what a till would."""

from datetime import UTC, datetime

from exchange import rehearsal
from exchange.documents.contract import DOCUMENT, Return, Sale
from exchange.rehearsal import Chain

LAST = datetime(2026, 5, 5, 3, 0, tzinfo=UTC)
CHAIN = Chain(["luxury"], ["+79147012233"])


def test_the_same_seed_writes_the_same_and_another_till_another() -> None:
    first, again, other = (rehearsal.documents(5, CHAIN, last=LAST, till=till) for till in ("till-1", "till-1", "till-2"))

    assert first == again
    assert {one["id"] for one in first} & {one["id"] for one in other} == set()


def test_what_it_writes_is_a_document_and_a_return_is_of_a_sale() -> None:
    read = [DOCUMENT.validate_python(one) for one in rehearsal.documents(60, CHAIN, last=LAST)]

    sales = {one.id for one in read if isinstance(one, Sale)}
    of = {one.of.id for one in read if isinstance(one, Return) and one.of}
    assert (len(sales), of <= sales, 0 < len(of) < 20) == (60, True, True)
    assert max(one.at for one in read) == LAST
