"""What a spreadsheet does to a number leaves it the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.writing.identities import LONGEST, identity, with_zeros, writings


@given(st.integers(1, 10**9 - 1), st.integers(0, 4), st.sampled_from(["{}", "№ {}", "№{}", "#{}", " {} ", "{}.0", "{},00"]))
def test_zeros_signs_and_points_are_no_difference(number: int, zeros: int, shape: str) -> None:
    written = "0" * zeros + str(number)

    assert identity(shape.format(written)) == str(number)
    assert {written, str(number)} <= writings([shape.format(written)])


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("К-2002", "к-2002", True), ("К-2002", "K-2002", True), ("А–12", "A-12", True), ("К-2002", "К-2003", False), ("К-001", "К-1", False),
     ("0", "000", False), ("12", "120", False)],
)  # fmt: skip
def test_articles_in_other_letters(one: str, other: str, same: bool) -> None:
    assert (identity(one) == identity(other)) is same


def test_zeros_are_added_to_figures_alone() -> None:
    assert with_zeros("К1") == {"К1"}
    assert {"101", "000101"} <= with_zeros("101") == with_zeros("00101")
    assert max(map(len, with_zeros("101"))) == LONGEST
