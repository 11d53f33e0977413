"""Pairs, merges and surnames, as the base keeps them."""

from typing import Any

import pytest
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from clients.models import Client, Merge, Pair, Surname
from tests.factories import ClientFactory


def refused(model: type[models.Model], **facts: Any) -> bool:
    try:
        with transaction.atomic():
            model._default_manager.create(**facts)
    except IntegrityError:
        return True
    return False


def test_a_pair_is_kept_once_the_older_card_first(card: Client) -> None:
    younger = ClientFactory.create()
    facts = {"score": 0.615, "kind": "likely", "found_at": timezone.now()}

    assert refused(Pair, first=younger, second=card, **facts)
    pair = Pair.objects.create(first=card, second=younger, **facts)
    assert refused(Pair, first=card, second=younger, **facts)

    assert (str(pair), pair.percent, Pair.objects.count()) == (f"{card.pk} = {younger.pk}?", pytest.approx(61.5), 1)


def test_a_card_is_absorbed_once_and_never_by_itself(card: Client) -> None:
    twin, third, now = ClientFactory.create(), ClientFactory.create(), timezone.now()
    made = Merge.objects.create(survivor=card, absorbed=twin, at=now)

    assert refused(Merge, survivor=third, absorbed=twin, at=now)
    assert refused(Merge, survivor=card, absorbed=card, at=now)
    assert (str(made), Merge.objects.count()) == (f"{twin.pk} → {card.pk}", 1)
    Merge.objects.update(undone_at=now)
    assert not refused(Merge, survivor=third, absorbed=twin, at=now)


def test_surnames_are_noted_once_in_one_statement(db: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    Surname.objects.create(key="иванова")

    with django_assert_num_queries(1):
        Surname.objects.note(["иванова", "ким", "ким", "", "я" * 100])
    with django_assert_num_queries(0):
        Surname.objects.note([""])

    assert sorted(map(str, Surname.objects.all())) == ["иванова", "ким", "я" * 80]
