"""The column of a client's phone: text on the instance, one writing in the database, no phone that is none."""

import copy
import pickle
from collections.abc import Callable
from datetime import date

import pytest
from django import forms
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import Value
from phonenumber_field.phonenumber import PhoneNumber

from clients.models import CardState, Client
from tests.factories import ClientFactory

TYPED, KEPT = "8 (914) 701-22-33", "+79147012233"


@pytest.fixture
def client(db: None) -> Client:
    return ClientFactory.create(phone=TYPED)


def by_bulk_create() -> None:
    Client.objects.bulk_create([ClientFactory.build(phone=TYPED)])


def by_bulk_update() -> None:
    card = ClientFactory.create()
    card.phone = TYPED
    Client.objects.bulk_update([card], ["phone"])


def by_raw_sql() -> None:
    card = ClientFactory.create()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE clients_client SET phone = %s WHERE id = %s", [KEPT, card.pk])


@pytest.mark.parametrize(
    "write",
    [
        lambda: ClientFactory.create(phone=TYPED),
        lambda: Client.objects.filter(pk=ClientFactory.create().pk).update(phone=TYPED),
        lambda: Client.objects.filter(pk=ClientFactory.create().pk).update(phone=Value(KEPT)),
        by_bulk_create, by_bulk_update, by_raw_sql,
    ],
)  # fmt: skip
def test_however_it_is_written_the_row_holds_e164(db: None, write: Callable[[], object]) -> None:
    write()

    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM clients_client")
        assert cursor.fetchall() == [(KEPT,)]


def through_json(card: Client) -> Client:
    read = next(iter(serializers.deserialize("json", serializers.serialize("json", [card])))).object
    assert isinstance(read, Client)
    return read


@pytest.mark.parametrize(
    "read",
    [
        lambda card: card.phone,
        lambda card: Client.objects.get().phone,
        lambda card: Client.objects.defer("phone").get().phone,
        lambda card: Client.objects.values_list("phone", flat=True).get(),
        lambda card: Client.objects.values("phone").get()["phone"],
        lambda card: Client.objects.raw("SELECT id, phone FROM clients_client")[0].phone,
        lambda card: pickle.loads(pickle.dumps(card)).phone,
        lambda card: copy.deepcopy(card).phone,
        lambda card: card.history.get().phone,
        lambda card: card.history.get().instance.phone,
        lambda card: through_json(card).phone,
    ],
)
def test_however_it_is_read_it_is_text(client: Client, read: Callable[[Client], object]) -> None:
    phone = read(client)

    assert (type(phone), phone) == (str, KEPT)


def test_what_was_typed_stays_on_the_instance_until_it_is_saved(client: Client) -> None:
    client.phone = "8 914 701-22-34"
    assert client.phone == "8 914 701-22-34"

    client.refresh_from_db(fields=["phone"])

    assert client.phone == KEPT


@pytest.mark.parametrize("typed", ["8 914 701-22-33", "+7 914 701 22 33", "914 701-22-33", KEPT, PhoneNumber.from_string(TYPED)])
def test_a_card_is_found_by_its_phone_in_any_writing(client: Client, typed: object) -> None:
    ClientFactory.create()

    assert Client.objects.get(phone=typed) == client
    assert Client.objects.get(phone__in=[typed]) == client
    assert Client.objects.get(phone__any=[KEPT]) == client
    assert Client.objects.get(phone__startswith="+7914701") == client


@pytest.mark.parametrize("other", ["", "нет", "0000000", f"{KEPT[1:]}@mail.ru"])
def test_what_is_no_phone_finds_nobody(client: Client, other: str) -> None:
    ClientFactory.create(state=CardState.INCOMPLETE, phone=None)

    assert not Client.objects.filter(phone=other).exists()
    assert not Client.objects.filter(phone__in=[other]).exists()


@pytest.mark.parametrize("missing", [None, "", "  "])
def test_a_missing_phone_is_null_as_often_as_one_likes(db: None, missing: str | None) -> None:
    for _card in range(2):
        ClientFactory.create(state=CardState.INCOMPLETE, phone=missing)

    assert Client.objects.filter(phone__isnull=True).count() == 2
    assert Client.objects.update(phone="") == 2
    assert Client.objects.filter(phone=None).count() == 2


@pytest.mark.parametrize("state", [CardState.COMPLETE, CardState.INCOMPLETE])
@pytest.mark.parametrize("wrong", ["нет", "0000000", "8 914 701"])
def test_what_is_no_phone_gets_words_at_the_field_and_is_refused_by_the_database(db: None, wrong: str, state: CardState) -> None:
    card = ClientFactory.build(state=state, phone=wrong)

    with pytest.raises(ValidationError) as refused:
        card.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        card.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Client.objects.bulk_create([card])

    assert refused.value.message_dict == {"phone": ["Такого номера телефона нет. Проверьте цифры."]}
    assert not Client.objects.exists()


@pytest.mark.parametrize("wrong", ["+79999999999", "+70000000000", "+7914701223"])
def test_what_only_looks_like_a_phone_gets_the_same_words(db: None, wrong: str) -> None:
    with pytest.raises(ValidationError) as refused:
        ClientFactory.build(phone=wrong).full_clean()

    assert list(refused.value.message_dict) == ["phone"]


def test_one_phone_is_one_card_in_any_writing(client: Client) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Client.objects.bulk_create([ClientFactory.build(phone="8-914-701-22-33")])
    with pytest.raises(ValidationError) as refused:
        ClientFactory.build(phone="8-914-701-22-33").full_clean()

    assert refused.value.messages == ["Этот телефон уже в другой карточке."]


def test_a_form_of_the_model_takes_any_writing(db: None) -> None:
    form_class = forms.modelform_factory(
        Client, fields=["last_name", "first_name", "birth_date", "phone", "email", "state", "language"]
    )
    facts = {
        "last_name": "Иванова",
        "first_name": "Елена",
        "birth_date": date(1985, 7, 3),
        "email": "a@example.ru",
        "language": "ru",
    }
    given = {**facts, "state": "complete"}

    saved, refused = form_class({**given, "phone": " + 7 ( 914 )  701 - 22 - 33"}), form_class({**given, "phone": "нет"})

    assert saved.save().phone == KEPT
    assert list(refused.errors) == ["phone"]


def test_a_history_of_phones_reads_as_they_were(client: Client) -> None:
    client.phone = "8 423 222-33-44"
    client.save()

    assert list(client.history.order_by("history_id").values_list("phone", flat=True)) == [KEPT, "+74232223344"]
    assert Client.history.filter(phone="8 423 222-33-44").count() == 1
