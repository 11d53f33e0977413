"""Forms of programs: which texts serve, and what a key may not be."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from campaigns.forms.programs import NewProgramForm, ProgramForm, StandingForm
from campaigns.models import Program
from messaging.models import Template
from stores.chain_day import day_of
from tests.present import present


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
    assert Program.objects.filter(trigger="day").get() == program


def standing(key: str, **wanted: object) -> StandingForm:
    program = Program.objects.get(key=key)
    form = StandingForm(instance=program)
    data = {name: form[name].value() or "" for name in form.fields} | wanted
    return StandingForm({name: value for name, value in data.items() if value not in (False, None)}, instance=program)


def test_a_program_that_is_switched_on_begins_today(db: None) -> None:
    form = standing("return", is_on="on")

    assert (form.is_valid(), present(form.write()).is_on) == (True, True)

    assert Program.objects.values_list("since", "phase").get(key="return") == (day_of(timezone.now()), 1)


@pytest.mark.parametrize(
    ("wanted", "begins", "phase"),
    [({"holdout": "20"}, False, 2), ({"days_after": "60"}, True, 2), ({"title": "Назад"}, False, 1)],
)
def test_another_question_draws_the_arms_anew(db: None, wanted: dict[str, str], begins: bool, phase: int) -> None:
    long_ago = date(2026, 1, 1)
    Program.objects.filter(key="return").update(is_on=True, since=long_ago)
    form = standing("return", **wanted)

    assert (form.is_valid(), form.write() is None) == (True, False)

    since = day_of(timezone.now()) if begins else long_ago
    assert Program.objects.values_list("since", "phase").get(key="return") == (since, phase)


def test_a_program_must_have_a_way(db: None) -> None:
    form = standing("bonuses", template="", email_template="")

    assert form.is_valid() is False
    assert form.errors["__all__"] == ["Выберите звонок, SMS или письмо: иначе сценарию нечем связаться с клиентом."]


def test_care_is_a_call_and_nothing_else_and_each_counts_its_own_days(db: None) -> None:
    care, bonuses, silent = (set(standing(key).fields) for key in ("care", "bonuses", "silent"))

    assert care & {"calls", "template", "email_template", "days_before", "days_after"} == {"days_after"}
    assert (bonuses & {"days_before", "days_after"}, silent & {"days_before", "days_after"}) == ({"days_before"}, set())
