"""What the figures keep about clients: the names of record holders alone, which go with the card."""

from datetime import date

import pytest

from analytics import snapshots
from analytics.boards import services
from analytics.figures.periods import Period
from analytics.figures.registry import FIGURES
from analytics.models import Board, Segment, Snapshot
from analytics.parts import AnalyticsPart
from clients import rights
from clients.models import Client
from clients.sameness import merging
from stores.models import Employee
from tests.conftest import Sell
from tests.factories import ClientFactory

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


@pytest.fixture
def kept(sell: Sell, card: Client) -> Client:
    """A record holder, named in a figure that is kept."""
    sell(card, date(2026, 3, 5), 700)
    for name in ("breakdown", "returning"):
        snapshots.keep(FIGURES[name], MARCH, None)
    assert card.last_name in str(Snapshot.objects.get(figure="breakdown").data)
    return card


def test_no_figure_names_a_client_who_was_erased(kept: Client, admin: Employee) -> None:
    rights.erase(kept, basis="заявление", by=admin)

    assert list(Snapshot.objects.values_list("figure", flat=True)) == ["returning"]
    assert kept.last_name not in str(FIGURES["breakdown"].compute(None, MARCH))


def test_a_saved_question_about_who_was_erased_goes(kept: Client, admin: Employee) -> None:
    other = {"groups": [[{"what": "visits"}]]}
    Segment.objects.create(name=f"{kept.last_name} {kept.first_name}", definition=other)
    Segment.objects.create(name="по телефону", definition={"text": kept.phone})
    Segment.objects.create(name=f"Однофамильцы: {kept.last_name}", definition=other)

    rights.erase(kept, basis="заявление", by=admin)

    assert list(Segment.objects.values_list("name", flat=True)) == [f"Однофамильцы: {kept.last_name}"]


def test_a_board_named_after_who_was_erased_gets_a_plain_name(kept: Client, boss: Employee, admin: Employee) -> None:
    boards = [services.create(boss, name) for name in (f"{kept.last_name} {kept.first_name}", "Утро")]

    rights.erase(kept, basis="заявление", by=admin)

    assert [Board.objects.get(pk=board.pk).name for board in boards] == [f"Доска {boards[0].pk}", "Утро"]


def test_a_merge_finds_nothing_here_to_move(kept: Client, manager: Employee) -> None:
    other, before = ClientFactory.create(), list(Snapshot.objects.values("figure", "data"))

    merged = merging.merge(kept, other, chosen={}, by=manager)

    assert list(Snapshot.objects.values("figure", "data")) == before
    assert not merged.moved.get("analytics")


def test_a_client_has_nothing_of_their_own_here(kept: Client) -> None:
    part = AnalyticsPart()

    assert (part.holdings([kept.pk]), part.counted(kept.pk), part.describe(kept.pk)) == ({}, {}, {})
    assert (part.move(kept.pk, kept.pk + 1), part.reason_not_to_erase(kept.pk), dict(part.stays)) == ({}, "", {})
