"""Erasure reaches what lists say: refused rows, previews, files and their names."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from pytest_django import DjangoCaptureOnCommitCallbacks

from clients import rights
from clients.models import Client
from imports.models import ImportState, ListImport, Outcome, StagedRow
from stores.models import Employee
from tests.conftest import SignIn
from tests.factories import ClientFactory, phone_of


def a_list(state: ImportState, name: str = "клиенты.csv") -> ListImport:
    made = ListImport(spec="clients", file_name=name, state=state, layout={"columns": {}, "headers": []})
    made.file.save("list.csv", ContentFile(b"x"), save=True)
    return made


def row(of: ListImport, number: int, *raw: str, outcome: Outcome = Outcome.REJECTED, subject: int | None = None) -> StagedRow:
    return StagedRow.objects.create(list_import=of, number=number, raw=list(raw), outcome=outcome, subject=subject)


@pytest.fixture
def anna(db: None) -> Client:
    return ClientFactory.create(last_name="Королёва", first_name="Анна", phone="+79147012233", email="anna@example.ru")


@pytest.mark.parametrize(("state", "outcome"), [
    (ImportState.APPLIED, Outcome.REJECTED), (ImportState.PLANNED, Outcome.CREATED), (ImportState.APPLIED, Outcome.CONFLICT),
])  # fmt: skip
def test_rows_that_stand_for_no_card_lose_their_text(anna: Client, admin: Employee, state: ImportState, outcome: Outcome) -> None:
    kept = a_list(state)
    hers = row(kept, 1, "Королёва А.", "8 914 701-22-33", outcome=outcome)
    another = row(kept, 2, "Королёва Анна", "8 914 701-22-34", outcome=outcome)

    rights.erase(anna, basis="x", by=admin)

    hers.refresh_from_db()
    another.refresh_from_db()
    assert (hers.raw, hers.reason, hers.outcome, another.raw[0]) == ([], "erased", outcome, "Королёва Анна")


def test_a_list_that_is_over_loses_its_file_once_the_erasure_counts(
    anna: Client, admin: Employee, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    over, waiting, others = (a_list(state) for state in (ImportState.APPLIED, ImportState.PLANNED, ImportState.APPLIED))
    row(over, 1, "Королёва Анна", subject=anna.pk, outcome=Outcome.CREATED)
    row(waiting, 1, "anna@example.ru", outcome=Outcome.CREATED)
    row(others, 1, "Белова", outcome=Outcome.REJECTED)
    path = Path(over.file.path)

    with django_capture_on_commit_callbacks(execute=True):
        rights.erase(anna, basis="x", by=admin)
        assert path.exists()

    assert not path.exists()
    assert [bool(ListImport.objects.get(pk=one.pk).file) for one in (over, waiting, others)] == [False, True, True]


@pytest.mark.parametrize(
    ("name", "stays"),
    [("Королева_Анна.xlsx", False), ("для 89147012233.csv", False), ("Королёва.csv", True), ("клиенты.csv", True)],
)
def test_the_name_of_a_file_forgets_her(anna: Client, admin: Employee, name: str, stays: bool) -> None:
    kept = a_list(ImportState.APPLIED, name)

    rights.erase(anna, basis="x", by=admin)

    kept.refresh_from_db()
    assert kept.file_name == (name if stays else f"list-{kept.pk}{Path(name).suffix}")


def test_whoever_comes_again_is_known_while_they_are_typed(anna: Client, admin: Employee, signed_in: SignIn) -> None:
    said = {"last_name": "Королёва", "phone": phone_of(anna)}
    browser = signed_in(admin)
    assert browser.post("/clients/matches/", said).context["erased"] is None

    rights.erase(anna, basis="x", by=admin)

    assert browser.post("/clients/matches/", said).context["erased"] is not None
    assert browser.post("/clients/matches/", {"last_name": "Белова", "phone": "89147012299"}).context["erased"] is None
