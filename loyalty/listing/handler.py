"""Balances of an old system: what each row becomes. A row is a card, whose it is, and bonuses until a day."""

import hashlib
import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Q

from clients import locking
from clients.models import Client
from clients.writing import dates, phones
from imports.day_order import REASON, UNCLEAR
from imports.models import Outcome, StagedRow
from imports.specs import BACK, BadRowError, ListContext, SourceRow, Verdict
from loyalty import services
from loyalty.ledger import Birth
from loyalty.models import Account, Lot, LoyaltyCard, Member, Source
from loyalty.models.cards import key_of
from loyalty.plastic import acts
from loyalty.selectors import terms_on
from stores.texts import writing

YEAR = 365
PREFIX = "import:"
MOST = 10_000_000
UNITS = re.compile(r"(?<=\d)\s*(?:бонус\w*|балл\w*|б\.|points?|pts|bonus\w*)\.?$", re.IGNORECASE)


class Line(NamedTuple):
    """A row as it was read; ``until`` is None where it says nothing."""

    card: str
    shown: str
    phone: str
    sum: int
    until: date | None

    def key(self, source: str) -> str:
        """One balance of one client of a source that ends on a day."""
        told = f"{source}|{self.card or self.phone}|{self.until or ''}"
        return f"{PREFIX}{hashlib.blake2b(told.encode(), digest_size=16).hexdigest()}"


class Known(NamedTuple):
    """What the base has of the rows of a chunk: cards by number, clients by phone, accounts of clients, lots by occasion."""

    cards: dict[str, int]
    clients: dict[str, int]
    accounts: dict[int, int]
    lots: dict[str, Lot]


class BalancesHandler:
    """Rows against the base: a known card or phone gets its lot once, whatever the list says again."""

    def __init__(self, context: ListContext) -> None:
        self.context = context
        self.planned: dict[str, int] = {}
        self.given: dict[str, int] = {}
        terms = terms_on(context.today)
        self.life = timedelta(days=terms.life_days if terms else YEAR)

    def decide(self, rows: Sequence[SourceRow]) -> list[Verdict]:
        """As ``Handler.decide``. Four queries, and some ten for each row that is written."""
        read = [self._read(row) for row in rows]
        known = self._known([line for line in read if isinstance(line, Line)])
        if self.context.write:
            locking.lock_all([*known.clients.values(), *known.accounts])
        return [line if isinstance(line, Verdict) else self._verdict(line, known) for line in read]

    def _read(self, row: SourceRow) -> Line | Verdict:
        values = row.values
        card, phone = key_of(values.get("card", "")), phones.normalise(values.get("phone", "")) or ""
        if values.get("until", "").startswith(UNCLEAR):
            return Verdict(Outcome.CONFLICT, REASON)
        try:
            if not card and not phone:
                raise BadRowError("who")
            bonuses, until = _sum(values.get("sum", "")), self._until(values.get("until", ""))
            return Line(card, values.get("card", "").strip(), phone, bonuses, until)
        except BadRowError as wrong:
            return Verdict(Outcome.REJECTED, str(wrong))

    def _until(self, text: str) -> date | None:
        if not text:
            return None
        day = dates.parse(text, self.context.today)
        if day is None or day < self.context.today:
            raise BadRowError("until")
        return day

    def _known(self, lines: Sequence[Line]) -> Known:
        cards = LoyaltyCard.objects.filter(number_key__in={line.card for line in lines if line.card})
        clients = Client.objects.live().filter(phone__in={line.phone for line in lines if line.phone})
        by_card, by_phone = dict(cards.values_list("number_key", "account")), dict(clients.values_list("phone", "pk"))
        shares = Member.objects.present().filter(Q(client__in=by_phone.values()) | Q(account__in=by_card.values()))
        lots = Lot.objects.filter(occasion_key__in={line.key(self.context.source) for line in lines})
        accounts = dict(shares.order_by("-pk").values_list("client", "account"))
        return Known(
            by_card, {str(phone): pk for phone, pk in by_phone.items()}, accounts, {lot.occasion_key: lot for lot in lots}
        )

    def _verdict(self, line: Line, known: Known) -> Verdict:
        client, key = self._client(line, known), line.key(self.context.source)
        if client is None:
            return Verdict(Outcome.REJECTED, "client unknown")
        if self._is_anothers(line, client, known):
            return Verdict(Outcome.CONFLICT, "card of another", client=client)
        if key in self.given or key in known.lots:
            is_same = line.sum == (self.given[key] if key in self.given else known.lots[key].amount)
            return Verdict(Outcome.UNCHANGED) if is_same else Verdict(Outcome.CONFLICT, "another sum", client=client)
        changes: dict[str, list[Any]] = {"sum": ["", str(line.sum)]} if line.sum else {}
        if line.card and line.card not in known.cards and line.card not in self.planned:
            changes["card"] = ["", line.shown]
        if not changes:
            return Verdict(Outcome.UNCHANGED, client=client)
        self.planned[line.card], self.given[key] = client, line.sum
        target = self._write(line, client, key) if self.context.write else None
        return Verdict(Outcome.CREATED, client=client, key=key.removeprefix(PREFIX), target=target, changes=changes)

    def _client(self, line: Line, known: Known) -> int | None:
        """Whose row it is: by phone, else who has a share in the card's account."""
        if client := known.clients.get(line.phone):
            return client
        if line.card in self.planned:
            return self.planned[line.card]
        account = known.cards.get(line.card)
        return next((client for client, share in known.accounts.items() if share == account), None) if account else None

    def _is_anothers(self, line: Line, client: int, known: Known) -> bool:
        if not line.card:
            return False
        account = known.cards.get(line.card)
        if account is not None:
            return known.accounts.get(client) != account
        return self.planned.get(line.card, client) != client

    def _write(self, line: Line, client: int, key: str) -> int | None:
        today = self.context.today
        if line.card:
            acts.give(client, line.shown, on=today, by=None)
        if not line.sum:
            return None
        account: Account = services.open_account(client, on=today)
        birth = Birth(Source.IMPORT, today, line.until or today + self.life)
        return services.earn(account, line.sum, birth=birth, key=key, on=today, by=None).pk

    def undo(self, rows: Sequence[StagedRow]) -> list[str]:
        """As ``Handler.undo``: bonuses of which something was spent stay, and so does a card that was ended since."""
        lots = Lot.objects.in_bulk([row.target for row in rows if row.target])
        return [self._take_back(row, lots.get(row.target or 0)) if row.outcome == Outcome.CREATED else "" for row in rows]

    def _take_back(self, row: StagedRow, lot: Lot | None) -> str:
        if lot and not services.take_back(lot, on=self.context.today):
            return "stays: changed since"
        if "card" in row.changes:
            LoyaltyCard.objects.filter(number_key=key_of(row.changes["card"][1]), ended_on=None).delete()
        return BACK


def _sum(text: str) -> int:
    """Whole bonuses; parts of one are not given."""
    try:
        read = writing.read_money(UNITS.sub("", text)) if text else Decimal(0)
    except writing.NotMoneyError:
        raise BadRowError("sum") from None
    if read > MOST:
        raise BadRowError("sum")
    return int(read)
