"""One person – one card: pairs to decide, two cards side by side, and back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients import selectors
from clients.models import Client, Merge, Pair
from clients.resources import PairResource
from clients.sameness import merging
from clients.sameness.comparison import compare_cards
from clients.sameness.merging import MergeError
from imports.exports import export_rows, page_of
from stores.lookups import shows_contacts
from stores.models import ChainRight
from stores.policies import CrmRequest, NotPermittedError, everybody, managers
from stores.selectors import counter, whole_number

# In the session until the next look at the pairs: the one that was told apart.
TOLD_APART = "told_apart"


@require_GET
@managers
@shows_contacts()
def pairs(request: CrmRequest) -> HttpResponse:
    """Pairs that wait for a decision, the likeliest first; ``?different`` those told apart; ``?export`` gives a workbook."""
    state = Pair.State.DIFFERENT if "different" in request.GET else Pair.State.OPEN
    found = selectors.pairs(counter(request).stores, state)
    if "export" in request.GET:
        return export_rows(request, "pairs", PairResource, found)
    told = _told_apart(request.session.pop(TOLD_APART, 0))
    context = {"page": page_of(request, found), "different": state == Pair.State.DIFFERENT, "told": told}
    return render(request, "clients/pairs.html", context)


def _told_apart(pk: int) -> Pair | None:
    """The pair that was told apart a moment ago, to be asked about again. No query where there was none."""
    slip = Pair.objects.filter(pk=pk, state=Pair.State.DIFFERENT).select_related("first", "second")
    return slip.first() if pk else None


@require_http_methods(["GET", "POST"])
@managers
@shows_contacts()
def merge(request: CrmRequest, first: int, second: int) -> HttpResponse:
    """Two cards side by side; posted, they become one."""
    survivor, absorbed = _live(first), _live(second)
    if survivor == absorbed:
        raise Http404
    _permit(request, survivor, absorbed)
    if request.method == "GET":
        return render(request, "clients/merge.html", {"compared": compare_cards(survivor, absorbed)})
    chosen = {field: request.POST.get(field, "survivor") for field in merging.FACTS}
    try:
        merging.merge(survivor, absorbed, chosen=chosen, by=request.user)
    except MergeError:
        messages.error(request, _("One of the cards has become part of another meanwhile; nothing was changed."))
        return redirect("clients:pairs")
    except ValidationError as refused:
        messages.error(request, _("Nothing was changed: %(words)s") % {"words": " ".join(refused.messages)})
        return render(request, "clients/merge.html", {"compared": compare_cards(survivor, absorbed)}, status=422)
    messages.success(request, _("One card now. If it was a mistake, undo it below."))
    return redirect("pages:card", pk=survivor.pk)


@require_POST
@managers
def undo_merge(request: CrmRequest, pk: int) -> HttpResponse:
    made = get_object_or_404(Merge.objects.select_related("survivor", "absorbed"), pk=pk)
    _permit(request, made.survivor, made.absorbed)
    try:
        lost = merging.undo(made, by=request.user)
    except MergeError:
        messages.error(request, _("This cannot be undone now: a later merge comes first, or it was undone before."))
        return redirect("pages:card", pk=made.survivor_id)
    messages.success(request, _("Two cards again; what was written since stays on this one."))
    if lost:
        text = _("The phone of %(name)s is on another card by now; that card came back without it.")
        messages.warning(request, text % {"name": made.absorbed})
    return redirect("pages:card", pk=made.survivor_id)


@require_POST
@everybody
def tell_apart(request: CrmRequest, first: int, second: int) -> HttpResponse:
    """«Different people»: not asked about again."""
    pair = merging.tell_apart(_live(first), _live(second), by=request.user)
    request.session[TOLD_APART] = pair.pk
    messages.success(request, _("Different people: these two are not proposed again."))
    return redirect("clients:pairs") if request.user.role != "seller" else redirect("pages:card", pk=first)


@require_POST
@managers
def ask_again(request: CrmRequest, pk: int) -> HttpResponse:
    merging.ask_again(get_object_or_404(Pair, pk=pk))
    messages.success(request, _("The question is open again."))
    return redirect("clients:pairs")


@require_http_methods(["GET", "POST"])
@everybody
@shows_contacts()
def other_card(request: CrmRequest, pk: int) -> HttpResponse:
    """Which card is the same person's? A manager goes on to both side by side; a seller leaves the question to a manager."""
    client = _live(pk)
    if request.method == "POST":
        other = _live(whole_number(request.POST.get("other", "")) or 0)
        if other == client:
            raise Http404
        merging.propose(client, other, by=request.user)
        messages.success(request, _("Thank you: a manager will look at the two cards."))
        return redirect("pages:card", pk=pk)
    text = request.GET.get("q", "").strip()
    near = Pair.objects.filter(Q(first=client) | Q(second=client), state=Pair.State.OPEN).select_related("first", "second")
    found = [pair.second if pair.first_id == pk else pair.first for pair in near]
    found += [card for card in selectors.find_clients(text) if card.pk != pk and card not in found]
    context = {"client": client, "found": found, "q": text, "here": reverse("clients:other_card", args=[pk])}
    return render(request, "clients/other_card.html", context)


def _permit(request: CrmRequest, *cards: Client) -> None:
    """Cards of one's own stores are a manager's; with others' it takes the chain's permission. Raises NotPermittedError."""
    own = {store.pk for store in counter(request).stores}
    if any(card.home_store_id not in own for card in cards) and not request.user.may(ChainRight.CARDS):
        raise NotPermittedError(
            _("One of these cards is of another store. An admin of the chain can permit you to merge such cards.")
        )


def _live(pk: int) -> Client:
    return get_object_or_404(Client.objects.live().select_related("home_store"), pk=pk)
