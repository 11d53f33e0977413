"""A program: its texts in their order, what it has no text for, and what the base itself refuses."""

import pytest
from django.db import IntegrityError, transaction

from campaigns.models import Program
from clients.models import Purpose
from messaging.models import Template


def letter(nature: str = "advertising") -> Template:
    return Template.objects.create(key="letter", title="Письмо", channel="email", nature=nature, subject="!", text="Ура")


def test_who_agreed_to_letters_alone_is_not_reached_by_a_program_of_sms(program: Program) -> None:
    assert program.templates == [program.template]
    assert program.silent_purposes == [Purpose.ADVERTISING_EMAIL]


def test_an_sms_is_tried_before_a_letter(program: Program) -> None:
    program.email_template = letter()

    assert program.templates == [program.template, program.email_template]
    assert program.silent_purposes == []


def test_a_program_whose_texts_are_no_advertising_has_nothing_to_say(program: Program) -> None:
    program.template = letter("service")

    assert (program.templates, program.silent_purposes) == ([], [])


@pytest.mark.parametrize("wrong", [{"hour": 8}, {"hour": 21}, {"holdout": 51}])
def test_the_base_keeps_decent_hours_and_greets_most(program: Program, wrong: dict[str, int]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Program.objects.filter(pk=program.pk).update(**wrong)

    assert Program.objects.values("hour", "holdout").get(pk=program.pk) == {"hour": program.hour, "holdout": program.holdout}


def test_a_program_is_called_by_its_title(program: Program) -> None:
    program.title = "За неделю"

    assert str(program) == "За неделю"
