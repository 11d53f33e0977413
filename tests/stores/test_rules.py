"""What the chain decided, as every process reads it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.db.models import QuerySet
from pytest_django import DjangoAssertNumQueries

from stores import rules
from stores.deciding import ruling
from stores.models import Rule


def test_a_process_asks_the_base_once_and_obeys_a_change_after_a_second(
    db: None, django_assert_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr(rules, "monotonic", lambda: now[0])
    rules.forget()
    with django_assert_num_queries(1):
        assert [rules.current().cap_week for _asked in range(3)] == [2, 2, 2]
    Rule.objects.create(name="cap_week", value=3)  # by another process

    before = rules.current().cap_week
    now[0] += rules.HELD_SECONDS

    assert (before, rules.current().cap_week) == (2, 3)


def test_who_writes_obeys_at_once(db: None) -> None:
    rules.forget()
    assert rules.current().quiet_from == 21

    ruling.decide({"quiet_from": 20}, by=None)

    assert rules.current().quiet_from == 20


def test_where_the_base_does_not_answer_what_was_read_last_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    rules.hold(rules.Rules(cap_week=5))
    rules.forget()

    def away(*_rows: object) -> None:
        raise DatabaseError("gone")

    monkeypatch.setattr(QuerySet, "values_list", away)

    assert rules.current().cap_week == 5


def test_a_row_that_no_rule_has_any_more_is_passed_over() -> None:
    found = rules.read({"gone": 1, "link_hosts": ["a.ru"]})

    assert found == rules.Rules(link_hosts=("a.ru",))


def test_sites_of_ones_own_are_carats_and_what_the_chain_says(settings: object) -> None:
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://crm.example.ru", ["crm.example.ru"]  # type: ignore[attr-defined]

    assert rules.Rules(link_hosts=("example.ru",)).own_hosts == ["crm.example.ru", "crm.example.ru", "example.ru"]


def test_each_role_has_its_end_and_managers_their_days() -> None:
    chain = rules.Rules(idle_minutes_admin=30, second_factor_grace_days=3)

    assert (chain.idle("admin"), chain.idle("seller")) == (timedelta(minutes=30), timedelta(hours=4))
    assert chain.second_factor_grace == timedelta(days=3)


@pytest.mark.parametrize(("at_home", "roles"), [(True, ()), (False, ("admin", "manager"))])
def test_two_steps_are_a_must_on_a_server(settings: object, at_home: bool, roles: tuple[str, ...]) -> None:
    settings.AT_HOME = at_home  # type: ignore[attr-defined]

    assert rules.Rules().second_factor_roles == roles
