"""What a basket costs a client, said to a till and promised for a quarter of an hour."""

import secrets
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.kinds import Tariff
from clients.locking import lock
from clients.models import Client
from exchange.documents import finding
from exchange.documents.contract import Ask, AskedLine
from exchange.models import Source
from loyalty import reservations
from loyalty import selectors as loyalty_selectors
from loyalty import services as loyalty_services
from loyalty.models import Member, Reservation
from loyalty.offers.acts import RightRefusedError
from loyalty.pricing import UNIT, BilledLine, Refused, Why, Wish, spread
from loyalty.services import NotEnoughError
from purchases import bills
from purchases.bills import Quote, Tagged
from stores.models import Store
from stores.texts.writing import count, money


class ExpiredError(Exception):
    """The quote is over, or never was: ask for a new one."""


@transaction.atomic
def quote(source: Source, ask: Ask) -> dict[str, Any]:
    """The bill of a basket. ``ask.quote`` prolongs one that still holds.

    Raises WaitsError for a store or a coupon that nobody knows, RightRefusedError, ExpiredError, NotEnoughError.
    """
    right = finding.right_of(ask.rights)
    store = finding.store_of(ask.store, source)
    client = lock(finding.client_of(ask.client))
    now, basket = timezone.now(), _basket(source, ask)
    member = loyalty_services.hold(client.pk) if client else None
    held = reservations.promised(member.account_id, now=now, but=basket) if member else 0
    tagged = [one for line in ask.lines for one in _tagged(line, finding.asked_kind(line, source) if right else "")]
    wish: Wish = "most" if ask.spend == "most" else int(ask.spend)
    made = bills.quote(tagged, client, member, store.today(now), wish, right, held=held) if client or right else None
    refused = _refused(made, client, store.today(now))
    most, spent = (made.bill.most, made.bill.spent) if made else (0, 0)
    if wish != "most" and wish > most:
        raise NotEnoughError(most)
    promise = reservations.reserve(basket, account=member.account if member else None, spends=spent, now=now, member=member)
    told = _said(promise, ask, client, member, store, made.bill.lines if made else _as_tagged(tagged), most)
    return {**told, "rights": _rights(made, refused), "needs_code": bool(made and made.needs_code and spent > promise.proven)}


def _refused(made: Quote | None, client: Client | None, day: date) -> Refused:
    """Why the coupon takes nothing off, where the bill stands without it. Raises RightRefusedError where it is not to be had."""
    why = bills.refused(made, client, day) if made and made.right else Refused.NOT
    if made and why not in (Refused.NOT, Refused.LESS):
        raise RightRefusedError(why, made.right)
    return why


def _rights(made: Quote | None, refused: Refused) -> list[dict[str, str]]:
    if made is None or made.right is None:
        return []
    return [{"code": made.right.code, "sum": _roubles(made.bill.by_right), "why": str(refused.label)}]


def _basket(source: Source, ask: Ask) -> str:
    """The name of the basket in the base: of this source alone. Raises ExpiredError."""
    mine = f"{source.pk}:"
    if ask.quote:
        there = Reservation.objects.filter(key=ask.quote, basket__startswith=mine, until__gte=timezone.now()).first()
        if there is None:
            raise ExpiredError
        return there.basket
    return mine + (ask.basket or f"?{secrets.token_urlsafe(12)}")


def _tagged(line: AskedLine, kind: str) -> list[Tagged]:
    tags, off = (spread(int(sum_ * UNIT), [1] * line.quantity) for sum_ in (line.tag, line.off))
    parts = zip(tags, off, strict=True)
    return [Tagged(Decimal(tag - less) / UNIT, Decimal(less) / UNIT, Tariff(line.tariff), kind) for tag, less in parts]


def _as_tagged(lines: Sequence[Tagged]) -> Sequence[BilledLine]:
    """What lines cost whom nobody knows."""
    facts = [(int((line.price + line.discount) * UNIT), int(line.discount * UNIT)) for line in lines]
    return [BilledLine(tag, off, 0, 0, tag - off, 0, Why.TERMS) for tag, off in facts]


def _said(
    promise: Reservation, ask: Ask, client: Client | None, member: Member | None, store: Store,
    lines: Sequence[BilledLine], most: int,
) -> dict[str, Any]:  # fmt: skip
    told = standing_of(client, member, store.today())
    rest, to_pay = list(lines), sum(line.paid for line in lines)
    spent = sum(line.bonus for line in lines) // UNIT
    return {
        "quote": promise.key,
        "valid_until": promise.until.astimezone(store.zone).isoformat(timespec="seconds"),
        **told,
        "most": str(most),
        "spent": str(spent),
        "lines": [_line(asked, at, [rest.pop(0) for _piece in range(asked.quantity)]) for at, asked in enumerate(ask.lines, 1)],
        "to_pay": _roubles(to_pay),
        "say": _words(told, spent, to_pay),
    }


def standing_of(client: Client | None, member: Member | None, day: date) -> dict[str, Any]:
    """What a till may know of a client: a first name, and bonuses."""
    if client is None:
        return {"client": None, "balance": "0", "coming": "0"}
    balance = loyalty_selectors.balance_on(member.account_id, day) if member else loyalty_selectors.NO_BALANCE
    return {"client": called(client), "balance": str(balance.now), "coming": str(balance.coming)}


def called(client: Client) -> str:
    """``Анна С.``: enough to say hello, and no more."""
    surname = f" {client.last_name[0]}." if client.last_name else ""
    return f"{client.first_name or client.last_name}{surname if client.first_name else ''}"


def _line(asked: AskedLine, at: int, pieces: Sequence[BilledLine]) -> dict[str, Any]:
    taken = {source: sum(getattr(piece, source) for piece in pieces) for source in ("tier", "right", "bonus")}
    return {
        "n": asked.n or at,
        "paid": _roubles(sum(piece.paid for piece in pieces)),
        "deductions": [{"source": source, "sum": _roubles(off)} for source, off in taken.items() if off],
        "earns": str(sum(piece.earns for piece in pieces)),
        "why": str(pieces[0].why.label),
    }


def _words(told: dict[str, Any], spent: int, to_pay: int) -> str:
    """What the cashier says, or reads."""
    pay = _("To pay: %(sum)s.") % {"sum": money(Decimal(to_pay) / UNIT)}
    if told["client"] is None:
        return pay
    has = _("%(name)s has %(balance)s bonuses, %(spent)s are spent.")
    return f"{has % {'name': told['client'], 'balance': count(int(told['balance'])), 'spent': count(spent)}} {pay}"


def _roubles(kopecks: int) -> str:
    return f"{Decimal(kopecks) / UNIT:.2f}"
