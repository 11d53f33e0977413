"""Unit economics by hand, expenses and visitors as they are typed and brought in lists."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from analytics.figures import units
from analytics.figures.periods import Period
from analytics.models import Expense, VisitorCount
from clients.models import Client
from imports import intake, services
from imports.models import ListImport, StagedRow
from imports.passes import engine
from stores.models import Employee, Role, Store
from tests import factories
from tests.conftest import Sell, SignIn
from tests.factories import ClientFactory

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


def spend(amount: int, purpose: str = "attract", month: date = date(2026, 3, 1), **more: Any) -> Expense:
    return Expense.objects.create(month=month, channel="2GIS", purpose=purpose, amount=Decimal(amount), **more)


def test_the_six_figures_by_hand(store: Store, sell: Sell) -> None:
    spend(10_000)
    spend(3_000, "retain")
    spend(9_000, month=date(2025, 12, 1))
    VisitorCount.objects.create(store=store, day=date(2026, 3, 5), visitors=40)
    VisitorCount.objects.create(store=store, day=date(2025, 3, 5), visitors=900)
    first, second = ClientFactory.create(), ClientFactory.create()
    sell(first, date(2026, 3, 5), 20_000)
    sell(second, date(2026, 3, 6), 40_000)
    sell(first, date(2026, 5, 5), 30_000)

    told = units.units(None, YEAR, margin=Decimal(40))

    assert (told["cost_per_visitor"], told["cost_per_buyer"], told["cost_per_return"]) == (250, 5_000, 3_000)
    assert (told["average_first"], told["newcomers"], told["return_visits"]) == (30_000, 2, 1)
    assert (told["life"], told["margin"]) == ({"clients": 2, "revenue": 45_000}, 18_000)
    assert told["come_again"] is None


def test_what_nobody_noted_is_not_guessed(card: Client, sell: Sell) -> None:
    sell(card, date(2026, 3, 5), 20_000)

    told = units.units(None, YEAR)

    assert [told[name] for name in ("cost_per_visitor", "cost_per_buyer", "cost_per_return", "margin")] == [None] * 4


def test_an_expense_stands_once(store: Store) -> None:
    spend(100)
    spend(100, store=store)

    for of in (None, store):
        with pytest.raises(IntegrityError), transaction.atomic():
            spend(200, store=of)


def test_a_manager_notes_an_expense_and_takes_it_back(manager: Employee, signed_in: SignIn) -> None:
    browser = signed_in(manager)
    said = {"month": "2026-03", "channel": "  SMS ", "purpose": "retain", "amount": "1500", "store": ""}

    assert browser.post("/money/expenses/", said).status_code == 302
    again = browser.post("/money/expenses/", said)

    expense = Expense.objects.get()
    assert (expense.month, expense.channel, expense.by) == (date(2026, 3, 1), "SMS", manager)
    assert (again.status_code, "form" in again.context) == (422, True)
    browser.post(f"/money/expenses/{expense.pk}/forget/")
    assert not Expense.objects.exists()


def test_who_sees_one_store_notes_for_it_alone(store: Store, other_store: Store, signed_in: SignIn) -> None:
    chain = spend(100)
    foreign = spend(100, store=other_store)
    browser = signed_in(factories.employee(Role.MANAGER, store))
    said = {"month": "2026-03", "channel": "SMS", "purpose": "retain", "amount": "1500"}

    statuses = [
        browser.post("/money/expenses/", {**said, "store": place}).status_code for place in ("", other_store.pk, store.pk)
    ]

    assert statuses == [422, 422, 302]
    assert list(browser.get("/money/expenses/").context["expenses"]) == [Expense.objects.get(store=store)]
    assert [browser.post(f"/money/expenses/{one.pk}/forget/").status_code for one in (chain, foreign)] == [404, 404]


def test_visitors_are_typed_by_day_and_empty_days_stay(manager: Employee, store: Store, signed_in: SignIn) -> None:
    browser = signed_in(manager)
    today = store.today()
    day = today.isoformat()

    assert browser.post("/money/visitors/", {day: "120"}).status_code == 302
    assert browser.post("/money/visitors/", {day: ""}).status_code == 302
    assert browser.post("/money/visitors/", {day: "-3"}).status_code == 422

    assert VisitorCount.objects.values_list("store", "day", "visitors").get() == (store.pk, today, 120)


LIST = """Дата;Магазин;Посетителей
05.03.2026;Роскошь-Luxury;120
06.03.2026;Роскошь-Luxury;1 040
06.03.2026;Роскошь-Luxury;99
31.02.2026;Роскошь-Luxury;5
07.03.2026;Нигде;5
08.03.2026;Роскошь-Luxury;много
05.03.2026;Роскошь-Luxury;120
"""


def bring(tmp_path: Path, text: str) -> tuple[ListImport, list[tuple[str, str]]]:
    path = tmp_path / "visitors.csv"
    path.write_text(text, encoding="utf-8")
    with path.open("rb") as file:
        kept = intake.read(intake.keep_file("visitors", file, "visitors.csv", by=None))
    engine.apply(kept)
    return kept, list(StagedRow.objects.filter(list_import=kept).order_by("number").values_list("outcome", "reason"))


def test_a_list_of_visitors_loses_no_row(store: Store, other_store: Store, tmp_path: Path) -> None:
    _kept, rows = bring(tmp_path, LIST)

    assert rows == [
        ("created", ""), ("created", ""), ("conflict", "twice"), ("rejected", "date"), ("conflict", "store"),
        ("rejected", "visitors"), ("unchanged", ""),
    ]  # fmt: skip
    assert dict(VisitorCount.objects.values_list("day", "visitors")) == {date(2026, 3, 5): 120, date(2026, 3, 6): 1_040}
    assert {outcome for outcome, _reason in bring(tmp_path, LIST)[1]} == {"unchanged", "conflict", "rejected"}


def test_a_list_of_visitors_can_be_taken_back(store: Store, other_store: Store, tmp_path: Path) -> None:
    VisitorCount.objects.create(store=store, day=date(2026, 3, 5), visitors=7)
    kept, rows = bring(tmp_path, LIST)
    assert rows[0] == ("updated", "visitors")
    VisitorCount.objects.filter(day=date(2026, 3, 6)).update(visitors=1)

    services.undo(kept)
    engine.take_back(kept)

    assert dict(VisitorCount.objects.values_list("day", "visitors")) == {date(2026, 3, 5): 7, date(2026, 3, 6): 1}
