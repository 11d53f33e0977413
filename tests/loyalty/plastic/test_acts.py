"""Numbers of plastic given, replaced, and found."""

import pytest

from clients.models import Client
from loyalty import joining, selectors, services
from loyalty.models import CardStatus, LoyaltyCard
from loyalty.plastic import acts
from loyalty.plastic.acts import CardTakenError, NoNumberError
from tests.factories import ClientFactory
from tests.loyalty.conftest import DAY


def give(client: Client, number: str, *, instead: bool = False) -> LoyaltyCard:
    return acts.give(client.pk, number, on=DAY, by=None, instead=instead)


def standing() -> dict[str, str]:
    return dict(LoyaltyCard.objects.values_list("shown", "status"))


def test_the_same_number_is_the_same_card(card: Client) -> None:
    assert give(card, "0045 12") == give(card, "004512")
    assert standing() == {"0045 12": "issued"}


def test_a_number_with_zeros_is_another_than_one_without(card: Client) -> None:
    give(card, "004512"), give(card, "4512")

    assert LoyaltyCard.objects.count() == 2


def test_a_new_card_instead_of_the_former_which_still_finds_its_client(card: Client) -> None:
    give(card, "004512")
    give(card, "004513", instead=True)

    assert standing() == {"004512": "replaced", "004513": "issued"}
    found = selectors.clients_of_card("0045-12")
    assert found
    assert (found[0].status, found[1]) == (CardStatus.REPLACED, [card])
    give(card, "004512")
    assert standing()["004512"] == "issued"


def test_anothers_number_is_refused(card: Client) -> None:
    give(ClientFactory.create(), "004512")

    with pytest.raises(CardTakenError):
        give(card, "004512")
    with pytest.raises(NoNumberError):
        give(card, "12")
    assert selectors.cards_of(card.pk) == []


def test_a_card_is_the_familys(card: Client) -> None:
    husband = ClientFactory.create()
    give(card, "004512")
    services.join(services.open_account(card.pk, on=DAY), husband, on=DAY)

    found = selectors.clients_of_card("004512")
    assert found
    assert found[1] == [card, husband]
    assert [str(one) for one in selectors.cards_of(husband.pk)] == ["004512"]


def test_cards_follow_a_merge_and_its_undo(card: Client) -> None:
    survivor = ClientFactory.create()
    give(card, "004512"), give(survivor, "004513")

    moved = joining.join(card.pk, survivor.pk, on=DAY)
    assert [str(one) for one in selectors.cards_of(survivor.pk)] == ["004512", "004513"]

    joining.part(moved, card.pk, survivor.pk, on=DAY)
    assert [str(one) for one in selectors.cards_of(card.pk)] == ["004512"]


def test_nothing_else_is_a_card(card: Client) -> None:
    give(card, "004512")

    assert [selectors.clients_of_card(text) for text in ("", "4512", "Иванова")] == [None] * 3
