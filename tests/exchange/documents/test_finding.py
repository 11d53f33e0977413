"""Whom and what the words of a document mean."""

from typing import Any

import pytest

from catalogue.kinds import PieceKind
from clients.models import Client, ClientKey
from exchange import services
from exchange.models import Subject
from purchases.models import Piece, Purchase
from stores.models import Employee, Store
from tests import factories
from tests.exchange.conftest import MakeTill, Till, sale


def line(**facts: Any) -> dict[str, Any]:
    return {"lines": [{"article": "Я1", "paid": "1000.00", **facts}]}


@pytest.mark.parametrize(
    ("said", "reason", "word"),
    [
        ({"store": "Центр"}, "store", "Центр"), ({"seller": "К-17"}, "seller", "К-17"), (line(kind="Нечто"), "kind", "Нечто"),
        (line(), "article", "Я1"), ({"client": {"card": "004512"}}, "card", "004512"),
    ],
)  # fmt: skip
def test_a_word_that_nobody_knows_waits_and_is_said(
    till: Till, store: Store, said: dict[str, Any], reason: str, word: str
) -> None:
    told = till.became(till.send(sale(**said)))

    assert (told["state"], told["reason"], told["say"].rpartition(": ")[2]) == ("waits", reason, word)
    assert Purchase.objects.count() == 0


@pytest.mark.parametrize(
    ("said", "subject", "word", "meant"),
    [
        ({"store": "Центр"}, Subject.STORE, "ЦЕНТР ", "store"), ({"seller": "К-17"}, Subject.SELLER, "к-17", "seller"),
        ({"seller": "К-17"}, Subject.SELLER, "к-17", None), (line(kind="Нечто"), Subject.KIND, "нечто", "kind"),
        (line(), Subject.ARTICLE, "Я1", "kind"),
    ],
)  # fmt: skip
def test_what_a_person_says_once_lets_all_that_waits_go_on(
    till: Till, store: Store, seller: Employee, said: dict[str, Any], subject: Subject, word: str, meant: str | None
) -> None:
    first = [till.send(sale(number, **said)) for number in ("1", "2")]
    values = {"store": store, "seller": seller, "kind": PieceKind.BROOCH}

    going = services.say_meaning(subject, word, by=seller, **({meant: values[meant]} if meant else {}))  # type: ignore[arg-type]
    told = [till.became(till.send(sale("3", **said))), *(till.became(one) for one in first)]

    assert (going, [one["state"] for one in told]) == (2, ["applied"] * 3)


def test_a_word_of_one_source_is_no_word_of_another(till: Till, make_till: MakeTill, store: Store, seller: Employee) -> None:
    services.say_meaning(Subject.SELLER, "К-17", by=seller, seller=seller, source=till.source)
    other = make_till("till-3")

    assert till.became(till.send(sale("1", seller="К-17")))["state"] == "applied"
    assert other.became(other.send(sale("2", seller="К-17")))["reason"] == "seller"
    assert Purchase.objects.get().seller == seller


@pytest.mark.parametrize("word", ["LUXURY", "роскошь-luxury"])
def test_a_store_is_known_by_its_code_and_name(till: Till, store: Store, word: str) -> None:
    assert till.became(till.send(sale(store=word)))["state"] == "applied"


def test_a_seller_is_known_by_name_if_only_one_has_it(till: Till, store: Store, seller: Employee) -> None:
    assert till.became(till.send(sale("1", seller="Ветрова  Анна")))["state"] == "applied"
    factories.employee(seller.role, store)  # type: ignore[arg-type]

    assert till.became(till.send(sale("2", seller="Анна Ветрова")))["reason"] == "seller"


def test_a_source_of_one_store_tells_of_no_other(make_till: MakeTill, store: Store, other_store: Store) -> None:
    till = make_till(store=store)

    assert till.became(till.send(sale("1")))["state"] == "applied"
    assert till.became(till.send(sale("2", store="duet")))["reason"] == "other_store"


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ({"kind": "Кольцо"}, "ring"),
        ({"kind": "earrings"}, "earrings"),
        ({"name": "Цепь, 45 см"}, "chain"),
        ({"article": "B1"}, "bracelet"),
    ],
)
def test_a_kind_is_known_by_its_word_by_the_name_and_by_the_article(
    till: Till, store: Store, facts: dict[str, str], kind: str
) -> None:
    till.send(sale(**line(**facts)))

    assert Piece.objects.get().kind == kind


def test_a_card_is_known_by_a_lists_code_or_once_a_person_said_whose_it_is(
    till: Till, store: Store, card: Client, admin: Employee
) -> None:
    ClientKey.objects.create(source="old", key="004512309874", client=card)
    till.send(sale("1", client={"card": "004512309874"}))
    waits = till.send(sale("2", client={"card": "7701"}))

    services.give_card("7701", card, by=admin)
    till.send(sale("3", client={"card": "7701"}))

    assert till.became(waits)["state"] == "applied"
    assert set(Purchase.objects.values_list("client", flat=True)) == {card.pk}


def test_a_short_code_of_a_list_is_no_card(till: Till, store: Store, card: Client) -> None:
    ClientKey.objects.create(source="old", key="15", client=card)

    assert till.became(till.send(sale(client={"card": "15"})))["reason"] == "card"
