"""Boards: whose there are, one of them as a page, on paper and by mail."""

from functools import partial
from hashlib import sha256

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from analytics import mondays, tasks
from analytics.boards import composed, pdf, selectors, services
from analytics.boards.catalogue import ITEMS, READY
from analytics.boards.composed import Composed, Reader
from analytics.boards.forms import NewBoardForm
from analytics.models import Board
from analytics.pages import Asked
from stores.bases.reading import from_replica
from stores.policies import CrmRequest, managers
from stores.selectors import counter

# What a worker was asked for is asked for again after so many seconds.
ASKED_AGAIN = 60


def board_of(request: CrmRequest, pk: int) -> Board:
    """A board that the reader may open. Raises Http404 for any other."""
    return get_object_or_404(selectors.seen_by(request.user).select_related("owner", "audience_store"), pk=pk)


def full(request: CrmRequest) -> None:
    words = _("There are %(n)s boards of yours already. Delete one that you no longer open.")
    messages.warning(request, words % {"n": services.MOST_BOARDS})


@require_GET
@managers
@from_replica
def boards(request: CrmRequest) -> HttpResponse:
    """One's own boards, those that others show, and two to begin with."""
    ready = [(one, [ITEMS[key] for key in one.what]) for one in READY.values()]
    context = {"boards": selectors.listed(request.user), "ready": ready, "form": NewBoardForm(), **Asked(request).context()}
    return render(request, "analytics/boards/list.html", context)


def _composed(request: CrmRequest, board: Board) -> tuple[Asked, Composed]:
    asked = Asked(request)
    return asked, composed.compose(board, Reader(counter(request).stores, asked.store, asked.today))


def _ask_for(told: Composed) -> None:
    """Wake a worker for what is not kept yet; of many who look at once, the first."""
    if not told.missing:
        return
    rows = [[one.figure, str(one.scope), one.first.isoformat(), one.last.isoformat()] for one in told.missing]
    if cache.add(f"board:{sha256(repr(rows).encode()).hexdigest()}", True, ASKED_AGAIN):
        transaction.on_commit(partial(tasks.fill_board.delay, rows))


@require_GET
@managers
@from_replica
def board(request: CrmRequest, pk: int) -> HttpResponse:
    """One board over the store that the address chooses; figures of others' stores stay hidden."""
    mine = board_of(request, pk)
    asked, told = _composed(request, mine)
    _ask_for(told)
    context = {
        **asked.context(), "board": mine, "told": told, "charts": told.charts, "period": told.period,
        "is_mine": mine.owner_id == request.user.pk, "mail_works": bool(settings.SMTP_HOST),
        "comes": mondays.brings(request.user, mine),
    }  # fmt: skip
    return render(request, "analytics/boards/board.html", context)


@require_GET
@managers
def waiting(request: CrmRequest, pk: int) -> HttpResponse:
    """Asked by the page every few seconds while a figure is counted; the page comes anew when all are there."""
    _asked, told = _composed(request, board_of(request, pk))
    _ask_for(told)
    return HttpResponse(status=204, headers={} if told.missing else {"HX-Refresh": "true"})


@require_GET
@managers
@from_replica
def board_pdf(request: CrmRequest, pk: int) -> HttpResponse:
    mine = board_of(request, pk)
    asked, told = _composed(request, mine)
    _ask_for(told)
    response = HttpResponse(pdf.pdf(mine, told, asked.store), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="carat-board-{mine.pk}-{asked.today}.pdf"'
    return response


@require_POST
@managers
def board_on_mondays(request: CrmRequest, pk: int) -> HttpResponse:
    """Be sent the board every Monday; or no more."""
    mine = board_of(request, pk)
    if request.POST.get("say") == "end":
        mondays.end_board(request.user, mine)
        messages.success(request, _("The board no longer comes by mail."))
    else:
        mondays.begin_board(request.user, mine)
        messages.success(request, _("From next Monday on the board comes to %(to)s.") % {"to": request.user.email})
    return redirect("analytics:board", mine.pk)


@require_POST
@managers
def copy_board(request: CrmRequest, pk: int) -> HttpResponse:
    """A board that somebody shows, as one's own."""
    try:
        return redirect("analytics:board", services.copy(board_of(request, pk), request.user).pk)
    except services.FullError:
        full(request)
        return redirect("analytics:boards")
