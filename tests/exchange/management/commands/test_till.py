"""A rehearsal in the foreground, and at an address."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from exchange.models import TillDocument
from exchange.services import issue_key
from purchases.models import Piece, Purchase
from stores.models import Store
from tests.exchange.conftest import Till


def test_receipts_are_rung_up_twice_and_stand_once(store: Store, capsys: Any) -> None:
    call_command("till", receipts=30, seed=1, twice=True)

    told = TillDocument.objects.count()
    assert capsys.readouterr().out == f"200: {told}, 202: {told}\napplied {told}\n"
    assert (Purchase.objects.count(), Piece.objects.exclude(returned_on=None).count()) == (30, told - 30)


@pytest.mark.parametrize("options", [{"store": "nowhere"}, {"address": "http://127.0.0.1:1"}])
def test_what_cannot_be_rehearsed_is_refused(store: Store, options: dict[str, Any]) -> None:
    with pytest.raises(CommandError):
        call_command("till", receipts=1, **options)

    assert TillDocument.objects.count() == 0


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_an_address_is_sent_to_with_a_key(till: Till, store: Store, live_server: Any, capsys: Any) -> None:
    _key, secret = issue_key(till.source)

    call_command("till", receipts=2, seed=1, address=live_server.url, key=secret)

    assert capsys.readouterr().out == "202: 2\n"
    assert Purchase.objects.count() == 2
