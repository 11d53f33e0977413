"""Fields of a card and where they came from, in words."""

import re

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clients.models import Client

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


def in_words(text: str) -> str:
    """Where a fact came from."""
    if text.startswith("decided: "):
        return gettext("decided, offered %(where)s") % {"where": in_words(text.removeprefix("decided: "))}
    if text.startswith("undo of "):
        return gettext("taken back: %(what)s") % {"what": in_words(text.removeprefix("undo of "))}
    if found := LIST_ORIGIN.fullmatch(text):
        words = gettext("from list %(list)s, row %(row)s") if found[2] else gettext("from list %(list)s")
        return words % {"list": found[1], "row": found[2]}
    return str(ORIGINS.get(text, text))


def field_name(name: str) -> str:
    """A card's field in the person's language; a name that is no field's as it is."""
    return next((str(field.verbose_name) for field in Client._meta.fields if field.name == name), name)
