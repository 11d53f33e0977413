"""Who changed the same row meanwhile: three states are compared, and only a real collision is asked about."""

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from clients.models import Client
from stores import opened
from stores.models import Employee, Store
from stores.opened import ChangedMeanwhileError, Edit, edit_now

SEEN = {"size": "18", "note": ""}


@pytest.mark.parametrize(
    ("wanted", "now", "written"),
    [
        ({"size": Decimal(18), "note": "любит топазы"}, {"size": Decimal(18), "note": ""}, {"note": "любит топазы"}),
        ({"size": Decimal(18), "note": "любит топазы"}, {"size": Decimal(19), "note": ""}, {"note": "любит топазы"}),
        ({"size": Decimal(19), "note": ""}, {"size": Decimal("19.00"), "note": "звонила"}, {}),
        ({"size": Decimal(18), "note": ""}, {"size": None, "note": "звонила"}, {}),
    ],
    ids=["nobody else", "another field", "both alike", "only the other"],
)
def test_a_person_writes_what_they_changed_and_nothing_else(
    wanted: dict[str, Any], now: dict[str, Any], written: dict[str, Any]
) -> None:
    assert Edit(SEEN, wanted).onto(now) == written


@pytest.mark.parametrize("seen", [SEEN, {}], ids=["seen before", "seen by nobody knows whom"])
def test_what_both_changed_otherwise_is_asked(seen: dict[str, Any]) -> None:
    with pytest.raises(ChangedMeanwhileError) as asked:
        Edit(seen, {"size": Decimal(17), "note": ""}).onto({"size": Decimal(19), "note": ""})

    assert asked.value.fields == ["size"]


@pytest.mark.parametrize(
    ("held", "typed"),
    [
        (None, ""), (Decimal("17.50"), Decimal("17.5")), (10, Decimal(10)), (date(2026, 5, 1), date(2026, 5, 1)), (True, True),
        ("а\nб", "а\r\nб "), ((214, None), (214, None)), (time(10), time(10, 0)),
    ],
)  # fmt: skip
def test_what_a_row_holds_and_what_its_form_makes_of_it_are_alike(held: object, typed: object) -> None:
    assert opened.plain(held) == opened.plain(typed)


def test_a_seal_opens_for_its_own_row_alone(store: Store, other_store: Store) -> None:
    text = opened.seal(store, {"name": store.name, "opens_at": store.opens_at})

    assert opened.unseal(store, text) == {"name": store.name, "opens_at": "10:00:00"}
    assert [opened.unseal(other_store, text), opened.unseal(store, text + "x"), opened.unseal(store, "")] == [{}, {}, {}]


def test_a_row_takes_what_was_changed_and_keeps_what_the_other_wrote(store: Store) -> None:
    edit = edit_now(store, name=store.name, city="Чита")
    Store.objects.filter(pk=store.pk).update(name="Роскошь")

    opened.write(store, edit)

    store.refresh_from_db()
    assert (store.name, store.city) == ("Роскошь", "Чита")


def test_two_changes_that_do_not_go_together_are_refused(store: Store) -> None:
    edit = edit_now(store, opens_at=time(15))
    Store.objects.filter(pk=store.pk).update(closes_at=time(14))

    with pytest.raises(ValidationError):
        opened.write(store, edit)

    store.refresh_from_db()
    assert (store.opens_at, store.closes_at) == (time(10), time(14))


def test_the_history_knows_who_wrote_a_value(card: Client, seller: Employee, admin: Employee) -> None:
    for who, facts in ((seller, {"phone": "+79240000001"}), (admin, {"note": "звонила"})):
        card._history_user = who  # type: ignore[attr-defined]
        for name, value in facts.items():
            setattr(card, name, value)
        card.save()

    assert [opened.author_of(card, name).who for name in ("phone", "note")] == [seller, admin]


def test_of_a_row_without_a_history_nobody_is_known(store: Store) -> None:
    assert opened.author_of(store, "name") == (None, None)
