"""Accounts of cards that become one, and two again."""

from datetime import timedelta

from clients.models import Client
from clients.sameness import merging
from loyalty import nightly, services
from loyalty.ledger import Birth
from loyalty.models import Account, DebtKind, Lot, Member, Source
from tests.factories import ClientFactory
from tests.loyalty.conftest import DAY, Earn

BIRTH = Birth(Source.GOODWILL, DAY, DAY + timedelta(days=3650))


def give(client: Client, amount: int) -> Account:
    account = services.open_account(client.pk, on=DAY)
    services.earn(account, amount, birth=BIRTH, key=f"{client.pk} {amount}", on=DAY, by=None)
    return account


def held() -> dict[int, int]:
    """Client → bonuses of their account."""
    return {member.client_id: sum(lot.left for lot in member.account.lots.all()) for member in Member.objects.present()}


def test_the_one_card_has_the_bonuses_of_both_and_they_part_again(card: Client, earn: Earn) -> None:
    twin, she = ClientFactory.create(), ClientFactory.create()
    services.join(give(twin, 30), she, on=DAY)
    earn(100)

    made = merging.merge(card, twin, chosen={}, by=None)
    assert held() == {card.pk: 130, she.pk: 130}
    merging.undo(made, by=None)

    assert held() == {card.pk: 100, twin.pk: 30, she.pk: 30}
    assert list(nightly.differences()) == []


def test_a_card_without_an_account_takes_the_others(card: Client) -> None:
    twin = ClientFactory.create()
    give(twin, 30)

    made = merging.merge(card, twin, chosen={}, by=None)
    assert held() == {card.pk: 30}
    merging.undo(made, by=None)

    assert held() == {twin.pk: 30}


def test_two_of_a_family_stay_in_it(card: Client, account: Account, earn: Earn) -> None:
    twin = ClientFactory.create()
    services.join(account, twin, on=DAY)
    earn(100)

    made = merging.merge(card, twin, chosen={}, by=None)
    assert held() == {card.pk: 100}
    merging.undo(made, by=None)

    assert held() == {card.pk: 100, twin.pk: 100}


def test_what_one_paid_for_the_other_stays_paid(card: Client, account: Account) -> None:
    twin = ClientFactory.create()
    theirs = services.open_account(twin.pk, on=DAY)
    theirs.debts.create(kind=DebtKind.REVOKE, amount=40, on=DAY, key="owed")
    Account.objects.filter(pk=theirs.pk).update(owed=40)
    made = merging.merge(card, twin, chosen={}, by=None)
    give(card, 100)

    merging.undo(made, by=None)

    assert held() == {card.pk: 60, twin.pk: 0}
    assert set(Account.objects.values_list("owed", flat=True)) == {0}
    assert (Lot.objects.get().account, list(nightly.differences())) == (account, [])
