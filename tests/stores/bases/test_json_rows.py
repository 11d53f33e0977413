"""Rows of another table as one value, alike on both databases."""

import json

import pytest
from django.db.models import OuterRef

from stores.bases.json_rows import JsonRows
from stores.models import DayOff, Store

pytestmark = pytest.mark.django_db


def test_rows_come_in_their_order_and_none_is_none() -> None:
    busy, calm = (Store.objects.create(code=code, name=code) for code in ("a", "b"))
    DayOff.objects.create(store=busy, day="2026-05-09", why='День "Победы"')
    DayOff.objects.create(store=busy, day="2026-01-01")
    days = DayOff.objects.filter(store=OuterRef("pk")).order_by("day")

    told = dict(Store.objects.annotate(told=JsonRows(days, "day", "why")).values_list("pk", "told"))

    assert json.loads(told[busy.pk]) == [["2026-01-01", ""], ["2026-05-09", 'День "Победы"']]
    assert told[calm.pk] is None
