"""Pictures that a template draws as SVG from what a figure says. Loaded by name."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _

from analytics.figures.today import Course, Till
from analytics.shown import drawn
from analytics.templatetags.figures import mover_name
from stores.texts import writing

register = template.Library()
register.filter("spark", drawn.spark)
register.filter("short_money", writing.short_money)


@register.filter
def growth(course: Course) -> drawn.Course | None:
    """The month as it grew, and as it grew a year ago."""
    return drawn.course(course.month, course.year)


@register.filter
def revenues(weeks: Iterable[Till]) -> list[Any]:
    return [till.revenue for till in weeks]


@register.filter
def returning_shares(weeks: Iterable[Till]) -> list[Any]:
    """What regulars bought of what cards did, in per cent; None of a week in which no card bought."""
    return [till.returning for till in weeks]


@register.filter
def at_day(sums: Sequence[Any], day: int) -> Any:
    """The sum of a day of the month, counted from 1; of the last day there is where the month is shorter."""
    return sums[min(day, len(sums)) - 1] if sums else None


@register.filter
def falls(told: dict[str, Any], first: str) -> list[drawn.Fall]:
    """The bars from the sum before, named ``first``, to the sum now."""
    steps = [(_("the rest") if step["what"] == "rest" else mover_name(step), step["moved"]) for step in told.get("steps", ())]
    return drawn.waterfall(told["before"], steps, told["now"], first=first, last=_("now"))
