"""The night's work by its command, with the derived tables where it is asked for."""

from io import StringIO

import pytest
from django.core.management import call_command

from analytics.models import Snapshot
from tests.analytics.conftest import Histories
from visits.models import ClientActivity, Rhythm


@pytest.mark.parametrize(("options", "made_anew"), [((), False), (("--from-receipts",), True)])
def test_derived_tables_are_made_anew_only_where_it_is_asked_for(
    histories: Histories, options: tuple[str, ...], made_anew: bool
) -> None:
    client = histories(3)[0]
    ClientActivity.objects.filter(client=client).update(items=77)
    Rhythm.objects.all().delete()
    out, err = StringIO(), StringIO()

    call_command("recompute_figures", *options, stdout=out, stderr=err)

    assert out.getvalue() == f"{Snapshot.objects.count()} figures\n"
    assert (Rhythm.objects.count(), "returning" in err.getvalue()) == (3, True)
    assert (ClientActivity.objects.get(client=client).items != 77) == made_anew
