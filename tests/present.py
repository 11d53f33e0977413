"""What must be there: a test that meets None in its place fails at that line."""

from typing import TypeVar

T = TypeVar("T")


def present(found: T | None) -> T:
    assert found is not None
    return found
