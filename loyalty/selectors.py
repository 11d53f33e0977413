"""Balances and terms for a bill and for a screen. Public."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Max, QuerySet, Sum

from clients.models import Client
from loyalty import codes, tiers
from loyalty.models import (
    Entry,
    EntryKind,
    LoyaltyCard,
    Member,
    Referral,
    ReferralTerms,
    Right,
    Source,
    Terms,
    cards,
    receipt_of,
)  # fmt: skip
from loyalty.models.seals import seal
from loyalty.pricing import Standing
from loyalty.tiers import Reached, Step, hundredths
from visits.models import CHAIN, Visit

TERMS = [field.attname for field in Terms._meta.concrete_fields]


def terms_on(day: date) -> Terms | None:
    """The terms that hold on a day, if they give anything. One query."""
    terms: Terms | None = Terms.objects.live_on(day).first()
    return terms if terms and (terms.gives_bonuses or terms.gives_discount) else None


def terms_and_steps(day: date) -> tuple[Terms | None, list[Step]]:
    """The terms that hold on a day, if they give anything, and their tiers. One query."""
    asked = _terms_with_tiers(day).all()
    rows, facts = list(asked), len(TERMS)
    terms = Terms.from_db(asked.db, TERMS, rows[0][:facts]) if rows else None
    if terms is None or not (terms.gives_bonuses or terms.gives_discount):
        return None, []
    return terms, [step_from(terms, *row[facts:]) for row in rows if row[facts] is not None]


@lru_cache(maxsize=4)
def _terms_with_tiers(day: date) -> "QuerySet[Terms, tuple[Any, ...]]":
    """The question of a day, put together once: every bill asks it."""
    tier = ("tiers__from_spent", "tiers__earn_percent", "tiers__discount_percent", "tiers__name")
    live = Terms.objects.filter(pk__in=Terms.objects.live_on(day).values("pk")[:1])
    return live.order_by().values_list(*TERMS, *tier)


def step_from(terms: Terms, from_spent: Decimal, earn: Decimal | None, discount: Decimal | None, name: str) -> Step:
    """A tier as a bill reads it; what it does not say, the terms say."""
    return Step(from_spent, hundredths(terms.earn_percent if earn is None else earn), hundredths(discount), name)


def versions() -> list[Terms]:
    """Every version of the terms with its tiers and who wrote it, the newest first. Two queries."""
    return list(Terms.objects.select_related("by").prefetch_related("tiers"))


def member_of(client: int) -> Member | None:
    """The client's share in an account, with the account. One query."""
    return Member.objects.present().filter(client=client).select_related("account").first()


def sharing_with(client: int, others: Iterable[int]) -> set[int]:
    """Which of some clients share this one's account. One query."""
    account = Member.objects.present().filter(client=client).values("account")
    return set(Member.objects.present().filter(account__in=account, client__in=list(others)).values_list("client", flat=True))


def steps_of(terms: Terms) -> list[Step]:
    """The tiers of terms, percents as a bill reads them. One query."""
    rows = terms.tiers.values_list("from_spent", "earn_percent", "discount_percent", "name")
    return [step_from(terms, *row) for row in rows]


def reached_by(client: int, member: Member | None, day: date, steps: list[Step]) -> Reached:
    """The tier of a client on a day, by what the whole family spent. One query."""
    if member:
        return tiers.reached(_family_spent(member.account_id, day), day, steps)
    return tiers.reached(buying_days(day).filter(client=client).values_list("day", "total"), day, steps)


def buying_days(day: date) -> QuerySet[Visit]:
    """As far back as they can matter for a tier of the day."""
    return Visit.objects.filter(scope=CHAIN, day__range=(tiers.first_day(day), day), items__gt=0)


# Written out, as the balance below is: ``buying_days`` of all who have a share in an account.
_FAMILY_SPENT = """
SELECT day, total FROM visits_visit WHERE scope = %s AND items > 0 AND day BETWEEN %s AND %s
AND client_id IN (SELECT client_id FROM loyalty_member WHERE account_id = %s AND until IS NULL)"""


def _family_spent(account: int, day: date) -> list[tuple[date, Decimal]]:
    with connection.cursor() as cursor:
        cursor.execute(_FAMILY_SPENT, (CHAIN, tiers.first_day(day), day, account))
        return [(_day(on), round(Decimal(str(total)), 2)) for on, total in cursor.fetchall()]


def standing_of(
    client: int, member: Member | None, terms: Terms, day: date, *, steps: list[Step] | None = None, balance: int | None = None
) -> Standing:
    """What a bill needs of a client: the bonuses that they may spend on the day, and their tier. At most three queries.

    ``steps`` and ``balance``: where the caller knows them already.
    """
    steps = steps_of(terms) if steps is None else steps
    step = reached_by(client, member, day, steps).step if steps else None
    discount = step.discount if step and terms.gives_discount else 0
    earn = (step.earn if step else hundredths(terms.earn_percent)) if terms.gives_bonuses else 0
    if not terms.gives_bonuses:
        return Standing(0, discount, earn)
    return Standing(spendable(member, day) if balance is None else balance, discount, earn)


# Written out, as the balance below is.
_SPENDABLE = """
SELECT COALESCE(SUM("left"), 0) FROM loyalty_lot WHERE account_id = %s AND "left" > 0 AND from_on <= %s AND until_on >= %s"""


def spendable(member: Member | None, day: date) -> int:
    """Bonuses that a member may spend on the day. One query."""
    if member is None or not member.may_spend:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_SPENDABLE, (member.account_id, day, day))
        return int(cursor.fetchone()[0])


class Move(NamedTuple):
    """What one event did to an account: of a receipt (by its key, 0 for none) or not, and where its bonuses came from."""

    on: date
    kind: str
    source: str
    amount: int
    receipt: int

    @property
    def label(self) -> str:
        """What happened, in words."""
        return str(EntryKind(self.kind).label)

    @property
    def came_from(self) -> str:
        return str(Source(self.source).label)


def moves_of(account: int, *, limit: int) -> list[Move]:
    """The last moves of an account, the newest first; those of one event together. One query."""
    entries = Entry.objects.filter(lot__account=account).order_by().values("on", "kind", "lot__source", "receipt_key")
    rows = entries.annotate(sum=Sum("amount"), last=Max("pk")).order_by("-last")[:limit]
    return [
        Move(row["on"], row["kind"], row["lot__source"], row["sum"], receipt_of(row["receipt_key"])) for row in rows if row["sum"]
    ]


class LotLeft(NamedTuple):
    left: int
    from_on: date
    until_on: date


class Balance(NamedTuple):
    """Bonuses of an account on a day: those that can be spent, those that come later, what is owed, and the lots behind them."""

    now: int
    coming: int
    owed: int
    lots: list[LotLeft]


NO_BALANCE = Balance(0, 0, 0, [])


# Written out: it is asked at each step of a till, where putting a query together takes longer than the answer. No join: there is
# one way to do it, so that nobody looks for others in what a busy day has left at the ends of the indexes.
_BALANCE = """
SELECT lot.id, lot.from_on, lot.until_on,
    (SELECT COALESCE(SUM(entry.amount), 0) FROM loyalty_entry entry WHERE entry.lot_id = lot.id AND entry."on" <= %s)
FROM loyalty_lot lot WHERE lot.account_id = %s AND lot.until_on >= %s
UNION ALL
SELECT NULL, NULL, NULL, COALESCE(SUM(amount), 0) FROM loyalty_debt WHERE account_id = %s AND "on" <= %s"""


def balance_on(account: int, day: date) -> Balance:
    """By the moves up to the end of a day, whatever the nightly end of lots has written. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_BALANCE, (day, account, day, account, day))
        rows = cursor.fetchall()
    owed = sum(int(sum_) for pk, _from, _until, sum_ in rows if pk is None)
    found = [
        (_day(until), pk, LotLeft(int(left), _day(first), _day(until)))
        for pk, first, until, left in rows
        if pk is not None and left
    ]
    lots = [lot for _until, _pk, lot in sorted(found)]
    now = sum(lot.left for lot in lots if lot.from_on <= day)
    return Balance(now, sum(lot.left for lot in lots) - now, owed, lots)


def _day(read: date | str) -> date:
    """A day as a bare query of either base gives it."""
    return read if isinstance(read, date) else date.fromisoformat(read)


def cards_of(client: int) -> list[LoyaltyCard]:
    """Plastic cards of the account in which a client has a share, ended ones too. One query."""
    return list(LoyaltyCard.objects.of_client(client))


def clients_of_card(text: str) -> tuple[LoyaltyCard, list[Client]] | None:
    """A plastic card by its number, and who has a share in its account. One query, two where there is one."""
    number = cards.key_of(text)
    card = LoyaltyCard.objects.filter(number_key=number).first() if number else None
    if card is None:
        return None
    return card, list(Client.objects.live().filter(memberships__account=card.account_id, memberships__until=None).order_by("pk"))


def code_of_friend(client: int) -> str:
    """The code by which a client brings friends. Raises ValueError beyond 28 million cards."""
    return codes.of_friend(client, seal())


def friend_of_code(text: str) -> int | None:
    """The card whose friends' code a text is; None where it is nobody's."""
    return codes.friend_of(text, seal())


class Friends(NamedTuple):
    """Who brought a client and how many they brought; ``is_new``: it can still be asked; ``code`` brings friends of their own."""

    terms: ReferralTerms
    brought_by: Referral | None
    brought: int
    is_new: bool
    code: str


def friends_of(client: int, day: date) -> Friends | None:
    """None where no terms for friends hold. One query then, four else."""
    terms = ReferralTerms.objects.live_on(day).first()
    if terms is None or not terms.gives:
        return None
    brought_by = Referral.objects.select_related("referrer").filter(friend=client).first()
    came = Visit.objects.filter(scope=CHAIN, client=client).exists()
    brought, code = Referral.objects.filter(referrer=client).count(), codes.shown(code_of_friend(client))
    return Friends(terms, brought_by, brought, not came, code)


def offers_of(client: int, day: date) -> list[Right]:
    """Personal offers of a client that can be used on a day, those that end first in front. One query."""
    return list(Right.objects.open_on(day).filter(client=client).order_by("until_on", "pk"))
