"""Periods that people ask for: presets, their former neighbours, and which of them are computed ahead. Public."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

FIRST_YEAR, LAST_YEAR = 1990, 2200


class Period(NamedTuple):
    """Days ``first..last``, both included."""

    first: date
    last: date

    def before(self) -> "Period":
        """The period before: whole months before whole months, else as many days."""
        if self.is_whole_months():
            months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
            return Period(_add_months(self.first, -months), self.first - timedelta(days=1))
        length = self.last - self.first + timedelta(days=1)
        return Period(self.first - length, self.last - length)

    def year_before(self) -> "Period":
        """The same days of the year before; 29 February becomes the 28th."""
        return Period(_year_before(self.first), _year_before(self.last))

    def is_whole_months(self) -> bool:
        return self.first.day == 1 and (self.last + timedelta(days=1)).day == 1


def _year_before(day: date) -> date:
    if day.day == 28 and day.month == 2 and (day + timedelta(days=1)).day == 1:
        return _add_months(day, -11) - timedelta(days=1)  # the end of a February is the end of the one before
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _add_months(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def month(day: date) -> Period:
    """The calendar month of a day."""
    start = day.replace(day=1)
    return Period(start, _add_months(start, 1) - timedelta(days=1))


def presets(today: date) -> dict[str, tuple[str | Promise, Period]]:
    """The periods offered by one click, by key: name and days."""
    this_month = month(today)
    last_month = month(this_month.first - timedelta(days=1))
    quarter = _add_months(this_month.first, -((today.month - 1) % 3))
    return {
        "month": (_("this month"), Period(this_month.first, today)),
        "last-month": (_("last month"), last_month),
        "quarter": (_("this quarter"), Period(quarter, today)),
        "year": (_("this year"), Period(today.replace(month=1, day=1), today)),
        "12-months": (_("12 months"), Period(_add_months(this_month.first, -12), last_month.last)),
        "last-year": (_("last year"), Period(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))),
    }


def asked(said: Mapping[str, str], offered: Mapping[str, tuple[str | Promise, Period]], default: str) -> tuple[str, Period, str]:
    """The period of an address: a preset's key with its days, or two days; words where they make no period.

    Reads ``first`` and ``last`` (ISO days), else ``period`` (a key of ``offered``).
    """
    first, last = said.get("first", ""), said.get("last", "")
    if first or last:
        try:
            period = Period(date.fromisoformat(first), date.fromisoformat(last))
        except ValueError:
            return "", offered[default][1], gettext("These are not two days. Type them as 2018-12-01.")
        if period.first > period.last:
            return "", offered[default][1], gettext("The period ends before it begins.")
        if period.first.year < FIRST_YEAR or period.last.year > LAST_YEAR:
            return "", offered[default][1], gettext("Choose days between 1990 and 2200.")
        return "", period, ""
    key = said.get("period", default)
    return (key, offered[key][1], "") if key in offered else (default, offered[default][1], "")
