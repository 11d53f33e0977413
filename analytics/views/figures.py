"""The manager's page: returning and new clients over a period, in words, tables, charts, and as the chain prints it."""

from decimal import Decimal
from typing import NamedTuple

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from analytics import mondays, pages, snapshots
from analytics.figures import periods, statistics
from analytics.figures.periods import Period
from analytics.figures.report_json import number
from analytics.figures.returning import Group, ReturningReport, percent
from analytics.pages import Asked
from analytics.shown import charts, printed, report_pdf
from imports.exports import export_table
from stores.bases.reading import from_replica
from stores.models import Store
from stores.policies import CrmRequest, managers

MONTHS = (13, 25, 37)


@require_GET
@managers
@from_replica
def returning_page(request: CrmRequest) -> HttpResponse:
    asked = Asked(request)
    period, store = asked.period, asked.store
    against = _against(request, period)
    now, before = snapshots.report(period, store=store), snapshots.report(against, store=store)
    wanted = request.GET.get("months", "")
    count = int(wanted) if wanted in map(str, MONTHS) else MONTHS[0]
    months = snapshots.months(period.last, count=count, store=store)
    if "export" in request.GET:
        header = [_("figure"), _("regulars"), _("newcomers"), _("converted"), _("total")]
        return export_table(request, "returning", header, _table(now.report))
    context = {
        **asked.context(), **_shown(now.report, before.report, period, against, store),
        "report": now.report, "before": before.report, "computed_at": now.computed_at, "months": months, "count": count,
        "counts": MONTHS, "against": request.GET.get("against", "before"),
        "charts": charts.of_report(now.report, months), "printed": printed.paragraphs(now.report),
        "printed_title": printed.title(now.report, store), "letter": mondays.letter_of(request.user),
        "mail_works": bool(settings.SMTP_HOST),
    }  # fmt: skip
    return render(request, "analytics/returning/returning.html", context)


def _against(request: CrmRequest, period: Period) -> Period:
    """What the period is compared with: the one before it, the same days a year ago, or two days of one's own."""
    if request.GET.get("against") == "year":
        return period.year_before()
    said = {"first": request.GET.get("first2", ""), "last": request.GET.get("last2", "")}
    if request.GET.get("against") == "own" and said["first"]:
        _key, own, wrong = periods.asked(said, {"before": ("", period.before())}, "before")
        return period.before() if wrong else own
    return period.before()


class ReportRow(NamedTuple):
    """A line of the page's table: a group now and in the period before, and its shares."""

    key: str
    name: str
    hint: str
    now: Group
    before: Group
    items_share: Decimal | None
    revenue_share: Decimal | None


def _shown(
    now: ReturningReport, before: ReturningReport, period: Period, against: Period, store: Store | None
) -> dict[str, object]:
    def row(key: str, name: str, whole: Group, hint: str = "") -> ReportRow:
        group: Group = getattr(now, key)
        shares = percent(group.items, whole.items), percent(group.revenue, whole.revenue)
        return ReportRow("all" if key == "total" else key, name, hint, group, getattr(before, key), *shares)

    rows = [
        row("regular", _("regulars"), now.total),
        row("newcomer", _("newcomers"), now.total),
        row("converted", _("of them came again"), now.newcomer, _("shares of the newcomers'")),
        row("total", _("total"), now.total),
    ]
    few = min(now.regular.clients, now.newcomer.clients) < statistics.FEW
    urls = {"receipts_url": _receipts(period, store), "before_url": _receipts(against, store)}
    return {"rows": rows, "few": few, **urls}


def _receipts(period: Period, store: Store | None) -> str:
    chosen = f"&store={store.pk}" if store else ""
    return f"{reverse('purchases:receipts')}?first={period.first}&last={period.last}{chosen}"


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


@require_GET
@managers
@from_replica
def returning_pdf(request: CrmRequest) -> HttpResponse:
    """The chain's own text of the period, on a page to print."""
    asked = Asked(request)
    report = snapshots.report(asked.period, store=asked.store).report
    months = snapshots.months(asked.period.last, count=MONTHS[0], store=asked.store)
    response = HttpResponse(report_pdf.pdf(report, months, asked.store), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="carat-{asked.period.first}-{asked.period.last}.pdf"'
    return response


@require_POST
@managers
def on_mondays(request: CrmRequest) -> HttpResponse:
    """Be written the report of each week, over what the address chooses; or no more."""
    asked = Asked(request)
    if request.POST.get("say") == "end":
        mondays.end(request.user)
        messages.success(request, _("The report no longer comes by mail."))
    else:
        mondays.begin(request.user, asked.store)
        messages.success(request, _("From next Monday on the report of the week comes to %(to)s.") % {"to": request.user.email})
    return redirect(f"{reverse('analytics:returning')}?{asked.store_query}")


@require_GET
@managers
@from_replica
def breakdown(request: CrmRequest) -> HttpResponse:
    """The same period by store, kind, price band, seller and first kind, and whose the records are."""
    return pages.figure_page(request, "breakdown", "analytics/breakdown/breakdown.html", _breakdown)


def _breakdown(asked: Asked, data: dict[str, object]) -> dict[str, object]:
    return {"charts": charts.of_breakdown(data), "receipts_url": _receipts(asked.period, asked.store)}
