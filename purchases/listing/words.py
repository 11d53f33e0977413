"""The words of a purchases' list that a person explains where nobody knows them: operations, returns, kinds of pieces."""

from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalogue import kinds
from imports.models import ListImport
from imports.vocabulary import Reader, Vocabulary
from purchases.listing import signs

OPERATIONS: Mapping[str, str | Promise] = {
    signs.SALE: _("a sale"),
    signs.GIVEN_BACK: _("a return"),
    signs.NEITHER: _("neither: leave these rows out"),
}
RETURNS: Mapping[str, str | Promise] = {signs.YES: _("it was returned"), signs.NO: _("it was not returned")}


def always(read: Reader) -> Callable[[ListImport], Reader]:
    """The same reader for every list."""
    return lambda list_import: read


def read_kind(text: str) -> str:
    return str(kinds.named_kind(text) or "")


VOCABULARIES = (
    Vocabulary("operation", always(signs.operation), lambda list_import: OPERATIONS, reason="operation"),
    *(
        Vocabulary(name, always(signs.read_return), lambda list_import: RETURNS, reason="return", may_be_nothing=True)
        for name in ("returned_on", "returned")
    ),
    # Without an answer the article tells, or the kind is another: no sale waits for that.
    Vocabulary("kind", always(read_kind), lambda list_import: dict(kinds.PieceKind.choices), may_be_nothing=True),
)
