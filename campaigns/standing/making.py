"""The errands and messages of those who were chosen, once each by their occasion keys."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from uuid import uuid4

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from campaigns.models import Program, Trigger, Way
from campaigns.planning import Moment
from campaigns.standing.choosing import Choice
from messaging import address, errands, pool, texts
from messaging import services as messaging_services
from messaging.address import Addressee
from messaging.models import Channel, Errand, Lane, Message, MessageState, Template
from messaging.services import Draft
from stores.models import Store

# A message about no day of its own waits so long for the cap or a budget.
WAITS = timedelta(days=2)
STEP_AFTER_CALLS = 2
Keyed = tuple[Choice, str]
TOPICS: dict[str, Errand.Topic] = {
    Trigger.CARE: Errand.Topic.CARE,
    Trigger.RETURN: Errand.Topic.WINBACK,
    Trigger.SILENT: Errand.Topic.WINBACK,
    Trigger.ASKED: Errand.Topic.INQUIRY,
    Trigger.WISHED: Errand.Topic.INQUIRY,
}


class Maker:
    """Makes what a program's day says; ``moments`` by home store, 0 for clients without one."""

    def __init__(self, program: Program, stores: Mapping[int, Store], moments: Mapping[int, Moment], today: date) -> None:
        self.program, self.stores, self.moments, self.today = program, stores, moments, today

    def call(self, chosen: Sequence[Keyed]) -> int:
        """An errand for each choice, by its key."""
        topic = TOPICS.get(self.program.trigger, Errand.Topic.OFFER)
        pattern = Errand(is_service=self.program.is_service, topic=topic, due_on=self.today)
        with translation.override(settings.LANGUAGE_CODE):
            return errands.give_out_alike(pattern, [self._call(choice, key) for choice, key in chosen])

    def write_to(self, chosen: Sequence[Keyed]) -> int:
        """A message for each choice by its way and key. Returns how many are new."""
        queued = 0
        for template in self.program.templates:
            pattern = Message(source=self.program.key, channel=template.channel, purpose=template.purpose, lane=Lane.BULK,
                              template=template, counted_from=self.today, drop_when_bought=True)  # fmt: skip
            drafts = []
            for language, theirs in _by_language(one for one in chosen if one[0].way == template.channel):
                with translation.override(language):
                    drafts += [self._draft(template, choice, key) for choice, key in theirs]
            queued += messaging_services.queue_alike(pattern, drafts)
        return queued

    def see_to(self, chosen: Sequence[Choice]) -> int:
        """Who was not content is asked what went wrong, and offered nothing."""
        with translation.override(settings.LANGUAGE_CODE):
            reason = _("The client was not content: ask, and offer nothing")
            script = _("Ask what went wrong, apologise, and say what will be done.")
        told = [choice for choice in chosen if choice.store and choice.reach.may_be_rung]
        managers = {store: pool.manager_of(self.stores[store]) for store in {choice.store for choice in told} if store}
        wanted = [
            Errand(
                client_id=choice.found.client, store_id=choice.store, occasion_key=self._key(choice), due_on=self.today,
                reason=reason, script=script, is_service=True, topic=Errand.Topic.COMPLAINT,
                assignee=managers[choice.store] if choice.store else None,
            )
            for choice in told
        ]  # fmt: skip
        return errands.give_out(wanted, is_shared=False)

    def _key(self, choice: Choice) -> str:
        return f"{self.program.key}:{choice.found.round}:{choice.found.client}:1"

    def _call(self, choice: Choice, key: str) -> errands.Draft:
        values = self._values(choice, settings.LANGUAGE_CODE[:2])
        reason, script = (texts.fill(words, values) for words in (self.program.call_reason, self.program.call_script))
        return errands.Draft(choice.found.client, choice.store, key, reason[:200], script)

    def _draft(self, template: Template, choice: Choice, key: str) -> Draft:
        reach, moment = choice.reach, self.moments[choice.reach.home or 0]
        values = self._values(choice, reach.language)
        subject, text = (texts.fill(words, values) for words in template.wording(reach.language))
        segments = texts.length(text).segments if template.channel == Channel.SMS else 1
        recipient = (reach.phone if template.channel == Channel.SMS else reach.address) or ""
        return Draft(
            choice.found.client, reach.home, key, recipient, reach.language, " ".join(subject.split())[:200], text, segments,
            MessageState.PENDING, "", moment.local, moment.expires_at + WAITS, uuid4(),
        )  # fmt: skip

    def _values(self, choice: Choice, language: str) -> dict[str, str]:
        reach = choice.reach
        to = Addressee(reach.first_name, reach.middle_name, language, self.stores.get(reach.home or 0))
        return address.values_for(to, occasion=str(choice.found.what), day=choice.found.day)


def _by_language(chosen: Iterable[Keyed]) -> Iterator[tuple[str, list[Keyed]]]:
    told: dict[str, list[Keyed]] = defaultdict(list)
    for one in chosen:
        told[one[0].reach.language].append(one)
    yield from told.items()


def by_way(chosen: Sequence[Keyed]) -> tuple[list[Keyed], list[Keyed]]:
    """Who is called, and who is written to."""
    return [one for one in chosen if one[0].way == Way.CALL], [one for one in chosen if one[0].way != Way.CALL]
