"""What loyalty shows at the counter: the bill of a sale while it is typed."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from purchases import bonuses
from purchases.forms import PieceFormSet, SaleForm
from stores.policies import CrmRequest, everybody
from stores.selectors import store_of


@require_POST
@everybody
def bill(request: CrmRequest) -> HttpResponse:
    """The bill of what is typed so far: half of a line is none yet. Saves and reserves nothing."""
    store = store_of(request)
    form, pieces = SaleForm(request.POST, store=store), PieceFormSet(request.POST, prefix="pieces")
    form.is_valid(), pieces.is_valid()
    lines = [line for one in pieces.forms if one.is_whole and (line := one.line())]
    told = bonuses.shown(lines, form.cleaned_data.get("client"), form.cleaned_data.get("sold_on") or store.today(), form.wish())
    return render(request, "purchases/_bill.html", {"told": told})
