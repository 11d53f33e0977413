"""Pairs in words, for the page on which they are made."""

from collections.abc import Iterable
from typing import NamedTuple

from purchases.companions import words
from purchases.models import Companion
from purchases.models.companions import CompanionQuerySet

ENDED_SHOWN = 10


class Told(NamedTuple):
    """A pair with both sides in words; ``lift``: at least so many times as often as by chance."""

    pair: Companion
    base: str
    taken: str

    @property
    def lift(self) -> float | None:
        return self.pair.lift_low


def told(pairs: Iterable[Companion]) -> list[Told]:
    return [
        Told(
            pair,
            words.base(pair.base_kind, pair.base_collection, pair.base_written),
            words.taken(pair.with_kind, pair.with_collection, pair.with_written, beside=pair.base_collection),
        )
        for pair in pairs
    ]


def by_hand() -> list[Told]:
    """Those that stand, the newest first. One query."""
    return told(_by_hand().standing())


def ended() -> list[Told]:
    """Those taken out last, of which none stands anew. Two queries."""
    standing = {_key(pair) for pair in _by_hand().standing()}
    last: dict[tuple[str, ...], Companion] = {}
    for pair in _by_hand().exclude(ended_on=None).order_by("-ended_on", "-pk")[: ENDED_SHOWN * 5]:
        last.setdefault(_key(pair), pair)
    return told([pair for key, pair in last.items() if key not in standing][:ENDED_SHOWN])


def _by_hand() -> CompanionQuerySet:
    return Companion.objects.by_hand().select_related("made_by", "ended_by")


def _key(pair: Companion) -> tuple[str, ...]:
    return (pair.base_article, pair.base_kind, pair.with_article, pair.with_kind)
