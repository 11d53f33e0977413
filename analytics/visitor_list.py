"""A list of visitors by store and day, from the door counters: what each row becomes."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from analytics.models import VisitorCount
from imports import storebook
from imports.models import Decision, Outcome, StagedRow
from imports.specs import BACK, BadRowError, Column, ListContext, ListSpec, SourceRow, Verdict
from imports.storebook import StoreBook, store_key
from imports.vocabulary import unknown
from purchases.listing import reading
from stores.models import Store

MOST = 100_000  # visitors of a store in a day; more is a counter that went mad

Place = tuple[int | str, date]


class VisitorsHandler:
    """Rows against the counts of the base: a new day is made, another number of a known day is taken and the old one kept
    in the row's changes. Two rows of one list about one day with different numbers are for a person to decide."""

    def __init__(self, context: ListContext) -> None:
        self.context = context
        self.stores = StoreBook(context)
        self.said: dict[Place, int] = {}

    def decide(self, rows: Sequence[SourceRow]) -> list[Verdict]:
        """As ``Handler.decide``. Two queries, and a write each for new and changed days."""
        read = [self._read(row) for row in rows]
        known = self._known([line for line in read if not isinstance(line, Verdict)])
        new: dict[Place, VisitorCount] = {}
        changed: list[VisitorCount] = []
        verdicts = [line if isinstance(line, Verdict) else self._verdict(*line, known, new, changed) for line in read]
        if self.context.write:
            VisitorCount.objects.bulk_create(new.values())
            VisitorCount.objects.bulk_update(changed, ["visitors"])
        return [self._with_target(verdict, new, known) for verdict in verdicts]

    def _read(self, row: SourceRow) -> tuple[Store, date, int] | Verdict:
        store = self.stores.find(row.values.get("store", ""))
        try:
            day = reading.day(row.values, "day", self.context.today)
            visitors = _whole(row.values.get("visitors", ""))
        except BadRowError as wrong:
            return Verdict(Outcome.REJECTED, str(wrong))
        if store is None:
            return Verdict(Outcome.CONFLICT, unknown(storebook.REASON, row.values.get("store", "")))
        return store, day, visitors

    def _known(self, lines: Sequence[tuple[Store, date, int]]) -> dict[Place, VisitorCount]:
        stores = {store.pk for store, _day, _visitors in lines if store.pk}
        found = VisitorCount.objects.filter(store__in=stores, day__in={day for _store, day, _visitors in lines})
        return {(count.store_id, count.day): count for count in found}

    def _verdict(
        self, store: Store, day: date, visitors: int, known: dict[Place, VisitorCount], new: dict[Place, VisitorCount],
        changed: list[VisitorCount],
    ) -> Verdict:  # fmt: skip
        place = (store_key(store), day)
        key = f"{place[0]}|{day.isoformat()}"
        if place in self.said:
            outcome = Outcome.UNCHANGED if self.said[place] == visitors else Outcome.CONFLICT
            return Verdict(outcome, "" if outcome == Outcome.UNCHANGED else "twice", key=key)
        self.said[place] = visitors
        there = known.get(place)
        if there is None:
            new[place] = VisitorCount(store=store, day=day, visitors=visitors)
            return Verdict(Outcome.CREATED, key=key, changes={"visitors": ["", str(visitors)]})
        if there.visitors == visitors:
            return Verdict(Outcome.UNCHANGED, key=key, target=there.pk)
        changes = {"visitors": [str(there.visitors), str(visitors)]}
        there.visitors = visitors
        changed.append(there)
        return Verdict(Outcome.UPDATED, "visitors", key=key, target=there.pk, changes=changes)

    def _with_target(self, verdict: Verdict, new: dict[Place, VisitorCount], known: dict[Place, VisitorCount]) -> Verdict:
        if verdict.outcome != Outcome.CREATED or not self.context.write:
            return verdict
        made = {f"{place[0]}|{place[1].isoformat()}": count for place, count in new.items()}
        return verdict._replace(target=made[verdict.key].pk)

    def undo(self, rows: Sequence[StagedRow]) -> list[str]:
        """As ``Handler.undo``: a count that somebody has changed since stays."""
        counts = VisitorCount.objects.in_bulk([row.target for row in rows if row.target])
        words = []
        for row in rows:
            there = counts.get(row.target or 0)
            if row.outcome not in (Outcome.CREATED, Outcome.UPDATED) or there is None:
                words.append("")
            elif str(there.visitors) != row.changes["visitors"][1]:
                words.append("stays: changed since")
            else:
                _take_back(there, row)
                words.append(BACK)
        return words


def _take_back(there: VisitorCount, row: StagedRow) -> None:
    if row.outcome == Outcome.CREATED:
        there.delete()
    else:
        there.visitors = int(row.changes["visitors"][0])
        there.save(update_fields=["visitors"])


def _whole(text: str) -> int:
    digits = text.replace("\xa0", "").replace(" ", "").removesuffix(",0").removesuffix(".0")
    if not (digits.isdecimal() and digits.isascii() and len(digits) < 8) or int(digits) > MOST:
        raise BadRowError("visitors")
    return int(digits)


VISITORS = ListSpec(
    kind="visitors",
    label=_("Visitors by day"),
    columns=(
        Column("day", _("Day"), ("дата", "день", "date", "day"), r"^дата|date$"),
        Column("visitors", _("Visitors"), ("посетители", "посетителей", "вошло", "вход", "visitors", "count", "количество"), r"посетит|вошл|visitor"),
        Column("store", _("Store"), ("магазин", "салон", "store", "shop", "филиал", "точка", "подразделение"), r"магаз|салон|store"),
    ),
    needs=(("day",), ("visitors",)),
    handler=VisitorsHandler,
    reasons={
        "store": _("of which store this row is, is not said: say it on the page of values"),
        "date": _("there is no such day, or it is still to come"),
        "visitors": _("this is no number of visitors"), "twice": _("the list says another number for this day too"),
    },
    vocabularies=(storebook.STORES,),
    decisions={"store": (Decision.SKIP,), "twice": (Decision.SKIP,)},
    writes=(VisitorCount,),
)  # fmt: skip
