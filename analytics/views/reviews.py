"""The page of what clients answered."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from analytics.figures import reviews
from analytics.pages import Asked
from analytics.resources import ReviewResource
from imports.exports import export_rows, page_of
from stores.bases.reading import from_replica
from stores.policies import CrmRequest, managers
from stores.selectors import counter


@require_GET
@managers
@from_replica
def reviews_page(request: CrmRequest) -> HttpResponse:
    """How clients answered the one question, by month and store, and their words."""
    asked = Asked(request)
    data = reviews.review_figures(stores=asked.stores, today=asked.today)
    words = reviews.latest_words([asked.store] if asked.store else counter(request).stores)
    if "export" in request.GET:
        return export_rows(request, "reviews", ReviewResource, words)
    return render(request, "analytics/reviews.html", {**asked.context(), "data": data, "page": page_of(request, words)})
