"""Touches when two cards become one and two again, when a list is taken back, and when a person is taken out."""

from datetime import date

import pytest

from campaigns.models import Touch
from campaigns.parts import CampaignsPart
from clients.models import Client
from clients.sameness import merging
from messaging import errands
from messaging.models import Errand
from stores.models import Employee
from tests.campaigns.test_touching import touched
from tests.factories import ClientFactory

PART = CampaignsPart()


@pytest.fixture
def card(db: None) -> Client:
    return ClientFactory.create()


@pytest.fixture
def twin(db: None) -> Client:
    return ClientFactory.create()


def rows() -> list[tuple[object, ...]]:
    return list(Touch.objects.order_by("pk").values_list("client", "round", "arm", "reason", "state"))


def call(client: Client, touch: Touch) -> Errand:
    facts = {"store": None, "reason": "Молчит", "due_on": date(2026, 10, 10), "is_service": False}
    return errands.ask_for(client, occasion_key=touch.key(), **facts)[0]  # type: ignore[arg-type]


def test_the_card_that_stays_is_chosen_once_a_round_and_both_are_as_they_were_when_parted(
    card: Client, twin: Client, seller: Employee
) -> None:
    for client, round_ in ((card, "2026"), (twin, "2026"), (twin, "2027")):
        call(client, touched(client, round_=round_))
    before, calls = rows(), list(Errand.objects.order_by("pk").values_list("client", "outcome"))

    merged = merging.merge(card, twin, chosen={}, by=seller)

    assert rows() == [
        (card.pk, "2026", "treated", "", "waits"),
        (twin.pk, "2026", "out", "merged", "over"),
        (card.pk, "2027", "treated", "", "waits"),
    ]
    assert list(Errand.objects.order_by("pk").values_list("client", "outcome")) == [
        (card.pk, "open"), (card.pk, "dropped"), (card.pk, "open"),
    ]  # fmt: skip

    merging.undo(merged, by=seller)

    assert (rows(), list(Errand.objects.order_by("pk").values_list("client", "outcome"))) == (before, calls)


def test_a_card_that_a_program_has_chosen_stays(card: Client, twin: Client) -> None:
    touched(card, holdout=50)

    assert PART.holdings([card.pk, twin.pk]) == {card.pk: "touches"}
    assert (PART.counted(card.pk), PART.counted(twin.pk)) == ({"выборы сценариями": 1}, {"выборы сценариями": 0})


def test_the_person_reads_when_they_were_chosen(card: Client) -> None:
    touched(card)

    assert PART.describe(card.pk) == {"Выбирали сценарии": [{"день выбора": "10.10.2026", "откуда": "quiet", "способ": "SMS"}]}


def test_who_is_taken_out_is_contacted_no_more_and_stays_in_their_arm(card: Client) -> None:
    touched(card)

    erased = [PART.erase(card.pk, []) for _ in range(2)]

    assert (erased, PART.reason_not_to_erase(card.pk)) == ([{"touches": 1}] * 2, "")
    assert rows() == [(card.pk, "2026", "treated", "card", "over")]
