"""Writes about accounts, bonuses and terms. Whoever writes about a client has locked their row first. Public."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction

from clients.models import Client
from loyalty.ledger import Birth, Book, Use
from loyalty.models import Account, Entry, EntryKind, Lot, Member, Source, Terms, Tier
from loyalty.pricing import Mode
from stores.models import Employee


class NotEnoughError(Exception):
    """More bonuses were asked for than can be spent: ``most``."""

    def __init__(self, most: int) -> None:
        super().__init__(f"at most {most}")
        self.most = most


class FamilyError(Exception):
    """The client has a share in another account, which they must leave first."""


class TierSaid(NamedTuple):
    """A tier as it was typed; a percent that is not said is the terms'."""

    from_spent: Decimal
    earn_percent: Decimal | None = None
    discount_percent: Decimal | None = None
    name: str = ""


class TermsSaid(NamedTuple):
    """Terms as they were typed."""

    mode: Mode
    earn_percent: Decimal = Decimal(0)
    spend_share_percent: Decimal = Decimal(30)
    least_paid: Decimal = Decimal(1)
    delay_days: int = 14
    life_days: int = 365
    welcome: int = 0
    welcome_life_days: int = 90
    birthday: int = 0
    birthday_before_days: int = 7
    birthday_life_days: int = 30
    code_from: int | None = None
    tells_came: bool = False
    tells_spent: bool = False
    tells_ends: bool = False
    tiers: Sequence[TierSaid] = ()


@transaction.atomic
def publish(said: TermsSaid, *, since: date, by: Employee | None) -> Terms:
    """A new version of the terms with its tiers; lots that were born before keep theirs."""
    facts = {name: value for name, value in said._asdict().items() if name != "tiers"}
    terms = Terms(since=since, by=by, **facts)
    terms.full_clean()
    terms.save()
    for one in said.tiers:
        tier = Tier(terms=terms, **one._asdict())
        tier.full_clean()
        tier.save()
    return terms


def birth_of(terms: Terms | None, day: date) -> Birth:
    """What a lot is that a purchase of the day earns under these terms; without any it is gone at once."""
    if terms is None:
        return Birth(Source.PURCHASE, day, day)
    first = day + timedelta(days=terms.delay_days)
    return Birth(Source.PURCHASE, first, first + timedelta(days=terms.life_days), terms)


def hold(client: int) -> Member | None:
    """The client's share with its account locked: what a bill says of it holds until the end of the transaction. One query."""
    mine = Member.objects.present().filter(client=client).select_related("account")
    return mine.select_for_update(of=("account",)).first()


@transaction.atomic
def open_account(client: int, *, on: date) -> Account:
    """The account of a client, opened now where they have none; its row is locked. One query where there is one."""
    member = hold(client)
    if member is None:
        member = Member.objects.create(account=Account.objects.create(), client_id=client, since=on)
    return member.account


@transaction.atomic
def earn(account: Account, amount: int, *, birth: Birth, key: str, on: date, by: Employee | None) -> Lot:
    """A new lot, which pays first what is owed. The same key gives the first lot again."""
    book = Book(account.pk, on=on, by=by, key=key)
    if again := Lot.objects.filter(occasion_key=key).first():
        return again
    lot = book.bear(amount, birth, key=key)
    book.close()
    return lot


@transaction.atomic
def spend(account: Account, amount: int, *, key: str, on: date, by: Employee | None) -> list[Use]:
    """Bonuses drawn from the lots that end first. The same key gives the first draw again. Raises NotEnoughError."""
    book = Book(account.pk, on=on, by=by, key=key, receipt=key)
    drawn = Entry.objects.filter(receipt_key=key, kind=EntryKind.SPEND).order_by("pk").values_list("lot", "amount")
    if again := [Use(lot, -taken) for lot, taken in drawn]:
        return again
    usable = book.usable()
    most = sum(lot.left for lot in usable)
    if amount > most:
        raise NotEnoughError(most)
    uses = book.draw(amount, EntryKind.SPEND, usable)
    book.close()
    return uses


@transaction.atomic
def take_back(lot: Lot, *, on: date) -> bool:
    """A lot that was given by mistake; its occasion may come again. False where something of it was spent or has ended."""
    book = Book(lot.account_id, on=on, by=None, key=f"undone:{lot.pk}")
    held = book.lots.get(lot.pk)
    if held is None or held.left < held.amount:
        return False
    book.draw(held.amount, EntryKind.REVOKE, [held])
    book.close()
    Lot.objects.filter(pk=lot.pk).update(occasion_key=f"undone:{lot.pk}")
    return True


@transaction.atomic
def join(account: Account, client: Client, *, on: date, may_spend: bool = True) -> Member:
    """The client has a share in the account from now on. Raises FamilyError where they have one in another."""
    there = Member.objects.select_for_update().present().filter(client=client).first()
    if there and there.account_id != account.pk:
        raise FamilyError
    return there or Member.objects.create(account=account, client=client, since=on, may_spend=may_spend)


@transaction.atomic
def leave(member: Member, *, on: date) -> None:
    """The client has no share in the account any more. Its bonuses stay with the others; where nobody is left, they go."""
    book = Book(member.account_id, on=on, by=None, key=f"left:{member.pk}")
    member.left_on(on)
    if not Member.objects.present().filter(account=member.account_id).exists():
        book.draw(sum(lot.left for lot in book.living()), EntryKind.REVOKE, book.living())
        book.close()
