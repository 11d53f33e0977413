"""How the list of messages is narrowed by its address."""

from datetime import date
from functools import cached_property

from django.db.models import QuerySet
from django_filters import CharFilter, ChoiceFilter, DateFilter

from clients import selectors as clients_selectors
from messaging.gateways import registry
from messaging.models import Channel, Message, MessageState, Reason
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
    channel = ChoiceFilter(choices=Channel.choices)
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
