"""Answers that may ask to stop, or may not: a person reads them the same day, and until then no advertising goes."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from clients.models import Client
from messaging import errands
from messaging.incoming.refusals import may_ask_to_stop
from messaging.models import Errand, Pause

LONGEST_SHOWN = 120


def ask_about(client: Client, text: str, *, now: datetime) -> Errand | None:
    """An errand for today where an answer may ask for no more messages; it holds advertising until somebody closes it.

    One a day: what follows is read with the first. None where nothing is in doubt.
    """
    if not may_ask_to_stop(text):
        return None
    store = client.home_store
    today = store.today(now) if store else timezone.localdate(now)
    with translation.override(settings.LANGUAGE_CODE):
        reason = _("May want no more messages: “%(text)s”") % {"text": " ".join(text.split())[:LONGEST_SHOWN]}
        script = _("Read the answer. If the client wants no more advertising, take the consent back on the card.")
    errand, is_new = errands.ask_for(
        client, store=store, occasion_key=f"refusal:{client.pk}:{today}", reason=reason, script=script, due_on=today,
        is_service=True, topic=Errand.Topic.QUESTION,
    )  # fmt: skip
    if is_new:
        errand.pause = Pause.objects.create(client=client, reason=errand.reason, until=None)
        errand.save(update_fields=["pause"])
    return errand
