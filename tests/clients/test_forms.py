"""Forms about people: every usual writing is taken, a wrong one gets words."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from clients.beside_forms import WearerForm
from clients.forms import (
    CardConsentsForm,
    CardForm,
    CompleteForm,
    ConsentsMixin,
    ErasureForm,
    OccasionForm,
    SayingForm,
    day_of_year,
)
from clients.models import CardState, Client, OccasionKind, Purpose, Wearer
from clients.services import ContactDetails, change_consents, record_consents
from clients.typed import BirthDateField, DayField, EmailField, NameField, PhoneField
from stores.models import Employee
from tests.factories import ClientFactory

BORN = date(1985, 7, 3)


@pytest.mark.parametrize(
    ("field", "typed", "clean"),
    [
        (NameField(), "  ГРИНЁВ ", "Гринёв"),
        (DayField(), "3 июля 1985", BORN),
        (DayField(), BORN, BORN),
        (DayField(required=False), "", None),
        (BirthDateField(), "3.7.85", BORN),
        (PhoneField(), "8 (914) 701-22-33", "+79147012233"),
        (PhoneField(required=False), "", None),
        (EmailField(), " Anna@Example.RU ", "anna@example.ru"),
        (EmailField(required=False), "", None),
    ],
)
def test_a_fact_is_taken_in_any_writing(field: forms.Field, typed: object, clean: object) -> None:
    assert field.clean(typed) == clean


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        (NameField(), "<b>", "имя"),
        (DayField(), "31.02.1990", "03.07.1985"),
        (BirthDateField(), "01.01.1900", "заглушка"),
        (BirthDateField(), "05.05.1910", "110"),
        (BirthDateField(), f"{timezone.localdate() + timedelta(days=400):%d.%m.%Y}", "наступил"),
        (PhoneField(), "123", "десять цифр"),
        (EmailField(), "anna@mail,ru", "name@mail.ru"),
        (EmailField(), "@", "name@mail.ru"),
    ],
)
def test_a_wrong_fact_gets_words(field: forms.Field, typed: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        field.clean(typed)


def test_kept_facts_are_shown_as_people_type_them() -> None:
    assert [PhoneField().prepare_value(kept) for kept in ("+79147012233", "8 914", None)] == ["+7 914 701-22-33", "8 914", None]
    assert [DayField().prepare_value(kept) for kept in (BORN, "3.7.", None)] == ["03.07.1985", "3.7.", None]
    assert [DayField().has_changed(BORN, typed) for typed in ("03.07.1985", "04.07.1985", "")] == [False, True, True]


@pytest.mark.parametrize(
    ("typed", "day"), [("14.02", (214, None)), ("14/2.", (214, None)), ("29.02", (229, None)), ("14.02.2015", (214, 2015))]
)
def test_a_day_of_the_year_is_taken_with_or_without_its_year(typed: str, day: tuple[int, int | None]) -> None:
    assert day_of_year(typed) == day


@pytest.mark.parametrize("typed", ["31.02", "29.02.2015", "нет"])
def test_what_is_no_day_of_the_year_gets_words(typed: str) -> None:
    with pytest.raises(ValidationError, match=r"14\.02"):
        day_of_year(typed)


def test_what_can_be_read_of_a_half_typed_form_is_read() -> None:
    form = SayingForm({"last_name": "орлова", "first_name": "<", "birth_date": "3.7.85", "phone": "8914"})

    assert form.details() == ContactDetails(last_name="Орлова", birth_date=BORN)


def test_each_purpose_is_a_box() -> None:
    form = ConsentsMixin({"consent_calls": "on"})
    form.is_valid()

    assert form.consents() == {"personal_data": False, "advertising_sms": False, "advertising_email": False, "calls": True}
    assert [field.name.removeprefix("consent_") for field in form.consent_fields] == list(form.consents())


def test_only_what_a_card_lacks_is_asked_with_what_the_list_said(db: None) -> None:
    card = ClientFactory.create(
        state=CardState.INCOMPLETE, email=None, birth_date=None, as_written={"email": "anna@mail,ru", "phone": "нет"}
    )

    form = CompleteForm(client=card)

    assert list(form.fields) == ["birth_date", "email", "no_email"]
    assert "anna@mail,ru" in form.fields["email"].help_text
    email = form.fields["email"]
    assert isinstance(email, EmailField)
    assert (form.initial, email.meant, form.fields["birth_date"].help_text) == ({}, "anna@mail.ru", "")


def typed(card: Client, **more: Any) -> dict[str, Any]:
    facts = {"last_name": card.last_name, "first_name": card.first_name, "birth_date": "03.07.1985"}
    return {**facts, "phone": card.phone, "email": card.email, **more}


def test_a_card_is_read_whole_and_nothing_is_saved(card: Client) -> None:
    form = CardForm(typed(card, ring_size="16,5", metal="rose", note="Любит топазы"), client=card)

    assert form.is_valid(), form.errors
    wanted = form.edit().wanted

    assert (wanted["ring_size"], wanted["metal"], wanted["middle_name"]) == (Decimal("16.5"), "rose", "")
    assert wanted["language"] == "ru"
    assert Client.objects.get().note == ""


def test_what_a_card_has_is_not_taken_away_and_what_it_lacks_may_stay_so(card: Client) -> None:
    lacking = ClientFactory.create(state=CardState.INCOMPLETE, email=None)

    errors = [list(CardForm(typed(one, email=""), client=one).errors) for one in (card, lacking)]

    assert errors == [["email"], []]


def test_an_occasion_needs_a_kind_that_there_is(db: None) -> None:
    kind = OccasionKind.objects.create(name="именины")

    good, wrong = OccasionForm({"kind": kind.pk, "day": " 14.02 "}), OccasionForm({"kind": kind.pk + 1, "day": "31.02"})

    assert good.is_valid()
    assert good.cleaned_data == {"kind": kind, "day": (214, None)}
    assert list(wrong.errors) == ["kind", "day"]


def test_a_known_wearer_is_shown_and_changed_and_a_new_one_starts_empty(wife: Wearer) -> None:
    new = WearerForm(wearer=Wearer(client=wife.client))
    form = WearerForm({"first_name": "вера", "relation": "daughter", "day": ""}, wearer=wife)

    assert (new.initial, form.initial["day"], form.initial["is_surprise"]) == ({}, "06.12", True)
    assert form.is_valid()
    changed = form.apply()
    assert (changed.first_name, changed.relation, changed.day, changed.is_surprise) == ("Вера", "daughter", None, False)


@pytest.mark.parametrize(("number", "errors"), [("{pk}", []), (" {pk} ", []), ("0{pk}", ["number"]), ("", ["number"])])
def test_nothing_is_erased_by_a_slip(card: Client, number: str, errors: list[str]) -> None:
    form = ErasureForm({"number": number.format(pk=card.pk), "basis": "заявление"}, client=card)

    assert list(form.errors) == errors


@pytest.mark.parametrize(("before", "ticked", "after"), [(None, True, None), (True, False, False), (True, True, True)])
def test_advertising_in_chats_is_taken_back_at_the_counter_and_never_given(
    card: Client, seller: Employee, before: bool | None, ticked: bool, after: bool | None
) -> None:
    if before:
        record_consents(card, {Purpose.ADVERTISING_MESSENGER: before}, by=None, where=None)
    shown = CardConsentsForm(client=card)
    said = {"opened": shown["opened"].value(), **({"consent_advertising_chat": "on"} if ticked else {})}
    form = CardConsentsForm(said, client=card)
    assert form.is_valid()

    change_consents(card, form.edit(), by=seller, where=None)

    newest = card.consents.filter(purpose=Purpose.ADVERTISING_MESSENGER).order_by("-pk")
    assert newest.values_list("given", flat=True).first() is after
