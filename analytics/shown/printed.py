"""The text that the chain prints for itself: the report of a period in sentences."""

from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analytics.figures.returning import ReturningReport, percent
from stores import rules
from stores.models import Store
from stores.texts import writing


def title(report: ReturningReport, store: Store | None) -> str:
    """What the text is about."""
    days = f"{formats.date_format(report.first)} – {formats.date_format(report.last)}"
    return f"{_('Returning and new clients')}: {days}, {store or rules.current().chain_name}"


def paragraphs(report: ReturningReport) -> list[str]:
    """The report in sentences; what cannot be said of so few is left out."""
    total, regular, newcomer = report.total, report.regular, report.newcomer
    if not total.items:
        return [_("Nothing was sold with a card on these days.")]
    told = [
        _("Regular clients bought %(items)s of the pieces and brought %(revenue)s of the revenue.")
        % {"items": _share(regular.items, total.items), "revenue": _share(regular.revenue, total.revenue, places=1)},
        _("In all %(pieces)s for %(sum)s, of them %(regular)s by regulars and %(newcomer)s by newcomers.")
        % {
            "pieces": ngettext("%(n)s piece", "%(n)s pieces", total.items) % {"n": total.items},
            "sum": writing.roubles(total.revenue), "regular": regular.items, "newcomer": newcomer.items,
        },
    ]  # fmt: skip
    if report.price_premium is not None:
        told.append(
            _("A regular's piece costs %(regular)s on average, a newcomer's %(newcomer)s: %(premium)s dearer.")
            % {
                "regular": writing.roubles(regular.average_price), "newcomer": writing.roubles(newcomer.average_price),
                "premium": writing.percent(report.price_premium, 0),
            }
        )  # fmt: skip
    if report.items_premium is not None:
        told.append(_("A regular buys %(premium)s more pieces.") % {"premium": writing.percent(report.items_premium, 0)})
    if newcomer.items:
        told.append(
            _("Of the newcomers' pieces %(items)s, and %(revenue)s of their revenue, are of those who came again at once.")
            % {
                "items": _share(report.converted.items, newcomer.items),
                "revenue": _share(report.converted.revenue, newcomer.revenue, places=2),
            }
        )
    told.append(
        _(
            "Records of one client over twelve months: %(month)s pieces and %(month_sum)s in a month, "
            "%(year)s and %(year_sum)s in all."
        )
        % {
            "month": report.records.items_in_a_month, "year": report.records.items_in_a_year,
            "month_sum": writing.roubles(report.records.sum_in_a_month),
            "year_sum": writing.roubles(report.records.sum_in_a_year),
        }
    )  # fmt: skip
    return told


def _share(part: Decimal | int, whole: Decimal | int, places: int = 0) -> str:
    return writing.percent(percent(part, whole), places)
