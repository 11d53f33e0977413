"""A till that is none: receipts and returns as a till would write them, for a demo, a drill and a measurement."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from catalogue.kinds import KIND_OF_LETTER

# Of a hundred sales so many come back, and so many are of nobody known.
RETURNS, NOBODY = 8, 30
TENDERS = ("cash", "card")
FN = 9_960_440_000_000_000


class Chain(NamedTuple):
    """Where the till stands and who comes: codes of stores, phones of clients."""

    stores: Sequence[str]
    phones: Sequence[str]


def documents(receipts: int, chain: Chain, *, last: datetime, seed: int = 2018, till: str = "till-1") -> list[dict[str, Any]]:
    """So many sales, a minute apart up to ``last``, and the returns of some of them; the same seed writes the same."""
    chance = random.Random(f"{seed} {till}")  # noqa: S311 — a rehearsal, drawn by a seed
    first, told = last - timedelta(minutes=receipts), []
    for number in range(1, receipts + 1):
        sale = _sale(chance, chain, number, first + timedelta(minutes=number), f"{till}-{seed}")
        told.append({"source": till, **sale})
        if chance.randrange(100) < RETURNS:
            told.append({"source": till, **_return(chance, sale, last)})
    return told


def _sale(chance: random.Random, chain: Chain, number: int, at: datetime, key: str) -> dict[str, Any]:
    lines = [_line(chance, place) for place in range(1, chance.choice((1, 1, 1, 2, 2, 3)) + 1)]
    paid = sum(int(line["paid"][:-3]) for line in lines)
    nobody = chance.randrange(100) < NOBODY or not chain.phones
    return {
        "id": f"{key}-{number}",
        "operation": "sale",
        "at": at.isoformat(),
        "store": chance.choice(chain.stores),
        "number": str(number),
        "fiscal": {"fn": str(FN + _hash_of(key)), "fd": str(number)},
        **({} if nobody else {"client": {"phone": chance.choice(chain.phones)}}),
        "lines": lines,
        "paid": [{"by": chance.choice(TENDERS), "sum": f"{paid}.00"}],
    }


def _hash_of(key: str) -> int:
    """The drive of a till: the same number for the same text, whenever and wherever."""
    return random.Random(key).randrange(1 << 30)  # noqa: S311 — as above


def _line(chance: random.Random, place: int) -> dict[str, Any]:
    letter = chance.choice(sorted(KIND_OF_LETTER))
    tag = chance.randrange(20, 1_500) * 100
    paid = tag - chance.choice((0, 0, 0, 10, 20)) * tag // 100
    article = f"{letter}{chance.randrange(1_000, 9_999)}-{chance.randrange(1_000, 9_999)}"
    return {"n": place, "article": article, "kind": KIND_OF_LETTER[letter].value, "tag": f"{tag}.00", "paid": f"{paid}.00"}


def _return(chance: random.Random, sale: dict[str, Any], last: datetime) -> dict[str, Any]:
    line = chance.choice(sale["lines"])
    return {
        "id": f"{sale['id']}-back",
        "operation": "return",
        "at": last.isoformat(),
        "store": sale["store"],
        "of": {"id": sale["id"]},
        "lines": [{"n": 1, "article": line["article"], "paid": line["paid"]}],
    }
