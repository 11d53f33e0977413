"""Planning a day of all standing programs, beside the bare selects of whom their triggers find, by SQL."""

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from django.db import connection, transaction

from benchmarks.measure import ROUNDS, tell, timed
from campaigns.models import Program, Touch, Trigger
from campaigns.standing import running
from messaging.models import Errand, Message
from visits.models import ClientActivity

# Between ten and twenty-one in every zone of the data set.
HOUR = time(8, 30, tzinfo=UTC)
PATIENCE = timedelta(days=6)
FACTS = "c.id, c.first_name, c.middle_name, c.language, c.home_store_id, c.phone, c.email"
CARDS = f"SELECT {FACTS} FROM clients_client c JOIN"
RHYTHM = f"""{CARDS} visits_rhythm r ON r.client_id = c.id JOIN visits_clientactivity a ON a.client_id = c.id
WHERE r.{{column}} BETWEEN %s AND %s AND a.visit_days >= 2"""
BARE = {
    Trigger.CARE: f"{CARDS} purchases_purchase p ON p.client_id = c.id WHERE p.sold_on BETWEEN %s AND %s",
    Trigger.SECOND: f"""{CARDS} visits_clientactivity a ON a.client_id = c.id
        WHERE a.first_day BETWEEN %s AND %s AND a.second_day IS NULL AND a.items > 0""",
    Trigger.EXPECTED: RHYTHM.format(column="expected_on"),
    Trigger.SILENT: RHYTHM.format(column="silent_from"),
    Trigger.RETURN: f"""{CARDS} visits_clientactivity a ON a.client_id = c.id
        WHERE a.last_day BETWEEN %s AND %s AND a.visit_days >= 3""",
}
WRITTEN = (Touch, Errand, Message)


def run(scale: float) -> bool:
    today = _busy_day()
    now, programs = datetime.combine(today, HOUR), _programs(today)
    first, again, bare, copied = [], [], [], []
    for _round in range(ROUNDS):
        forget()
        bare.append(timed(lambda: _select(programs, today)))
        first.append(timed(_planning(programs, now)))
        _check(programs)
        again.append(timed(_planning(programs, now)))
        _put_aside()
        copied.append(timed(_write_bare))
    planned, repeated, selected, written = (sorted(times)[ROUNDS // 2] for times in (first, again, bare, copied))
    sys.stderr.write(f"programs: {Touch.objects.count()} touches, {Errand.objects.count()} calls, {Message.objects.count()} messages "
                     f"in {planned:.3f} s, a repeat {repeated:.3f} s, {len(_select(programs, today))} found\n")  # fmt: skip
    forget()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS " + ", ".join(f"bench_{table._meta.db_table}" for table in WRITTEN))
    return all([
        tell("programs", scale, planned, selected, at_most=10),
        tell("programs-written", scale, planned, selected + written, at_most=5),
        tell("programs-again", scale, repeated, planned, at_most=1),
    ])  # fmt: skip


def plan_a_day() -> None:
    """For those who look at what came of it."""
    today = _busy_day()
    _planning(_programs(today), datetime.combine(today, HOUR))()
    _count_anew()


def _programs(today: date) -> list[Program]:
    programs = list(Program.objects.filter(trigger__in=BARE).select_related("template", "email_template"))
    for program in programs:
        program.since, program.holdout = today - PATIENCE, 10
    return programs


def _busy_day() -> date:
    """The last day on which the data set sells, so that every trigger has its clients."""
    return ClientActivity.objects.order_by("-last_day").values_list("last_day", flat=True)[0]


def _planning(programs: list[Program], now: datetime) -> Callable[[], int]:
    return lambda: sum(running.plan(program, now=now) for program in programs)


def _select(programs: list[Program], today: date) -> list[object]:
    rows: list[object] = []
    with connection.cursor() as cursor:
        for program in programs:
            days = timedelta(days=program.days_before - program.days_after)
            patience = timedelta(days=2) if program.trigger == Trigger.CARE else PATIENCE
            cursor.execute(BARE[Trigger(program.trigger)], [today + days - patience, today + days])
            rows += cursor.fetchall()
    return rows


def _check(programs: list[Program]) -> None:
    """Everybody who is treated has one call or one message, whoever is held has none, and nobody is chosen by two programs."""
    treated = Touch.objects.filter(arm="treated")
    assert treated.filter(state="waits").count() == 0
    assert Errand.objects.count() + Message.objects.count() == treated.count(), (Errand.objects.count(), treated.count())
    assert Touch.objects.values("client").distinct().count() == Touch.objects.count()


def _put_aside() -> None:
    """What was planned, into tables of their own; their places are empty again."""
    with connection.cursor() as cursor:
        for table in WRITTEN:
            name = table._meta.db_table
            cursor.execute(f"DROP TABLE IF EXISTS bench_{name}")
            cursor.execute(f"CREATE TABLE bench_{name} AS TABLE {name}")
    forget()


def _write_bare() -> None:
    """The least that the rows cost: one statement a table, with indexes, checks and foreign keys."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in WRITTEN:
            name = table._meta.db_table
            cursor.execute(f"INSERT INTO {name} SELECT * FROM bench_{name}")


def forget() -> None:
    for table in WRITTEN:
        table.objects.all()._raw_delete(using="default")
    _count_anew()


def _count_anew() -> None:
    """As the base does by itself within a minute."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE campaigns_touch, messaging_errand, messaging_message")
