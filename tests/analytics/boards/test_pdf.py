"""A board on paper: a sheet that opens, for every figure there is, empty and full."""

import pytest
from django.utils import timezone

from analytics.boards import composed, pdf, services, sources
from analytics.boards.catalogue import ITEMS
from stores.models import Employee, Store
from tests.analytics.conftest import Histories


@pytest.mark.parametrize("clients", [0, 40])
def test_every_figure_is_printed(
    clients: int, boss: Employee, store: Store, histories: Histories, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "MOST_TILES", 99)
    histories(clients)
    board = services.create(boss, "Всё", period="12-months", what=[(key, None) for key in ITEMS])
    reader = composed.reader_of(boss, timezone.localdate())
    before = pdf.pdf(board, composed.compose(board, reader), None)
    sources.compute(composed.compose(board, reader).missing)

    after = pdf.pdf(board, composed.compose(board, reader), store)

    assert (before[:5], after[:5]) == (b"%PDF-", b"%PDF-")
    assert len(after) > len(before)
