"""The figures for other programs: keys of managers and admins, JSON alone, the same numbers as the pages."""

import json
from collections.abc import Callable
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client as Browser

from analytics import snapshots
from analytics.figures.periods import Period
from analytics.figures.registry import FIGURES
from analytics.models import Snapshot
from clients.models import Client
from stores import services
from stores.models import Employee, Role, Store
from tests import factories
from tests.analytics.conftest import Histories
from tests.answers import Answer
from tests.conftest import Sell

MARCH = {"first": "2026-03-01", "last": "2026-03-31"}


@pytest.fixture
def ask() -> Callable[..., Answer]:
    def call(employee: Employee, path: str, data: dict[str, str] | None = None) -> Answer:
        _key, secret = services.issue_api_key("BI", employee=employee)
        return Browser(headers={"Authorization": f"Bearer {secret}"}).get(path, data or {})

    return call


def test_a_key_opens_what_its_employee_may_see(
    ask: Callable[..., Answer], admin: Employee, store: Store, other_store: Store, sell: Sell, card: Client
) -> None:
    sell(card, date(2026, 3, 5), 700)
    of_one, of_both = factories.employee(Role.MANAGER, store), factories.employee(Role.MANAGER, store, other_store)

    whole = [ask(who, "/api/figures/returning/", MARCH) for who in (admin, of_both)]
    theirs = ask(of_one, "/api/figures/returning/", {**MARCH, "store": store.code})

    assert [answer.json()["data"]["report"]["items"]["total"] for answer in (*whole, theirs)] == [1, 1, 1]
    assert ask(of_one, "/api/figures/returning/", MARCH).status_code == 422
    assert ask(of_one, "/api/figures/returning/", {**MARCH, "store": other_store.code}).status_code == 404
    assert ask(factories.employee(Role.SELLER, store), "/api/figures/").status_code == 401
    assert Browser().get("/api/figures/").status_code == 401
    assert ask(of_one, "/api/lists/1/").status_code == 401


def test_every_figure_has_its_endpoint_and_its_command(ask: Callable[..., Answer], admin: Employee, histories: Histories) -> None:
    histories(20)

    names = [one["name"] for one in ask(admin, "/api/figures/").json()]

    assert names == list(FIGURES)
    for name in names:
        answer = ask(admin, f"/api/figures/{name}/", {**MARCH, "last": "2026-03-31"})
        out = StringIO()
        call_command("figure", name, "2026-03-01", "2026-03-31", stdout=out)
        assert answer.json()["data"] == json.loads(out.getvalue()), name


def test_what_cannot_be_asked_says_why(ask: Callable[..., Answer], admin: Employee) -> None:
    assert ask(admin, "/api/figures/cats/").status_code == 404
    assert ask(admin, "/api/figures/people/", {"first": "2026-03-02", "last": "2026-03-01"}).status_code == 422
    assert ask(admin, "/api/figures/people/", {"first": "yesterday"}).status_code == 422
    with pytest.raises(CommandError):
        call_command("figure", "people", "2026-03-02", "2026-03-01", stdout=StringIO())


def test_a_figure_that_takes_long_is_asked_again(
    ask: Callable[..., Answer], admin: Employee, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "MOST_LIVE", -1)

    answer = ask(admin, "/api/figures/people/", MARCH)

    assert (answer.status_code, answer.json()) == (202, {"figure": "people", "done": 0, "parts": 3})
    snapshots.compute_asked(Snapshot.objects.get().pk)
    assert ask(admin, "/api/figures/people/", MARCH).status_code == 200


def test_the_schema_describes_the_figures(ask: Callable[..., Answer], admin: Employee) -> None:
    schema = ask(admin, "/api/openapi.json").json()

    assert "/api/figures/{name}/" in schema["paths"]


def test_a_period_of_a_figure_is_the_last_month_without_one(ask: Callable[..., Answer], admin: Employee) -> None:
    answer = ask(admin, "/api/figures/people/").json()

    assert Period(date.fromisoformat(answer["first"]), date.fromisoformat(answer["last"])).is_whole_months()
