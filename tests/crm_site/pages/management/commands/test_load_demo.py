"""The demo by its command: made in an empty base alone, with its figures, and telling how to sign in."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client as Browser
from pytest_django import Settings

from analytics.models import Snapshot
from clients.models import Client
from crm_site.demo.chain import PASSWORD
from purchases.models import Purchase
from stores.models import Employee, Store
from visits.models import Visit


def load(**more: Any) -> str:
    out = StringIO()
    call_command("load_demo", clients=60, stdout=out, stderr=StringIO(), **more)
    return out.getvalue()


def test_a_demo_is_a_chain_with_people_and_figures(db: None) -> None:
    told = load()

    assert (Store.objects.count(), Client.objects.count()) == (5, 60)
    assert {employee.role for employee in Employee.objects.all()} == {"seller", "manager", "admin"}
    assert Visit.objects.filter(scope=0).exists()
    assert Client.objects.incomplete().exists()
    assert Snapshot.objects.filter(figure="returning", scope=0).exists()
    assert all(f"{employee.username} ({employee.role})" in told for employee in Employee.objects.all())
    assert (told.endswith(f"{PASSWORD}\n"), Employee.objects.get(username="admin").check_password(PASSWORD)) == (True, True)


def test_where_clients_are_nothing_is_made(card: Client) -> None:
    with pytest.raises(CommandError):
        load()

    assert PASSWORD in load(if_empty=True)
    assert (Client.objects.get(), Purchase.objects.count(), Store.objects.count()) == (card, 0, 1)


@pytest.mark.parametrize("said", [0, 1])
def test_a_chains_own_installation_gets_no_demo_by_a_slip(db: None, settings: Settings, said: int) -> None:
    settings.IN_PRODUCTION = True

    with pytest.raises(CommandError, match="twice"):
        load(in_production=said)

    assert (Client.objects.count(), Store.objects.count()) == (0, 0)


def test_told_twice_it_is_made(card: Client, settings: Settings) -> None:
    settings.IN_PRODUCTION = True

    assert PASSWORD in load(in_production=2, if_empty=True)


@pytest.mark.parametrize(("at_home", "status"), [(True, 302), (False, 200)])
def test_the_password_of_the_demo_opens_nothing_of_a_chains_own(
    seller: Employee, client: Browser, settings: Settings, at_home: bool, status: int
) -> None:
    settings.AT_HOME = at_home
    seller.set_password(PASSWORD)
    seller.save()

    assert client.post("/accounts/login/", {"login": seller.username, "password": PASSWORD}).status_code == status
