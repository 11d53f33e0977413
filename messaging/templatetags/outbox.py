"""How the story of a message reads."""

from datetime import datetime

from django import template
from django.utils import formats, timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from messaging.models import MessageEvent

register = template.Library()


DECISIONS = {"arrived": _("it arrived"), "again": _("send again"), "left": _("left as it is")}


@register.filter
def event_words(words: str, event: MessageEvent) -> str:
    """The words of a message's step as a person reads them."""
    if event.kind == MessageEvent.Kind.WAITS:
        until = timezone.localtime(datetime.fromisoformat(words))
        return gettext("until %(moment)s") % {"moment": formats.date_format(until, "SHORT_DATETIME_FORMAT")}
    if event.kind == MessageEvent.Kind.CLAIMED:
        return gettext("run %(name)s") % {"name": words}
    return str(DECISIONS.get(words, words))
