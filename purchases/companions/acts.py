"""Pairs made by hand: made, taken out, put back. A pair that ends stays for the figures; one that is put back is a new row."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db import IntegrityError, transaction

from purchases.models import Companion, Origin
from purchases.models.companions import PAIR
from stores.models import Employee


class Side(NamedTuple):
    """An article by its key and as it is written, or a kind."""

    kind: str = ""
    article: str = ""
    written: str = ""


def make(base: Side, beside: Sequence[Side], words: str, *, on: date, by: Employee) -> list[Companion]:
    """Offer each of these to who buys the base. Pairs that stand already are left as they are. Returns those that were made."""
    made = []
    for side in beside:
        pair = Companion(
            origin=Origin.HAND, base_kind=base.kind, base_article=base.article, base_written=base.written, with_kind=side.kind,
            with_article=side.article, with_written=side.written, words=words, first_on=on, made_by=by,
        )  # fmt: skip
        if _saved(pair):
            made.append(pair)
    return made


def take_out(pk: int, *, on: date, by: Employee) -> bool:
    """Offer it no more; False where it ended before."""
    return bool(Companion.objects.standing().by_hand().filter(pk=pk).update(ended_on=on, ended_by=by))


def put_back(ended: Companion, *, on: date, by: Employee) -> bool:
    """Offer again what was taken out; False where it stands already."""
    same = {name: getattr(ended, name) for name in (*PAIR, "base_written", "with_written", "words")}
    return _saved(Companion(origin=Origin.HAND, first_on=on, made_by=by, **same))


def _saved(pair: Companion) -> bool:
    try:
        with transaction.atomic():
            pair.save()
    except IntegrityError:
        return False
    return True
