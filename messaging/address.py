"""How a client is spoken to: by name and patronymic in Russian, by first name in English; and what else fills a text."""

from datetime import date
from typing import NamedTuple

from clients.models import Client
from messaging import texts
from stores import rules
from stores.models import Store
from stores.texts import writing

WOMAN, MAN = ("вна", "чна", "кызы"), ("вич", "ьич", "оглы", "улы")


class Addressee(NamedTuple):
    """What a text needs to know of somebody; ``store`` is their home, if known."""

    first_name: str
    middle_name: str = ""
    language: str = "ru"
    store: Store | None = None


def addressee_of(client: Client) -> Addressee:
    return Addressee(client.first_name, client.middle_name, client.language, client.home_store)


def polite_name(to: Addressee) -> str:
    """First name and patronymic; the first name alone in English."""
    return to.first_name if to.language == "en" else f"{to.first_name} {to.middle_name}".strip()


def dear(to: Addressee) -> str:
    """“Уважаемая Елена Викторовна”; the patronymic tells the gender, and without one the name alone is polite enough."""
    if to.language == "en":
        return f"Dear {to.first_name}"
    ending = to.middle_name.lower()
    if ending.endswith(WOMAN):
        return f"Уважаемая {polite_name(to)}"
    return f"Уважаемый {polite_name(to)}" if ending.endswith(MAN) else polite_name(to)


def values_for(to: Addressee, *, occasion: str = "", day: date | None = None) -> dict[str, str]:
    """What the placeholders of ``messaging.texts`` stand for."""
    return {
        "name": polite_name(to),
        "first_name": to.first_name,
        "dear": dear(to),
        "store": to.store.name if to.store else rules.current().chain_name,
        "store_phone": str(to.store.phone) if to.store else "",
        "chain": rules.current().chain_name,
        "occasion": occasion,
        "occasion_day": writing.day_in_words(day, to.language) if day else "",
        **dict.fromkeys(texts.SERVICE_FIELDS, ""),
    }
