"""How a card looks in words: its fields, what it lacks, where a fact came from, why two are alike."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from django import template
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clients.models import Client, Pair
from clients.sameness import likeness
from clients.sameness.likeness import Facts
from clients.writing import dates

register = template.Library()


@register.filter
def full_years(born: date | None) -> int | str:
    """Age today."""
    return dates.age(born, date.today()) if born else ""  # noqa: DTZ011


def _verbose(name: str) -> str:
    return next((str(field.verbose_name) for field in Client._meta.fields if field.name == name), name)


@register.filter
def field_label(name: str) -> str:
    """A card's field by its name in the person's language."""
    label = _verbose(name)
    return label[:1].upper() + label[1:]


@register.filter
def capfirst_each(names: list[str]) -> str:
    return ", ".join(map(_verbose, names))


@register.filter
def further_label(kind: str) -> str:
    """What a further contact of a kind is called beside it."""
    return gettext("Further phone") if kind == "phone" else gettext("Further e-mail")


@register.filter
def of_contact(shared: Mapping[str, Sequence[Client]], contact: str) -> Sequence[Client]:
    """The other cards that have a contact."""
    return shared.get(contact, ())


@register.filter
def lacks_with_reason(client: Client) -> str:
    """What a card lacks, with what a list said instead: ``birth date («30.02.1966»)``."""
    said = client.as_written
    if client.no_email:
        said = said | {"email": client.get_no_email_display()}
    lacks = [f"{_verbose(name)} («{said[name]}»)" if said.get(name) else _verbose(name) for name in client.missing]
    return ", ".join(filter(None, [*lacks, client.data_consent_missing]))


ORIGINS = {
    "counter": _("at the counter"),
    "service desk": _("at the service desk"),
    "own phone": _("typed by the client on their phone"),
    "corrected": _("corrected on the card"),
    "put back": _("put back as it was"),
    "merged": _("two cards made one"),
    "merge undone": _("one card made two again"),
}


LIST_ORIGIN = re.compile(r"list (\d+)(?: row (\d+))?")


@register.filter
def origin(text: str) -> str:
    """Where a fact came from, in words."""
    if text.startswith("decided: "):
        return gettext("decided, offered %(where)s") % {"where": origin(text.removeprefix("decided: "))}
    if text.startswith("undo of "):
        return gettext("taken back: %(what)s") % {"what": origin(text.removeprefix("undo of "))}
    if found := LIST_ORIGIN.fullmatch(text):
        words = gettext("from list %(list)s, row %(row)s") if found[2] else gettext("from list %(list)s")
        return words % {"list": found[1], "row": found[2]}
    return str(ORIGINS.get(text, text))


@register.filter
def reason_words(pair: Pair) -> list[str]:
    """Why two cards are thought to be one person's, what speaks most for it first."""
    sides = [Facts(card.name, card.birth_date, card.phone, card.email) for card in (pair.first, pair.second)]
    told = sorted(((key, weight) for key, weight in pair.reasons if abs(weight) > 1), key=lambda said: -said[1])
    said = [gettext("a seller says so")] if ["seller", 0] in pair.reasons else []
    return said + [likeness.word(key, *sides) for key, _weight in told]
