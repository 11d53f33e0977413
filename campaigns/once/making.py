"""The messages and errands of a campaign's touches, once each by their occasion keys."""

from collections import Counter
from datetime import datetime, time, timedelta
from uuid import uuid4

from django.conf import settings
from django.db.models import Count
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from campaigns.letters import keeping
from campaigns.models import Campaign, Touch, Way
from messaging import address, errands, texts
from messaging import services as messaging_services
from messaging.address import Addressee
from messaging.models import Channel, Errand, Lane, Message, MessageState
from messaging.reaching import Reach
from messaging.services import Draft
from stores.models import Store

# A message waits so long for the morning, the cap or a budget, and never beyond its occasion.
WAITS = timedelta(days=3)
PURPOSES = {Way.SMS: "advertising_sms", Way.EMAIL: "advertising_email", Way.POST: "advertising_post"}


class Maker:
    """Gathers what is to be made, and writes it at once."""

    def __init__(self, campaign: Campaign, now: datetime) -> None:
        self.campaign, self.now = campaign, now
        self.letter = keeping.kept(campaign) if campaign.is_newsletter else None
        self.stores = {store.pk: store for store in Store.objects.all()}
        self.drafts: dict[str, list[Draft]] = {}
        self.errands: list[Errand] = []

    def add(self, touch: Touch, reach: Reach, way: str, *, step: int = 1) -> None:
        if way == Way.CALL:
            self.errands.append(self._errand(touch, reach))
        else:
            self.drafts.setdefault(way, []).append(self._draft(touch, reach, way, step))

    def see_to(self, touch: Touch, reach: Reach) -> None:
        """A service call about what went wrong, by the touch's key."""
        with translation.override(settings.LANGUAGE_CODE):
            reason = _("The client was not content: ask, and offer nothing")
            script = _("Ask what went wrong, apologise, and say what will be done.")
        asked = self._errand(touch, reach)
        asked.reason, asked.script, asked.is_service, asked.topic = reason, script, True, Errand.Topic.COMPLAINT
        self.errands.append(asked)

    def write(self) -> None:
        """Five queries at most."""
        for way, drafts in self.drafts.items():
            messaging_services.queue_alike(self._pattern(way), drafts)
        if self.errands:
            self._spread()
            errands.give_out(self.errands, is_shared=self.campaign.is_shared)

    def _pattern(self, way: str) -> Message:
        return Message(
            source=self.campaign.source, channel=way, purpose=PURPOSES[Way(way)], lane=Lane.BULK,
            counted_from=self.campaign.as_of, drop_when_bought=True, letter=self.letter,
        )  # fmt: skip

    def _draft(self, touch: Touch, reach: Reach, way: str, step: int) -> Draft:
        values = self._values(reach)
        subject, text = (texts.fill(words, values) for words in self._wording(way, touch.variant))
        segments = texts.length(text).segments if way == Channel.SMS else 1
        return Draft(
            touch.client_id, reach.home, touch.key(step), self._recipient(reach, way), reach.language,
            " ".join(subject.split())[:200], text,
            segments, MessageState.PENDING, "", self.now, self._expires_at(way), uuid4(),
        )  # fmt: skip

    def _recipient(self, reach: Reach, way: str) -> str:
        """A letter on paper gets its address when it is printed: it may wait for weeks."""
        return {Way.SMS: reach.phone, Way.EMAIL: reach.address}.get(Way(way)) or ""

    def _wording(self, way: str, variant: str) -> tuple[str, str]:
        """A newsletter's text is that of its page."""
        subject, text = self.campaign.wording(way, variant)
        return subject, self.letter.text if self.letter else text

    def _expires_at(self, way: str) -> datetime:
        """Not beyond the last evening of the occasion, and in any case after the moment; paper waits for people that long."""
        ends = timezone.make_aware(datetime.combine(self.campaign.occasion_until, time(21)))
        return max(ends if way == Way.POST else min(self.now + WAITS, ends), self.now + timedelta(minutes=1))

    def _errand(self, touch: Touch, reach: Reach) -> Errand:
        why = ". ".join(part.rstrip(".") for part in (self.campaign.occasion, self.campaign.offer) if part)
        return Errand(
            client_id=touch.client_id, store_id=reach.home or self.campaign.store_id, occasion_key=touch.key(), reason=why[:200],
            script=texts.fill(self.campaign.script, self._values(reach)), is_service=False, topic=Errand.Topic.OFFER,
        )  # fmt: skip

    def _values(self, reach: Reach) -> dict[str, str]:
        to = Addressee(reach.first_name, reach.middle_name, reach.language, self.stores.get(reach.home or 0))
        return address.values_for(to, occasion=self.campaign.occasion, day=self.campaign.occasion_until)

    def _spread(self) -> None:
        """So many calls of this campaign a day in a store, beginning today. One query."""
        mine = Errand.objects.filter(occasion_key__startswith=f"{self.campaign.source}:").order_by()
        there: Counter[int | None] = Counter(dict(mine.values_list("store").annotate(times=Count("pk"))))
        for errand in self.errands:
            store = self.stores.get(errand.store_id or 0)
            first = store.today(self.now) if store else timezone.localdate(self.now)
            errand.due_on = first + timedelta(days=there[errand.store_id] // self.campaign.calls_a_day)
            there[errand.store_id] += 1
