"""Composing a board of one's own: its name and readers, its figures and their order, and a figure from its own page."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from analytics.boards import selectors, services
from analytics.boards.catalogue import ITEMS, PAGES, READY, Item, at_home
from analytics.boards.forms import BoardForm
from analytics.models import Board
from analytics.pages import Asked
from analytics.views.boards import full
from stores.models import Store
from stores.policies import CrmRequest, managers
from stores.selectors import counter, whole_number


def _mine(request: CrmRequest, pk: int) -> Board:
    return get_object_or_404(selectors.owned(request.user), pk=pk)


@require_POST
@managers
def new_board(request: CrmRequest) -> HttpResponse:
    """An empty board by its name, or one of those to begin with."""
    ready = READY.get(request.POST.get("ready", ""))
    try:
        if ready:
            return redirect("analytics:board", services.from_ready(request.user, ready).pk)
        made = services.create(request.user, request.POST.get("name", ""))
        return redirect("analytics:compose_board", made.pk)
    except services.FullError:
        full(request)
        return redirect("analytics:boards")


@require_http_methods(["GET", "POST"])
@managers
def compose(request: CrmRequest, pk: int) -> HttpResponse:
    board, here = _mine(request, pk), counter(request)
    form = BoardForm(request.POST or None, board=board, stores=here.stores)
    if request.method == "POST" and form.is_valid() and form.write():
        messages.success(request, _("The board is saved."))
        return redirect("analytics:compose_board", pk)
    tiles = [tile for tile in board.tiles.select_related("store") if tile.what in ITEMS]
    context: dict[str, Any] = {
        "board": Board.objects.get(pk=pk), "form": form, "tiles": [(tile, ITEMS[tile.what]) for tile in tiles],
        "offered": _offered({tile.what for tile in tiles if tile.store_id is None}), "stores": here.stores,
        "most": services.MOST_TILES,
    }  # fmt: skip
    return render(request, "analytics/boards/compose.html", context, status=422 if request.method == "POST" else 200)


def _offered(there: set[str]) -> list[tuple[Any, list[tuple[Item, bool]]]]:
    """The catalogue by the pages where the figures are at home, and whether each stands on the board already."""
    return [
        (PAGES[page], [(item, item.key in there) for item in items])
        for page, items in groupby(ITEMS.values(), key=lambda item: item.page)
    ]


def _store(request: CrmRequest) -> Store | None:
    """The store that a figure is fixed to; None for whichever the page shows. Raises Http404 for a foreign one."""
    said = request.POST.get("store", "")
    return counter(request).get(whole_number(said)) if said else None


def _put(request: CrmRequest, board: Board) -> None:
    """Put a figure on a board and say so. Raises Http404 for an unknown one."""
    try:
        is_new = services.add(board, request.POST.get("what", ""), _store(request))
    except KeyError:
        raise Http404 from None
    except services.FullError:
        words = _("“%(board)s” has %(n)s figures already. Take one off, or begin another board.")
        messages.warning(request, words % {"board": board, "n": services.MOST_TILES})
        return
    said = _("On the board “%(board)s”: %(figure)s.") if is_new else _("It stands on the board “%(board)s” already: %(figure)s.")
    messages.success(request, said % {"board": board, "figure": ITEMS[request.POST["what"]].title})


@require_POST
@managers
def add_tile(request: CrmRequest, pk: int) -> HttpResponse:
    _put(request, _mine(request, pk))
    return redirect("analytics:compose_board", pk)


@require_POST
@managers
def move_tile(request: CrmRequest, pk: int, tile: int) -> HttpResponse:
    services.move(_mine(request, pk), tile, up=request.POST.get("way") == "up")
    return redirect("analytics:compose_board", pk)


@require_POST
@managers
def remove_tile(request: CrmRequest, pk: int, tile: int) -> HttpResponse:
    services.remove(_mine(request, pk), tile)
    return redirect("analytics:compose_board", pk)


@require_POST
@managers
def forget_board(request: CrmRequest, pk: int) -> HttpResponse:
    board = _mine(request, pk)
    board.delete()
    messages.success(request, _("The board “%(board)s” is deleted.") % {"board": board.name})
    return redirect("analytics:boards")


@require_http_methods(["GET", "POST"])
@managers
def to_board(request: CrmRequest) -> HttpResponse:
    """The figures of a page, each with one press onto a board; whoever has none gets one."""
    page = request.GET.get("page", "")
    items = at_home(page)
    if not items:
        raise Http404
    if request.method == "POST":
        said = request.POST.get("board", "")
        try:
            board = _mine(request, whole_number(said)) if said else services.create(request.user, _("My board"))
        except services.FullError:
            full(request)
            return redirect("analytics:boards")
        _put(request, board)
        return redirect(f"{reverse('analytics:to_board')}?{request.GET.urlencode()}")
    asked = Asked(request)
    context = {
        **asked.context(), "page_name": PAGES[page], "page_address": f"{reverse(page)}?{asked.store_query}", "items": items,
        "boards": list(selectors.owned(request.user)),
    }  # fmt: skip
    return render(request, "analytics/boards/to_board.html", context)
