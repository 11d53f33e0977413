"""Planning a day's birthdays in nine time zones, beside the bare indexed select of those cards by SQL, zone by zone."""

import sys
from datetime import UTC, datetime

from django.db import connection

from benchmarks.measure import ROUNDS, tell, timed
from campaigns import planning
from campaigns.models import BIRTHDAY, Program
from messaging.models import Message
from stores.models import Store

# Between ten and twenty-one in every zone of the data set.
NOW = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
BARE = """SELECT id, first_name, middle_name, language, home_store_id, phone, email FROM clients_client
WHERE state = 'complete' AND birthday = %s AND home_store_id = %s"""


def run(scale: float) -> bool:
    program = Program.objects.select_related("template").get(key=BIRTHDAY)
    stores = list(Store.objects.all())
    first, again, bare = [], [], []
    for _round in range(ROUNDS):
        Message.objects.all()._raw_delete(using="default")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE messaging_message")
        bare.append(timed(lambda: _bare(stores)))
        first.append(timed(lambda: planning.plan(program, now=NOW)))
        _check(stores)
        again.append(timed(lambda: planning.plan(program, now=NOW)))
    planned, repeated, selected = (sorted(times)[ROUNDS // 2] for times in (first, again, bare))
    sys.stderr.write(f"birthdays: {Message.objects.count()} messages in {planned:.3f} s, a repeat {repeated:.3f} s\n")
    Message.objects.all()._raw_delete(using="default")
    return all([
        tell("birthdays", scale, planned, selected, at_most=10),
        tell("birthdays-again", scale, repeated, planned, at_most=1),
    ])  # fmt: skip


def _bare(stores: list[Store]) -> list[object]:
    rows: list[object] = []
    with connection.cursor() as cursor:
        for store in stores:
            cursor.execute(BARE, [1120, store.pk])
            rows += cursor.fetchall()
    return rows


def _check(stores: list[Store]) -> None:
    """Everybody who agreed and can be reached has exactly one message."""
    with connection.cursor() as cursor:
        cursor.execute("""SELECT count(*) FROM clients_client c WHERE state = 'complete' AND birthday = 1120 AND phone LIKE '+79%'
            AND EXISTS (SELECT 1 FROM clients_consent k WHERE k.client_id = c.id AND k.given AND k.purpose = 'advertising_sms')""")
        expected = cursor.fetchone()[0]
    assert Message.objects.count() == expected, (Message.objects.count(), expected)
    assert len(_bare(stores)) >= expected
