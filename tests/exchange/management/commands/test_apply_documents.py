"""The commands on which scripts rely: a key alone on the output, and documents applied in the foreground."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client as Browser

from exchange import tasks
from exchange.models import Source
from purchases.models import Purchase
from stores.models import Store
from tests.exchange.conftest import Till, back, sale


@pytest.fixture
def till(db: None, capsys: Any) -> Till:
    """A till with the key that the command printed, and no worker."""
    call_command("api_key", "till-2", "--for", "exchange")
    key = capsys.readouterr().out
    return Till(Source.objects.get(), Browser(headers={"Authorization": f"Bearer {key.strip()}"}))


def test_the_key_stands_alone_and_opens(till: Till, store: Store) -> None:
    assert till.send(sale()).status_code == 202


def test_the_key_of_the_exchange_fills_the_catalogue_too(till: Till) -> None:
    assert (till.source.may_fill, till.source.may_send, till.source.may_quote, till.source.may_look_up) == (True,) * 4


def test_a_second_key_of_the_name_is_the_same_sources(till: Till, store: Store, capsys: Any) -> None:
    call_command("api_key", "till-2", "--for", "exchange")
    second = Till(till.source, Browser(headers={"Authorization": f"Bearer {capsys.readouterr().out.strip()}"}))

    assert [till.send(sale()).status_code, second.send(sale()).status_code] == [202, 200]
    assert Source.objects.count() == 1


def test_what_waits_is_applied_in_the_foreground(till: Till, store: Store, capsys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "wake", lambda *_args: None)
    for document in (back(), sale(), sale("2", seller="К-17")):
        till.send(document)

    call_command("apply_documents")

    assert capsys.readouterr().out.splitlines()[0] == "applied 2, waiting 1"
    assert Purchase.objects.count() == 1
