"""When a client usually comes, from when they are silent, and how likely they still come (docs/figures.md).

``TypicalInterval`` and ``LifeModel`` are what the chain's clients have in common, computed at night; ``Rhythm`` applies
them to each client, in the transaction of each write and again at night. Public.
"""

from datetime import date
from typing import NamedTuple

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from clients.models import Client
from visits import dialect
from visits.models import ClientActivity, LifeModel, Rhythm, TypicalInterval

CHUNK = 5_000
SILENT_AFTER = 3  # usual intervals
DRAWN = 3  # so many gaps of clients alike stand beside a client's own
YEAR = 365
WHOLE_CHAIN = ""

# The middle one, or the mean of the two in the middle, of the clients' own intervals.
_MEDIANS = """
SELECT kind, AVG(own_interval), MAX(n) FROM (
    SELECT {kind} AS kind, own_interval, COUNT(*) OVER (PARTITION BY {kind}) AS n,
           ROW_NUMBER() OVER (PARTITION BY {kind} ORDER BY own_interval) AS place
    FROM visits_clientactivity WHERE own_interval IS NOT NULL
) ranked WHERE place IN ((n + 1) / 2, (n + 2) / 2) GROUP BY kind
"""


def insert(cursor: CursorWrapper, whose: str, params: list[int], *, today: date | None = None) -> None:
    """Rhythms of clients whose activities stand already and whose former rhythms are gone."""
    day = today or timezone.localdate()
    cursor.execute(_statement(whose, ""), [day, *params])


def _statement(whose: str, conflict: str) -> str:
    age, known = dialect.days_between("t.day", "a.first_day"), dialect.days_between("a.last_day", "a.first_day")
    typical = "COALESCE(k.days, c.days)"
    # Three visits in a month make nobody silent after 48 days: few gaps of one's own are drawn towards those of clients alike.
    drawn = f"({known} + {DRAWN} * {typical}) / (a.visit_days - 1 + {DRAWN})"
    days = f"CASE WHEN a.own_interval IS NULL THEN {typical} ELSE COALESCE({drawn}, a.own_interval) END"
    return f"""
    INSERT INTO visits_rhythm (client_id, interval, rule, expected_on, silent_from, chance, stake, as_of)
    SELECT client_id, days, rule, {dialect.plus_days("last_day", "FLOOR(days + 0.5)")},
           {dialect.plus_days("last_day", f"FLOOR({SILENT_AFTER} * days + 0.000001) + 1")},
           chance, CAST(ROUND(CAST(({_ahead()}) * a_visit * (1 - chance) AS numeric), 2) AS numeric), as_of
    FROM (
        SELECT a.client_id, a.last_day, {days} AS days,
               CASE WHEN a.own_interval IS NOT NULL THEN 'own' WHEN k.days IS NOT NULL THEN 'kind'
                    WHEN c.days IS NOT NULL THEN 'chain' ELSE 'none' END AS rule,
               {_chance(age, known)} AS chance, m.r + a.visit_days - 1 AS shape, m.alpha + {age} AS lived,
               m.a AS went, m.b + a.visit_days AS stayed,
               m.p * (m.v + a.spent) / (m.p * a.visit_days + m.q - 1) AS a_visit, t.day AS as_of
        FROM visits_clientactivity a
        CROSS JOIN (SELECT {"CAST(%s AS date)" if dialect.is_postgres() else "%s"} AS day) t
        LEFT JOIN visits_typicalinterval k ON k.kind = a.first_kind AND a.first_kind <> ''
        LEFT JOIN visits_typicalinterval c ON c.kind = ''
        LEFT JOIN visits_lifemodel m ON m.id = 1
        WHERE a.client_id {whose}
    ) told WHERE true {conflict}"""


def _chance(age: str, known: str) -> str:
    """That a client of the model still comes, ``age`` days after the first visit and ``age - known`` after the last."""
    # As a power of e, cut where it would leave the range of a double: a regular of years who stopped coming.
    faded = dialect.least(700, f"(m.r + a.visit_days - 1) * LN((m.alpha + {age}) / (m.alpha + {known}))")
    return f"1 / (1 + m.a / (m.b + a.visit_days - 1) * EXP({faded}))"


def _ahead() -> str:
    """Visits of the coming year of a client who still comes, as the model expects them.

    Lost after a visit with the probability p, one comes (1 - (lived / (lived + p * YEAR)) ** shape) / p times more; over p,
    which is beta(went, stayed), that is taken at the two points of Gauss's quadrature: exact for a cubic, within a
    thousandth of the hypergeometric closed form where people come once in months, within two per cent where in days.
    """
    whole = "(went + stayed)"
    middle, spread = f"went / {whole}", f"SQRT(went * stayed / ({whole} + 1)) / {whole}"
    skew = f"((stayed - went) * SQRT({whole} + 1) / (({whole} + 2) * SQRT(went * stayed)))"  # half of it
    wide = f"SQRT({skew} * {skew} + 1)"

    def at(sign: str) -> str:
        lost = f"({middle} + {spread} * ({skew} {sign} {wide}))"
        weight = f"({wide} {'-' if sign == '+' else '+'} {skew}) / (2 * {wide})"
        faded = dialect.least(700, f"shape * LN((lived + {lost} * {YEAR}) / lived)")
        return f"{weight} * (1 - EXP(-{faded})) / {lost}"

    return f"{at('+')} + {at('-')}"


_OVERWRITE = """ON CONFLICT (client_id) DO UPDATE SET interval = excluded.interval, rule = excluded.rule,
expected_on = excluded.expected_on, silent_from = excluded.silent_from, chance = excluded.chance, stake = excluded.stake,
as_of = excluded.as_of"""


def typical_intervals() -> dict[str, tuple[float, int]]:
    """The median interval of each first kind and of the chain as the visits of now make them, and over how many clients."""
    # Who never bought has no first kind: the chain's row takes the place of theirs.
    found = [*dialect.fetch(_MEDIANS.format(kind="first_kind")), *dialect.fetch(_MEDIANS.format(kind="''"))]
    return {str(kind): (float(days), int(clients)) for kind, days, clients in found}


@transaction.atomic
def keep_typical_intervals() -> int:
    """Put the median intervals of now in place. Returns how many there are."""
    typical = typical_intervals()
    TypicalInterval.objects.exclude(kind__in=typical).delete()
    for kind, (days, clients) in typical.items():
        TypicalInterval.objects.update_or_create(kind=kind, defaults={"days": days, "clients": clients})
    return len(typical)


def recompute(today: date) -> int:
    """Every client's rhythm anew as of a day, chunk by chunk, so that sales wait for no more than one. Returns how many."""
    done, last = 0, 0
    while keys := list(ClientActivity.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        first, last = keys[0], keys[-1]
        with transaction.atomic():
            # The rows that a sale locks first: neither overwrites what the other has just seen.
            list(Client.objects.select_for_update().filter(pk__range=(first, last)).order_by("pk").values_list("pk", flat=True))
            with connection.cursor() as cursor:
                cursor.execute(_statement("BETWEEN %s AND %s", _OVERWRITE), [today, first, last])
        done += len(keys)
    return done


class Usual(NamedTuple):
    """What a card says of a client's rhythm: the days between visits, which rule spoke, and over how many clients."""

    days: int
    rule: str
    clients: int


def usual_of(rhythm: Rhythm, activity: ClientActivity, known: int | None = None) -> Usual | None:
    """None where it is too early to say. One query unless the client's own visits speak, or it is known over how many clients."""
    if rhythm.interval is None:
        return None
    if rhythm.rule == Rhythm.Rule.OWN:
        return Usual(round(rhythm.interval), rhythm.rule, 1)
    if known is not None:
        return Usual(round(rhythm.interval), rhythm.rule, known)
    kind = activity.first_kind if rhythm.rule == Rhythm.Rule.KIND else WHOLE_CHAIN
    typical = TypicalInterval.objects.filter(kind=kind).first()
    return Usual(round(rhythm.interval), rhythm.rule, typical.clients if typical else 0)


def keep_model(
    *, r: float, alpha: float, a: float, b: float, spending: tuple[float, float, float] | None, clients: int, fitted_on: date
) -> LifeModel:
    """Put the one set of parameters in place; ``spending`` is (p, q, v) of gamma-gamma, None where too few have bought."""
    p, q, v = spending or (None, None, None)
    values = {"r": r, "alpha": alpha, "a": a, "b": b, "p": p, "q": q, "v": v, "clients": clients, "fitted_on": fitted_on}
    return LifeModel.objects.update_or_create(pk=1, defaults=values)[0]
