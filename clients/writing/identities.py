"""Numbers of receipts and tickets, articles and codes that passed through a spreadsheet: what stays the same."""

import re
from collections.abc import Iterable

from clients.writing import names

_SIGNS = re.compile(r"[\s№#\u00ad\u200b-\u200f\ufeff]+")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_LOOKALIKES = str.maketrans(names.LOOKALIKES)
_BACK = {cyrillic: latin for latin, cyrillic in names.LOOKALIKES.items() if latin.isupper()}
_TO_LATIN = str.maketrans(_BACK)
_FLOAT = re.compile(r"(\d+)[.,]0+")
# Numbers that lost their zeros had no more digits than these.
LONGEST = 13


def identity(text: str) -> str:
    """``№ 001402``, ``1402.0`` and ``1402`` are one, ``к-2002`` and ``K-2002`` (in Latin letters) too."""
    bare = _SIGNS.sub("", text).upper().translate(_DASHES)
    if whole := _FLOAT.fullmatch(bare):
        bare = whole[1]
    if bare.isascii() and bare.isdigit():
        return bare.lstrip("0") or bare
    return bare.translate(_LOOKALIKES)


def with_zeros(number: str) -> set[str]:
    """A number of digits with the zeros that it may have lost; anything else as it is."""
    if not (number.isascii() and number.isdigit()):
        return {number}
    bare = number.lstrip("0") or "0"
    return {number, bare, *(bare.zfill(width) for width in range(len(bare) + 1, LONGEST + 1))}


def writings(texts: Iterable[str]) -> set[str]:
    """How the base may have written these numbers; what it finds is compared by ``identity``."""
    found = set()
    for text in texts:
        same = identity(text)
        found |= {text, same, same.lower(), same.translate(_TO_LATIN), same.translate(_TO_LATIN).lower(), *with_zeros(same)}
        found |= {f"{sign}{number}" for sign in ("№", "№ ", "#") for number in {same, _SIGNS.sub("", text)}}
        found |= {f"{same}.0"} if same.isdigit() else set()
    return found
