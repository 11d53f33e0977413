"""Figures of a board that are one number with its course and its change."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analytics.boards import tills
from analytics.boards.said import Number, grown, moved
from analytics.boards.sources import Told
from analytics.figures.changes import SAME_WEEKDAYS
from analytics.figures.periods import Period
from analytics.figures.returning import ReturningReport, percent
from stores.texts import writing

WEEK = 7


def _pieces(n: int) -> str:
    return ngettext("%(n)s piece", "%(n)s pieces", n) % {"n": writing.count(n)}


def today(told: Told) -> Number:
    day, till = Period(told.today, told.today), told.till
    change = grown(till.revenue(day), till.revenue(tills.back(day, WEEK)), _("to last week"))
    course = till.course(Period(told.today - timedelta(days=4 * WEEK - 1), told.today))
    return Number(writing.roubles(till.revenue(day)), _pieces(till.items(day)), change, course)


def week(told: Told) -> Number:
    days, till = Period(told.today - timedelta(days=WEEK - 1), told.today), told.till
    change = grown(till.revenue(days), till.revenue(tills.back(days, WEEK)), _("to last week"))
    course = [till.revenue(tills.back(days, WEEK * n)) for n in reversed(range(12))]
    return Number(writing.roubles(till.revenue(days)), _pieces(till.items(days)), change, course)


def month(told: Told) -> Number:
    days, till = Period(told.today.replace(day=1), told.today), told.till
    change = grown(till.revenue(days), till.revenue(tills.back(days, SAME_WEEKDAYS)), _("to last year"))
    return Number(writing.roubles(till.revenue(days)), _pieces(till.items(days)), change, till.course(days))


def revenue(told: Told) -> Number:
    now, before = told.report.total, told.report_before.total
    course = [one.regular_revenue + one.newcomer_revenue for one in told.months]
    return Number(
        writing.roubles(now.revenue), _pieces(now.items), grown(now.revenue, before.revenue, _("to the period before")), course
    )


def returning_share(told: Told) -> Number:
    def share_of(report: ReturningReport) -> Decimal | None:
        return percent(report.regular.revenue, report.total.revenue)

    now = share_of(told.report)
    change = moved(now, share_of(told.report_before), _("to the period before"))
    course = [one.returning_share for one in told.months]
    return Number(writing.percent(now), _("of what was sold with a card"), change, course)


def average_price(told: Told) -> Number:
    now, before = told.report.total.average_price, told.report_before.total.average_price
    sums = [(one.regular_revenue + one.newcomer_revenue, one.regular_items + one.newcomer_items) for one in told.months]
    course = [total / items if items else None for total, items in sums]
    premium = told.report.price_premium
    note = "" if premium is None else _("a regular's: %(by)s") % {"by": writing.signed_percent(premium)}
    return Number(writing.roubles(now), note, grown(now, before, _("to the period before")), course)


def buyers(told: Told) -> Number:
    now, before = told.report.total.clients, told.report_before.total.clients
    note = _("of them new: %(n)s") % {"n": writing.count(told.report.newcomer.clients)}
    return Number(writing.count(now), note, grown(Decimal(now), Decimal(before), _("to the period before")))


def silent(told: Told) -> Number:
    side = told.data("silent")["now"]["regulars"]
    weeks = told.data("silent")["weeks"][-12:]
    note = _("of %(n)s who came on two days or more") % {"n": writing.count(side["clients"])}
    return Number(writing.count(side["silent"]), note, None, [row["fell"] for row in weeks])


def at_stake(told: Told) -> Number:
    side = told.data("silent")["now"]["regulars"]
    note = _("over a year; they have spent %(sum)s") % {"sum": writing.roubles(side["spent"])}
    return Number(writing.roubles(side["stake"]), _("too early to say") if side["stake"] is None else note)


def expected(told: Told) -> Number:
    weeks = told.data("silent")["expected"]
    usual = _("usually leaving %(sum)s") % {"sum": writing.roubles(sum(row["usual"] or 0 for row in weeks))}
    return Number(writing.count(sum(row["clients"] for row in weeks)), usual, None, [row["clients"] for row in weeks])


def unreached(told: Told) -> Number:
    missing = told.data("people")["missing"]
    note = _("of %(n)s; they have spent %(sum)s") % {
        "n": writing.count(missing["clients"]), "sum": writing.roubles(missing["spent"]),
    }  # fmt: skip
    return Number(writing.count(missing["unreached"]), note)


def of_all(column: str, words: Callable[[dict[str, Any]], str]) -> Callable[[Told], Number]:
    """A share of the page "People and stores", of all its rows together."""

    def say(told: Told) -> Number:
        found = told.data("people")["stores"]["total"][column]
        if not found:
            return Number(writing.NONE, _("nothing to count yet"))
        counted = words(found)
        return Number(counted, _("too few to say") if found["few"] else _bounds(found, column))

    return say


def _bounds(found: dict[str, Any], column: str) -> str:
    said = writing.roubles if column == "average" else writing.percent
    return _("from %(low)s to %(high)s, for sure in 95 cases of 100") % {"low": said(found["low"]), "high": said(found["high"])}


capture = of_all("capture", lambda found: writing.percent(found["value"]))
conversion = of_all("conversion", lambda found: writing.percent(found["value"]))
complete = of_all("complete", lambda found: writing.percent(found["value"]))
came_again = of_all("again", lambda found: writing.percent(found["value"]))
average_receipt = of_all("average", lambda found: writing.roubles(found["value"]))
