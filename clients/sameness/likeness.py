"""How likely two cards are one person's, and why: log-odds of agreement after Fellegi and Sunter.

For each fact γ the weight of its level of agreement is log2(m/u), m = P(γ | one person), u = P(γ | two people);
the sum and the prior odds give the posterior probability (Fellegi and Sunter, "A Theory for Record Linkage",
JASA 64 (1969) 1183-1210; levels between agreement and disagreement after Winkler, 1990). A contradicting first name
outweighs all contacts: a family has one phone and one e-mail, twins one birth date.
"""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext as _

from clients.models import Pair
from clients.writing import names, short_names, spelling
from clients.writing.names import PersonName

# Odds that two cards of a base, taken at random, are one person's, as log2; a fixed table is steadier than counts
# of a small base.
PRIOR = -20.0
SAME_FROM, LIKELY_FROM = 0.99, 0.5
WEIGHTS = {
    "surname_same": 9.0, "surname_common": 7.0, "surname_gendered": 8.0, "surname_latin": 8.5, "surname_letter": 6.0,
    "surname_letters": 2.5, "surname_part": 6.0, "surname_other": -4.5, "surname_other_man": -7.0,
    "names_exchanged": 13.0,
    "first_same": 5.0, "first_latin": 5.0, "first_short": 3.5, "first_letter": 3.5, "first_initial": 1.5, "first_other": -30.0,
    "middle_same": 3.5, "middle_letter": 3.0, "middle_initial": 1.0, "middle_other": -6.0,
    "born_same": 12.0, "born_swapped": 9.0, "born_digit": 7.0, "born_year": 2.5, "born_other": -8.0, "born_generation": -30.0,
    "phone_same": 11.0, "phone_digit": 8.0, "phone_exchanged": 8.0, "phone_other": -1.0,
    "email_same": 9.0, "email_near": 6.0, "email_other": -0.5,
}  # fmt: skip
# Surnames of more than one in five hundred people.
COMMON = frozenset(
    {"иванов", "смирнов", "кузнецов", "попов", "васильев", "петров", "соколов", "михайлов", "новиков", "федоров", "морозов",
     "волков", "алексеев", "лебедев", "семенов", "егоров", "павлов", "козлов", "степанов", "николаев", "орлов", "андреев",
     "макаров", "никитин", "захаров"}
)  # fmt: skip
# Two letters of a shorter surname make another surname; so does one of a very short one.
LONG, SHORTEST = 7, 4
GENERATION = 15


class Facts(NamedTuple):
    """What of a card or a visitor is compared; a missing fact is empty or None, contacts are normalised."""

    name: PersonName
    birth_date: date | None = None
    phone: str | None = None
    email: str | None = None


class Reason(NamedTuple):
    """A level of agreement, by its stable key, and its weight in bits."""

    key: str
    weight: float


class Likeness(NamedTuple):
    """Bits of evidence, the probability that they make, and what speaks for and against."""

    bits: float
    score: float
    kind: Pair.Kind | None
    reasons: tuple[Reason, ...]

    def says(self, *keys: str) -> bool:
        return any(reason.key in keys for reason in self.reasons)


def compare(one: Facts, other: Facts) -> Likeness:
    """How likely the two are one person; the order does not matter."""
    levels = [
        *_names(one.name, other.name),
        _middle(one.name.middle, other.name.middle),
        _born(one.birth_date, other.birth_date),
        _phone(one.phone, other.phone),
        _email(one.email, other.email),
    ]
    reasons = tuple(Reason(level, WEIGHTS[level]) for level in levels if level)
    bits = sum(reason.weight for reason in reasons)
    score = 1 / (1 + 2 ** -max(-60.0, min(60.0, bits + PRIOR)))
    kind = _kind(score, levels)
    if kind == Pair.Kind.SAME and "first_short" in levels and _two_names(one.name.first, other.name.first):
        kind = Pair.Kind.LIKELY
    return Likeness(bits, score, kind, reasons)


def _two_names(one: str, other: str) -> bool:
    """Вера and Вероника may be called alike, and may be sisters: each is a whole name of its own."""
    return short_names.is_full(names.key(one)) and short_names.is_full(names.key(other))


def _kind(score: float, levels: list[str]) -> Pair.Kind | None:
    """What contradicts in the name or the birth date leaves it to a person, whatever agrees beside it."""
    doubtful = {"born_other", "born_year", "middle_other", "surname_other", "surname_other_man", "first_initial"} & set(levels)
    if score >= SAME_FROM and not doubtful:
        return Pair.Kind.SAME
    return Pair.Kind.LIKELY if score >= LIKELY_FROM else None


def _names(one: PersonName, other: PersonName) -> tuple[str, ...]:
    """Levels of surname and first name, also where the two stand exchanged."""
    surname, first = _surname(one, other), _first(one.first, other.first)
    if surname.startswith("surname_other") and one.first and other.first and _exchanged(one, other):
        return ("names_exchanged",)
    return surname, first


def _exchanged(one: PersonName, other: PersonName) -> bool:
    return spelling.fold(one.last) == spelling.fold(other.first) and spelling.fold(one.first) == spelling.fold(other.last)


def _surname(one: PersonName, other: PersonName) -> str:
    here, there = sorted((names.key(one.last), names.key(other.last)))
    if not here or not there:
        return ""
    level = _surname_level(here, there)
    if level == "surname_other" and spelling.is_man(one) and spelling.is_man(other):
        return "surname_other_man"
    return level


@lru_cache(1 << 14)
def _surname_level(here: str, there: str) -> str:
    if here == there:
        return "surname_common" if spelling.stem(here) in COMMON else "surname_same"
    if spelling.stem(here) == spelling.stem(there):
        return "surname_gendered"
    one, other = spelling.stem_fold(here), spelling.stem_fold(there)
    if names.looked_at(here) == names.looked_at(there):
        return "surname_latin"
    if spelling.is_latin(here) != spelling.is_latin(there):
        near = names.edit_distance(one, other, 1)
        return ("surname_latin", "surname_letter", "surname_other")[near]
    if set(here.split()) & set(there.split()):
        return "surname_part"
    off = min(spelling.slips(spelling.stem(here), spelling.stem(there)), spelling.slips(here, there))
    length = min(len(here), len(there))
    if off == 1 and length > SHORTEST:
        return "surname_letter"
    return "surname_letters" if off == 2 and length >= LONG else "surname_other"


@lru_cache(1 << 14)
def _first(one: str, other: str) -> str:
    here, there = sorted((names.key(one), names.key(other)))
    if not here or not there:
        return ""
    if here == there:
        return "first_same" if len(here) > 1 else "first_initial"
    if len(here) == 1 or len(there) == 1:
        return "first_initial" if spelling.fold(here)[:1] == spelling.fold(there)[:1] else "first_other"
    if spelling.fold(here) == spelling.fold(there):
        return "first_latin"
    if short_names.short_form(here, there):
        return "first_short"
    # Мария and Марина differ by a letter and are two names.
    known = short_names.is_known(here) and short_names.is_known(there)
    one_letter = min(len(here), len(there)) >= SHORTEST and spelling.one_slip(here, there)
    return "first_letter" if one_letter and not known else "first_other"


@lru_cache(1 << 14)
def _middle(one: str, other: str) -> str:
    here, there = sorted((names.key(one), names.key(other)))
    if not here or not there:
        return ""
    if spelling.fold(here) == spelling.fold(there):
        return "middle_same" if len(here) > 1 else "middle_initial"
    if len(here) == 1 or len(there) == 1:
        return "middle_initial" if spelling.fold(here)[:1] == spelling.fold(there)[:1] else "middle_other"
    return "middle_letter" if spelling.one_slip(here, there) else "middle_other"


def _born(one: date | None, other: date | None) -> str:
    if not one or not other:
        return ""
    if one == other:
        return "born_same"
    if (one.year, one.day, one.month) == (other.year, other.month, other.day):
        return "born_swapped"
    apart = abs(one.year - other.year) >= GENERATION
    if spelling.one_off(f"{one:%d%m%Y}", f"{other:%d%m%Y}") and not apart:
        return "born_digit"
    if (one.day, one.month) == (other.day, other.month):
        return "born_year"
    return "born_generation" if apart else "born_other"


def _phone(one: str | None, other: str | None) -> str:
    if not one or not other:
        return ""
    if one == other:
        return "phone_same"
    if spelling.one_off(one, other):
        return "phone_digit" if spelling.one_digit(one, other) else "phone_exchanged"
    return "phone_other"


def _email(one: str | None, other: str | None) -> str:
    if not one or not other:
        return ""
    if one == other:
        return "email_same"
    here, there = one.partition("@")[0], other.partition("@")[0]
    near = len(here) > SHORTEST and (here == there or (one.count("@") and _same_domain(one, other) and _letter(here, there)))
    return "email_near" if near else "email_other"


def _same_domain(one: str, other: str) -> bool:
    return one.partition("@")[2] == other.partition("@")[2]


def _letter(here: str, there: str) -> bool:
    """A slip in the letters: addresses that differ in a number are two people's."""
    return not any(sign.isdigit() for sign in here + there) and spelling.slips(here, there) == 1


def in_words(likeness: Likeness, one: Facts, other: Facts) -> list[str]:
    """The reasons as a seller reads them, what speaks for it first; what differs without weight is left out."""
    told = sorted((r for r in likeness.reasons if abs(r.weight) > 1), key=lambda reason: -reason.weight)
    return [word(reason.key, one, other) for reason in told]


def word(key: str, one: Facts, other: Facts) -> str:
    """One reason in the reader's language."""
    if key == "first_short":
        short, full = sorted(
            (one.name.first, other.name.first), key=lambda first: (short_names.is_full(first), len(first), first)
        )
        return _("%(short)s is a short form of %(full)s") % {"short": short, "full": full}
    return _WORDS()[key]


def _WORDS() -> dict[str, str]:  # noqa: N802 — a table, made anew for the reader's language
    same_surname, other_surname = _("the same surname"), _("another surname")
    return {
        "surname_same": same_surname, "surname_common": same_surname,
        "surname_gendered": _("the surname with the other gender's ending"),
        "surname_latin": _("the same surname in Latin letters"),
        "surname_letter": _("the surname differs by one letter"), "surname_letters": _("the surname differs by two letters"),
        "surname_part": _("a part of a double surname"), "surname_other": other_surname, "surname_other_man": other_surname,
        "names_exchanged": _("surname and first name are exchanged"),
        "first_same": _("the same first name"), "first_latin": _("the same first name in Latin letters"),
        "first_letter": _("the first name differs by one letter"), "first_initial": _("the initial fits"),
        "first_other": _("another first name"),
        "middle_same": _("the same patronymic"), "middle_letter": _("the patronymic differs by one letter"),
        "middle_initial": _("the initial of the patronymic fits"), "middle_other": _("another patronymic"),
        "born_same": _("the same birth date"), "born_swapped": _("day and month of the birth date are exchanged"),
        "born_digit": _("the birth date differs by one digit"), "born_year": _("the same birthday of another year"),
        "born_other": _("another birth date"), "born_generation": _("born in another generation"),
        "phone_same": _("the same phone"), "phone_digit": _("the phone differs by one digit"),
        "phone_exchanged": _("two digits of the phone are exchanged"), "phone_other": _("another phone"),
        "email_same": _("the same e-mail"), "email_near": _("nearly the same e-mail"), "email_other": _("another e-mail"),
    }  # fmt: skip
