"""How a receipt was paid, as a list writes it: kinds of payment, each with its sum; one alone needs none."""

import re
from collections.abc import Iterable
from decimal import Decimal

from purchases.listing import signs
from purchases.models import TenderKind
from purchases.payments import TenderLine
from stores.texts import writing

# In this order: a gift card is a certificate, and «безналичные» are no cash.
_KINDS = {
    TenderKind.CERTIFICATE: r"сертиф|подарочн|certificate|gift|voucher",
    TenderKind.PREPAYMENT: r"предопл|аванс|задат|prepay|prepaid|advance|deposit",
    TenderKind.TRANSFER: r"перевод|сбп|transfer|wire|расч[её]тн\w* сч[её]т",
    TenderKind.CARD: r"карт|card|безнал|эквайр|терминал|пластик|\bvisa\b|\bмир\b",
    TenderKind.CASH: r"(?<!без)налич|\bнал\b|cash|касса",
}
_SUM = re.compile(rf"[{signs.MINUS}]?\s?\d[\d\s.,]*(?:₽|руб\w*\.?|р\.)?\s*$")


def written(tenders: Iterable[TenderLine]) -> str:
    """``наличные 12 000 ₽; банковская карта 30 000 ₽``."""
    return "; ".join(f"{TenderKind(kind).label} {writing.money(paid)}" for kind, paid in tenders)


def read(text: str) -> list[TenderLine]:
    """The payments that a cell names; none where any of it is not understood, for no sale waits for that."""
    parts = [part.strip() for part in re.split(r"[;+\n]", text) if part.strip()]
    said = [_part(part) for part in parts]
    tenders = [one for one in said if one]
    return tenders if len(tenders) == len(said) and _is_clear(tenders) else []


def _is_clear(tenders: list[TenderLine]) -> bool:
    """Whether it can be settled: of several without a sum nobody knows who paid what."""
    return sum(one.sum is None for one in tenders) < 2


def _part(text: str) -> TenderLine | None:
    found = _SUM.search(text)
    kind = _kind(text[: found.start()] if found else text)
    if kind is None:
        return None
    return TenderLine(kind, _sum(found.group()) if found else None)


def _kind(words: str) -> str | None:
    return next((kind.value for kind, pattern in _KINDS.items() if re.search(pattern, words, re.IGNORECASE)), None)


def _sum(figure: str) -> Decimal | None:
    try:
        return writing.read_money(signs.parted(figure).figure)
    except writing.NotMoneyError:
        return None
