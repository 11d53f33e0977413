"""Which clients a list handed over: the question of its address, or those who were ticked in it."""

from typing import Any, NamedTuple

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analytics.asking import segments
from analytics.asking.building import Builder
from stores.selectors import whole_number

MOST_TICKED = 500


class Question(NamedTuple):
    """What a campaign keeps of it; ``store`` is the key of the one store that the list was narrowed to, 0 for none."""

    told: dict[str, Any]
    sentence: str
    store: int = 0

    @property
    def is_empty(self) -> bool:
        """Nobody was ticked."""
        return self.told.get("ticked") == []


def asked(query: QueryDict) -> Question:
    """``?question=<address of a list>&all=on``, or ``?pk=…`` of those who were ticked."""
    inner = QueryDict(query.get("question", ""))
    store = whole_number(inner.get("store", ""))
    if not query.get("all"):
        ticked = [key for text in query.getlist("pk")[:MOST_TICKED] if (key := whole_number(text))]
        words = ngettext("%(n)s client who was ticked in a list.", "%(n)s clients who were ticked in a list.", len(ticked))
        return Question({"ticked": ticked}, words % {"n": len(ticked)}, store)
    builder, words = Builder(inner), inner.get("q", "").strip()
    sentence = segments.in_words(builder.definition)
    if words:
        sentence = " ".join([sentence, _("And found by “%(words)s”.") % {"words": words}])
    return Question({"definition": builder.definition, "words": words}, sentence, store)
