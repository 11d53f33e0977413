"""How the lists of messages and of errands are narrowed by their address."""

from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django_filters import CharFilter, ChoiceFilter, DateFilter

from clients import selectors as clients_selectors
from messaging.gateways import registry
from messaging.models import EVERY_CHANNEL, Errand, Message, MessageState, Reason
from stores import chain_day
from stores.filters import Narrowing
from stores.selectors import counter, whole_number

FOUND = 200


class OutboxFilter(Narrowing):
    """Messages of the outbox. ``q`` means a client, as the search box does; ``day`` is the chain's, of queueing.

    Raises Http404 for a foreign store.
    """

    state = ChoiceFilter(choices=MessageState.choices)
    reason = ChoiceFilter(choices=Reason.choices)
    channel = ChoiceFilter(choices=EVERY_CHANNEL)
    source = CharFilter()
    gateway = ChoiceFilter(choices=[(kind.name, kind.title) for kind in registry.KINDS])
    store = CharFilter(method="of_store")
    day = DateFilter(method="queued_on", input_formats=["%Y-%m-%d"])
    q = CharFilter(method="to_whom", strip=False)

    @cached_property
    def found(self) -> list[int]:
        """Keys of the clients whom ``q`` means."""
        return [client.pk for client in clients_selectors.find_clients(self.asked["q"], limit=FOUND)]

    def of_store(self, messages: "QuerySet[Message]", name: str, key: str) -> "QuerySet[Message]":
        return messages.filter(store=counter(self.request).get(whole_number(key)))

    def queued_on(self, messages: "QuerySet[Message]", name: str, day: date) -> "QuerySet[Message]":
        return messages.filter(created_at__range=chain_day.ends_of(day))

    def to_whom(self, messages: "QuerySet[Message]", name: str, text: str) -> "QuerySet[Message]":
        return messages.filter(client__in=self.found)


class Choice(NamedTuple):
    """A value that a list can be narrowed to, and how many rows it would leave."""

    value: str
    label: str
    times: int


class ErrandFilter(Narrowing):
    """Open errands; ``whose`` is ``mine``, ``pool`` or an employee's key, ``due`` is ``today`` (or before), ``later``, a day."""

    topic = ChoiceFilter(choices=Errand.Topic.choices)
    whose = CharFilter(method="of_whom")
    due = CharFilter(method="due_on")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def of_whom(self, errands: "QuerySet[Errand]", name: str, whose: str) -> "QuerySet[Errand]":
        match whose:
            case "mine":
                return errands.filter(assignee=self.request.user)
            case "pool":
                return errands.filter(assignee=None)
        person = whole_number(whose)
        return errands.filter(assignee=person) if person else errands

    def due_on(self, errands: "QuerySet[Errand]", name: str, due: str) -> "QuerySet[Errand]":
        match due:
            case "today":
                return errands.filter(due_on__lte=self.today)
            case "later":
                return errands.filter(due_on__gt=self.today)
        try:
            return errands.filter(due_on=datetime.strptime(due, "%Y-%m-%d").date())  # noqa: DTZ007 — a day, no moment
        except ValueError:
            return errands

    def whose_choices(self) -> list[Choice]:
        """Mine and the pool. One query."""
        counted = dict(_bare(self.but_for("whose")).values_list("assignee").annotate(times=Count("pk")))
        mine = Choice("mine", pgettext("errands", "mine"), counted.get(self.request.user.pk, 0))
        return [mine, Choice("pool", _("in the pool"), counted.get(None, 0))]

    def topic_choices(self) -> list[Choice]:
        """Topics of which there are errands. One query."""
        counted = dict(_bare(self.but_for("topic")).values_list("topic").annotate(times=Count("pk")))
        return [Choice(topic.value, str(topic.label), counted[topic]) for topic in Errand.Topic if topic in counted]


def _bare(errands: "QuerySet[Errand]") -> "QuerySet[Errand]":
    return errands.select_related(None).prefetch_related(None).order_by()
