"""A list of articles: its columns, and what each row becomes."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from catalogue import kinds, reading, services
from catalogue.kinds import Tariff
from catalogue.listing.columns import ARTICLE, REASONS, SIZE
from catalogue.models import Article, Stock
from catalogue.reading import BadArticleError
from catalogue.services import ArticleFacts, Change
from imports import recognising
from imports.cells import is_no_total
from imports.models import Outcome, StagedRow
from imports.specs import BACK, BadRowError, Column, ListContext, ListSpec, SourceRow, Verdict
from stores.texts import writing

STAYS = "stays: changed since"
TARIFF_STEMS = (
    (Tariff.MARKDOWN, ("уцен", "распрод", "markdown", "marked down")),
    (Tariff.INVESTMENT, ("инвест", "монет", "слит", "invest")),
    (Tariff.WEIGHT, ("вес", "грамм", "weight")),
    (Tariff.TAG, ("бирк", "штук", "ценник", "tag", "piece")),
)


class ArticlesHandler:
    """Rows against the articles of the base; what a row leaves empty stays as it is."""

    def __init__(self, context: ListContext) -> None:
        self.context = context
        self.planned: dict[str, Article] = {}

    def decide(self, rows: Sequence[SourceRow]) -> list[Verdict]:
        """As ``Handler.decide``. One query, and two writes."""
        read = [_read(row.values) for row in rows]
        facts = [fact for fact in read if isinstance(fact, ArticleFacts)]
        changes = iter(services.merge(facts, write=self.context.write, planned=self.planned))
        return [fact if isinstance(fact, Verdict) else _verdict(next(changes)) for fact in read]

    def undo(self, rows: Sequence[StagedRow]) -> list[str]:
        """As ``Handler.undo``: an article that somebody changed since stays, and so does one of which pieces lie somewhere."""
        articles = Article.objects.select_for_update().in_bulk({row.target for row in rows if row.target})
        lying = set(Stock.objects.filter(article__in=articles).values_list("article", flat=True))
        gone: set[int] = set()
        words = []
        for row in rows:
            article = articles.get(row.target or 0)
            did = row.outcome in (Outcome.CREATED, Outcome.UPDATED)
            words.append("" if not did or article is None else _take_back(article, row, lying, gone))
        changed = [article for article in articles.values() if article.pk not in gone]
        Article.objects.bulk_update(changed, services.WRITTEN)
        Article.objects.filter(pk__in=gone).delete()
        return words


def _take_back(article: Article, row: StagedRow, lying: set[int], gone: set[int]) -> str:
    stands = {name for name, (_was, brought) in row.changes.items() if services.plain(getattr(article, name)) == brought}
    if row.outcome == Outcome.CREATED:
        if stands != set(row.changes) or article.photo:
            return STAYS
        if article.pk in lying:
            return "in stock"
        gone.add(article.pk)
        return BACK
    for name in stands:
        setattr(article, name, _as_kept(name, row.changes[name][0]))
    article.words = services.words_of(article)
    return BACK if stands == set(row.changes) else STAYS


def _as_kept(name: str, value: Any) -> Any:
    return Decimal(value) if name in ("carats", "weight", "price") and value is not None else value


def _verdict(change: Change) -> Verdict:
    key, target = change.article.key, change.article.pk
    if change.is_new:
        return Verdict(Outcome.CREATED, key=key, target=target, changes=change.fields)
    if change.fields:
        return Verdict(Outcome.UPDATED, ", ".join(change.fields), key=key, target=target, changes=change.fields)
    return Verdict(Outcome.UNCHANGED, key=key, target=target)


def _read(values: Mapping[str, str]) -> ArticleFacts | Verdict:
    try:
        return facts_of(values)
    except BadArticleError:
        return Verdict(Outcome.REJECTED, "article")
    except BadRowError as wrong:
        return Verdict(Outcome.REJECTED, str(wrong))


def facts_of(values: Mapping[str, str]) -> ArticleFacts:
    """What a row says, by the names of the list's columns; an empty cell says nothing.

    Raises BadArticleError, BadRowError with the name of a column that cannot be read.
    """
    said = {name: text for name, text in values.items() if text}
    article, name = said.get("article", "").strip(), said.get("name", "")
    reading.article_key(article)
    metal, fineness, stones = said.get("metal", ""), said.get("fineness", ""), said.get("stones")
    kind = kinds.named_kind(said.get("kind", "")) or kinds.named_kind(name)
    sizes = reading.sizes_of(said.get("size", ""), kind or kinds.kind_of("", article))
    return ArticleFacts(
        article=article,
        name=said.get("name"),
        kind=kind,
        metal=reading.metal_of(metal) or reading.metal_of(f"{name} {fineness}"),
        fineness=next(filter(None, map(reading.fineness_of, (fineness, metal, name))), None),
        stones=stones,
        carats=_measured(said, "carats") or reading.carats_of(stones or name),
        weight=_measured(said, "weight"),
        sizes=sizes or None,
        collection=said.get("collection"),
        price=_price(said["price"]) if "price" in said else None,
        tariff=_tariff(said.get("tariff", "")),
    )


def _measured(said: Mapping[str, str], name: str) -> Decimal | None:
    if name not in said:
        return None
    found = reading.measure(said[name])
    if found is None:
        raise BadRowError(name)
    return found


def _price(text: str) -> Decimal:
    try:
        return writing.read_money(text)
    except writing.NotMoneyError:
        raise BadRowError("price") from None


def _tariff(text: str) -> Tariff | None:
    said = text.lower()
    return next((tariff for tariff, stems in TARIFF_STEMS if any(stem in said for stem in stems)), None) if said else None


ARTICLES = ListSpec(
    kind="articles",
    label=_("Articles"),
    columns=(
        ARTICLE,
        Column("name", _("Name"), ("наименование", "название", "номенклатура", "товар", "name", "title", "product"), r"наимен|назван|номенкл"),
        Column("kind", _("Kind"), ("вид изделия", "вид", "тип изделия", "изделие", "группа", "категория", "kind", "type", "category"), r"^вид|тип издел|групп|категор"),
        Column("metal", _("Metal"), ("металл", "материал", "сплав", "цвет металла", "metal", "material"), r"металл|сплав|metal"),
        Column("fineness", _("Fineness"), ("проба", "проба металла", "fineness", "hallmark"), r"проба|finen"),
        Column("carats", _("Stones, carats"), ("караты", "каратность", "вес камней", "вес вставок", "ct", "carats", "stone weight"), r"карат|carat|вес (камн|встав)"),
        Column("stones", _("Stones"), ("вставка", "вставки", "камни", "камень", "stones", "stone"), r"встав|камн|камен|stone"),
        Column("weight", _("Weight"), ("вес", "масса", "вес г", "средний вес", "weight", "вес изделия"), r"^(?!.*(?:камн|встав)).*(?:\bвес|масс|weight)"),
        SIZE,
        Column("collection", _("Collection"), ("коллекция", "серия", "collection"), r"коллекц|collection"),
        Column("price", _("Price"), ("цена", "розничная цена", "цена розничная", "стоимость", "price", "retail price"), r"цена|price|стоим"),
        Column("tariff", _("Sold"), ("тариф", "вид цены", "способ продажи", "tariff"), r"тариф|вид цены"),
    ),
    needs=(("article",),),
    handler=ArticlesHandler,
    figures=("price",),
    is_row=is_no_total,
    reasons=REASONS,
    writes=(Article,),
)  # fmt: skip


@lru_cache(maxsize=2_000)
def named(header: str) -> str:
    """Which field of an article a header, or a property of another system, means; "" for none."""
    return next(iter(recognising.recognise([header], ARTICLES)), "")
