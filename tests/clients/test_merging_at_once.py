"""Two managers who press the button at the same moment."""

import threading

import pytest
from django.db import connection

from clients import merging
from clients.merging import MergeError
from clients.models import Merge
from tests import factories

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite in memory is one connection's"),
]


def test_two_merges_of_one_pair_make_one():
    card, twin = factories.ClientFactory.create(), factories.ClientFactory.create()
    start, said = threading.Barrier(2), []

    def press(survivor, absorbed):
        start.wait()
        try:
            merging.merge(survivor, absorbed, chosen={}, by=None)
            said.append("one card")
        except MergeError:
            said.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=pair) for pair in ((card, twin), (twin, card))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(said) == ["one card", "refused"]
    assert Merge.objects.count() == 1
