"""What pages that several apps fill show: a time line, the day at the counter."""

from datetime import date, timedelta
from decimal import Decimal

from pytest_django import DjangoAssertNumQueries

from clients.models import Client
from crm_site.pages import selectors, whole_card
from messaging.models import Message
from purchases import services as purchases_services
from purchases.correcting import acts
from stores.models import Employee, Store
from tests.conftest import Sell, SignIn
from tests.factories import ClientFactory, phone_of
from workshop import tickets
from workshop.models import ServiceRequest

TODAY = date(2026, 6, 17)


def test_a_time_line_tells_the_newest_first(
    card: Client, sell: Sell, store: Store, seller: Employee, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sell(card, date(2026, 3, 3), 100)
    sell(card, date(2026, 5, 5), 100)
    tickets.take_in(ServiceRequest(store=store, client=card, kind="repair", accepted_on=date(2026, 4, 4)), by=seller)
    sent = Message.objects.create(
        client=card, occasion_key="greeting", recipient=phone_of(card), text="Ура", sent_at="2026-04-30T15:00Z",
        send_after="2026-04-30T15:00Z", expires_at="2026-05-01T15:00Z",
    )  # fmt: skip
    sell(ClientFactory.create(), TODAY, 100)

    with django_assert_num_queries(4):
        events = selectors.time_line(card, whole_card.newest_receipts(card.pk))

    # The message went on the first of May where the chain is.
    assert [(event.kind, event.at) for event in events] == [
        ("purchase", date(2026, 5, 5)),
        ("message", date(2026, 5, 1)),
        ("service", date(2026, 4, 4)),
        ("purchase", date(2026, 3, 3)),
    ]
    assert events[1].what == sent


def test_a_voided_receipt_stands_as_voided_and_a_code_does_not_stand(
    card: Client, sell: Sell, seller: Employee, signed_in: SignIn
) -> None:
    voided, standing = sell(card, date(2026, 3, 3), 777), sell(card, date(2026, 5, 5), 100)
    acts.void(voided, reason="пробит дважды", version=0, by=seller)
    Message.objects.create(
        client=card, occasion_key="code", source="code", recipient=phone_of(card), text="1234", send_after="2026-04-30T15:00Z",
        expires_at="2026-05-01T15:00Z",
    )  # fmt: skip

    events = selectors.time_line(card, whole_card.newest_receipts(card.pk))
    page = signed_in(seller).get(f"/clients/{card.pk}/").content.decode()

    assert [(event.what, event.what.is_voided) for event in events] == [(standing, False), (voided, True)]  # type: ignore[attr-defined]
    assert (page.count("аннулирован, не считается"), "пробит дважды" in page) == (1, True)


def test_the_day_counts_what_was_kept_in_the_stores_that_are_asked(
    card: Client, sell: Sell, store: Store, other_store: Store, seller: Employee
) -> None:
    sold = sell(card, TODAY, 1_000, 2_000)
    purchases_services.return_pieces(sold, [sold.pieces.get(price=2_000)], by=seller, on=TODAY)
    sell(None, TODAY, 500, no_card_reason="hurry")
    sell(card, TODAY, 70_000, at=other_store)
    sell(card, TODAY - timedelta(days=1), 70_000)

    assert selectors.sold_today([store], TODAY) == selectors.Day(2, 2, Decimal(1_500))
    assert selectors.sold_today([], TODAY) == selectors.Day(0, 0, 0)
