"""The comparison by its command: what differs is named, and is an error."""

import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from clients.models import Client
from tests.analytics.conftest import Histories
from visits.models import ClientActivity


def test_the_command_exits_with_an_error_where_they_differ(histories: Histories) -> None:
    client = histories(3)[0]
    call_command("check_figures", stdout=StringIO())
    ClientActivity.objects.filter(client=client).update(items=77)

    out = StringIO()
    with pytest.raises(CommandError):
        call_command("check_figures", stdout=out)

    assert f"clientactivity client {client.pk}" in out.getvalue()
    call_command("recompute_figures", "--from-receipts", stdout=StringIO(), stderr=StringIO())
    call_command("check_figures", stdout=StringIO())


class Terminal(StringIO):
    """An stderr that a person watches."""

    def isatty(self) -> bool:
        return True


def test_who_watches_sees_how_far_it_is(card: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    seen, out = Terminal(), StringIO()
    monkeypatch.setattr(sys, "stderr", seen)

    call_command("check_figures", stdout=out, stderr=seen)

    assert (seen.getvalue(), out.getvalue()) == ("\r1 clients, 0 differences", "1 clients, 0 snapshots: 0 differences\n")
