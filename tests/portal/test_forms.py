"""The form on the visitor's phone: what it asks, and what it keeps of what was read."""

import pytest
from django.core import signing

from clients.models import ConsentText, Purpose
from portal.forms import SALT, JoinForm

pytestmark = pytest.mark.django_db
TYPED = {
    "last_name": "ковалёва", "first_name": "ирина", "birth_date": "08.03.1990", "phone": "8 914 701-22-33", "email": "Irina@Mail.ru",
    "consent_personal_data": "on",
}  # fmt: skip


def test_what_is_typed_is_kept_as_cards_have_it() -> None:
    form = JoinForm(TYPED)

    assert form.is_valid(), form.errors
    kept = form.said()
    assert (kept["phone"], kept["email"], kept["no_email"]) == ("+79147012233", "irina@mail.ru", "")


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("phone", "8 423 222-33-44"),
        ("email", ""),
        ("consent_personal_data", ""),
        ("first_name", "И."),
        ("birth_date", "31.02.1990"),
    ],
)
def test_what_is_missing_is_said_at_its_field(field: str, typed: str) -> None:
    form = JoinForm({**TYPED, field: typed})

    assert list(form.errors) == [field]


def test_who_leaves_no_email_says_why() -> None:
    form = JoinForm({**TYPED, "email": "", "no_email": "none"})

    assert form.is_valid()
    assert (form.said()["email"], form.said()["no_email"]) == ("", "none")


def test_the_text_that_was_read_is_the_one_agreed_to() -> None:
    read = ConsentText.objects.create(purpose=Purpose.CALLS, version=70, text="Звоните.", since="2026-01-01")
    sealed = signing.dumps({"calls": read.pk}, salt=SALT)
    ConsentText.objects.create(purpose=Purpose.CALLS, version=71, text="Звоните иногда.", since="2026-01-02")

    forms = [JoinForm({**TYPED, "consent_calls": "on", "texts": texts}) for texts in (sealed, "forged")]

    assert all(form.is_valid() for form in forms)
    assert [form.said()["consents"]["calls"] == read.pk for form in forms] == [True, False]


def test_nothing_of_the_page_asks_the_staffs_addresses() -> None:
    assert "hx-" not in str(JoinForm()["email"])
