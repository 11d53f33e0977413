"""How a value reads in the story of a request, and who stands behind a change."""

from datetime import date
from decimal import Decimal

import pytest

from stores.models import Employee
from tests.present import present
from workshop import story
from workshop.models import ServiceRequest
from workshop.story import StepKind


@pytest.mark.parametrize(
    ("value", "words"),
    [(True, "+"), (False, "−"), (Decimal("17.50"), "17,5"), (date(2026, 5, 5), "05.05.2026"), (None, "—"), ("", "—"), ("кольцо", "кольцо")],
)  # fmt: skip
def test_a_value_reads_as_people_write_it(value: object, words: str) -> None:
    assert story.value_in_words(value) == words


def test_a_field_is_called_as_its_form_calls_it(ticket: list[ServiceRequest]) -> None:
    assert story.label_of(ticket[0], "flaws") == "видимые дефекты"


def test_a_step_says_where_the_request_stands_and_no_more_than_fits(ticket: list[ServiceRequest], seller: Employee) -> None:
    step = story.note_step(ticket[0], StepKind.NOTE, "я" * 400, seller)

    assert (step.kind, step.status, len(step.words), step.by) == ("note", "received", 300, seller)


def test_a_change_has_its_author_in_the_history(ticket: list[ServiceRequest], seller: Employee) -> None:
    locked = story.lock_request(ticket[0])
    locked.work, locked.flaws = "чистка", "царапина"

    story.save_fields(locked, ["work"], seller)

    assert ServiceRequest.objects.values_list("work", "flaws").get(pk=locked.pk) == ("чистка", "")
    assert present(locked.history.first()).history_user == seller
