"""What is typed into blocks: each error beside its field, and every press keeps what was typed."""

from typing import Any

import pytest
from pytest_django import Settings

from campaigns.forms import letters as forms
from campaigns.forms.letters import LetterForm, NewsletterForm
from campaigns.models import Campaign
from tests.campaigns.once.conftest import TODAY, Draft, draft, newsletter
from tests.campaigns.shelf import Shelf, shelf

__all__ = ["draft", "newsletter", "shelf"]


def posted(*rows: dict[str, str], **more: str) -> dict[str, str]:
    """Blocks as a browser posts them."""
    fields = {f"block-{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()}
    return {"block-TOTAL_FORMS": str(len(rows)), "block-INITIAL_FORMS": str(len(rows)), **fields, **more}


def opened(campaign: Campaign) -> str:
    return str(LetterForm(campaign=campaign)["opened"].value())


def test_blocks_are_saved_in_their_order(newsletter: Draft, shelf: Shelf) -> None:
    campaign = newsletter(body=[])
    shelf("R1-1")
    rows = ({"kind": "picture", "articles": "r1-1", "text": "Свет"}, {"kind": "heading", "text": "{name}, новое"})

    form = LetterForm(posted(*rows, opened=opened(campaign)), campaign=campaign)
    assert (form.is_valid(), bool(form.write())) == (True, True)

    campaign.refresh_from_db()
    assert [(one["kind"], one["text"], one["articles"]) for one in campaign.body] == [
        ("picture", "Свет", "r1-1"), ("heading", "{name}, новое", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(("row", "field"), [
    ({"kind": "heading", "text": ""}, "text"), ({"kind": "heading", "text": "x" * 121}, "text"),
    ({"kind": "heading", "text": "{nobody}"}, "text"), ({"kind": "text", "text": "[x](https://evil.ru/)"}, "text"),
    ({"kind": "picture", "articles": "R1-1, R2-2"}, "articles"), ({"kind": "picture", "articles": "R9-9"}, "articles"),
    ({"kind": "articles", "articles": "R3-3"}, "articles"), ({"kind": "articles", "articles": ""}, "articles"),
    ({"kind": "button", "text": "Смотреть", "address": "https://evil.ru/"}, "address"),
    ({"kind": "button", "text": "Смотреть", "address": "catalogue"}, "address"), ({"kind": "script"}, "kind"),
])  # fmt: skip
def test_what_is_wrong_is_said_at_the_field(
    newsletter: Draft, shelf: Shelf, settings: Settings, row: dict[str, str], field: str
) -> None:
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://crm.example.ru", []
    bare = shelf("R1-1", "R2-2", "R3-3")[2]
    bare.photo = ""
    bare.save()

    form = LetterForm(posted(row), campaign=newsletter())

    assert form.is_valid() is False
    assert field in form.blocks.forms[0].errors


def test_a_letter_that_mailboxes_would_cut_is_refused(newsletter: Draft) -> None:
    form = LetterForm(posted(*[{"kind": "text", "text": "я" * 3_900}] * 15), campaign=newsletter())

    assert (form.is_valid(), "100 КБ" in str(form.non_field_errors())) == (False, True)


def test_of_two_who_change_it_the_second_is_asked(newsletter: Draft) -> None:
    campaign = newsletter(body=[])
    seen = opened(campaign)
    Campaign.objects.update(body=[{"kind": "heading", "text": "Другое", "articles": "", "address": ""}])
    form = LetterForm(posted({"kind": "heading", "text": "Моё"}, opened=seen), campaign=campaign)

    assert (form.is_valid(), form.write()) == (True, None)

    assert [(change.before, change.now, change.typed) for change in form.changed_meanwhile] == [("0 блоков", "1 блок", "1 блок")]
    assert Campaign.objects.get().body[0]["text"] == "Другое"


A, B, C = ({"kind": "text", "text": word, "articles": "", "address": ""} for word in "abc")


@pytest.mark.parametrize(("act", "after"), [
    ("up-1", [B, A, C]), ("up-0", [A, B, C]), ("down-0", [B, A, C]), ("down-2", [A, B, C]), ("out-1", [A, C]), ("out-9", [A, B, C]),
    ("burn-1", [A, B, C]), ("", [A, B, C]), ("add-script", [A, B, C]), ("add-text", [A, B, C, {**A, "text": ""}]),
])  # fmt: skip
def test_blocks_are_moved_about(act: str, after: list[dict[str, str]]) -> None:
    assert forms.rearranged([A, B, C], act) == after


def test_a_press_keeps_what_was_typed_and_saves_nothing(newsletter: Draft) -> None:
    campaign = newsletter(body=[])

    form = forms.again(posted({"kind": "heading", "text": "{nobody}"}, act="add-button", opened="seal"), campaign)

    assert [block["text"].value() for block in form.blocks] == ["{nobody}", ""]
    assert (form["opened"].value(), Campaign.objects.get().body) == ("seal", [])


def test_no_more_blocks_than_a_letter_bears() -> None:
    assert len(forms.rearranged([A] * 20, "add-text")) == 20
    assert forms.typed({"block-TOTAL_FORMS": "x"}) == []


def facts(**more: Any) -> dict[str, Any]:
    return {
        "title": "Новинки", "subject": "Новинки", "occasion": "Новая коллекция", "occasion_until": TODAY.isoformat(), "holdout": "0",
        "window_days": "30", "form_key": "8e0c0f4c-5a52-4c1e-9d62-64a6f1f0a001", **more,
    }  # fmt: skip


def test_a_newsletter_has_a_topic_and_a_subject(db: None) -> None:
    form = NewsletterForm(facts(subject=""), today=TODAY)

    assert set(form.errors) == {"topic", "subject"}
    assert "subject_b" not in form.fields
