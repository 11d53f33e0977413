"""Whom the trigger of a program has found by a day. One indexed query each; nothing here knows consent, pauses or arms.

A client's round is what makes them found once: a purchase, an absence (by the last day on which they came: the expected day and
the day of silence move with every night's intervals, the absence does not), the day on which bonuses end, a tier in its year.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Sum
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.models import Program, Trigger
from campaigns.standing import tiers
from catalogue.kinds import PieceKind
from clients import selectors as clients_selectors
from clients.models import Wearer
from inquiries import left
from inquiries.left import Left
from loyalty import selectors as loyalty_selectors
from loyalty.models import Lot, Member
from purchases.models import Purchase
from stores.texts import writing
from visits import dialect
from visits.models import ClientActivity

# A program that could not choose somebody on their day (a hold, the cap, a beat that slept) tries so many days more.
PATIENCE, PATIENCE_OF_CARE = 6, 2
REGULAR_FROM, RETURNING_FROM = 2, 3


class Found(NamedTuple):
    """A client on ``due_on``, the first day on which the trigger holds.

    ``day`` and ``what`` are what a text may say; ``worth`` orders those of a day; ``store`` is where it happened, if anywhere;
    ``only_call``: nothing is written, for it might be read by whom it is a surprise to; ``is_given``: a seller has
    the call in hand.
    """

    client: int
    round: str
    due_on: date
    day: date | None = None
    what: "str | Promise" = ""
    worth: float = 0
    store: int | None = None
    only_call: bool = False
    is_given: bool = False


def lazy_text(words: Callable[[Any], str]) -> Callable[[Any], Promise]:
    """Words that are put in the language of the moment in which they are read."""
    return lazy(words, str)  # type: ignore[return-value]


def found(program: Program, first: date, last: date) -> list[Found]:
    """Whose day is in ``first..last``, both included, one row a client and round."""
    return list({(one.client, one.round): one for one in FINDERS[program.trigger](program, first, last)}.values())


def patience(program: Program) -> timedelta:
    """How long after their day somebody may still be chosen."""
    return timedelta(days=PATIENCE_OF_CARE if program.trigger == Trigger.CARE else PATIENCE)


def _bought(program: Program, first: date, last: date) -> Iterable[Found]:
    """The newest kept receipt of each client in those days."""
    days = timedelta(days=program.days)
    receipts = (
        Purchase.objects.kept().sold_between(first - days, last - days).filter(client__isnull=False).order_by("sold_on", "pk")
    )
    newest = {client: (pk, on, store) for pk, client, on, store in receipts.values_list("pk", "client", "sold_on", "store")}
    for client, (pk, on, store) in newest.items():
        yield Found(client, f"p{pk}", on + days, on, store=store)


def _once_only(program: Program, first: date, last: date) -> Iterable[Found]:
    days = timedelta(days=program.days)
    once = ClientActivity.objects.filter(first_day__range=(first - days, last - days), second_day=None, items__gt=0)
    for client, on, spent in once.values_list("client", "first_day", "spent"):
        yield Found(client, "first", on + days, on, worth=float(spent))


RHYTHM = """
SELECT r.client_id, a.last_day, r.{column}, a.spent FROM visits_rhythm r
JOIN visits_clientactivity a ON a.client_id = r.client_id
WHERE r.{column} BETWEEN %s AND %s AND a.visit_days >= %s"""


def _rhythm(column: str, program: Program, first: date, last: date) -> Iterable[Found]:
    """Regulars by a day of their rhythm."""
    days = timedelta(days=program.days)
    rows = dialect.fetch(RHYTHM.format(column=column), [first + days, last + days, REGULAR_FROM])
    for client, came, on, spent in rows:
        yield Found(client, f"after-{came}", _day(on) - days, _day(on), worth=float(spent))


def _expected(program: Program, first: date, last: date) -> Iterable[Found]:
    return _rhythm("expected_on", program, first, last)


def _silent(program: Program, first: date, last: date) -> Iterable[Found]:
    return _rhythm("silent_from", program, first, last)


AWAY = """
SELECT a.client_id, a.last_day, a.spent FROM visits_clientactivity a
WHERE a.last_day BETWEEN %s AND %s AND a.visit_days >= %s AND (
    SELECT COUNT(*) FROM visits_visit v WHERE v.client_id = a.client_id AND v.scope = 0 AND v.items > 0) >= %s"""


def _away(program: Program, first: date, last: date) -> Iterable[Found]:
    """Who bought on three days or more and has not been here for so many days."""
    days = timedelta(days=program.days)
    rows = dialect.fetch(AWAY, [first - days, last - days, RETURNING_FROM, RETURNING_FROM])
    for client, came, spent in rows:
        yield Found(client, f"after-{came}", _day(came) + days, _day(came), worth=float(spent))


def _bonuses(program: Program, first: date, last: date) -> Iterable[Found]:
    """What ends of an account on a day; told to the one of a family who joined first and may spend."""
    terms, days = loyalty_selectors.terms_on(first), timedelta(days=program.days)
    if terms is None or not terms.gives_bonuses:
        return
    ending = Lot.objects.filter(left__gt=0, until_on__range=(first + days, last + days)).order_by()
    sums = list(ending.values_list("account", "until_on").annotate(left=Sum("left")))
    spenders = Member.objects.present().filter(account__pk__any={account for account, _on, _left in sums}, may_spend=True)
    told = dict(spenders.order_by("-pk").values_list("account", "client"))
    for account, on, ending_then in sums:
        if account in told:
            yield Found(told[account], str(on), on - days, on, bonuses_in_words(ending_then), worth=float(ending_then))


def _tier(program: Program, first: date, last: date) -> Iterable[Found]:
    for client, day, step in tiers.reached_between(first, last):
        yield Found(client, f"{day.year}-{step.from_spent:.0f}", day, day, str(step), worth=float(step.from_spent))


def _wearer(program: Program, first: date, last: date) -> Iterable[Found]:
    """A day of somebody whom the client buys for; 29 February on the 28th in common years."""
    days = {}
    for ahead in range((last - first).days + 1):
        kept_on = first + timedelta(days=ahead + program.days)
        days.update(dict.fromkeys(clients_selectors.days_kept_on(kept_on), kept_on))
    near = Wearer.objects.kept().filter(day__in=days).select_related("occasion").order_by("client", "day", "pk")
    for wearer in near:
        on = days[wearer.day or 0]
        yield Found(
            wearer.client_id, f"{on.year}-w{wearer.pk}", on - timedelta(days=program.days), on, about_wearer(wearer),
            only_call=wearer.is_surprise,
        )  # fmt: skip


def _asked(program: Program, first: date, last: date) -> Iterable[Found]:
    """Inquiries without a next step for so many days."""
    days = timedelta(days=program.days)
    return [_inquiry(one, days) for one in left.without_a_step(first - days, last - days)]


def _wished(program: Program, first: date, last: date) -> Iterable[Found]:
    """Inquiries whose piece came so many days ago, and of which nobody has told the client."""
    days = timedelta(days=program.days)
    return [_inquiry(one, days) for one in left.woken(first - days, last - days)]


def _inquiry(one: Left, days: timedelta) -> Found:
    """What they wrote or said is for the seller's eyes: a text says the kind alone."""
    what, round_ = kind_in_words(one.kind), left.round_of(one.pk)
    return Found(one.client, round_, one.since + days, one.since, what, one.worth, one.store, is_given=one.is_given)


@lazy_text
def kind_in_words(kind: str) -> str:
    """In the language of whoever reads it."""
    return str(PieceKind(kind).label) if kind else _("a piece")


@lazy_text
def bonuses_in_words(left: int) -> str:
    """In the language of whoever reads it."""
    return ngettext("%(shown)s bonus", "%(shown)s bonuses", left) % {"shown": writing.count(left)}


@lazy_text
def about_wearer(wearer: Wearer) -> str:
    """For the seller's eyes: whose day, which, what size."""
    occasion = str(wearer.occasion) if wearer.occasion else _("birthday")
    size = _("size %(size)s") % {"size": writing.typed(wearer.ring_size)} if wearer.ring_size else ""
    surprise = _("a surprise: do not mention") if wearer.is_surprise else ""
    return ", ".join(part for part in (f"{occasion} — {wearer}", size, surprise) if part)


def _day(value: date | str) -> date:
    """SQLite hands days out as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


FINDERS: dict[str, Callable[[Program, date, date], Iterable[Found]]] = {
    Trigger.CARE: _bought,
    Trigger.SECOND: _once_only,
    Trigger.EXPECTED: _expected,
    Trigger.SILENT: _silent,
    Trigger.RETURN: _away,
    Trigger.BONUSES: _bonuses,
    Trigger.TIER: _tier,
    Trigger.WEARER: _wearer,
    Trigger.ASKED: _asked,
    Trigger.WISHED: _wished,
}
