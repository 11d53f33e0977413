"""The second opinion by its command: in words or as JSON, and an error where the pages differ."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from analytics.models import Recount
from tests.analytics.conftest import Histories
from tests.present import present
from visits.models import Rhythm


def test_the_command_tells_the_differences_and_exits_with_an_error(histories: Histories) -> None:
    histories(20)
    day = timezone.localdate()
    out = StringIO()
    call_command("recount", stdout=out)
    assert out.getvalue().endswith(": 0 differences\n")
    Rhythm.objects.update(silent_from=date(2000, 1, 1))

    told, as_json = StringIO(), StringIO()
    with pytest.raises(CommandError):
        call_command("recount", stdout=told)
    with pytest.raises(CommandError):
        call_command("recount", "--json", stdout=as_json)

    assert f"silent now regulars.silent, chain, {day} – {day}, live: " in told.getvalue()
    found = json.loads(as_json.getvalue())
    assert (found["as_of"], found["wrong"]) == (day.isoformat(), present(Recount.objects.first()).wrong)
    assert {"figure", "store", "first", "last", "shown", "said", "counted"} == set(found["differences"][0])
