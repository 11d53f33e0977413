"""Rows that are written once."""

import pytest

from loyalty.models import ChangedRowError, Entry
from tests.loyalty.conftest import Earn


def test_a_move_is_neither_changed_nor_deleted(earn: Earn) -> None:
    earn(100)
    entry = Entry.objects.get()

    for change in (entry.save, entry.delete, Entry.objects.all().delete, lambda: Entry.objects.update(amount=5)):
        with pytest.raises(ChangedRowError):
            change()

    assert Entry.objects.get().amount == 100
