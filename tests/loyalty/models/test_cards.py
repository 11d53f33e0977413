"""Numbers of plastic, as they are written."""

import pytest

from loyalty.models.cards import key_of


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("004512309874", "004512309874"), (" 0045 1230-9874 ", "004512309874"), (";0045=?", ""), ("№ 0045", "0045"),
        ("%0045?", "0045"), ("ка-0045", "KA0045"), ("ka0045", "KA0045"), ("123", ""), ("карта", ""), ("", ""), ("7" * 41, ""),
    ],
)  # fmt: skip
def test_zeros_stay_and_signs_go(written: str, key: str) -> None:
    assert key_of(written) == key
