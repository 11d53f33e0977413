"""What a client is told of their order: that it has come; and what of it is called off again."""

from datetime import datetime, timedelta

from django.utils import translation

from messaging import service_texts, services
from messaging.models import MessageState
from purchases.models import Order
from stores.texts import writing

# A wrong click can be taken back before the client reads it.
TAKEN_BACK_WITHIN = timedelta(minutes=2)
PAID = {"ru": "оплачено", "en": "paid"}


def _key(order: Order) -> str:
    return f"arrived:{order.pk}"


def tell_arrived(order: Order, *, now: datetime) -> None:
    """One message an order, two minutes later; what a step back had called off goes after all."""
    at = now + TAKEN_BACK_WITHIN
    if not services.call_on(order.client, _key(order), send_after=at, expires_at=at + service_texts.LASTS):
        service_texts.tell(order.client, "order-arrived", occasion_key=_key(order), values=_values(order), now=at)


def call_off(order: Order, *, now: datetime) -> None:
    """The order does not wait for its client, or not yet: nothing that says so leaves."""
    services.call_off(order.client, _key(order), now=now)


def is_told(order: Order) -> bool:
    """Whether a message of it goes or went. One query."""
    return order.client.messages.filter(occasion_key=_key(order)).exclude(state=MessageState.SUPPRESSED).exists()


def _values(order: Order) -> dict[str, str]:
    language = order.client.language
    with translation.override(language):
        left = writing.money(order.left_to_pay) if order.left_to_pay else PAID.get(language, PAID["ru"])
    return {
        "order": str(order), "piece": order.what[:200], "sum": left, "store": order.store.name,
        "store_phone": str(order.store.phone),
    }  # fmt: skip
