"""Texts of messages: fixed placeholders, letters that can travel, and how many SMS segments a text takes."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from math import ceil
from typing import NamedTuple

import smsutil
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from smsutil.codecs import GSM_CHARSET

# What a text may ask for, in the words of the page where it is written.
PLACEHOLDERS = {
    "name": gettext_lazy("first name and patronymic"),
    "first_name": gettext_lazy("first name"),
    "dear": gettext_lazy("“Dear …” in the client's gender"),
    "store": gettext_lazy("home store"),
    "store_phone": gettext_lazy("phone of the home store"),
    "chain": gettext_lazy("name of the chain"),
    "occasion": gettext_lazy("the occasion"),
    "occasion_day": gettext_lazy("its day"),
    "ticket": gettext_lazy("number of the ticket"),
    "order": gettext_lazy("number of the order"),
    "link": gettext_lazy("address of the client's page"),
    "piece": gettext_lazy("the piece"),
    "due": gettext_lazy("day on which it is due"),
    "sum": gettext_lazy("what remains to pay"),
    "code": gettext_lazy("one-time code"),
    "bonuses": gettext_lazy("how many bonuses"),
    "balance": gettext_lazy("bonuses that can be spent"),
    "until": gettext_lazy("last day of the bonuses"),
}
# Only a service message has them to say; in any other text they stay empty.
SERVICE_FIELDS = ("ticket", "order", "link", "piece", "due", "sum", "code", "bonuses", "balance", "until")
# About as long as they get, for the length of a text.
LONG_VALUES = {
    "ticket": "L-261124-0012", "order": "1234/26", "link": "https://carat.example.ru/s/L-261124-0012?k=0123456789abcdef",
    "piece": "кольцо, жёлтый металл, один белый камень", "due": "28 сентября", "sum": "1 234 567 ₽", "code": "123456",
    "bonuses": "12 345", "balance": "123 456", "until": "28 сентября",
}  # fmt: skip
FIELD = re.compile(r"\{([^{}]*)\}")
MAX_SEGMENTS = 6
MASK = "••••••"
UCS2_SINGLE, UCS2_PART = 70, 67
GSM_SINGLE, GSM_PART = 160, 153
# As smsutil's own check, which compiles its pattern anew for each text.
GSM = re.compile(f"[{re.escape(GSM_CHARSET)}]*")
LEADING = re.compile(r"^[ ,]+(?P<first>.?)", re.MULTILINE)
SPACES = re.compile(r"[^\S\n]+")
# Joiners of emoji are Cf too: without them a family falls apart into its members, which still can be read.
# What a phone makes a link of: an address with its scheme, and a bare name whose end looks like a domain's.
LINK = re.compile(
    r"(?:\b[a-z][a-z+.-]*://[^\s/?#]+)|(?<![@\w.])(?:[\w{}-]+\.)+(?:[a-z]{2,24}|рф|рус|дети|москва|сайт|онлайн|xn--\w+)(?![\w.]*@)\b",
    re.IGNORECASE,
)
INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u2b55\ufe0f]")


class Length(NamedTuple):
    """How a text travels: its encoding, characters as billed, segments, and what is left in the last segment."""

    encoding: str
    characters: int
    segments: int
    left: int


def validate_placeholders(text: str) -> None:
    """Raises ValidationError for a placeholder that does not exist, a lone brace or a text beyond ``MAX_SEGMENTS``."""
    unknown = [field for field in FIELD.findall(text) if field not in PLACEHOLDERS]
    if unknown:
        known = ", ".join(f"{{{field}}}" for field in PLACEHOLDERS)
        raise ValidationError(
            _("There is no field {%(field)s}. The fields are: %(known)s.") % {"field": unknown[0], "known": known}
        )
    if "{" in FIELD.sub("", text) or "}" in FIELD.sub("", text):
        raise ValidationError(_("A brace stands alone."))


def foreign_links(text: str, hosts: Iterable[str]) -> list[str]:
    """Where links of a text lead that are none of these hosts nor below them, as they are written."""
    own, found = [host.lower() for host in hosts], LINK.findall(unicodedata.normalize("NFKC", clean(text)))
    return [link for link in found if not _is_own(link.partition("://")[2] or link, own)]


def _is_own(place: str, own: list[str]) -> bool:
    """A place with a name and a password in front, or a sign that browsers read in their own ways, is nobody's of ours."""
    if "@" in place or "\\" in place:
        return False
    host = place.partition(":")[0].rstrip(".").lower()
    return any(host == one or host.endswith(f".{one}") for one in own)


def too_long(text: str) -> str:
    """Why an SMS with this text would be cut on its way, in words; empty when it would not."""
    if length(text).segments <= MAX_SEGMENTS:
        return ""
    return _("The text is longer than %(limit)s SMS; the operator would cut it.") % {"limit": MAX_SEGMENTS}


def clean(text: str) -> str:
    """The text without what cannot be printed; every kind of space is one plain space, lines stay lines."""
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return SPACES.sub(" ", text).strip()
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    kept = (c for c in composed if c == "\n" or unicodedata.category(c) not in INVISIBLE)
    return SPACES.sub(" ", "".join(kept)).strip()


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders filled; whatever else stands in it, or in a value, is left as it is.

    Where a value is empty the comma or space that belonged to it goes too, so that no text begins with ``, ``, and what
    stood behind a name that is not known begins with a capital.
    """
    if not text:
        return ""
    filled = FIELD.sub(lambda found: values.get(found.group(1), found.group(0)), text)
    return LEADING.sub(_capital, clean(filled))


def _capital(found: re.Match[str]) -> str:
    return found["first"].upper()


def masked(text: str) -> str:
    """The text of a one-time code for eyes other than the client's."""
    return re.sub(r"[0-9]{6}", MASK, text)


def worst(text: str, values: Iterable[Mapping[str, str]]) -> str:
    """The text filled in each of the ways: the one that takes the most segments."""
    return max((fill(text, one) for one in values), key=_size, default=text)


def _size(text: str) -> tuple[int, int]:
    measured = length(text)
    return measured.segments, measured.characters


def has_emoji(text: str) -> bool:
    return bool(EMOJI.search(text))


def length(text: str) -> Length:
    """GSM-7 or UCS-2, and the segments that the operator will bill. An emoji counts as two characters, never split."""
    if GSM.fullmatch(text):
        parts = smsutil.split(text).parts
        segments, room = max(1, len(parts)), GSM_SINGLE if len(parts) < 2 else GSM_PART
        return Length("GSM-7", sum(p.length for p in parts), segments, max(0, room - (parts[-1].length if parts else 0)))
    units = len(text.encode("utf-16-le")) // 2
    if units <= UCS2_SINGLE:
        return Length("UCS-2", units, 1, UCS2_SINGLE - units)
    if units == len(text):
        return Length("UCS-2", units, ceil(units / UCS2_PART), -units % UCS2_PART)
    parts = smsutil.split(text).parts
    last = len(parts[-1].content.encode("utf-16-le")) // 2
    return Length("UCS-2", units, len(parts), UCS2_PART - last)
