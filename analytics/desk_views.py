"""Pages of the service desk's figures and of what clients answered."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from analytics import desk
from analytics.pages import Asked
from imports.exports import export, page_of
from stores.policies import CrmRequest, managers
from stores.selectors import counter


@require_GET
@managers
def desk_page(request: CrmRequest) -> HttpResponse:
    """Turnaround against the promise, delays, and whom the desk wins; ``?export`` gives the tables."""
    asked = Asked(request)
    data = desk.desk_figures(asked.period, stores=asked.stores, today=asked.today)
    if "export" in request.GET:
        header = [_("By"), _("Name"), _("Requests"), _("Days, median"), _("Days, mean"), _("Days promised"), _("Late")]
        tables = [(_("kind"), data.by_kind), (_("store"), data.by_store), (_("master"), data.by_master)]
        rows = (
            [by, r.name, r.requests, r.median_days, r.mean_days, r.promised_days, r.late_requests] for by, t in tables for r in t
        )
        return export(request, "desk", header, rows)
    return render(request, "analytics/desk.html", {**asked.context(), "data": data, "few": desk.FEW})


@require_GET
@managers
def reviews_page(request: CrmRequest) -> HttpResponse:
    """How clients answered the one question, by month and store, and their words."""
    asked = Asked(request)
    data = desk.review_figures(stores=asked.stores, today=asked.today)
    words = desk.latest_words([asked.store] if asked.store else counter(request).stores)
    if "export" in request.GET:
        header = [_("Day"), _("Store"), _("Client"), _("Score"), _("Words")]
        return export(request, "reviews", header, ([r.asked_on, str(r.store), str(r.client), r.score, r.words] for r in words))
    return render(request, "analytics/reviews.html", {**asked.context(), "data": data, "page": page_of(request, words)})
