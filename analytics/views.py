"""The manager's page: returning and new clients over a period."""

from decimal import Decimal
from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from analytics import charts, periods, returning, snapshots
from analytics.periods import Period
from analytics.report_json import number
from analytics.returning import Group, ReturningReport, percent
from imports.exports import export
from stores.models import Store
from stores.policies import CrmRequest, managers
from stores.selectors import counter

FEW = 30


@require_GET
@managers
def returning_page(request: CrmRequest) -> HttpResponse:
    here = counter(request)
    store = here.from_query()
    standing = store or here.store
    today = standing.today() if standing else timezone.localdate()
    presets = periods.presets(today)
    key, period, error = periods.asked(request.GET, presets, "last-month")
    now, before = snapshots.report(period, store=store), snapshots.report(period.before(), store=store)
    months = returning.months(period.last, count=13, store=store)
    if "export" in request.GET:
        header = [_("figure"), _("regulars"), _("newcomers"), _("converted"), _("total")]
        return export(request, "returning", header, _table(now.report))
    context = {
        **_shown(now.report, before.report, period, store),
        "report": now.report, "before": before.report, "computed_at": now.computed_at, "presets": presets, "preset": key,
        "store": store, "months": months, "error": error, "period": period,
        "charts": charts.of_report(now.report, months),
    }  # fmt: skip
    return render(request, "analytics/returning.html", context)


class Row(NamedTuple):
    """A line of the page's table: a group now and in the period before, and its shares."""

    key: str
    name: str
    hint: str
    now: Group
    before: Group
    items_share: Decimal | None
    revenue_share: Decimal | None


def _shown(now: ReturningReport, before: ReturningReport, period: Period, store: Store | None) -> dict[str, object]:
    def row(key: str, name: str, whole: Group, hint: str = "") -> Row:
        group: Group = getattr(now, key)
        shares = percent(group.items, whole.items), percent(group.revenue, whole.revenue)
        return Row("all" if key == "total" else key, name, hint, group, getattr(before, key), *shares)

    rows = [
        row("regular", _("regulars"), now.total),
        row("newcomer", _("newcomers"), now.total),
        row("converted", _("of them came again"), now.newcomer, _("shares of the newcomers'")),
        row("total", _("total"), now.total),
    ]
    shares = {
        "items": rows[0].items_share, "revenue": rows[0].revenue_share,
        "converted_items": rows[2].items_share, "converted_revenue": rows[2].revenue_share,
    }  # fmt: skip
    chosen = f"&store={store.pk}" if store else ""
    url = f"{reverse('purchases:receipts')}?first={period.first}&last={period.last}{chosen}"
    few = min(now.regular.clients, now.newcomer.clients) < FEW
    former = f"{reverse('purchases:receipts')}?first={period.before().first}&last={period.before().last}{chosen}"
    return {"rows": rows, "shares": shares, "receipts_url": url, "before_url": former, "few": few}


def _table(report: ReturningReport) -> list[list[object]]:
    groups = (report.regular, report.newcomer, report.converted, report.total)
    return [
        [_("period"), report.first, report.last],
        [_("clients"), *(group.clients for group in groups)],
        [_("pieces"), *(group.items for group in groups)],
        [_("revenue"), *(group.revenue for group in groups)],
        [_("average price"), *(number(group.average_price) for group in groups)],
        [_("pieces per client"), *(number(group.items_per_client) for group in groups)],
        [_("share of pieces, %"), *(number(percent(group.items, report.total.items)) for group in groups)],
        [_("share of revenue, %"), *(number(percent(group.revenue, report.total.revenue)) for group in groups)],
        [_("a regular's piece is dearer by, %"), number(report.price_premium)],
    ]
