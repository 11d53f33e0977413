"""The nightly comparison finds what has been tampered with, and nothing where nothing was."""

from collections.abc import Callable

import pytest

from analytics import checks, snapshots
from analytics.models import Snapshot
from clients.models import Client
from imports import services
from imports.models import ListImport
from imports.passes import engine
from tests.analytics.conftest import TODAY, Histories
from tests.conftest import DATA
from tests.lists import bring
from tests.present import present
from visits.models import ClientActivity, Rhythm, Visit


def test_figures_that_are_right_differ_nowhere(histories: Histories) -> None:
    histories(15)
    snapshots.recompute_all(TODAY)

    found = checks.check_figures()

    assert (found.clients, found.wrong, found.differences) == (15, 0, [])
    assert found.snapshots > 0


@pytest.mark.parametrize(
    ("tamper", "words"),
    [
        (lambda client: Visit.objects.filter(client=client, scope=0).update(items=99), "items"),
        (lambda client: Visit.objects.filter(client=client).delete(), "missing"),
        (lambda client: ClientActivity.objects.filter(client=client).update(spent=1), "spent"),
        (lambda client: Rhythm.objects.filter(client=client).update(silent_from="2000-01-01"), "silent_from"),
    ],
)
def test_a_row_that_drifted_is_named_and_left_for_a_person(
    histories: Histories, tamper: Callable[[Client], object], words: str
) -> None:
    client = histories(5)[0]
    tamper(client)
    before = list(Visit.objects.order_by("pk").values_list("client", "scope", "day", "items"))

    found = checks.check_figures()

    assert found.wrong > 0
    assert all(f"client {client.pk}" in line for line in found.differences)
    assert any(words in line for line in found.differences)
    assert list(Visit.objects.order_by("pk").values_list("client", "scope", "day", "items")) == before


def test_a_snapshot_that_is_wrong_is_named(histories: Histories) -> None:
    histories(5)
    snapshots.recompute_all(TODAY)
    wrong = present(Snapshot.objects.filter(figure="returning").first())
    present(wrong.data)["report"]["items"]["total"] = 10**6
    wrong.save()

    found = checks.check_figures()

    assert (found.wrong, "returning" in found.differences[0]) == (1, True)


def test_figures_are_right_after_lists_come_in_and_are_taken_back(db: None) -> None:
    for kind in ("clients", "purchases", "services"):
        bring(kind, DATA / "december-2018" / f"{kind}.csv")
    assert checks.check_figures().differences == []

    for brought in ListImport.objects.exclude(spec="clients").order_by("-pk"):
        services.undo(brought)
        engine.take_back(brought)

    found = checks.check_figures()
    assert (found.differences, Visit.objects.count(), Rhythm.objects.count()) == ([], 0, 0)
