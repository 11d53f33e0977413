"""Which tier a client stands on: the best that the kept spend of 365 days reached since the first of January. Pure.

So a tier comes on the day after it is reached, and goes on the first of January: nothing is stored, nothing drifts.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from stores.texts import writing

WINDOW = timedelta(days=365)
NOTHING = Decimal(0)


def called(from_spent: Decimal) -> str:
    """A tier without a name of its own."""
    return _("from %(sum)s ₽") % {"sum": writing.count(from_spent)}


def hundredths(percent: Decimal | None) -> int:
    """A percent as whole hundredths of it."""
    return int((percent or Decimal(0)) * 100)


class Step(NamedTuple):
    """A tier as a bill reads it: percents in hundredths."""

    from_spent: Decimal
    earn: int
    discount: int
    name: str = ""

    def __str__(self) -> str:
        return self.name or called(self.from_spent)


class Reached(NamedTuple):
    """``step`` that holds (None below the first), ``spent`` in the last 365 days, ``coming`` the next step.

    ``kept`` is the step that the spend of the last 365 days alone would give: what is left on the first of January.
    """

    step: Step | None
    spent: Decimal
    coming: Step | None
    kept: Step | None

    @property
    def lacks(self) -> Decimal:
        """How much more is to be spent for the next step."""
        return max(NOTHING, self.coming.from_spent - self.spent) if self.coming else NOTHING

    @property
    def goes_down(self) -> bool:
        return self.step != self.kept


def first_day(day: date) -> date:
    """The first day whose spend can matter for the tier of a day."""
    return _new_year(day) - WINDOW


def reached(spent: Iterable[tuple[date, Decimal]], day: date, steps: Sequence[Step]) -> Reached:
    """The tier on a day, by kept spend on the days before it."""
    days = sorted((on, paid) for on, paid in spent if on < day)
    now = _within(days, day)
    best = max([_within(days, _new_year(day)), now, *(_within(days, on + timedelta(days=1)) for on, _paid in _since(days, day))])
    step = step_of(best, steps)
    coming = next((one for one in sorted(steps) if step is None or one.from_spent > step.from_spent), None)
    return Reached(step, now, coming, step_of(now, steps))


def _new_year(day: date) -> date:
    return day.replace(month=1, day=1)


def _since(days: list[tuple[date, Decimal]], day: date) -> list[tuple[date, Decimal]]:
    return [one for one in days if one[0] >= _new_year(day)]


def _within(days: list[tuple[date, Decimal]], day: date) -> Decimal:
    """What was spent in the 365 days before a day."""
    return sum((paid for on, paid in days if day - WINDOW <= on < day), NOTHING)


def step_of(spent: Decimal, steps: Sequence[Step]) -> Step | None:
    """The step that a spend of 365 days reaches; None below the first."""
    return max((step for step in steps if step.from_spent <= spent), default=None)
