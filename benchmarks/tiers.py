"""The night's tiers among a million accounts: who came to stand on a higher one by what they bought the day before.

The peer: the bare select of those buyers' days, as far back as they matter. Nothing of tiers is stored, so the night writes nothing.
"""

from datetime import date, timedelta
from decimal import Decimal

from django.db import connection, transaction

from benchmarks.measure import in_turn, tell
from campaigns.standing import tiers
from loyalty import services as loyalty_services
from loyalty.pricing import Mode
from loyalty.services import TermsSaid, TierSaid
from loyalty.tiers import first_day

DAY = date(2026, 11, 28)
VISITS, DAYS = 5, 730  # of each client, over so many days
TERMS = TermsSaid(Mode.BOTH, Decimal(5), tiers=[TierSaid(Decimal(sum_), Decimal(7)) for sum_ in (50_000, 150_000, 300_000)])


def run(scale: float) -> bool:
    with transaction.atomic():
        loyalty_services.publish(TERMS, since=DAY - timedelta(days=900), by=None)
        _make(int(1_000_000 * scale))
        reached, buyers = list(tiers.reached_between(DAY, DAY)), _select()
        assert 0 < len(reached) < len({client for client, _day, _total in buyers})
        seconds = in_turn(lambda: list(tiers.reached_between(DAY, DAY)), _select)
        transaction.set_rollback(True)
    return tell("tiers", scale, *seconds, at_most=10)


def _make(clients: int) -> None:
    """Clients with an account each (every tenth two by two), and days on which they bought."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(MAX(id), 0) + 1 FROM clients_client")
        first = cursor.fetchone()[0]
        values = {"first": first, "last": first + clients - 1, "visits": VISITS, "days": DAYS, "day": DAY}
        for statement in _STATEMENTS:
            cursor.execute(statement, values)


_SPAN = "generate_series(%(first)s::bigint, %(last)s::bigint) n"
_STATEMENTS = (
    f"""INSERT INTO clients_client (id, state, last_name, first_name, middle_name, language, metal, likes, note, as_written, created_at,
    name_key, person_key, phone_reversed) SELECT n, 'incomplete', '', '', '', 'ru', '', '', '', '{{}}', now(), '', '', '' FROM {_SPAN}""",
    f"INSERT INTO loyalty_account (id, owed, opened_at) SELECT n, 0, now() FROM {_SPAN} WHERE n %% 10 <> 1",
    f"""INSERT INTO loyalty_member (since, may_spend, account_id, client_id)
    SELECT '2020-01-01', true, CASE WHEN n %% 10 = 1 AND n > %(first)s THEN n - 1 ELSE n END, n FROM {_SPAN}
    WHERE n > %(first)s OR n %% 10 <> 1""",
    f"""INSERT INTO visits_visit (scope, day, items, total, first_day, client_id)
    SELECT 0, %(day)s::date - 1 - ((n * 7919 + k * 104729) %% %(days)s)::int, 1, 5000 + (n * 31 + k * 17) %% 60000, '2024-01-01', n
    FROM {_SPAN}, generate_series(1, %(visits)s) k ON CONFLICT DO NOTHING""",
    "ANALYZE clients_client", "ANALYZE loyalty_member", "ANALYZE visits_visit",
)  # fmt: skip


def _select() -> list[tuple[int, date, Decimal]]:
    with connection.cursor() as cursor:
        cursor.execute(_SELECT, [first_day(DAY), DAY, DAY - timedelta(days=1)])
        return list(cursor.fetchall())


_SELECT = """
SELECT client_id, day, total FROM visits_visit WHERE scope = 0 AND items > 0 AND day BETWEEN %s AND %s
AND client_id IN (SELECT client_id FROM visits_visit WHERE scope = 0 AND items > 0 AND day = %s)"""
