"""How a card looks in words: its fields, what it lacks, where a fact came from, why two are alike."""

from collections.abc import Mapping, Sequence
from datetime import date

from django import template
from django.utils.translation import gettext

from clients import origins
from clients.models import Client, Pair
from clients.sameness import likeness
from clients.sameness.likeness import Facts
from clients.writing import dates

register = template.Library()


@register.filter
def full_years(born: date | None) -> int | str:
    """Age today."""
    return dates.age(born, date.today()) if born else ""  # noqa: DTZ011


@register.filter
def field_label(name: str) -> str:
    """A card's field by its name in the person's language."""
    label = origins.field_name(name)
    return label[:1].upper() + label[1:]


@register.filter
def capfirst_each(names: list[str]) -> str:
    return ", ".join(map(origins.field_name, names))


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
    lacks = [
        f"{origins.field_name(name)} («{said[name]}»)" if said.get(name) else origins.field_name(name) for name in client.missing
    ]
    return ", ".join(filter(None, [*lacks, client.data_consent_missing]))


@register.filter
def origin(text: str) -> str:
    """Where a fact came from, in words."""
    return origins.in_words(text)


@register.filter
def reason_words(pair: Pair) -> list[str]:
    """Why two cards are thought to be one person's, what speaks most for it first."""
    sides = [Facts(card.name, card.birth_date, card.phone, card.email) for card in (pair.first, pair.second)]
    told = sorted(((key, weight) for key, weight in pair.reasons if abs(weight) > 1), key=lambda said: -said[1])
    said = [gettext("a seller says so")] if ["seller", 0] in pair.reasons else []
    return said + [likeness.word(key, *sides) for key, _weight in told]
