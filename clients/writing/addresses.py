"""A postal address in one line, in the order of Russian Post: index, town, street, house, flat. Public."""

import re
from typing import NamedTuple

LONGEST = 250
INDEX = re.compile(r"(?<!\d)([1-6]\d{2})[ \u00a0]?(\d{3})(?!\d)")
# What the base can be asked, too: the index stands in front, and somewhere behind it a house.
WHOLE = r"^[1-6][0-9]{5}, .*[0-9]"
CALLED = re.compile(r"(?:почтовый )?индекс:?\s*$", re.IGNORECASE)
BEHIND = " \u00a0,.;"


class Lines(NamedTuple):
    """As an envelope has it: where, from the street to the country, and the index (``code``) apart."""

    where: list[str]
    code: str


def normalise(text: str) -> str:
    """The same address with single spaces and its index in front; a text in which there is no index stays as it was written."""
    parts = [" ".join(part.split()) for part in text.replace(";", ",").replace("\n", ",").split(",")]
    written = ", ".join(part for part in parts if part)
    found = _index(written)
    if found is None:
        return written[:LONGEST]
    before = CALLED.sub("", written[: found.start()]).rstrip(BEHIND)
    rest = f"{before}, {written[found.end() :].lstrip(BEHIND)}".strip(BEHIND)
    return f"{found[1]}{found[2]}, {rest}"[:LONGEST]


def _index(text: str) -> re.Match[str] | None:
    """The first six digits that begin a part of the address: a phone or the number of a contract stands elsewhere."""
    for found in INDEX.finditer(text):
        before = text[: found.start()].rstrip(" \u00a0")
        if not before or before.endswith(",") or CALLED.search(before) or before.lower().endswith("россия"):
            return found
    return None


def is_whole(text: str) -> bool:
    """Whether a letter comes by it: there are an index and a house."""
    return re.match(WHOLE, text) is not None


def lines(address: str) -> Lines:
    """An address for an envelope, as Russian Post wants it: street, house, flat, then towns from the least to the largest."""
    index, _comma, rest = address.partition(", ") if is_whole(address) else ("", "", address)
    parts = [part for part in rest.split(", ") if part]
    street = next((place for place, part in enumerate(parts) if _is_street(part, place)), len(parts))
    towns = [part for part in reversed(parts[:street]) if part]
    return Lines([line for line in (", ".join(parts[street:]), *towns) if line], index)


STREET = re.compile(
    r"(?:^|\s)(?:ул|улица|пр|пр-?кт|просп|проспект|пер|переулок|б-?р|бульвар|наб|набережная|ш|шоссе|пл|площадь|пр-?д|проезд"
    r"|туп|тупик|аллея|мкр|микрорайон|кв-?л|квартал|а/я|street|st|road|avenue|ave)(?:\.|\s|$)",
    re.IGNORECASE,
)


def _is_street(part: str, place: int) -> bool:
    """From the second part on, the one that is called a street or has the house; the towns stand before it."""
    return place > 0 and (STREET.search(part) is not None or any(map(str.isdigit, part)))
