"""What the charts of the report draw: plain numbers and words, drawn by the browser. Each has its table beside it."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from analytics.figures.coming_back import LAST_NTH
from analytics.figures.returning import Month, ReturningReport, percent
from catalogue.kinds import PieceKind
from stores.texts import writing

Chart = dict[str, Any]
DIMENSIONS = ("store", "kind", "band", "first_kind")


def of_report(report: ReturningReport, months: list[Month]) -> dict[str, Any]:
    """Every chart of the page by its name."""
    return {"shares": shares(report), "averages": averages(report), "months": by_month(months)}


def shares(report: ReturningReport) -> dict[str, Any]:
    """Shares of pieces and of revenue as two full bars, regulars against newcomers."""
    rows = [(_("pieces"), "items"), (_("revenue"), "revenue")]
    return {
        "kind": "shares",
        "rows": [name for name, _attribute in rows],
        "series": [
            {"name": name, "data": [_share(group, report.total, attribute) for _row, attribute in rows]}
            for name, group in ((_("regulars"), report.regular), (_("newcomers"), report.newcomer))
        ],
    }


def _share(group: Any, total: Any, attribute: str) -> float:
    return float(round(percent(getattr(group, attribute), getattr(total, attribute)) or Decimal(0), 1))


def averages(report: ReturningReport) -> dict[str, Any]:
    """Average price of a piece for each group."""
    groups = ((_("regulars"), report.regular), (_("newcomers"), report.newcomer))
    return {
        "kind": "bars",
        "rows": [name for name, _group in groups],
        "data": [float(round(group.average_price or Decimal(0))) for _name, group in groups],
        "unit": "₽",
    }


def by_month(months: list[Month]) -> dict[str, Any]:
    """Revenue month by month, regulars under newcomers, with the share of those who came back."""
    return {
        "kind": "months",
        "rows": [formats.date_format(month.month, "M Y") for month in months],
        "series": [
            {"name": _("regulars"), "data": [float(month.regular_revenue) for month in months]},
            {"name": _("newcomers"), "data": [float(month.newcomer_revenue) for month in months]},
        ],
        "line": {
            "name": _("returning share, %"),
            "data": [None if m.returning_share is None else float(round(m.returning_share, 1)) for m in months],
        },
    }


def of_breakdown(data: dict[str, Any]) -> dict[str, Chart]:
    """Revenue of regulars and newcomers for each dimension but the sellers, who get no ranking."""
    return {f"by-{name}": _sides(name, data["by"][name]) for name in DIMENSIONS}


def _sides(dimension: str, rows: list[dict[str, Any]]) -> Chart:
    return {
        "kind": "stack", "rows": [row_name(dimension, row) for row in rows], "unit": "₽",
        "series": [
            {"name": name, "data": [row[side]["revenue"] for row in rows]}
            for name, side in ((_("regulars"), "regular"), (_("newcomers"), "newcomer"))
        ],
    }  # fmt: skip


def row_name(dimension: str, row: dict[str, Any]) -> str:
    """A row of the breakdown in words."""
    key = row["key"]
    if dimension in ("kind", "first_kind"):
        return str(PieceKind(key).label) if key in PieceKind.values else _("service only")
    if dimension == "band":
        return _("from %(sum)s ₽") % {"sum": writing.count(key)}
    return row["name"] or _("not noted")


def of_coming_back(data: dict[str, Any]) -> dict[str, Chart]:
    """Curves by year of the first visit, the chance of the next purchase, and the Lorenz curve."""
    nth = data["next"]["nth"]
    return {
        "curves": {
            "kind": "lines", "rows": [str(week) for week in range(1, 53)], "axis": _("weeks after the first visit"), "unit": "%",
            "series": [{"name": one["year"], "data": one["weeks"]} for one in data["curves"] if one["weeks"]],
        },
        "next": {
            "kind": "intervals", "unit": "%", "axis": _("after the n-th purchase"),
            "rows": [nth_name(row["nth"]) for row in nth if not row.get("few")],
            "data": [[row["value"], row["low"], row["high"]] for row in nth if not row.get("few")],
        },
        "lorenz": {
            "kind": "curve", "points": data["concentration"]["points"], "axis": _("buyers, %"), "name": _("revenue, %"),
        },
    }  # fmt: skip


def nth_name(place: int) -> str:
    """``11+`` for all the later ones."""
    return f"{place}" if place <= LAST_NTH else f"{LAST_NTH + 1}+"


def of_silent(data: dict[str, Any]) -> dict[str, Chart]:
    """Who fell silent and who came back, and whom to expect, by week."""
    weeks, ahead = data["weeks"], data["expected"]
    return {
        "weeks": {
            "kind": "pairs", "rows": [week_name(row["week"]) for row in weeks],
            "series": [
                {"name": _("fell silent"), "data": [row["fell"] for row in weeks]},
                {"name": _("came back"), "data": [row["back"] for row in weeks]},
            ],
        },
        "expected": {
            "kind": "pairs", "rows": [week_name(row["week"]) for row in ahead],
            "series": [{"name": _("expected clients"), "data": [row["clients"] for row in ahead]}],
        },
    }  # fmt: skip


def of_desk(kinds: list[dict[str, Any]]) -> dict[str, Chart]:
    """Days to ready beside days promised, by kind of service."""
    series = ((_("days to ready"), "median_days"), (_("days promised"), "median_promised"))
    told = [{"name": name, "data": [row[column] or 0 for row in kinds]} for name, column in series]
    return {"kinds": {"kind": "pairs", "rows": [row["name"] for row in kinds], "series": told}}


def week_name(monday: str) -> str:
    """``23.11`` of a week's Monday."""
    return formats.date_format(date.fromisoformat(monday), "d.m")


def of_worth(data: dict[str, Any]) -> dict[str, Chart]:
    """Revenue of a client over life by year of the first visit."""
    life = data["life"]
    longest = max((len(one["values"]) for one in life), default=0)
    return {
        "life": {
            "kind": "lines", "rows": [str(quarter) for quarter in range(1, longest + 1)], "unit": "₽",
            "axis": _("quarters after the first visit"),
            "series": [{"name": one["year"], "data": one["values"]} for one in life if one["values"]],
        },
    }  # fmt: skip


def of_trial(told: dict[str, Any]) -> dict[str, Chart]:
    """What terms on trial would have cost month by month, and its share of what was to pay without them."""
    return {"cost": _cost(told["months"])}


def _cost(months: list[dict[str, Any]]) -> Chart:
    """Coupons only where there are any: terms on trial know of none."""
    coupons = [float(row.get("other", 0)) for row in months]
    return {
        "kind": "months",
        "rows": [formats.date_format(row["month"], "M Y") for row in months],
        "series": [
            {"name": _("discounts by tier"), "data": [float(row["discount"]) for row in months]},
            {"name": _("bonuses spent"), "data": [float(row["spent"]) for row in months]},
            *([{"name": _("coupons"), "data": coupons}] if any(coupons) else []),
        ],
        "line": {
            "name": _("of what was to pay, %"),
            "small": True,
            "data": [None if row["share"] is None else float(round(row["share"], 1)) for row in months],
        },
    }


def of_loyalty(data: dict[str, Any]) -> dict[str, Chart]:
    """What loyalty cost month by month."""
    rows = [
        {**row, "month": _month(row["month"]), "discount": row["tier"], "spent": row["bonus"]} for row in data["cost"]["by_month"]
    ]
    return {"cost": _cost(rows)}


def _month(text: str) -> date:
    return date.fromisoformat(f"{text}-01")
