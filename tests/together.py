"""Several people at the same moment: each call in a thread and a connection of its own."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

SEVERAL_CONNECTIONS = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite in memory is one connection's"),
]


def together(*calls: Callable[[], object]) -> list[Any]:
    """Start the calls at once. What each returned, or the class of what it raised, in the order of the calls."""
    start = Barrier(len(calls))
    said: list[Any] = [None] * len(calls)

    def one(place: int, call: Callable[[], object]) -> None:
        start.wait()
        try:
            said[place] = call()
        except Exception as trouble:
            said[place] = type(trouble)
        finally:
            connection.close()

    threads = [Thread(target=one, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said
