from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import DjangoDbBlocker

from clients.models import Client
from purchases.models import Purchase
from stores.models import Employee, Store
from visits.models import Visit


def load(**more: Any) -> None:
    call_command("load_demo", clients=60, stdout=StringIO(), stderr=StringIO(), **more)


def snapshot() -> tuple[list[tuple[str, str | None, date | None]], int]:
    return list(Client.objects.order_by("pk").values_list("last_name", "phone", "birth_date")), Purchase.objects.count()


def test_a_demo_is_a_chain_with_people_and_figures(db: None) -> None:
    load()

    assert (Store.objects.count(), Client.objects.count()) == (5, 60)
    assert {employee.role for employee in Employee.objects.all()} == {"seller", "manager", "admin"}
    assert Visit.objects.filter(scope=0).exists()
    assert Client.objects.incomplete().exists()
    with pytest.raises(CommandError):
        load()
    load(if_empty=True)
    assert Client.objects.count() == 60


def test_the_same_seed_makes_the_same_chain(db: None, django_db_blocker: DjangoDbBlocker) -> None:
    from django.db import transaction

    made = []
    for _time in range(2):
        try:
            with transaction.atomic():
                load(seed=7)
                made.append(snapshot())
                raise KeyError
        except KeyError:
            pass

    assert made[0][0] == made[1][0]
