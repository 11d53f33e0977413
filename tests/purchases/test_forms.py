"""The sale as it is typed: what is taken, what is left out, and words at the field that is wrong."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from clients.models import Client, Wearer
from purchases.forms import OCCASION_KEYS, BasePieceFormSet, PieceFormSet, SaleForm
from purchases.paying_forms import PAYMENT_KEYS
from purchases.payments import TenderLine
from stores.models import Store
from tests.factories import ClientFactory


def head(store: Store, **said: Any) -> SaleForm:
    return SaleForm({"form_key": uuid4(), "no_card_reason": "hurry", **said}, store=store)


def lines(*typed: dict[str, str]) -> BasePieceFormSet:
    counted = {"pieces-TOTAL_FORMS": str(len(typed)), "pieces-INITIAL_FORMS": "0"}
    said = {f"pieces-{n}-{name}": value for n, line in enumerate(typed) for name, value in line.items()}
    return PieceFormSet({**counted, **said}, prefix="pieces")


def test_a_sale_is_of_today_where_no_day_is_said(store: Store) -> None:
    form = head(store)

    assert form.is_valid()
    assert (form.sale()["sold_on"], form.sale()["tenders"]) == (store.today(), [])


@pytest.mark.parametrize(("days", "is_valid"), [(0, True), (1, False)])
def test_a_day_that_is_still_to_come_is_refused(store: Store, days: int, is_valid: bool) -> None:
    form = head(store, sold_on=f"{store.today() + timedelta(days=days):%d.%m.%Y}")

    assert (form.is_valid(), list(form.errors)) == (is_valid, [] if is_valid else ["sold_on"])


@pytest.mark.parametrize(("day", "is_valid"), [("01.01.1990", True), ("31.12.1989", False), ("31.02.2020", False)])
def test_a_day_that_cannot_be_is_refused(store: Store, day: str, is_valid: bool) -> None:
    assert head(store, sold_on=day).is_valid() == is_valid


def test_a_sale_has_a_client_or_a_reason_and_never_both(store: Store, card: Client) -> None:
    neither, both = head(store, no_card_reason=""), head(store, client=card.pk)

    assert (neither.is_valid(), list(neither.errors)) == (False, ["__all__"])
    assert both.is_valid()
    assert (both.sale()["client"], both.sale()["no_card_reason"]) == (card, "")


def test_for_whom_is_one_of_the_clients_own(store: Store, card: Client) -> None:
    own, foreign = (Wearer.objects.create(client=client, first_name="Мария") for client in (card, ClientFactory.create()))

    errors = [list(head(store, client=card.pk, wearer=wearer.pk).errors) for wearer in (own, foreign)]

    assert errors == [[], ["wearer"]]


def test_a_list_is_no_reason_of_the_counter(store: Store) -> None:
    assert list(head(store, no_card_reason="list").errors) == ["no_card_reason", "__all__"]


def test_each_occasion_and_payment_has_a_key_and_nothing_said_has_none(store: Store) -> None:
    form = head(store, paid_by="card", occasion="wedding")

    assert ["".join(choice.key for choice in choices) for choices in (form.occasions, form.ways_to_pay)] == [
        OCCASION_KEYS, PAYMENT_KEYS,
    ]  # fmt: skip
    assert (form.occasions[0].key, form.ways_to_pay[0].value) == ("", "")
    assert form.is_valid()
    assert (form.sale()["occasion"], form.sale()["tenders"]) == ("wedding", [TenderLine("card")])


@pytest.mark.django_db
def test_a_line_is_read_as_people_type_it_and_an_empty_one_is_left_out() -> None:
    uins = "1234567890123456, 6543210987654321 1234567890123456"
    pieces = lines(
        {"article": " E6081 ", "price": "115 900,50", "discount": "100", "uins": uins}, {}, {"article": "X1", "price": "0"}
    )

    assert pieces.is_valid()
    assert [tuple(line) for line in pieces.lines()] == [
        ("E6081", "earrings", Decimal("115900.50"), 100, ("1234567890123456", "6543210987654321"), "tag", 0),
        ("X1", "other", 0, 0, (), "tag", 0),
    ]  # fmt: skip


@pytest.mark.django_db
def test_the_kind_that_is_chosen_wins_over_the_article() -> None:
    pieces = lines({"article": "E6081", "price": "5", "kind": "brooch"})

    assert pieces.is_valid()
    assert pieces.lines()[0].kind == "brooch"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"price": "100"}, ["article"]), ({"article": "R1"}, ["price"]), ({"discount": "5"}, ["article", "price"]),
        ({"article": "R1", "price": "дорого"}, ["price"]), ({"article": "R1", "price": "-5"}, ["price"]),
        ({"article": "R1", "price": "5", "uins": "123"}, ["uins"]),
    ],
)  # fmt: skip
def test_what_a_line_lacks_is_said_at_its_field(typed: dict[str, str], fields: list[str]) -> None:
    pieces = lines(typed)

    assert not pieces.is_valid()
    assert list(pieces.errors[0]) == fields


@pytest.mark.django_db
@pytest.mark.parametrize("typed", [[], [{}], [{}, {}]])
def test_a_sale_has_at_least_one_piece(typed: list[dict[str, str]]) -> None:
    pieces = lines(*typed)

    assert not pieces.is_valid()
    assert len(pieces.non_form_errors()) == 1
