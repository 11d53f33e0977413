"""Two at the desk, or a client and a seller, at the same moment: one of them does it, and the other hears so."""

from decimal import Decimal
from uuid import uuid4

from clients.models import Client
from messaging.models import Message
from stores.models import Employee, Store
from tests.together import SEVERAL_CONNECTIONS, together
from workshop import prices, refusals, tickets
from workshop import services as workshop_services
from workshop.models import PriceOffer, ServiceRequest, ServiceStep

pytestmark = SEVERAL_CONNECTIONS


def test_a_piece_is_handed_out_once(ticket: list[ServiceRequest], seller: Employee) -> None:
    piece = workshop_services.move(ticket[0], "ready", by=seller)

    said = together(*[lambda: workshop_services.hand_out(piece, handed_by="ticket", by=seller)] * 3)

    assert (said.count(piece), said.count(refusals.HandedOutError)) == (1, 2)
    assert ServiceStep.objects.filter(request=piece, status="handed_out").count() == 1


def test_a_price_is_answered_once(ticket: list[ServiceRequest], seller: Employee) -> None:
    offer = prices.offer_price(ticket[0], Decimal(2000), reason="", by=seller)
    how = PriceOffer.How

    said = together(
        lambda: prices.answer_offer(offer, True, how.PAGE, None),
        lambda: prices.answer_offer(offer, False, how.PHONE, seller),
        lambda: prices.answer_offer(offer, False, how.IN_PERSON, seller),
    )

    assert said.count(refusals.AnsweredError) == 2
    offer.refresh_from_db()
    assert ServiceRequest.objects.get(pk=ticket[0].pk).price == (2000 if offer.answer == "agreed" else 1000)


def test_two_envelopes_ready_at_once_are_told_of_once(ticket: list[ServiceRequest], seller: Employee) -> None:
    together(*[lambda one=one: workshop_services.move(one, "ready", by=seller) for one in ticket])

    assert Message.objects.get().source == "service-ready"


def test_a_form_sent_twice_at_once_is_one_ticket(store: Store, card: Client, seller: Employee) -> None:
    key = uuid4()

    def take_in() -> list[ServiceRequest]:
        return tickets.take_in_together([ServiceRequest(store=store, client=card, kind="cleaning", form_key=key)], by=seller)

    first, second = together(take_in, take_in)

    assert [one.number for one in first] == [one.number for one in second]
    assert ServiceRequest.objects.count() == 1


def test_tickets_taken_in_at_once_have_numbers_of_their_own(store: Store, card: Client, seller: Employee) -> None:
    def take_in() -> list[ServiceRequest]:
        return tickets.take_in_together([ServiceRequest(store=store, client=card, kind="cleaning")], by=seller)

    said = together(*[take_in] * 4)

    assert len({ticket[0].number for ticket in said}) == 4
