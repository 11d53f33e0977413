"""Views for BI tools: figures' raw material without names and contacts."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction

from analytics import bi
from analytics.models import Snapshot
from clients.models import Client
from tests.analytics.conftest import Histories
from tests.conftest import Sell
from visits.dialect import is_postgres


def test_views_for_bi_tools_hold_no_names_and_no_contacts(histories: Histories) -> None:
    histories(3)
    Snapshot.objects.create(figure="worth", scope=0, first=date(2026, 1, 1), last=date(2026, 1, 1), data={})
    out = StringIO()
    call_command("bi_views", stdout=out)
    call_command("bi_views", stdout=StringIO())

    columns = set()
    with connection.cursor() as cursor:
        for view in bi.VIEWS:
            cursor.execute(f"SELECT * FROM {bi.full_name(view)}")
            columns |= {column[0] for column in cursor.description}
        cursor.execute(f"SELECT COUNT(*) FROM {bi.full_name('activity')}")
        assert cursor.fetchone() == (3,)
    assert not columns & {"last_name", "first_name", "phone", "email", "note", "text", "recipient", "name_key"}
    assert len(out.getvalue().split()) == len(bi.VIEWS)


@pytest.mark.skipif(not is_postgres(), reason="SQLite has no roles")
def test_a_role_reads_the_views_and_nothing_else(card: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE bi_reader")
    call_command("bi_views", "--role", "bi_reader", stdout=StringIO())

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE bi_reader")
        cursor.execute("SELECT client_id FROM bi.clients")
        assert cursor.fetchall() == [(card.pk,)]
        with pytest.raises(ProgrammingError), transaction.atomic():
            cursor.execute("SELECT phone FROM clients_client")
        cursor.execute("RESET ROLE")


def test_a_view_tells_what_its_table_holds(card: Client, sell: Sell) -> None:
    sold = sell(card, date(2026, 3, 5), 700, 300)
    bi.make_views()

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT purchase_id, client_id, price FROM {bi.full_name('pieces')} ORDER BY price")
        pieces = [(purchase, client, int(price)) for purchase, client, price in cursor.fetchall()]
        cursor.execute(f"SELECT items, store_id FROM {bi.full_name('visits')}")
        visits = cursor.fetchall()

    assert (pieces, visits) == ([(sold.pk, card.pk, 300), (sold.pk, card.pk, 700)], [(2, sold.store_id)])
