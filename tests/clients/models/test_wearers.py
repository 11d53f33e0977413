"""People whom a client buys for."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from clients.models import Client, Wearer


@pytest.mark.parametrize(
    ("day", "year", "shown"), [(None, None, ""), (None, 1990, ""), (1206, None, "06.12"), (1206, 1990, "06.12.1990")]
)
def test_a_day_is_shown_as_people_write_it(day: int | None, year: int | None, shown: str) -> None:
    assert Wearer(day=day, year=year).day_shown == shown


@pytest.mark.parametrize("wrong", [{"first_name": ""}, {"day": 100}, {"day": 1232}, {"relation": "cat"}])
def test_what_is_nobody_is_refused(card: Client, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Wearer.objects.create(**{"client": card, "first_name": "Мария", **wrong})

    assert not Wearer.objects.exists()


def test_who_was_forgotten_is_not_kept(wife: Wearer) -> None:
    Wearer.objects.create(client=wife.client, first_name="Вера", forgotten_at=timezone.now())

    assert [str(one) for one in Wearer.objects.kept()] == ["Мария (жена)"]
