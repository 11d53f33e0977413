"""What the charts of the report draw: plain numbers and words, drawn by the browser. Each has its table beside it."""

from decimal import Decimal
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from analytics.returning import Month, ReturningReport, percent


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
