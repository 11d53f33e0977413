"""Reviews of two cards that become one, and two again; and words that are taken out."""

from clients.models import Client
from clients.sameness import merging
from messaging.models import Errand, Message, Pause
from portal import arrivals, reviews
from portal.models import Arrival, Review
from portal.parts import PortalPart
from stores.models import Employee, Store
from tests.factories import ClientFactory
from tests.portal.conftest import NOON
from tests.portal.test_arrivals import NOW, came
from workshop.models import ServiceRequest

PART = PortalPart()


def owners() -> set[int | None]:
    """Of the review, the question, and what its low answer set going."""
    keys = (Review.objects, Message.objects, Errand.objects, Pause.objects)
    return {owner for table in keys for owner in table.values_list("client", flat=True)}


def test_what_was_said_moves_and_comes_back_with_what_it_set_going(asked: Review, card: Client) -> None:
    survivor = ClientFactory.create()
    made = merging.merge(survivor, card, chosen={}, by=None)
    reviews.answer(asked.token, 2, "плохо", now=NOON)
    assert owners() == {survivor.pk}

    merging.undo(made, by=None)

    assert owners() == {card.pk}


def test_what_is_said_since_of_the_absorbed_cards_request_is_theirs(card: Client, handed_out: ServiceRequest) -> None:
    survivor = ClientFactory.create()
    made = merging.merge(survivor, card, chosen={}, by=None)
    assert reviews.ask_all(NOON) == 1
    reviews.answer(Review.objects.get().token, 2, "плохо", now=NOON)
    assert owners() == {survivor.pk}

    merging.undo(made, by=None)

    assert owners() == {card.pk}


def test_answers_alone_are_told_and_their_words_taken_out(asked: Review, card: Client) -> None:
    assert list(PART.describe(card.pk).values()) == [[], []]
    reviews.answer(asked.token, 9, "Всё хорошо, Елена", now=NOON)
    ((told,), _forms) = PART.describe(card.pk).values()
    assert list(told.values())[1:] == ["9", "Всё хорошо, Елена"]

    assert PART.erase(card.pk, []) == {}

    assert Review.objects.values_list("score", "words").get() == (9, "")


def test_a_review_keeps_no_card_by_itself(asked: Review, card: Client) -> None:
    assert (PART.holdings([card.pk]), PART.counted(card.pk), PART.reason_not_to_erase(card.pk)) == ({}, {}, "")


def test_a_form_from_their_phone_is_told_moved_and_taken_out(store: Store, seller: Employee) -> None:
    made = came(store)
    client = arrivals.take(made.pk, by=seller, now=NOW)
    other = ClientFactory.create()

    told = PART.describe(client.pk)
    moved = PART.move(client.pk, other.pk)

    assert [row["телефон"] for row in list(told.values())[1]] == ["+79147012233"]
    assert Arrival.objects.get().client == other
    PART.restore(moved, client.pk, other.pk)
    assert Arrival.objects.get().client == client
    waits = came(store)
    PART.erase(client.pk, ["+79147012233"])
    assert not Arrival.objects.filter(pk__in=[made.pk, waits.pk]).exists()
