"""Articles, metals, sizes and stones as people write them in lists and tills. Public."""

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from catalogue.kinds import Metal, PieceKind
from clients.writing.identities import identity
from stores.texts import writing
from stores.texts.visible import visible

LONGEST_ARTICLE, LONGEST_SIZE = 40, 10

METAL_STEMS = (
    (Metal.WHITE_GOLD, r"бел\w*\W+(?:зол|au)|(?:зол\w*|au)\W+бел|white\W+gold|gold\W+white"),
    (Metal.RED_GOLD, r"(?:красн|роз)\w*\W+(?:зол|au)|(?:зол\w*|au)\W+(?:красн|роз)|(?:red|rose)\W+gold|gold\W+(?:red|rose)"),
    (Metal.YELLOW_GOLD, r"ж[её]лт\w*\W+(?:зол|au)|(?:зол\w*|au)\W+ж[её]лт|yellow\W+gold|gold\W+yellow|лимонн\w*\W+зол"),
    (Metal.GOLD, r"золот|\bзол\b|\bau(?![a-z])|gold"),
    (Metal.SILVER, r"сереб|\bсер\b|\bag(?![a-z])|silver"),
    (Metal.PLATINUM, r"платин|\bpt(?![a-z])|platin"),
    (Metal.PALLADIUM, r"паллад|\bpd(?![a-z])|pallad"),
)  # fmt: skip
# Which metal a fineness is of where nobody says it; 950 may be platinum or palladium.
METAL_OF_FINENESS = dict.fromkeys((375, 500, 583, 585, 750, 958), Metal.GOLD) | dict.fromkeys(
    (800, 830, 875, 916, 925, 960), Metal.SILVER
)
FINENESSES = {*METAL_OF_FINENESS, 850, 900, 950, 990, 999}
FINENESS_OF_KARAT = {9: 375, 12: 500, 14: 585, 18: 750, 22: 916, 23: 958, 24: 999}
_THOUSANDTHS = re.compile(r"(?<!\d)(?:0[.,])?(\d{3})(?!\d)")
_KARAT = re.compile(r"(?<!\d)(9|12|14|18|22|23|24)\s*(?:k|к|kt)(?![a-zа-я])", re.IGNORECASE)
_CARATS = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:ct|кт|кар\.?|карат\w*|carats?)(?![a-zа-яё])", re.IGNORECASE)
_MEASURE = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:ct|кт|кар\w*\.?|carats?|г|гр|грамм\w*|g|gr|grams?)?\.?", re.IGNORECASE)
_LENGTH = re.compile(r"(?:р|разм|размер|size|№|ø|d)?\.?\s*(\d{1,3})(?:[.,](\d{1,2}))?\s*(?:мм|mm|см|cm)?\.?", re.IGNORECASE)
# What stands between sizes; a comma between digits is a decimal one.
_BETWEEN_SIZES = re.compile(r"[;|\n]+|/(?![24](?!\d))|,\s+|\s{2,}")
NO_SIZE = frozenset(("", "-", "—", "б/р", "без размера", "нет", "0", "0.0", "безразмерное", "one size", "no size"))


class BadArticleError(ValueError):
    """There is no article, or it is longer than one can be."""


def article_key(text: str) -> str:
    """What an article is told by, however it is written. Raises BadArticleError."""
    key = identity(visible(text)) if text.strip() else ""
    if not key or max(len(key), len(text.strip())) > LONGEST_ARTICLE:
        raise BadArticleError(text[:100])
    return key


def metal_of(text: str) -> Metal | None:
    """The metal that a text names, by its own word too; what names none may tell it by its fineness."""
    said = visible(text).lower()
    if said in Metal.values:
        return Metal(said)
    named = next((metal for metal, stem in METAL_STEMS if re.search(stem, said)), None)
    return named or METAL_OF_FINENESS.get(fineness_of(text) or 0)


def fineness_of(text: str) -> int | None:
    """``585``, ``Au 585``, ``0,585``, ``585/1000`` and ``14К`` are 585."""
    said = visible(text).replace("/1000", "")
    known = [int(found) for found in _THOUSANDTHS.findall(said) if int(found) in FINENESSES]
    if known:
        return known[0]
    karat = _KARAT.search(said)
    return FINENESS_OF_KARAT[int(karat[1])] if karat else None


def carats_of(text: str) -> Decimal | None:
    """All stones of a description together: ``бриллиант 0,45 ct, сапфир 1,2 карата`` is 1.65; None where none are weighed."""
    found = [Decimal(number.replace(",", ".")) for number in _CARATS.findall(text)]
    return sum(found, Decimal(0)) if found else None


def measure(text: str) -> Decimal | None:
    """A weight in a column of its own: ``3,45 г``, ``0.45 ct``, ``3.45``; None for what is none."""
    found = _MEASURE.fullmatch(" ".join(text.split()))
    try:
        return Decimal(found[1].replace(",", ".")).quantize(Decimal("0.001")) if found else None
    except InvalidOperation:
        return None


def size_of(text: str, kind: str) -> str:
    """A size as stock keeps it: a ring's inner diameter (``17,5``, ``EU 55``), else a length in its own unit; "" for none.

    What is no number stays in its own words.
    """
    said = " ".join(visible(text).split())
    if said.lower() in NO_SIZE:
        return ""
    if kind == PieceKind.RING and (ring := writing.read_size(said)):
        return _shortest(ring)
    if found := _LENGTH.fullmatch(said):
        return _shortest(Decimal(f"{found[1]}.{found[2] or 0}"))
    return said.upper()[:LONGEST_SIZE]


def sizes_of(text: str, kind: str) -> list[str]:
    """Sizes that a cell names, each once, smallest first: ``16; 16,5; 17``."""
    parts = _BETWEEN_SIZES.split(text)
    if len(parts) == 1 and len(text.split()) > 1 and all(_LENGTH.fullmatch(part) for part in text.split()):
        parts = text.split()
    return in_order(size_of(part.strip(" ,"), kind) for part in parts)


def in_order(sizes: Iterable[str]) -> list[str]:
    """Sizes each once, numbers by their value and before words."""
    return sorted({size for size in sizes if size}, key=by_value)


def by_value(size: str) -> tuple[bool, Decimal, str]:
    """What a size is sorted by."""
    number = re.fullmatch(r"\d+(\.\d+)?", size)
    return not number, Decimal(size) if number else Decimal(0), size


def _shortest(number: Decimal) -> str:
    return f"{number.normalize():f}"
