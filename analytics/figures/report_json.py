"""The returning report for other programs: JSON there and back."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from analytics.figures.returning import Group, Month, Records, ReturningReport, WithoutCard, money, percent

DEFINITIONS = {
    "regular": "first purchase or service before the period",
    "newcomer": "first purchase or service inside the period",
    "converted": "a newcomer with purchases or services on two or more different days inside the period",
    "records": (
        "the largest count and sum of one client in one calendar month, and in the twelve months that end with the period"
    ),
}


def number(value: Decimal | None) -> int | float | None:
    """A ratio or a sum for JSON: two decimals at most, whole numbers without them, None for none."""
    if value is None:
        return None
    rounded = round(value, 2)
    return int(rounded) if rounded == rounded.to_integral_value() else float(rounded)


def as_json(report: ReturningReport) -> dict[str, Any]:
    """The report as other programs read it; shares and percents to two decimals, undefined ratios null."""
    parts: Sequence[tuple[str, Group]] = (
        ("total", report.total),
        ("regular", report.regular),
        ("newcomer", report.newcomer),
        ("converted", report.converted),
    )
    return {
        "period": [report.first.isoformat(), report.last.isoformat()],
        "definitions": DEFINITIONS,
        "items": {name: group.items for name, group in parts} | _shares(report, "items"),
        "revenue": {name: number(group.revenue) for name, group in parts} | _shares(report, "revenue"),
        "average_price": {
            "regular": number(report.regular.average_price),
            "newcomer": number(report.newcomer.average_price),
            "premium_percent": number(report.price_premium),
        },
        "clients": {name: group.clients for name, group in parts[1:]},
        "items_per_client": {
            "regular": number(report.regular.items_per_client),
            "newcomer": number(report.newcomer.items_per_client),
            "premium_percent": number(report.items_premium),
        },
        "records": {name: number(Decimal(value)) for name, value in report.records._asdict().items()},
        "without_card": {"items": report.without_card.items, "revenue": number(report.without_card.revenue)},
        "printed_by_the_chain": _printed(report),
    }


def _shares(report: ReturningReport, what: str) -> dict[str, int | float | None]:
    def share(part: Group, whole: Group) -> int | float | None:
        return number(percent(getattr(part, what), getattr(whole, what)))

    return {
        "regular_share": share(report.regular, report.total),
        "newcomer_share": share(report.newcomer, report.total),
        "converted_share_of_newcomers": share(report.converted, report.newcomer),
    }


def _printed(report: ReturningReport) -> dict[str, Any]:
    """The same figures rounded as the chain prints them for itself."""

    def rounded(value: Decimal | None, places: int = 0) -> int | float | None:
        return None if value is None else number(round(value, places))

    total, newcomer = report.total, report.newcomer
    return {
        "items_share": [rounded(percent(group.items, total.items)) for group in (report.regular, newcomer)],
        "converted_items": rounded(percent(report.converted.items, newcomer.items)),
        "revenue_share": [rounded(percent(group.revenue, total.revenue), 1) for group in (report.regular, newcomer)],
        "converted_revenue": rounded(percent(report.converted.revenue, newcomer.revenue), 2),
        "average": [rounded(group.average_price) for group in (report.regular, newcomer)],
        "dearer": rounded(report.price_premium),
        "more": rounded(report.items_premium),
    }


def month_as_json(month: Month) -> dict[str, Any]:
    """A calendar month: pieces and revenue of its regulars and newcomers."""
    return {
        "month": month.month.isoformat(),
        "regular": {"items": month.regular_items, "revenue": number(month.regular_revenue)},
        "newcomer": {"items": month.newcomer_items, "revenue": number(month.newcomer_revenue)},
    }


def month_from_json(data: dict[str, Any]) -> Month:
    """A month back from ``month_as_json``."""
    regular, newcomer = data["regular"], data["newcomer"]
    revenues = money(regular["revenue"]), money(newcomer["revenue"])
    return Month(date.fromisoformat(data["month"]), regular["items"], newcomer["items"], *revenues)


def from_json(data: dict[str, Any]) -> ReturningReport:
    """A report back from ``as_json``."""

    def group(name: str) -> Group:
        return Group(data["clients"][name], data["items"][name], money(data["revenue"][name]))

    records_ = data["records"]
    return ReturningReport(
        first=date.fromisoformat(data["period"][0]),
        last=date.fromisoformat(data["period"][1]),
        regular=group("regular"),
        newcomer=group("newcomer"),
        converted=group("converted"),
        records=Records(
            records_["items_in_a_month"],
            records_["items_in_a_year"],
            money(records_["sum_in_a_month"]),
            money(records_["sum_in_a_year"]),
        ),
        without_card=WithoutCard(data["without_card"]["items"], money(data["without_card"]["revenue"])),
    )
