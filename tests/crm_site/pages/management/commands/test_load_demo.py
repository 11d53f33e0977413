"""The demo by its command: made in an empty base alone, with its figures, and telling how to sign in."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

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
