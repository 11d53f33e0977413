"""Rows of a client given to another, given back, and read to the person."""

from datetime import UTC, date, datetime

from django.utils import translation

from clients import moving
from clients.models import Client, ClientKey, FactSource, Wearer
from purchases.models import Piece
from stores.models import Employee
from tests.conftest import Sell
from tests.factories import ClientFactory

TABLES = (ClientKey, Wearer)


def test_what_moved_is_given_back_as_far_as_it_is_still_there(card: Client) -> None:
    twin, third = ClientFactory.create(), ClientFactory.create()
    first, second = (Wearer.objects.create(client=twin, first_name=name) for name in ("Мария", "Вера"))
    own = Wearer.objects.create(client=card, first_name="Анна")

    moved = moving.move_rows(TABLES, twin.pk, card.pk)
    assert moved == {"clients.wearer": [first.pk, second.pk]}
    assert set(card.wearers.all()) == {own, first, second}
    Wearer.objects.filter(pk=second.pk).update(client=third)
    moving.restore_rows(TABLES, moved, twin.pk, card.pk)

    assert [set(one.wearers.all()) for one in (card, twin, third)] == [{own}, {first}, {second}]


def test_a_row_is_read_as_people_write(card: Client, seller: Employee, sell: Sell) -> None:
    wearer = Wearer(client=card, first_name="Мария", relation="wife", is_surprise=True, ring_size=None)
    source = FactSource(client=card, origin="counter", at=datetime(2026, 3, 1, 14, 30, tzinfo=UTC))
    sell(card, date(2026, 3, 1), 115_900)

    with translation.override("ru"):
        told = moving.describe_rows([wearer], ("first_name", "relation", "is_surprise", "ring_size"))
        when = moving.describe_rows([source], ("at", "by"))
        paid = moving.describe_rows(Piece.objects.all(), ("price",))
        born = moving.describe_rows([card], ("birth_date",))

    assert told == [{"имя": "Мария", "кем приходится клиенту": "жена", "сюрприз: не упоминать": "да", "размер кольца": ""}]
    assert [list(row.values()) for row in (when[0], paid[0], born[0])] == [
        ["02.03.2026 00:30", ""], ["115\xa0900"], ["03.07.1985"],
    ]  # fmt: skip
