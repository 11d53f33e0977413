"""Documents kept as they came, before anything is made of them."""

import hashlib
import json
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from pydantic import ValidationError

from exchange.adapters import StrangeDocumentError
from exchange.documents import contract, words
from exchange.documents.contract import DOCUMENT, Return, Sale, UnreadableError
from exchange.documents.finding import phone_of
from exchange.documents.words import Wrong
from exchange.models import DocumentState, Source, TillDocument, Wait
from stores.texts.kept_words import Words
from stores.texts.kept_words import words as _

UNREAD = "?"


class Kept(NamedTuple):
    """A document as it is kept, whether it came now for the first time, and what is wrong with it."""

    document: TillDocument
    is_new: bool
    wrongs: list[Wrong]


def keep(source: Source, body: bytes) -> Kept:
    """Keep what a source sent; the same again gives the first one, and what cannot be read is kept refused."""
    raw = body.decode("utf-8", "backslashreplace").replace("\x00", "\\x00")
    try:
        plain = contract.plain(raw)
    except UnreadableError as error:
        return unread(source, raw, error)
    row = TillDocument(source=source, digest=_digest(json.dumps(plain, sort_keys=True, default=str)), raw=raw)
    try:
        read = DOCUMENT.validate_python(plain)
    except ValidationError as error:
        return _kept(row, words.wrongs_of(error))
    row.till, row.external_id, row.operation, row.at = read.source or "", read.id, read.operation, read.at
    row.phone = phone_of(read.client)
    return _kept(row, [])


def unread(source: Source, raw: str, error: UnreadableError) -> Kept:
    """Keep a text that is no JSON."""
    return refuse(source, raw, error.at, _("the body is no JSON in UTF-8"))


def strange(source: Source, raw: str, error: StrangeDocumentError) -> Kept:
    """Keep a document that is not of the till that it is said to come from."""
    say = _("is missing or is not what the till's description has: %(say)s") % {"say": error.say or error.at}
    return refuse(source, raw, error.at, say)


def refuse(source: Source, raw: str, at: str, say: Words | str) -> Kept:
    """Keep a text that cannot be read, with what is wrong in it."""
    raw = raw.replace("\x00", "\\x00")
    return _kept(TillDocument(source=source, digest=_digest(raw), raw=raw), [Wrong(at, say)])


def _kept(row: TillDocument, wrongs: list[Wrong]) -> Kept:
    if wrongs:
        row.external_id, row.state, row.reason = UNREAD, DocumentState.REFUSED, Wait.INVALID
        row.words = words.in_one_line(wrongs)
    same = {"source": row.source, "till": row.till, "external_id": row.external_id, "digest": row.digest}
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return Kept(TillDocument.objects.get(**same), False, wrongs)
    return Kept(row, True, wrongs)


def read(document: TillDocument) -> Sale | Return:
    """A document that was understood when it came, understood again."""
    return DOCUMENT.validate_python(contract.plain(document.raw))


def _digest(said: str) -> str:
    return hashlib.sha256(said.encode("utf-8", "backslashreplace")).hexdigest()


def without_the_client(raw: str) -> str:
    """The text of a document that says nothing of its client any more."""
    try:
        plain: Any = contract.plain(raw)
    except UnreadableError:
        return ""
    if isinstance(plain, dict) and "client" in plain:
        plain["client"] = {}
    return json.dumps(plain, ensure_ascii=False, indent=1, default=str)
