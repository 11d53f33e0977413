"""The outbox for a screen."""

from django.db.models import Count, Q, QuerySet

from clients.models import Client
from messaging.models import Message, MessageState
from stores.models import Store


def outbox(stores: list[Store], *, state: str = "", text: str = "") -> QuerySet[Message]:
    """Messages to clients of the stores (and to those without a home), the newest first."""
    messages = Message.objects.filter(Q(client__home_store__in=stores) | Q(client__home_store=None)).select_related("client")
    if state:
        messages = messages.filter(state=state)
    if text:
        messages = messages.filter(Q(recipient__contains=text.strip("+ ")) | Q(client__name_key__startswith=text.lower()))
    return messages


def counts_by_state(stores: list[Store]) -> list[tuple[str, str, int]]:
    """State, its name and how many messages are in it, every state listed. One query."""
    counted = dict(outbox(stores).order_by().values_list("state").annotate(times=Count("pk")))
    return [(state.value, str(state.label), counted.get(state.value, 0)) for state in MessageState]


def messages_of(client: Client) -> QuerySet[Message]:
    return client.messages.all()
