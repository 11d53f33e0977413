"""Balances and terms for a bill and for a screen. Public."""

from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet, Sum

from loyalty import tiers
from loyalty.models import Debt, Entry, Lot, Member, Terms
from loyalty.models.terms import hundredths
from loyalty.pricing import Standing
from loyalty.tiers import Reached, Step
from visits.models import CHAIN, Visit


def terms_on(day: date) -> Terms | None:
    """The terms that hold on a day, if they give anything. One query."""
    terms: Terms | None = Terms.objects.live_on(day).first()
    return terms if terms and (terms.gives_bonuses or terms.gives_discount) else None


def member_of(client: int) -> Member | None:
    """The client's share in an account, with the account. One query."""
    return Member.objects.present().filter(client=client).select_related("account").first()


def steps_of(terms: Terms) -> list[Step]:
    """The tiers of terms, percents as a bill reads them. One query."""
    return [
        Step(
            tier.from_spent,
            hundredths(terms.earn_percent if tier.earn_percent is None else tier.earn_percent),
            hundredths(tier.discount_percent),
            tier.name,
        )
        for tier in terms.tiers.all()
    ]


def reached_by(client: int, member: Member | None, day: date, steps: list[Step]) -> Reached:
    """The tier of a client on a day, by what the whole family spent. One query."""
    visits = family_visits(day, account=member.account_id) if member else buying_days(day).filter(client=client)
    return tiers.reached(visits.values_list("day", "total"), day, steps)


def buying_days(day: date) -> QuerySet[Visit]:
    """As far back as they can matter for a tier of the day."""
    return Visit.objects.filter(scope=CHAIN, day__range=(tiers.first_day(day), day), items__gt=0)


def family_visits(day: date, *, account: int) -> QuerySet[Visit]:
    """Buying days of all who have a share in an account."""
    return buying_days(day).filter(client__in=Member.objects.present().filter(account=account).values("client"))


def standing_of(client: int, member: Member | None, terms: Terms, day: date) -> Standing:
    """What a bill needs of a client: the bonuses that they may spend on the day, and their tier. At most three queries."""
    steps = steps_of(terms)
    step = reached_by(client, member, day, steps).step if steps else None
    discount = step.discount if step and terms.gives_discount else 0
    earn = (step.earn if step else hundredths(terms.earn_percent)) if terms.gives_bonuses else 0
    return Standing(spendable(member, day) if terms.gives_bonuses else 0, discount, earn)


def spendable(member: Member | None, day: date) -> int:
    """Bonuses that a member may spend on the day. One query."""
    if member is None or not member.may_spend:
        return 0
    return int(Lot.objects.usable_on(day).filter(account=member.account_id).aggregate(left=Sum("left", default=0))["left"])


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


def balance_on(account: int, day: date) -> Balance:
    """By the moves up to the end of a day, whatever the nightly end of lots has written. Two queries."""
    moves = Entry.objects.filter(lot__account=account, on__lte=day, lot__until_on__gte=day)
    sums = moves.order_by("lot__until_on", "lot").values("lot__until_on", "lot", "lot__from_on").annotate(left=Sum("amount"))
    lots = [LotLeft(row["left"], row["lot__from_on"], row["lot__until_on"]) for row in sums if row["left"]]
    now = sum(lot.left for lot in lots if lot.from_on <= day)
    owed = Debt.objects.filter(account=account, on__lte=day).aggregate(sum=Sum("amount", default=0))["sum"]
    return Balance(now, sum(lot.left for lot in lots) - now, int(owed), lots)
