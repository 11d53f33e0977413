"""What is usual at the desk: days of work, price, the store's calendar, and the wording of the agreement. Public."""

import json
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from stores.models import Store
from stores.texts import writing
from workshop import passports
from workshop.models import AgreementText, ServiceKind, ServiceTerm

# Where the chain has said nothing about a kind.
DAYS = {
    ServiceKind.RESIZING: 7, ServiceKind.REPAIR: 10, ServiceKind.CHAIN_REPAIR: 7, ServiceKind.SOLDERING: 5,
    ServiceKind.STONE_SETTING: 14, ServiceKind.POLISHING: 3, ServiceKind.RHODIUM: 7, ServiceKind.CLEANING: 1,
    ServiceKind.ENGRAVING: 5, ServiceKind.APPRAISAL: 10, ServiceKind.OTHER: 7,
}  # fmt: skip
LOOKED = 150


def usual(kind: str) -> ServiceTerm:
    """What holds for a kind of which the chain has said nothing; not saved."""
    return ServiceTerm(kind=kind, days=DAYS.get(ServiceKind(kind), 7))


class Terms:
    """The terms of a store's desk today. Two queries, when first asked."""

    def __init__(self, store: Store) -> None:
        self.store, self.today = store, store.today()

    @cached_property
    def rows(self) -> dict[str, ServiceTerm]:
        return {term.kind: term for term in ServiceTerm.objects.all()}

    def offered(self, *, and_also: str = "") -> list[tuple[str, Any]]:
        """Kinds that are taken in, for a form to choose from; and one that a request has already."""
        withdrawn = {kind for kind, term in self.rows.items() if not term.is_offered} - {and_also}
        return [(kind, label) for kind, label in ServiceKind.choices if kind not in withdrawn]

    @cached_property
    def open_days(self) -> list[date]:
        return self.store.works_on(self.today, LOOKED)

    def due(self, kind: str) -> date:
        """The first working day of the store after the usual days of the kind."""
        wanted = self.today + timedelta(days=(self.rows.get(kind) or usual(kind)).days)
        return next((day for day in self.open_days if day >= wanted), wanted)

    def next_open(self, day: date) -> date | None:
        """The day itself, or the next on which the store works. One query."""
        return next(iter(self.store.works_on(day)), None)

    def asks_passport(self, kind: str, declared_value: Decimal | None) -> bool:
        return passports.asked_for(kind, declared_value, self.rows)

    def as_json(self) -> str:
        """By kind: due day, usual price, and from what declared value a passport is asked for (null: never)."""
        return json.dumps({kind: self._of(kind) for kind in ServiceKind.values})

    def _of(self, kind: str) -> dict[str, str | float | None]:
        term = self.rows.get(kind)
        price = writing.typed(term.price, thousands=True) if term and term.price is not None else ""
        since = None if term is None else 0.0 if term.asks_passport else term.passport_from
        return {"due": self.due(kind).isoformat(), "price": price, "passport": None if since is None else float(since)}


def current_agreement(day: date) -> AgreementText | None:
    """The newest wording in force on a day. One query."""
    return AgreementText.objects.filter(since__lte=day).first()
