"""Articles and stock that 1C sends: whatever can be read is written, whatever cannot is said row by row."""

from collections.abc import Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _
from pydantic import TypeAdapter, ValidationError

from catalogue import kinds, reading, services
from catalogue.kinds import Metal, PieceKind
from catalogue.services import ArticleFacts, StockFacts
from exchange.documents import finding, words
from exchange.documents.finding import WaitsError
from exchange.documents.rows import ARTICLE_ROW, COUNT_ROW, ArticleList, ArticleRow, CountList, CountRow
from exchange.models import Meaning, Source, Subject
from stores.models import Store


class Turned(NamedTuple):
    """A row that was not taken: its place, its article as far as it has one, and why."""

    at: str
    article: str
    say: str


Row = TypeVar("Row", ArticleRow, CountRow)


class _Kept(NamedTuple, Generic[Row]):
    """A row that can be read, and its place."""

    at: str
    row: Row


def take_articles(source: Source, said: ArticleList) -> dict[str, Any]:
    """Write the articles; the same once more changes nothing. Five queries."""
    read, turned = _read("articles", said.articles, ARTICLE_ROW)
    asked = [kept.row.kind for kept in read if kept.row.kind and not kinds.named_kind(kept.row.kind)]
    meant = finding.meanings_of(Subject.KIND, asked, source)
    facts = []
    for at, row in read:
        kind = _kind(row, meant)
        if why := _unknown(row, kind):
            turned.append(Turned(at, row.article, why))
        else:
            facts.append(_facts(row, kind))
    came = services.upsert_articles(facts)
    told = {"created": came.created, "changed": came.updated, "unchanged": came.unchanged}
    return {"rows": len(said.articles), **told, "repeated": len(facts) - sum(told.values()), "refused": _in_order(turned)}


def _read(name: str, rows: Sequence[Any], adapter: TypeAdapter[Row]) -> tuple[list[_Kept[Row]], list[Turned]]:
    kept, turned = list[_Kept[Row]](), list[Turned]()
    for number, row in enumerate(rows):
        at = f"{name}[{number}]"
        try:
            one = adapter.validate_python(row)
            reading.article_key(one.article)
        except ValidationError as error:
            turned.append(Turned(at, _article_of(row), str(words.in_one_line(words.wrongs_of(error)))))
        except reading.BadArticleError:
            turned.append(Turned(at, _article_of(row), _("article: has neither a letter nor a digit")))
        else:
            kept.append(_Kept(at, one))
    return kept, turned


def _article_of(row: Any) -> str:
    said = row.get("article") if isinstance(row, dict) else None
    return words.shown(said) if isinstance(said, str | int) else ""


def _in_order(turned: Sequence[Turned]) -> list[dict[str, str]]:
    return [one._asdict() for one in sorted(turned, key=lambda one: int(one.at.rpartition("[")[2][:-1]))]


def _kind(row: ArticleRow, meant: dict[str, Meaning]) -> PieceKind | None:
    """By the row's word or what a person said of it; without a word, by its name."""
    if not row.kind:
        return kinds.named_kind(row.name or "")
    said = meant.get(finding.folded(row.kind))
    return kinds.named_kind(row.kind) or (PieceKind(said.kind) if said else None)


def _unknown(row: ArticleRow, kind: PieceKind | None) -> str:
    """Which word of a row nobody knows, and which are known."""
    if row.kind and kind is None:
        return _("kind: nobody knows “%(word)s”; known are %(known)s") % {"word": row.kind, "known": ", ".join(PieceKind.values)}
    if row.metal and reading.metal_of(row.metal) is None:
        return _("metal: nobody knows “%(word)s”; known are %(known)s") % {"word": row.metal, "known": ", ".join(Metal.values)}
    if row.fineness and reading.fineness_of(row.fineness) is None:
        return _("fineness: “%(word)s” is none; write it as 585") % {"word": row.fineness}
    return ""


def _facts(row: ArticleRow, kind: PieceKind | None) -> ArticleFacts:
    metal = f"{row.metal or ''} {row.fineness or ''}"
    told = row.model_dump(include={"name", "stones", "carats", "weight", "sizes", "collection", "price", "tariff"})
    return ArticleFacts(
        row.article, kind=kind, metal=reading.metal_of(row.metal or "") or reading.metal_of(metal),
        fineness=reading.fineness_of(row.fineness or "") or reading.fineness_of(row.metal or ""), **told,
    )  # fmt: skip


@transaction.atomic
def take_stock(source: Source, said: CountList) -> dict[str, Any]:
    """Take what lies where; the same once more changes nothing. Two queries, and four for every 2 000 rows.

    A store told ``whole`` is cleared of the rest only where every row was read. Raises WaitsError for one that nobody knows.
    """
    read, turned = _read("stock", said.stock, COUNT_ROW)
    stores = finding.stores_of([kept.row.store for kept in read] + said.whole, source)
    whole = [stores[finding.folded(word)] for word in said.whole]
    if lost := next((one for one in whole if isinstance(one, WaitsError)), None):
        raise lost
    sure, unsure = _sure(read, stores)
    turned += unsure
    clears = [] if turned else [one for one in whole if isinstance(one, Store)]
    came = services.set_stock([kept.fact for kept in sure], whole=clears)
    unknown = set(came.unknown)
    strange = [kept for kept in sure if kept.fact.article in unknown]
    turned += [
        Turned(kept.at, kept.fact.article, _("article: the catalogue does not have it; send it first")) for kept in strange
    ]
    told = {"changed": came.changed, "unchanged": len(sure) - len(strange) - came.changed, "cleared": came.cleared}
    return {"rows": len(said.stock), **told, "refused": _in_order(turned), "whole": [store.code for store in clears]}


class _Count(NamedTuple):
    at: str
    fact: StockFacts


def _sure(read: Sequence[_Kept[CountRow]], stores: dict[str, Store | WaitsError]) -> tuple[list[_Count], list[Turned]]:
    """Counts in the order of their articles, so that two lists lock in turn; a place that is told two counts has the first."""
    sure, turned = list[_Count](), list[Turned]()
    first: dict[tuple[str, str, int], _Kept[CountRow]] = {}
    for kept in read:
        at, row = kept
        store = stores[finding.folded(row.store)]
        if isinstance(store, WaitsError):
            turned.append(Turned(at, row.article, f"store: {store.reason.label} ({words.shown(row.store)})"))
            continue
        place = (reading.article_key(row.article), reading.size_of(row.size or "", ""), store.pk)
        before = first.setdefault(place, kept)
        if before.row.pieces != row.pieces:
            turned.append(
                Turned(at, row.article, _("pieces: %(at)s says another number; add them up in one row") % {"at": before.at})
            )
            continue
        sure.append(_Count(at, StockFacts(row.article, store, row.pieces, row.size or "")))
    return sorted(sure, key=lambda one: reading.article_key(one.fact.article)), turned
