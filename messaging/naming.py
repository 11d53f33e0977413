"""What queued a message, in words for people: whoever queues under names of its own says what they are called. Public."""

from collections.abc import Callable, Collection

from django.utils.translation import gettext as _

from messaging import service_texts
from messaging.models import TEST, Template

# Titles by source, of those that the app knows.
Namer = Callable[[Collection[str]], dict[str, str]]
_namers: list[Namer] = []


def name(namer: Namer) -> None:
    """Ask ``namer`` for the sources of its app wherever they are shown."""
    _namers.append(namer)


def named(sources: Collection[str]) -> dict[str, str]:
    """A title for each source, in their order: the app's, the text's, what is built in; whatever nobody knows stays as it is.
    A query for the texts, and those of the namers."""
    titles = {key: text.title for key, text in service_texts.BUILT_IN.items()} | {TEST: _("trial")}
    titles |= dict(Template.objects.filter(key__in=sources).values_list("key", "title"))
    for namer in _namers:
        titles |= namer(sources)
    return {source: titles.get(source, source) for source in sources}
