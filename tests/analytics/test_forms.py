"""Forms of the figures: what is typed beside the sales, and the numbers of the calculators."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from analytics.forms import CampaignForm, ChurnForm, ExpenseForm, ProfitForm, SegmentForm, VisitorsForm
from analytics.models import Expense, Segment, VisitorCount
from stores.models import Store

DAYS = [date(2026, 3, 5), date(2026, 3, 4)]


def expense(stores: list[Store], *, whole_chain: bool, **more: Any) -> ExpenseForm:
    said = {"month": "2026-03", "channel": "SMS", "purpose": "retain", "amount": "1500", "store": "", **more}
    return ExpenseForm(said, stores=stores, whole_chain=whole_chain)


@pytest.mark.parametrize("month", ["2026-03", "2026-03-17", "03.2026"])
def test_a_month_is_written_in_any_usual_way(store: Store, month: str) -> None:
    form = expense([store], whole_chain=True, month=month, channel="  2  GIS ")

    assert form.is_valid()
    assert (form.cleaned_data["month"], form.cleaned_data["channel"]) == (date(2026, 3, 1), "2 GIS")


@pytest.mark.parametrize("wrong", [{"month": "13.2026"}, {"amount": "-1"}, {"purpose": "cats"}, {"channel": " "}])
def test_a_wrong_expense_gets_its_words_beside_it(store: Store, wrong: dict[str, str]) -> None:
    assert set(expense([store], whole_chain=True, **wrong).errors) == set(wrong)


def test_who_sees_some_stores_notes_for_those_alone(store: Store, other_store: Store) -> None:
    refused = [expense([store], whole_chain=False, store=place) for place in ("", other_store.pk)]

    assert [set(form.errors) for form in refused] == [{"store"}] * 2
    assert expense([store], whole_chain=False, store=store.pk).is_valid()


def test_an_expense_that_is_there_is_not_noted_again(store: Store) -> None:
    expense([store], whole_chain=True).save()

    again = expense([store], whole_chain=True, channel=" SMS ", amount="9")

    assert (again.is_valid(), Expense.objects.get().amount) == (False, 1_500)
    assert expense([store], whole_chain=True, store=store.pk).is_valid()


def test_an_empty_day_leaves_what_was_noted(store: Store) -> None:
    VisitorCount.objects.create(store=store, day=DAYS[0], visitors=7)
    seen = VisitorsForm(store=store, days=DAYS)["opened"].value()
    form = VisitorsForm({DAYS[0].isoformat(): "", DAYS[1].isoformat(): "0", "opened": seen}, store=store, days=DAYS)

    assert form.is_valid()
    assert form.write()

    assert dict(VisitorCount.objects.values_list("day", "visitors")) == {DAYS[0]: 7, DAYS[1]: 0}


@pytest.mark.parametrize("typed", ["-1", "100001", "много", "1.5"])
def test_what_is_no_number_of_visitors_is_refused_at_its_day(typed: str, store: Store) -> None:
    form = VisitorsForm({DAYS[0].isoformat(): typed, DAYS[1].isoformat(): "5"}, store=store, days=DAYS)

    assert set(form.errors) == {DAYS[0].isoformat()}


def test_a_name_of_a_question_is_taken_once(db: None) -> None:
    Segment.objects.create(name="Наши", definition=[])

    assert (SegmentForm({"name": "Наши"}).is_valid(), SegmentForm({"name": "Ваши"}).is_valid()) == (False, True)


def test_a_calculator_has_its_usual_numbers_until_somebody_says_others() -> None:
    assert ProfitForm.of({}).said() == {
        "purchases": 1, "price": Decimal(5_000), "lead_cost": Decimal(500), "purchase_cost": Decimal(2_500),
    }  # fmt: skip
    assert ProfitForm.of({"purchases": "3", "price": "10", "lead_cost": "1", "purchase_cost": "2"}).said() == {
        "purchases": 3, "price": Decimal(10), "lead_cost": Decimal(1), "purchase_cost": Decimal(2),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("calculator", "said"), [(ProfitForm, {"purchases": "3"}), (CampaignForm, {"response": "101"}), (ChurnForm, {"years": "31"})]
)
def test_a_calculator_that_is_not_told_all_says_nothing(
    calculator: type[ProfitForm | CampaignForm | ChurnForm], said: dict[str, str]
) -> None:
    assert calculator.of(said).said() is None
