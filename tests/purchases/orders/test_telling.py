"""A client is told once that their order has come, and not at all where it does not wait for them."""

from django.utils import timezone

from clients.models import Client
from messaging.models import Message
from purchases.orders import acts, telling
from stores.models import Employee
from tests.purchases.orders.conftest import Take


def states() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("state", flat=True))


def test_an_order_that_has_come_is_told_of_with_what_is_left_to_pay(take: Take, seller: Employee, card: Client) -> None:
    order = take(prepaid=3_000)

    acts.move(order, "arrived", by=seller)

    message = Message.objects.get()
    assert (message.client, message.source, message.state) == (card, "order-arrived", "pending")
    assert f"№ {order}" in message.text
    assert "7 000 ₽" in message.text.replace("\xa0", " ")
    assert message.send_after > timezone.now()


def test_a_step_back_calls_it_off_and_the_next_arrival_tells_after_all(take: Take, seller: Employee) -> None:
    order = take()
    seen = []
    for status in ("arrived", "ordered", "arrived"):
        acts.move(order, status, by=seller)
        seen.append((states(), telling.is_told(order)))

    assert seen == [(["pending"], True), (["suppressed"], False), (["pending"], True)]


def test_what_is_sold_or_cancelled_meanwhile_is_not_told_of(take: Take, seller: Employee) -> None:
    sold, cancelled = take(), take()
    for order in (sold, cancelled):
        acts.move(order, "arrived", by=seller)

    acts.sell(sold, by=seller)
    acts.cancel(cancelled, reason="передумали", by=seller)

    assert states() == ["suppressed", "suppressed"]


def test_who_has_neither_phone_nor_e_mail_is_called(take: Take, seller: Employee, card: Client) -> None:
    Client.objects.filter(pk=card.pk).update(state="incomplete", phone=None, email=None)
    order = take()

    acts.move(order, "arrived", by=seller)

    assert (states(), telling.is_told(order)) == ([], False)
