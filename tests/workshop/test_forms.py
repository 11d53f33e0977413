"""Forms of the service desk: no passports in notes, due days on which the store works, whose piece it is."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from clients.models import Client
from stores.models import Employee, Store
from tests.conftest import Sell
from tests.factories import ClientFactory
from workshop import photos, tickets
from workshop.forms import CorrectForm, EnvelopeForm, HandOutForm, PhotosField, PlainWordsField, TicketForms, VisitorForm
from workshop.models import ServiceRequest
from workshop.terms import Terms


def envelope(store: Store, **said: Any) -> EnvelopeForm:
    return EnvelopeForm({"kind": "cleaning", "description": "цепь", **said}, terms=Terms(store))


@pytest.mark.parametrize("words", ["паспорт 4510 987612", "45 10 №987612", "4510987612"])
def test_a_passports_number_stands_in_no_note(words: str) -> None:
    with pytest.raises(ValidationError):
        PlainWordsField().clean(words)


@pytest.mark.parametrize("words", ["муж, паспорт", "чек 45109876123", "8 914 701-22-33"])
def test_other_numbers_may(words: str) -> None:
    assert PlainWordsField().clean(words) == words


@pytest.mark.parametrize(("days", "is_valid"), [(-1, False), (0, True), (1000, True), (1001, False)])
def test_a_due_day_is_neither_past_nor_far_away(store: Store, days: int, is_valid: bool) -> None:
    form = envelope(store, due_on=f"{store.today() + timedelta(days=days):%Y-%m-%d}")

    assert (form.is_valid(), list(form.errors)) == (is_valid, [] if is_valid else ["due_on"])


def test_a_weight_is_typed_with_a_comma_or_a_point(store: Store) -> None:
    forms = [envelope(store, weight=weight) for weight in ("3,25", "3.25", "-1", "много")]

    assert [form.is_valid() for form in forms] == [True, True, False, False]
    assert [str(form.cleaned_data["weight"]) for form in forms[:2]] == ["3.25", "3.25"]


def test_a_piece_under_warranty_is_the_clients_own(store: Store, card: Client, seller: Employee) -> None:
    first = tickets.take_in(ServiceRequest(store=store, client=card, kind="cleaning"), by=seller)
    form = envelope(store, warranty_of=first.pk)
    assert form.is_valid()

    assert [form.check_owner(client) for client in (card, ClientFactory.create())] == [True, False]


def test_a_bought_piece_describes_itself(store: Store, card: Client, sell: Sell) -> None:
    form = envelope(store, piece=sell(card, store.today(), 100).pieces.get().pk, description="")

    assert form.is_valid()
    assert form.request_for(card).description == "кольцо R1000-0000"


def photo() -> SimpleUploadedFile:
    raw = BytesIO()
    Image.new("RGB", (9, 9)).save(raw, "PNG")
    return SimpleUploadedFile("a.png", raw.getvalue())


def test_so_many_photos_at_once_and_no_more() -> None:
    assert len(PhotosField().clean([photo() for _n in range(photos.MOST)])) == photos.MOST
    with pytest.raises(ValidationError):
        PhotosField().clean([photo() for _n in range(photos.MOST + 1)])


def test_one_photo_or_none_is_as_good() -> None:
    assert [len(PhotosField().clean(given)) for given in (photo(), None, [None])] == [1, 0, 0]


def test_who_is_chosen_needs_to_say_nothing_more(store: Store, card: Client) -> None:
    said = {"kind": "cleaning", "description": "цепь", "form_key": "0f8fad5b-d9cb-469f-a165-70867728950e"}

    new, known = TicketForms(Terms(store), said), TicketForms(Terms(store), {**said, "client": card.pk})

    assert (new.is_valid(), list(new.visitor.errors)) == (False, ["last_name", "birth_date"])
    assert (known.is_valid(), known.has_errors) == (True, False)


def test_an_empty_box_takes_no_consent_back(db: None) -> None:
    form = VisitorForm({"last_name": "Ким", "birth_date": "03.03.1990", "consent_calls": "on"})

    assert form.is_valid()
    assert form.yeses() == {"calls": True}


def test_an_overdue_day_that_stands_is_no_error_and_another_past_day_is(ticket: list[ServiceRequest], store: Store) -> None:
    service, today = ticket[0], store.today()
    service.due_on = today - timedelta(days=2)
    past = [f"{today - timedelta(days=days):%Y-%m-%d}" for days in (2, 1)]

    forms = [
        CorrectForm({"kind": "cleaning", "description": "кольцо", "due_on": day}, terms=Terms(store), service=service)
        for day in past
    ]

    assert [list(form.errors) for form in forms] == [[], ["due_on"]]


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ({"handed_by": "ticket", "ticket": "l-1"}, []), ({"handed_by": "ticket", "ticket": "L-2"}, ["ticket"]),
        ({"handed_by": "document", "words": "муж"}, []), ({"handed_by": "document"}, ["words"]), ({"handed_by": "code"}, ["code"]),
        ({"handed_by": "code", "code": "123456"}, []), ({"handed_by": "smile"}, ["handed_by"]),
    ],
)  # fmt: skip
def test_each_proof_wants_its_own_field(said: dict[str, str], fields: list[str]) -> None:
    assert list(HandOutForm(said, number="L-1").errors) == fields
