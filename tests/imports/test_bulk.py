"""Many rows at a time."""

import pytest

from imports.bulk import batched


@pytest.mark.parametrize(("rows", "expected"), [([], []), ([1, 2], [[1, 2]]), ([1, 2, 3], [[1, 2], [3]])])
def test_rows_come_so_many_at_a_time(rows, expected):
    assert list(batched(rows, 2)) == expected


def test_no_more_is_read_than_is_wanted():
    rows = iter(range(10))

    assert next(batched(rows, 3)) == [0, 1, 2]
    assert next(rows) == 3
