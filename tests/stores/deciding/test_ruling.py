"""The chain decides: with its history, and back again."""

import importlib
from typing import Any

import pytest
from django.apps import apps

from stores import rules
from stores.deciding import ruling
from stores.models import Employee, Rule, RuleChange
from tests.conftest import Decided


def test_what_is_decided_has_its_history_and_the_default_no_row(db: None, admin: Employee) -> None:
    ruling.decide({"cap_week": 3, "cap_month": 4}, by=admin)
    ruling.decide({"cap_week": 2}, by=admin)

    assert not Rule.objects.exists()
    assert [(c.name, c.was, c.now, c.by) for c in ruling.history(["cap_week", "cap_month"])] == [
        ("cap_week", 3, None, admin), ("cap_week", None, 3, admin),
    ]  # fmt: skip


def test_a_change_is_undone_unless_another_came_after(admin: Employee) -> None:
    first, second = (ruling.decide({"price_bound": bound}, by=admin)[0] for bound in (5_000_000, 6_000_000))

    with pytest.raises(ruling.ChangedSinceError):
        ruling.undo(first, by=admin)
    ruling.undo(second, by=admin)

    assert (rules.standing("price_bound"), RuleChange.objects.count()) == (5_000_000, 3)


@pytest.mark.parametrize(
    ("variable", "text", "said"),
    [
        ("CHAIN_NAME", "Агат", {"chain_name": "Агат"}),
        ("CAP_WEEK", "3", {"cap_week": 3}),
        ("CAP_WEEK", "2", {}),  # as by default
        ("CAP_WEEK", "three", {}),
        ("CAP_WEEK", "", {}),
        ("REVIEWS_ON", "0", {"reviews_on": False}),
        ("LOOKUPS_PER_EMPLOYEE", "300/h", {"lookups_per_hour": 300}),
        ("CHAIN_HOSTS", "a.ru, b.ru", {"link_hosts": ["a.ru", "b.ru"]}),
    ],
)
def test_variables_tell_what_they_told(variable: str, text: str, said: dict[str, Any]) -> None:
    assert ruling.said_in({variable: text}) == said


def test_every_variable_has_become_a_rule() -> None:
    assert set(ruling.VARIABLES.values()) <= set(rules.NAMES)


def test_what_the_environment_says_is_taken_over_once_and_said(
    db: None, settings: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CAP_WEEK", "5")
    settings.TESTING = False

    importlib.import_module("stores.migrations._begin").take_over(apps, None)

    rules.forget()
    assert (rules.current().cap_week, RuleChange.objects.get().from_environment) == (5, True)
    assert "CAP_WEEK is a setting of the product" in capsys.readouterr().out


def test_a_variable_that_says_something_else_is_named(decided: Decided) -> None:
    decided(cap_week=4)

    assert ruling.not_obeyed({"CAP_WEEK": "3", "CAP_MONTH": "4"}) == ["CAP_WEEK"]
