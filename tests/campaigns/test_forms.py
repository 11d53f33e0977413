"""Forms of programs: which texts serve, and what a key may not be."""

from typing import Any

import pytest

from campaigns.forms import NewProgramForm, ProgramForm
from campaigns.models import Program
from messaging.models import Template


def said(program: Program, **more: Any) -> dict[str, Any]:
    return {"title": "Дни рождения", "is_on": "on", "hour": 10, "template": program.template_id, "holdout": 0, **more}


def text(channel: str, nature: str) -> Template:
    return Template.objects.create(key="other", title="Другой", channel=channel, nature=nature, subject="!", text="{name}")


@pytest.mark.parametrize(
    ("field", "channel", "nature"),
    [
        ("template", "email", "advertising"), ("template", "sms", "service"),
        ("email_template", "sms", "advertising"), ("email_template", "email", "service"),
    ],
)  # fmt: skip
def test_a_text_of_another_channel_or_nature_does_not_serve(program: Program, field: str, channel: str, nature: str) -> None:
    form = ProgramForm(said(program, **{field: text(channel, nature).pk}), instance=program)

    assert set(form.errors) == {field}


def test_a_letter_stands_beside_the_sms(program: Program) -> None:
    letter = text("email", "advertising")

    ProgramForm(said(program, email_template=letter.pk), instance=program).save()

    program.refresh_from_db()
    assert program.templates == [program.template, letter]


def test_a_program_without_an_occasion_is_of_the_birthday(program: Program) -> None:
    made = NewProgramForm(said(program, key="birthday-week", occasion="", days_before=7)).save()

    assert (made.occasion, made.days_before) == (None, 7)


@pytest.mark.parametrize("key", ["test", "birthday", "с пробелом"])
def test_a_key_that_is_taken_or_no_key_is_refused(program: Program, key: str) -> None:
    form = NewProgramForm(said(program, key=key, days_before=3))

    assert set(form.errors) == {"key"}
    assert Program.objects.get() == program
