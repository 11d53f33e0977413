"""What is wrong with a document, in words for who programs the till: where, and what to write instead."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from pydantic import ValidationError

from exchange.documents.contract import MOST_PIECES, UNSEEN
from stores.texts.kept_words import Words, joined
from stores.texts.kept_words import words as _

UNIONS = {"sale", "return"}


class Wrong(NamedTuple):
    """``at`` is the place as ``lines[0].paid``, "" for the whole."""

    at: str
    say: Words | str

    @property
    def line(self) -> Words:
        """The place and what is wrong there."""
        return joined(": ", [part for part in (self.at, self.say) if part])


def in_one_line(wrongs: Iterable[Wrong]) -> Words:
    return joined("; ", [wrong.line for wrong in wrongs])


def told(wrongs: Iterable[Wrong]) -> list[dict[str, str]]:
    """For an answer, in the language of who asks."""
    return [{"at": wrong.at, "say": str(wrong.say)} for wrong in wrongs]


def wrongs_of(error: ValidationError) -> list[Wrong]:
    """Each place once, in its order; at most twenty."""
    found: dict[str, Wrong] = {}
    for one in error.errors(include_url=False, include_input=True)[:20]:
        place = _place(one["loc"])
        found.setdefault(place, Wrong(place, _said(one["type"], one.get("ctx", {}), one.get("input"))))
    return list(found.values())


def _place(steps: tuple[int | str, ...]) -> str:
    steps = steps[1:] if steps and steps[0] in UNIONS else steps
    said = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps if "literal" not in str(step))
    return said.lstrip(".").partition(".function-after")[0]


def _said(kind: str, facts: dict[str, Any], given: Any) -> Words:
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        return _("operation is sale or return")
    if kind == "payments_differ":
        return _("the payments are %(paid)s together, and the lines %(lines)s") % facts
    if kind == "tag_too_small":
        return _("the tag is %(tag)s, and what was paid with what was taken off is %(sum)s") % facts
    if kind == "literal_error":
        return _("is one of: %(known)s") % {"known": str(facts["expected"]).replace(" or ", ", ").replace("'", "")}
    plain = _plain(kind, facts)
    return plain if kind == "missing" else plain + f" ({shown(given)})"


def _plain(kind: str, facts: dict[str, Any]) -> Words:
    whole = {
        "missing": _("is missing"),
        "unseen_signs": _("has signs that nobody can see"),
        "no_such_day": _("is no day of ours"),
        "bonuses_are_whole": _("bonuses are whole: write the sum without kopecks"),
        "too_many_pieces": _("a receipt has at most 200 pieces"),
        "names_no_sale": _("name the sale by id or by fiscal"),
        "off_above_tag": _("more is off than the tag says"),
        "timezone_aware": _('write the offset too: "2026-11-28T18:42:10+10:00"'),
        "no_measure": _('is a number from 0 up, with a point and at most three digits after it: "3.45"'),
        "no_pieces": _("is a whole number of pieces from 0 up"),
        "string_pattern_mismatch": _("is digits: fn up to 16, fd and fp up to 10, a UIN exactly 16"),
    }
    if kind in whole:
        return whole[kind]
    if "datetime" in kind:
        return _('is a moment with its offset: "2026-11-28T18:42:10+10:00"')
    if kind.startswith("int") or facts.get("ge") == 1 or facts.get("le") == MOST_PIECES:
        return _("is a whole number from 1 to 200")
    if kind.startswith("decimal") or kind in ("greater_than_equal", "less_than_equal", "finite_number"):
        return _('is a sum from 0 up, with a point and at most two digits after it: "118795.00"')
    if kind.startswith("string"):
        return _("is a text, not empty and not longer than fits")
    if kind in ("too_short", "too_long", "list_type"):
        return _("is a list with 1 to %(most)s parts") % {"most": facts.get("max_length") or 100}
    return _("is not what belongs here: look into the contract")


def shown(given: Any) -> str:
    """What was sent, short enough for a line."""
    text = UNSEEN.sub("·", str(given))
    return text if len(text) <= 40 else f"{text[:40]}…"
