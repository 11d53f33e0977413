"""Texts of messages: fixed placeholders, and how many SMS segments a text takes."""

import re
from collections.abc import Mapping
from typing import NamedTuple

import smsutil
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

PLACEHOLDERS = ("name", "store")
FIELD = re.compile(r"\{([^{}]*)\}")
MAX_SEGMENTS = 6


class Length(NamedTuple):
    """How a text travels: its encoding, characters, segments, and what is left in the last segment."""

    encoding: str
    characters: int
    segments: int
    left: int


def validate_placeholders(text: str) -> None:
    """Raises ValidationError for a placeholder that does not exist, a lone brace or an empty text."""
    unknown = [field for field in FIELD.findall(text) if field not in PLACEHOLDERS]
    if unknown:
        known = ", ".join(f"{{{field}}}" for field in PLACEHOLDERS)
        raise ValidationError(
            _("There is no field {%(field)s}. The fields are: %(known)s.") % {"field": unknown[0], "known": known}
        )
    if "{" in FIELD.sub("", text) or "}" in FIELD.sub("", text):
        raise ValidationError(_("A brace stands alone."))
    if length(text).segments > MAX_SEGMENTS:
        raise ValidationError(_("The text is longer than %(limit)s SMS; the operator would cut it.") % {"limit": MAX_SEGMENTS})


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders filled; whatever else stands in it is left as it is."""
    filled = FIELD.sub(lambda found: values.get(found.group(1), found.group(0)), text)
    return re.sub(r"[ \t]+", " ", filled).strip()


def length(text: str) -> Length:
    """GSM-7 or UCS-2, and the segments that the operator will bill."""
    split = smsutil.split(text)
    parts = split.parts
    segments = max(1, len(parts))
    single, multi = (160, 153) if smsutil.is_valid_gsm(text) else (70, 67)
    room = single if segments == 1 else multi
    last = parts[-1].length if parts else 0
    encoding = "GSM-7" if smsutil.is_valid_gsm(text) else "UCS-2"
    return Length(encoding, len(text), segments, max(0, room - last))
