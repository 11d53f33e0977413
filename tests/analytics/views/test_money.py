"""The pages of money: expenses and visitors as they are typed, and the calculators."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from analytics.models import Expense, VisitorCount
from clients.models import Client
from stores.models import Employee, Role, Store
from tests import factories
from tests.answers import Answer
from tests.conftest import Sell, SignIn
from tests.opened import carried


def spend(amount: int, purpose: str = "attract", month: date = date(2026, 3, 1), **more: Any) -> Expense:
    return Expense.objects.create(month=month, channel="2GIS", purpose=purpose, amount=Decimal(amount), **more)


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
    deleted = browser.get("/money/expenses/").context["deleted"]
    browser.post("/money/expenses/", deleted)

    assert Expense.objects.values_list("month", "channel", "purpose", "amount", "store").get() == (
        date(2026, 3, 1), "SMS", "retain", 1500, None,
    )  # fmt: skip
    assert browser.get("/money/expenses/").context["deleted"] is None


def test_who_sees_one_store_notes_for_it_alone(store: Store, other_store: Store, signed_in: SignIn) -> None:
    chain = spend(100)
    foreign = spend(100, store=other_store)
    browser = signed_in(factories.employee(Role.MANAGER, store))
    said = {"month": "2026-03", "channel": "SMS", "purpose": "retain", "amount": "1500"}

    statuses = [
        browser.post("/money/expenses/", {**said, "store": place}).status_code for place in ("", other_store.pk, store.pk)
    ]

    assert statuses == [422, 422, 302]
    assert list(browser.get("/money/expenses/").context["page"]) == [Expense.objects.get(store=store)]
    assert [browser.post(f"/money/expenses/{one.pk}/forget/").status_code for one in (chain, foreign)] == [404, 404]


def test_visitors_are_typed_by_day_and_empty_days_stay(manager: Employee, store: Store, signed_in: SignIn) -> None:
    browser = signed_in(manager)
    today = store.today()
    day = today.isoformat()

    assert browser.post("/money/visitors/", {day: "120", **carried(browser, "/money/visitors/")}).status_code == 302
    assert browser.post("/money/visitors/", {day: ""}).status_code == 302
    assert browser.post("/money/visitors/", {day: "-3"}).status_code == 422

    assert VisitorCount.objects.values_list("store", "day", "visitors").get() == (store.pk, today, 120)


def test_a_count_that_somebody_else_noted_meanwhile_is_asked_about(manager: Employee, store: Store, signed_in: SignIn) -> None:
    browser, today = signed_in(manager), store.today()
    seen = carried(browser, "/money/visitors/")
    VisitorCount.objects.create(store=store, day=today, visitors=100)
    VisitorCount.objects.create(store=store, day=today - timedelta(days=1), visitors=90)

    asked = browser.post("/money/visitors/", {today.isoformat(): "120", (today - timedelta(days=2)).isoformat(): "80", **seen})

    form = asked.context["form"]
    assert (asked.status_code, [(one.now, one.typed) for one in form.changed_meanwhile]) == (422, [("100", "120"), ("90", "")])
    assert [form[(today - timedelta(days=n)).isoformat()].value() for n in range(3)] == ["120", 90, "80"]
    assert VisitorCount.objects.count() == 2


def test_calculators_reckon_with_the_usual_numbers_and_refuse_wrong_ones(boss: Employee, signed_in: SignIn) -> None:
    browser = signed_in(boss)

    usual = browser.get("/money/calculators/").context["told"]
    wrong = browser.get("/money/calculators/", {"purchases": "-1", "price": "x"}).context["told"]

    assert (usual["profit"], usual["campaign"].total, usual["churn"]["total"]) == (2_000, 70_000, 2_244_000)
    assert "profit" not in wrong


def rows_of(answer: Answer) -> list[tuple[Any, ...]]:
    """A workbook's rows below its header."""
    return list(load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows(min_row=2, values_only=True))


def test_the_figures_and_their_margin_go_into_a_workbook(boss: Employee, signed_in: SignIn, card: Client, sell: Sell) -> None:
    spend(10_000, month=timezone.localdate().replace(day=1))
    sell(card, timezone.localdate(), 20_000)

    answer = signed_in(boss).get("/money/", {"period": "month", "margin": "40", "export": "1"})

    told = {row[0]: row[1] for row in rows_of(answer)}
    assert (told["spent attract"], told["cost_per_buyer"], told["margin"], told["cost_per_visitor"]) == (
        10_000,
        10_000,
        8_000,
        None,
    )
    assert told["life revenue"] == 20_000


@pytest.mark.parametrize("margin", ["101", "-1", "x", ""])
def test_a_margin_that_is_none_is_not_reckoned_with(
    boss: Employee, signed_in: SignIn, card: Client, sell: Sell, margin: str
) -> None:
    sell(card, timezone.localdate(), 20_000)

    assert signed_in(boss).get("/money/", {"margin": margin}).context["units"]["margin"] is None


def test_expenses_go_into_a_workbook_as_far_as_they_are_seen(
    boss: Employee, manager: Employee, store: Store, other_store: Store, signed_in: SignIn
) -> None:
    for amount, place in ((100, None), (200, store), (300, other_store)):
        spend(amount, store=place)

    told = [{row[3] for row in rows_of(signed_in(one).get("/money/expenses/", {"export": 1}))} for one in (boss, manager)]

    assert told == [{100, 200, 300}, {200}]


def test_visitors_are_of_the_store_that_is_asked(boss: Employee, store: Store, other_store: Store, signed_in: SignIn) -> None:
    browser, day = signed_in(boss), other_store.today()

    address = f"/money/visitors/?store={other_store.pk}"
    answer = browser.post(address, {day.isoformat(): "120", **carried(browser, address)})

    assert answer["Location"] == f"/money/visitors/?store={other_store.pk}"
    assert VisitorCount.objects.values_list("store", "day", "visitors").get() == (other_store.pk, day, 120)
    shown = browser.get(answer["Location"]).context["form"]
    assert (len(shown.visible_fields()), shown.fields[day.isoformat()].initial) == (14, 120)


@pytest.mark.parametrize(
    ("wrong", "left"), [("price", {"campaign", "churn"}), ("response", {"profit", "churn"}), ("rate", {"profit", "campaign"})]
)
def test_a_calculator_with_a_wrong_number_says_nothing_and_the_others_reckon(
    boss: Employee, signed_in: SignIn, wrong: str, left: set[str]
) -> None:
    assert signed_in(boss).get("/money/calculators/", {wrong: "-1"}).context["told"].keys() == left


def test_fewer_lost_clients_save_the_difference(boss: Employee, signed_in: SignIn) -> None:
    asked = {"clients": 1_000, "value": 100, "rate": 10, "years": 1, "better_rate": 4}

    churn = signed_in(boss).get("/money/calculators/", asked).context["told"]["churn"]

    assert (churn["total"], churn["better"], churn["saved"]) == (10_000, 4_000, 6_000)


def test_the_answer_comes_first_and_only_where_both_sides_are_known(
    manager: Employee, signed_in: SignIn, sell: Sell, card: Client
) -> None:
    browser, period = signed_in(manager), {"first": "2026-03-01", "last": "2026-03-31"}
    sell(card, date(2026, 3, 5), 40_000)
    sell(card, date(2026, 4, 5), 20_000)
    assert browser.get("/money/", period).context["one"] is None
    spend(10_000)

    one = browser.get("/money/", {**period, "margin": "50"}).context["one"]

    assert [(bar.sum, bar.width, bar.is_cost) for bar in one["bars"]] == [
        (10_000, 17, True), (40_000, 67, False), (60_000, 100, False), (30_000, 50, False),
    ]  # fmt: skip
    assert one["times"] == 6
