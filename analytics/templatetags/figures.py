"""How figures look: shares with their intervals, months and weeks of a snapshot, names of groups. Loaded by name."""

from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from analytics.asking import segments
from analytics.asking.conditions import GROUP_NAMES
from analytics.boards import catalogue
from analytics.shown import charts
from stores.texts import writing
from stores.texts.writing import NBSP, money, number, percent, roubles
from visits.models import Rhythm

register = template.Library()


@register.filter
def share(told: dict[str, Any] | None) -> str | SafeString:
    """A share in words: ``34,8 % (32,7–36,9)``; too few to say; a dash for one of nothing."""
    if not told:
        return "—"
    counted = f"{told['n']}{NBSP}/{NBSP}{told['of']}"
    if told["few"]:
        return format_html('<span class="text-secondary">{} · {}</span>', counted, gettext("too few to say"))
    words = f"{number(told['low'])}–{number(told['high'])}"
    return format_html(
        '<span title="{}">{} <small class="text-secondary">({})</small></span>', counted, percent(told["value"]), words
    )


@register.filter
def ranged_money(told: dict[str, Any] | None) -> str | SafeString:
    """An average sum with its interval, or the words that there are too few."""
    if not told:
        return "—"
    if told["few"]:
        return format_html('<span class="text-secondary">{} · {}</span>', roubles(told["value"]), gettext("too few to say"))
    words = f"{roubles(told['low'])}–{roubles(told['high'])}".replace(f"{NBSP}₽–", "–")
    return format_html("{} <small class='text-secondary'>({})</small>", roubles(told["value"]), words)


@register.filter
def heat(told: dict[str, Any] | None) -> str:
    """The class of a cell of the heat map: a shade for each five points up to fifty."""
    return f"heat heat-{min(10, int(told['value'] // 5))}" if told and not told["few"] else "heat"


@register.filter
def iso_month(text: str) -> str:
    """``2026-03`` → ``Март 2026``."""
    return writing.month(date.fromisoformat(f"{text[:7]}-01")) if text else ""


@register.filter
def iso_day(text: str) -> str:
    return writing.short_day(date.fromisoformat(text)) if text else ""


@register.filter
def row_name(row: dict[str, Any], dimension: str) -> str:
    """A row of the breakdown in words."""
    return charts.row_name(dimension, row)


@register.filter
def nth_name(place: int) -> str:
    return charts.nth_name(place)


@register.filter
def group_name(key: str) -> str:
    """A group of clients in words; nobody yet for an empty one."""
    return str(GROUP_NAMES[key]) if key else gettext("not yet a client")


RECORDS = {
    "items_in_a_month": _("most pieces in a month"),
    "items_in_a_year": _("most pieces in twelve months"),
    "sum_in_a_month": _("largest sum in a month"),
    "sum_in_a_year": _("largest sum in twelve months"),
}
WHY = {
    "phone": _("no phone on the card"),
    "birth_date": _("no birth date on the card"),
    "incomplete": _("something else is missing"),
    "consent": _("no consent to any message or call"),
}
MOVERS = {"regular": _("regulars"), "newcomer": _("newcomers")}


@register.filter
def record_name(key: str) -> str:
    return str(RECORDS[key])


@register.filter
def record_value(row: dict[str, Any], key: str) -> str:
    return money(row["value"]) if key.startswith("sum") else f"{row['value']}"


@register.filter
def why_unreached(key: str) -> str:
    return str(WHY[key])


@register.filter
def mover_name(mover: dict[str, Any]) -> str:
    """The store, kind or group that moved the revenue."""
    if mover["what"] == "group":
        return str(MOVERS[mover["key"]])
    return charts.row_name(mover["what"], mover)


@register.filter
def rule_words(rule: str) -> str:
    """Which rule told a client's usual interval."""
    return str(Rhythm.Rule(rule).label)


@register.simple_tag
def asking(what: str, **values: Any) -> str:
    """The address's part of a question of one condition."""
    return segments.as_query([[segments.single(what, **values)]])


@register.filter
def chance(value: float | None) -> str:
    """A chance in per cent."""
    return "—" if value is None else percent(100 * value, 0)


@register.filter
def last_of(values: list[Any]) -> Any:
    return values[-1] if values else None


@register.filter
def at_week(weeks: list[float], week: int) -> float | None:
    """The value of a curve at the end of a week; None where it does not reach so far."""
    return weeks[week - 1] if week <= len(weeks) else None


@register.filter
def whole(value: float) -> int:
    """The nearest whole number, for plural forms."""
    return round(value)


@register.filter
def has_figures(page: str) -> bool:
    """Whether a page, by the name of its address, has figures that may stand on a board."""
    return bool(catalogue.at_home(page))


@register.filter
def beside(cells: list[str], head: list[str]) -> list[tuple[str, str]]:
    """The cells of a row with the names of their columns."""
    return list(zip(head, cells, strict=True))
