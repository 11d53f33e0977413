"""What came of each program: computed by night for the usual periods, asked of one program for the others.

As JSON of the figure ``programs``: a row for all of a program, one for each of its months, one for each store (0: no home).
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from analytics import snapshots
from analytics.figures import experiments
from analytics.figures.experiments import Money, Says, Share, Verdict
from analytics.figures.periods import Period
from analytics.figures.registry import Figure, Json
from campaigns.effects import effect, judging, outcome
from campaigns.effects.effect import Comparison, Effect, EffectRow, Group
from campaigns.effects.outcome import Followed
from campaigns.models import Program, Touch, Trigger
from messaging.models import Message
from stores.models import Store


class Result(NamedTuple):
    """The numbers, what may be said of them and, of a program that touches, what followed and what it caused."""

    effect: Effect
    verdict: Verdict
    followed: Followed | None = None
    buyers_caused: int | None = None
    money_caused: float | None = None


class Told(NamedTuple):
    """A result and when it was computed; ``stale``: days under it have changed since."""

    result: Result
    computed_at: datetime | None
    stale: bool = False


def told(program: Program, period: Period, *, today: date, store: Store | None) -> Told:
    """Of those whom a program chose in the period, in a store or in the chain. Three queries where the night computed it."""
    kept = snapshots.ahead(FIGURE.name, period, store=store)
    if kept is None or kept.data is None:
        return Told(result_of(program, period, today=today, store=store), timezone.now())
    rows = [row for row in kept.data["programs"] if row["source"] == program.key]
    return Told(_read(rows, period), kept.computed_at, kept.stale)


def result_of(program: Program, period: Period, *, today: date, store: Store | None) -> Result:
    """Asked of the rows. Four queries."""
    asked: Any = {"today": today, "stores": [store] if store else None}
    if program.is_of_a_day:
        return Result(effect.effect_of(program, *period, **asked), judging.judge(program, *period, **asked))
    came = outcome.outcome_of(program, *period, **asked)
    return Result(came.effect, came.verdict, came.followed, came.buyers_caused, came.money_caused)


# --- As JSON --------------------------------------------------------------------------------------------------


def programs(store: Store | None, period: Period) -> list[Json]:
    """Rows of all programs that chose anybody in the period. A query, and four for each of them."""
    today = store.today() if store else timezone.localdate()
    return [
        row for program in _active(period)
        for row in _rows(program.key, result_of(program, period, today=today, store=store))
    ]  # fmt: skip


def _active(period: Period) -> Iterable[Program]:
    of_one = OuterRef("key")
    touched = Exists(Touch.objects.filter(source=of_one, counted_from__range=period))
    written = Exists(Message.objects.filter(source=of_one, occasion_on__range=period))
    return Program.objects.filter(~Q(trigger=Trigger.DAY) & touched | Q(trigger=Trigger.DAY) & written)


def _rows(source: str, result: Result) -> Iterator[Json]:
    came, verdict, followed = result.effect, result.verdict, result.followed
    yield {
        **_row(source, came.total), "arms_fit": verdict.arms_fit, "share": verdict.share._asdict(),
        "money": verdict.money._asdict(),
        "followed": followed and {**followed._asdict(), "revenue": float(followed.revenue), "cost": float(followed.cost)},
        "caused": {"buyers": result.buyers_caused, "money": result.money_caused},
    }  # fmt: skip
    yield from (_row(source, row.compared, month=row.key) for row in came.months)
    yield from (_row(source, row.compared, store=int(row.key)) for row in came.stores)


def _row(source: str, compared: Comparison, *, month: str | None = None, store: int | None = None) -> Json:
    written, held = ({**group._asdict(), "revenue": float(group.revenue)} for group in (compared.written, compared.held))
    return {"source": source, "month": month, "store": store, "written": written, "held": held}


def _read(rows: list[Json], period: Period) -> Result:
    """What ``_rows`` has told; nothing of a program that had chosen nobody. One query."""
    if not rows:
        return Result(Effect(Comparison(Group(), Group()), [], []), experiments.judge([]))
    whole, *parts = rows
    names = {store.pk: store for store in Store.objects.all()}
    months = [effect.month_row(row["month"], _compared(row), *period) for row in parts if row["month"]]
    stores = [
        EffectRow(str(row["store"]), names.get(row["store"]), _compared(row), *period)
        for row in parts
        if row["store"] is not None
    ]
    caused = whole["caused"]
    return Result(
        Effect(_compared(whole), months, stores), _verdict(whole), _followed(whole["followed"]), caused["buyers"], caused["money"]
    )


def _compared(row: Json) -> Comparison:
    return Comparison(*(Group(**{**row[arm], "revenue": _money(row[arm]["revenue"])}) for arm in ("written", "held")))


def _verdict(row: Json) -> Verdict:
    share, money = ({**row[name], "says": Says(row[name]["says"])} for name in ("share", "money"))
    return Verdict(Share(**share), Money(**money), row["arms_fit"])


def _followed(row: Json | None) -> Followed | None:
    return row and Followed(**{**row, "revenue": _money(row["revenue"]), "cost": _money(row["cost"])})  # type: ignore[return-value]


def _money(value: float) -> Decimal:
    return Decimal(str(value))


FIGURE = Figure(
    "programs", _("Programs"), (("programs", programs),), ages=True, reach=lambda period: period.first
)  # fmt: skip
