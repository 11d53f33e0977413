"""One article: what it is, where its pieces lie, who bought it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from catalogue import selectors as catalogue_selectors
from catalogue.forms import PhotoForm
from catalogue.models import Article
from clients.writing import identities
from purchases import selectors as purchases_selectors
from stores.lookups import shows_contacts
from stores.policies import CrmRequest, everybody


@require_GET
@everybody
@shows_contacts()
def article(request: CrmRequest, pk: int) -> HttpResponse:
    """Its stock in the whole chain, and its buyers: opening it counts as a look-up. Three queries."""
    found = get_object_or_404(Article, pk=pk)
    stock = catalogue_selectors.stock_of(found)
    context = {
        "article": found, "stock": stock, "lying": sum(lying.pieces for lying in stock), "photo_form": PhotoForm(),
        "told_at": found.stock.order_by("-changed_at").values_list("changed_at", flat=True).first(),
        "buyers": purchases_selectors.buyers_of(identities.writings([found.article])),
    }  # fmt: skip
    return render(request, "pages/article.html", context)
