"""What lists say of somebody who is erased: rows of their card, rows that nobody took for it, files, names of files."""

from collections.abc import Collection
from functools import partial
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from clients.models import Client
from clients.writing.mentions import Somebody
from imports import intake
from imports.models import ImportState, ListImport, Outcome, Settlement, StagedRow

ERASED = "erased"
# The file of a list that is still to be applied is read once more, and the person known again by their marks.
OVER = (ImportState.APPLIED, ImportState.UNDONE, ImportState.FAILED)
CHUNK = 2_000


def scrub(card: Client, contacts: Collection[str]) -> None:
    """Rows keep their number and outcome, and no text; lists that are over lose their file. Safe to run twice."""
    said = Somebody(card.last_name, card.first_name, card.birth_date, contacts)
    rows = StagedRow.objects.filter(Q(subject=card.pk) | Q(resembles=card.pk))
    rows.filter(resembles=card.pk).update(resembles=None, likeness="")
    mentioning = _mentioning(said)
    lists = {*StagedRow.objects.filter(subject=card.pk).values_list("list_import", flat=True), *mentioning.values()}
    StagedRow.objects.filter(subject=card.pk).update(raw=[], changes={}, reason=ERASED, key="")
    StagedRow.objects.filter(pk__in=mentioning).update(raw=[], changes={}, reason=ERASED, key="")
    Settlement.objects.filter(subject=card.pk).update(subject=None)
    _forget_files(lists)
    _rename_files(said)


def _mentioning(said: Somebody) -> dict[int, int]:
    """Rows that stand for no card and name the person: refused ones, those that wait, previews. Row → list."""
    of_nobody = StagedRow.objects.filter(subject=None).exclude(raw=[]).exclude(outcome=Outcome.UNCHANGED)
    found = of_nobody.values_list("pk", "list_import", "raw").iterator(chunk_size=CHUNK)
    return {pk: list_import for pk, list_import, raw in found if said.is_in(raw)}


def _forget_files(lists: Collection[int]) -> None:
    """Once the erasure counts: what it takes back cannot bring a file back."""
    for found in ListImport.objects.filter(pk__in=lists, state__in=OVER).exclude(file=""):
        transaction.on_commit(partial(intake.forget_file, found))


def _rename_files(said: Somebody) -> None:
    for pk, name in ListImport.objects.values_list("pk", "file_name"):
        if said.is_named_in(name.replace("_", " ")) or said.is_in([name]):
            ListImport.objects.filter(pk=pk).update(file_name=f"list-{pk}{Path(name).suffix}")
