"""What strangers name must not lead inside the chain's network."""

import pytest

from stores.places import is_public


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "10.0.0.5", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "0.0.0.0", "::1", "fd00::1",
        "fe80::1%eth0", "::ffff:10.0.0.5", "64:ff9b::a00:5", "2002:a00:5::1",
    ],
)  # fmt: skip
def test_numbers_of_ones_own_are_not_the_internets(number: str) -> None:
    assert not is_public(number)


@pytest.mark.parametrize("number", ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8"])
def test_numbers_of_the_internet_are(number: str) -> None:
    assert is_public(number)
