"""A folder that is watched: what is laid there is taken once, and moved to ``done`` or, with words beside it, to ``failed``.

A folder within it that bears the name of a source is that source's; a file that still grows, or that cannot be read yet, is left.
"""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import structlog
from django.conf import settings
from django.utils.translation import gettext as _
from pydantic import TypeAdapter, ValidationError

from exchange import goods
from exchange.adapters import StrangeDocumentError
from exchange.adapters.registry import ADAPTERS
from exchange.commerceml import keeping
from exchange.commerceml.keeping import StrangeNameError
from exchange.commerceml.reading import BadFileError
from exchange.documents import contract, intake, words
from exchange.documents.contract import UnreadableError
from exchange.documents.finding import WaitsError
from exchange.documents.rows import ArticleList, CountList
from exchange.models import Source
from imports import intake as lists
from imports.models import Goal

log = structlog.get_logger(__name__)
# A file is whole when nobody has written to it for so long; torn for good after so long.
QUIET, TORN, FORGOTTEN = 10.0, 15 * 60.0, 30 * 60.0
DONE, FAILED, TAKING = "done", "failed", ".taking-"
UNFINISHED = (".part", ".tmp", ".crdownload", "~")
# How a list's file begins, and which list it is.
LISTS = {
    "articles": "articles", "stock": "stock", "purchases": "purchases", "clients": "clients",
    "артикулы": "articles", "остатки": "stock", "чеки": "purchases", "клиенты": "clients",
}  # fmt: skip
TABLES = (".csv", ".xlsx", ".xls", ".txt")


class TornError(Exception):
    """The file is not whole yet, or never will be."""


class BadContentError(Exception):
    """The file is whole and cannot be taken; the text tells the person why."""


class Found(NamedTuple):
    path: Path
    source: str


def take() -> int:
    """Take what lies in the folder. Returns how many files were taken."""
    root = settings.EXCHANGE_FOLDER
    if root is None or not root.is_dir():
        return 0
    return sum(_take(found) for found in list(_files(root)))


def _files(root: Path) -> Iterator[Found]:
    """Files that are quiet, the oldest first; those that a worker left when it died are taken anew."""
    known = {name.casefold(): name for name in Source.objects.values_list("name", flat=True)}
    places = [(root, ""), *((one, known[one.name.casefold()]) for one in sorted(root.iterdir()) if one.name.casefold() in known)]
    for place, source in places:
        files = [one for one in place.iterdir() if one.is_file() and not one.is_symlink()] if place.is_dir() else []
        for path in sorted(files, key=lambda one: (one.stat().st_mtime, one.name)):
            age = time.time() - path.stat().st_mtime
            if path.name.startswith(TAKING):
                if age > FORGOTTEN:
                    path.rename(path.with_name(path.name.removeprefix(TAKING)))
            elif age >= QUIET and not path.name.startswith(".") and not path.name.lower().endswith(UNFINISHED):
                yield Found(path, source)


def _take(found: Found) -> bool:
    """One file: claimed by its name, so that two workers do not both take it."""
    name, claimed = found.path.name, found.path.with_name(TAKING + found.path.name)
    age = time.time() - found.path.stat().st_mtime
    try:
        found.path.rename(claimed)
    except OSError:
        return False
    try:
        told = _taken(claimed, name, _source_of(found.source))
    except TornError as error:
        if age < TORN:
            claimed.rename(found.path)
            return False
        told, failed = str(error), True
    except BadContentError as error:
        told, failed = str(error), True
    except Exception as error:
        log.exception("folder.failed", file=name)
        told, failed = f"{type(error).__name__}: {error}", True
    else:
        failed = False
    _move(claimed, name, told if failed else "", FAILED if failed else DONE)
    return not failed


def _source_of(name: str) -> Source:
    return (
        Source.objects.get(name=name) if name else Source.objects.get_or_create(name=_("Folder"), defaults={"may_fill": True})[0]
    )


def _move(path: Path, name: str, told: str, where: str) -> None:
    place = path.parent / where
    place.mkdir(exist_ok=True, mode=0o700)
    target = place / f"{time.strftime('%Y-%m-%d-%H%M%S')}-{name}"
    while target.exists():
        target = target.with_name(f"{target.stem}-1{target.suffix}")
    path.rename(target)
    if told:
        target.with_name(f"{target.name}.txt").write_text(told + "\n", encoding="utf-8")


def _taken(path: Path, name: str, source: Source) -> str:
    """Hand a file to what reads its kind. Raises TornError, BadContentError."""
    suffix = Path(name).suffix.lower()
    if suffix in (".xml", ".zip"):
        return _goods(path, name, source)
    if suffix == ".json":
        return _documents(path, source)
    kind = next((kind for beginning, kind in LISTS.items() if name.lower().startswith(beginning)), "")
    if suffix in TABLES and kind:
        with path.open("rb") as file:
            lists.keep_file(kind, file, name, by=None, source=source.name[:40], goal=Goal.APPLY)
        return ""
    known = ", ".join(f"{beginning}*.csv" for beginning in LISTS)
    raise BadContentError(
        _("Nobody knows what this file is. Known are *.xml and *.zip of 1C, *.json, %(known)s.") % {"known": known}
    )


def _goods(path: Path, name: str, source: Source) -> str:
    """A catalogue or offers of 1C, to be read soon."""
    if not source.may_fill:
        raise BadContentError(_("This source may not fill the catalogue and stock."))
    try:
        members = keeping.members(path) if name.lower().endswith(".zip") else []
        with path.open("rb") as file:
            if not members:
                keeping.take_file(source, name, file)
            else:
                kept = keeping.put_file(source, name, file)
                for member in members:
                    keeping.ask_to_read(source, kept.exchange, member)
    except BadFileError as error:
        raise TornError(str(error)) from None
    except StrangeNameError:
        raise BadContentError(_("The archive has a file whose name leads out of it.")) from None
    return ""


Take = Callable[[Source, Any], dict[str, Any]]
ROWS: dict[str, tuple[TypeAdapter[Any], Take]] = {
    "articles": (TypeAdapter(ArticleList), goods.take_articles), "stock": (TypeAdapter(CountList), goods.take_stock),
}  # fmt: skip


def _documents(path: Path, source: Source) -> str:
    """Documents of the contract, one or many, articles or stock as the API takes them, or a page of a till's own."""
    try:
        said = contract.plain(path.read_bytes().decode("utf-8-sig", "backslashreplace"))
    except UnreadableError as error:
        raise TornError(_("the body is no JSON in UTF-8") + f" {error.at}") from None
    for name, (adapter, take_rows) in ROWS.items():
        if isinstance(said, dict) and name in said:
            return _rows(source, adapter, take_rows, said)
    if not source.may_send:
        raise BadContentError(_("This source may not send receipts."))
    wrongs = []
    for one in _told(said):
        kept = intake.keep(source, json.dumps(one, ensure_ascii=False, default=str).encode())
        wrongs += [str(kept.document.words)] if kept.wrongs else []
    if wrongs:
        raise BadContentError("\n".join(wrongs))
    return ""


def _told(said: Any) -> list[Any]:
    """Documents of the contract; those of another till turned into it."""
    rows = said["receipts"] if isinstance(said, dict) and isinstance(said.get("receipts"), list) else said
    many = rows if isinstance(rows, list) else [rows]
    if all(isinstance(one, dict) and "operation" in one for one in many):
        return many
    for adapter in ADAPTERS.values():
        try:
            if found := adapter.documents(said):
                return found
        except StrangeDocumentError:
            continue
    return many


def _rows(source: Source, adapter: TypeAdapter[Any], take_rows: Take, said: Any) -> str:
    if not source.may_fill:
        raise BadContentError(_("This source may not fill the catalogue and stock."))
    try:
        told = take_rows(source, adapter.validate_python(said))
    except ValidationError as error:
        raise BadContentError("\n".join(str(wrong.line) for wrong in words.wrongs_of(error))) from None
    except WaitsError as error:
        raise BadContentError(f"{error.reason.label}: {error.words}") from None
    if told["refused"]:
        raise BadContentError("\n".join(f"{row['at']} {row['article']}: {row['say']}" for row in told["refused"]))
    return ""
