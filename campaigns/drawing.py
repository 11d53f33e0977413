"""Who is left alone to compare with: a hash says it, the same to whoever asks, in Python and in the database."""

import hashlib
from functools import lru_cache
from typing import Any

from django.db import connection


def is_held(source: str, phase: str, client: int, holdout: int) -> bool:
    """Whether a client is among the ``holdout`` per cent who are left alone in a phase: the same answer whoever asks, whenever.

    A phase ends when the question or the per cent changes: then the arms are drawn anew. ``held_in_sql`` says the same.
    """
    return hashlib.sha256(f"{source}:{phase}:{client}".encode()).digest() < _edge(holdout)


@lru_cache
def _edge(holdout: int) -> bytes:
    """The first digest whose beginning, as a part of one, is not below the per cent: to be compared byte by byte."""
    low, high = 0, 2**64
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if middle / 2**64 < holdout / 100 else (low, middle)
    return low.to_bytes(8, "big")


def held_in_sql(source: str, phase: str, client: str, holdout: int) -> tuple[str, list[Any]]:
    """``is_held`` of the client that a column names, with its parameters."""
    if connection.vendor == "postgresql":
        return f"sha256(convert_to(%s || {client}, 'UTF8')) < decode(%s, 'hex')", [f"{source}:{phase}:", _edge(holdout).hex()]
    return f"SHA256(%s || {client}) < %s", [f"{source}:{phase}:", _edge(holdout).hex()]
