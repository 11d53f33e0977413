"""Texts: the consent that each needs, and its wording in a client's language."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from messaging.models import Template


@pytest.mark.parametrize(
    ("channel", "nature", "purpose"),
    [("sms", "advertising", "advertising_sms"), ("email", "advertising", "advertising_email"), ("sms", "service", ""), ("email", "service", "")],
)  # fmt: skip
def test_advertising_needs_the_consent_of_its_channel(channel: str, nature: str, purpose: str) -> None:
    assert Template(channel=channel, nature=nature).purpose == purpose


@pytest.mark.parametrize(
    ("english", "language", "wording"),
    [
        ({}, "en", ("Тема", "Текст")), ({"text_en": "Text"}, "en", ("Тема", "Text")),
        ({"text_en": "Text", "subject_en": "Subject"}, "en", ("Subject", "Text")), ({"subject_en": "Subject"}, "en", ("Тема", "Текст")),
        ({"text_en": "Text", "subject_en": "Subject"}, "ru", ("Тема", "Текст")),
    ],
)  # fmt: skip
def test_who_reads_english_gets_what_there_is_of_it(english: dict[str, str], language: str, wording: tuple[str, str]) -> None:
    assert Template(subject="Тема", text="Текст", **english).wording(language) == wording


def test_a_letter_has_a_subject(db: None) -> None:
    letter = Template(key="letter", title="Письмо", channel="email", text="Текст")
    with pytest.raises(ValidationError, match="тема"):
        letter.full_clean()

    with pytest.raises(IntegrityError), transaction.atomic():
        letter.save()

    assert not Template.objects.filter(key="letter").exists()
