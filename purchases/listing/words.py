"""The words of a purchases' list that a person explains where nobody knows them: operations, returns, kinds of pieces."""

import re
from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalogue import kinds
from imports.models import ListImport
from imports.vocabulary import KNOWN, Reader, Vocabulary
from purchases.listing import signs
from stores.texts.writing import foreign_money

OPERATIONS: Mapping[str, str | Promise] = {
    signs.SALE: _("a sale"),
    signs.GIVEN_BACK: _("a return"),
    signs.NEITHER: _("neither: leave these rows out"),
}
STATES: Mapping[str, str | Promise] = {
    signs.SALE: _("a sale"),
    signs.VOID: _("void: it never became a sale"),
    signs.GIVEN_BACK: _("a return"),
    signs.NEITHER: _("neither: leave these rows out"),
}
RETURNS: Mapping[str, str | Promise] = {signs.YES: _("it was returned"), signs.NO: _("it was not returned")}


OURS, FOREIGN = "ours", "other"
CURRENCIES: Mapping[str, str | Promise] = {
    OURS: _("the chain's money: take the sums as they stand"),
    FOREIGN: _("another money: leave these rows out"),
}
_ROUBLES = re.compile(r"₽|р|руб\w*|росс\w* руб\w*|rub|rur|roubles?|rubles?|643|810", re.IGNORECASE)


def read_currency(text: str) -> str:
    """What a writing of a currency means: roubles are the chain's; of others a person says what they are."""
    if text in CURRENCIES:
        return text
    return OURS if _ROUBLES.fullmatch(text.strip(" .")) else ""


def currency(*beside: str) -> Vocabulary:
    """The money in which sums are written: a column of its own, or a sign beside the sums."""
    return Vocabulary(
        "currency", always(read_currency), lambda list_import: CURRENCIES, reason="currency", beside=beside, sign=foreign_money
    )


def always(read: Reader) -> Callable[[ListImport], Reader]:
    """The same reader for every list."""
    return lambda list_import: read


def read_kind(text: str) -> str:
    return str(kinds.named_kind(text) or "") or (KNOWN if signs.operation_alone(text) else "")


VOCABULARIES = (
    # Under «Тип» some programs say what a piece is, others what was done with it.
    Vocabulary(
        "operation",
        always(signs.operation),
        lambda list_import: OPERATIONS,
        reason="operation",
        beside=("kind",),
        sign=signs.operation_alone,
    ),
    # What a person says to mean nothing is as an empty cell: the column tells something else than the state of a receipt.
    Vocabulary("state", always(signs.state), lambda list_import: STATES, reason="state", may_be_nothing=True),
    currency("paid", "net", "price"),
    *(
        Vocabulary(name, always(signs.read_return), lambda list_import: RETURNS, reason="return", may_be_nothing=True)
        for name in ("returned_on", "returned")
    ),
    # Without an answer the article tells, or the kind is another: no sale waits for that.
    Vocabulary("kind", always(read_kind), lambda list_import: dict(kinds.PieceKind.choices), may_be_nothing=True),
)
