"""Certificates of a system before, as a list: its columns, and what each row becomes. What goes out comes in again."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import uuid4

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.locking import lock_all
from clients.models import Client
from clients.writing import dates, phones
from imports import storebook
from imports.cells import is_no_total
from imports.day_order import REASON, UNCLEAR
from imports.models import Decision, Outcome, StagedRow
from imports.specs import BACK, BadRowError, Column, ListContext, ListSpec, SourceRow, Verdict
from imports.storebook import StoreBook
from imports.vocabulary import unknown
from loyalty import codes
from loyalty.certificates import acts, states
from loyalty.certificates.acts import Brought
from loyalty.models import Certificate, CertificateMove
from loyalty.models.certificates import number_key
from stores.models import Store
from stores.texts import writing

NOTHING = Decimal(0)
MOST = Decimal(10_000_000)


class Line(NamedTuple):
    """A row as it was read; ``key`` is what its certificate is told by, ``phone`` its buyer's."""

    key: str
    said: Brought
    phone: str
    store: Store | None
    store_text: str


class CertificatesHandler:
    """Rows against the base: a certificate comes once, by the code that it has here or the number that is printed on it."""

    def __init__(self, context: ListContext) -> None:
        self.context = context
        self.stores = StoreBook(context)
        self.planned: dict[str, tuple[Decimal, Decimal]] = {}

    def decide(self, rows: Sequence[SourceRow]) -> list[Verdict]:
        """As ``Handler.decide``. Two queries, and some five for each row that is written."""
        read = [self._read(row) for row in rows]
        lines = [line for line in read if isinstance(line, Line)]
        keys = {line.key for line in lines}
        there = Certificate.objects.filter(Q(code_key__in=keys) | Q(number_key__in=keys))
        known = {key: one for one in there for key in (one.code_key, one.number_key) if key}
        buyers = Client.objects.live().filter(phone__in={line.phone for line in lines if line.phone})
        clients = {str(phone): pk for phone, pk in buyers.values_list("phone", "pk")}
        if self.context.write:
            clients = {phone: standing[pk].pk for standing in [lock_all(clients.values())] for phone, pk in clients.items()}
        return [line if isinstance(line, Verdict) else self._verdict(line, known, clients) for line in read]

    def _read(self, row: SourceRow) -> Line | Verdict:
        values = row.values
        if any(values.get(name, "").startswith(UNCLEAR) for name in ("sold_on", "until")):
            return Verdict(Outcome.CONFLICT, REASON)
        if values.get("state") and not states.state(values["state"]):
            return Verdict(Outcome.CONFLICT, unknown("state", values["state"]))
        try:
            code = next((one for one in codes.readings(values.get("number", "")) if len(one) == codes.CERTIFICATE), "")
            number = number_key(values.get("number", ""))
            if not code and not number:
                raise BadRowError("number")
            said = self._said(values)
        except BadRowError as wrong:
            return Verdict(Outcome.REJECTED, str(wrong))
        said = said._replace(code=code) if code else said._replace(number=values["number"].strip())
        store_text = values.get("store", "")
        phone = phones.normalise(values.get("phone", "")) or ""
        return Line(code or number, said, phone, self.stores.find(store_text), store_text)

    def _said(self, values: Any) -> Brought:
        today = self.context.today
        amount = _money(values, "amount")
        left = _money(values, "left") if values.get("left") else amount
        if amount is None or left is None or not NOTHING < amount <= MOST or not NOTHING <= left <= amount:
            raise BadRowError("left" if amount else "amount")
        sold_on = _day(values, "sold_on", today) or today
        until = states.term(values.get("until", ""), sold_on) or _day(values, "until", today)
        if sold_on > today:
            raise BadRowError("sold_on")
        if until is None or until < sold_on:
            raise BadRowError("until")
        state = states.state(values.get("state", ""))
        cancelled = state == states.CANCELLED or states.says_yes(values.get("cancelled", ""))
        if state == states.USED:
            left = NOTHING
        return Brought(amount, amount if cancelled else left, sold_on, until, cancelled=cancelled)

    def _verdict(self, line: Line, known: dict[str, Certificate], clients: dict[str, int]) -> Verdict:
        if line.store is None:
            return Verdict(Outcome.CONFLICT, unknown(storebook.REASON, line.store_text))
        told = (line.said.amount, NOTHING if line.said.cancelled else line.said.left)
        one = known.get(line.key)
        there = (one.amount, one.left) if one else self.planned.get(line.key)
        if there is not None:
            return Verdict(Outcome.UNCHANGED) if there == told else Verdict(Outcome.CONFLICT, "another balance")
        self.planned[line.key] = told
        said, client = line.said._replace(client=clients.get(line.phone)), clients.get(line.phone)
        target = None
        if self.context.write:
            target = acts.bring(said, store=line.store, on=self.context.today, form_key=uuid4()).pk
        changes: dict[str, list[Any]] = {"amount": ["", str(said.amount)], "left": ["", str(told[1])]}
        return Verdict(Outcome.CREATED, client=client, key=line.key, target=target, changes=changes)

    def undo(self, rows: Sequence[StagedRow]) -> list[str]:
        """As ``Handler.undo``: one by which something was bought here stays."""
        there = Certificate.objects.in_bulk([row.target for row in rows if row.target])
        return [self._take_back(row, there.get(row.target or 0)) for row in rows]

    def _take_back(self, row: StagedRow, one: Certificate | None) -> str:
        if row.outcome != Outcome.CREATED or one is None:
            return ""
        left = Decimal(row.changes["left"][1])
        return BACK if acts.take_back(one, left, on=self.context.today) else "stays: changed since"


def _money(values: Any, name: str) -> Decimal | None:
    try:
        return writing.read_money(values[name]) if values.get(name) else None
    except writing.NotMoneyError:
        raise BadRowError(name) from None


def _day(values: Any, name: str, today: date) -> date | None:
    if not values.get(name):
        return None
    day = dates.parse(values[name], today)
    if day is None:
        raise BadRowError(name)
    return day


CERTIFICATES = ListSpec(
    kind="certificates",
    label=_("Certificates of another system"),
    columns=(
        Column("number", _("Code"), ("номер", "номер сертификата", "код сертификата", "сертификат", "штрихкод", "number", "certificate number", "gift card", "code"), r"сертификат|certificate|gift"),
        Column("sold_on", _("Day of sale"), ("дата продажи", "продан", "выдан", "дата выдачи", "дата", "sold", "issued", "date"), r"прода|выдан|sold|issued"),
        Column("store", _("Store"), ("магазин", "салон", "store", "shop", "филиал"), r"магаз|салон|store"),
        Column("amount", _("Face value"), ("номинал", "сумма", "сумма сертификата", "стоимость", "face value", "amount", "initial value", "value"), r"номинал|face"),
        Column("left", pgettext_lazy("certificates", "Left"), ("остаток", "баланс", "осталось", "balance", "left", "remaining"), r"остат|осталось|баланс|balance"),
        Column("until", _("Holds until"), ("действует до", "срок действия", "срок", "годен до", "до", "until", "expires", "expires at", "valid until"), r"срок|действ|годен|expir|until"),
        Column("phone", _("Buyer's phone"), ("телефон", "телефон покупателя", "тел", "phone"), r"телефон|phone"),
        Column("cancelled", _("Cancelled on"), ("аннулирован", "отменен", "cancelled", "disabled at"), r"аннулир|отменен|cancel"),
        Column("state", _("Status"), ("статус", "состояние", "status", "state", "статус сертификата"), r"^статус|^состояние|\bstatus$"),
    ),
    needs=(("number",), ("amount",), ("until",)),
    handler=CertificatesHandler,
    days=("sold_on", "until"),
    is_row=is_no_total,
    reasons={
        "number": _("this is no number of a certificate"), "amount": _("the face value is no sum"),
        "left": _("what is left is no sum, or more than the face value"), "sold_on": _("there is no such day, or it is still to come"),
        "until": _("until when it holds is not clear"), "another balance": _("this certificate came with other sums before"),
        "store": _("of which store this row is, is not said: say it on the page of values"),
        "state": _("whether it still holds is not clear: say it on the page of values"),
        "day or month": _("whether the day or the month comes first is not clear: say it on the page of values"),
    },
    decisions={"another balance": (Decision.SKIP,)},
    vocabularies=(storebook.STORES, states.STATES),
    writes=(Certificate, CertificateMove),
)  # fmt: skip
