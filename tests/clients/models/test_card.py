"""What the base and the code refuse of a card, and how its facts are kept."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from clients.models import CardState, Client
from tests.factories import ClientFactory


@pytest.mark.parametrize(
    "lacking",
    [
        {"last_name": ""}, {"first_name": " "}, {"birth_date": None}, {"birth_date": date(1900, 1, 1)}, {"phone": None},
        {"phone": ""}, {"phone": "0000000"}, {"phone": "нет"}, {"email": None}, {"email": "belkin@example,ru"}, {"email": "x@y"},
    ],
)  # fmt: skip
def test_the_database_refuses_a_complete_card_without_its_facts(db: None, lacking: dict[str, str | date | None]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Client.objects.bulk_create([ClientFactory.build(**lacking).prepare()])

    assert not Client.objects.exists()


@pytest.mark.parametrize(
    "impossible",
    [{"birth_date": date(2999, 1, 1)}, {"phone": "+70000000000"}, {"last_name": "<b>1</b>"}, {"email": "yana@m\u0430il.ru"}],
)
def test_what_only_code_can_tell_is_refused_too(db: None, impossible: dict[str, str | date]) -> None:
    with pytest.raises(ValidationError):
        ClientFactory.create(**impossible)

    assert not Client.objects.exists()


def test_a_phone_in_any_writing_is_kept_as_e164(db: None) -> None:
    card = ClientFactory.create(phone="8 (924) 123-45-67", last_name="  гРИНЁВ ", first_name="ПЁТР")

    assert (card.phone, card.phone_shown, card.first_name) == ("+79241234567", "+7 924 123-45-67", "Пётр")


def test_an_incomplete_card_may_lack_them(db: None) -> None:
    card = ClientFactory.create(state=CardState.INCOMPLETE, phone=None, birth_date=None)

    assert card.missing == ["birth_date", "phone"]


def test_one_phone_one_live_card(db: None) -> None:
    ClientFactory.create(phone="+79147012233")

    with pytest.raises(IntegrityError), transaction.atomic():
        ClientFactory.create(phone="8 914 701 22 33", state=CardState.INCOMPLETE)
    ClientFactory.create(phone="+79147012233", state=CardState.ERASED)

    assert Client.objects.live().count() == 1


def test_every_change_of_a_card_is_kept(card: Client) -> None:
    card.note = "Любит топазы"
    card.save()

    assert [entry.note for entry in card.history.order_by("history_id")] == ["", "Любит топазы"]
