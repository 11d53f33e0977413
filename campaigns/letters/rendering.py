"""A newsletter as a page and as plain text, with placeholders that are filled for each reader (``messaging.filling``)."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from campaigns.letters import wording
from campaigns.letters.blocks import Block, Kind
from catalogue import showing
from catalogue.models import Article
from catalogue.reading import BadArticleError, article_key
from messaging.filling import SITE
from stores import rules
from stores.texts import writing

# Gmail shows no more of a page.
MOST_BYTES = 100_000
# What the addresses of a reader add to each page.
FILLED_BYTES = 1_500
DARK = "@media (prefers-color-scheme: dark)"


class Facts(NamedTuple):
    """What stands around the blocks: the subject, the line that mailboxes show behind it, and what the letter is about."""

    subject: str
    preheader: str
    topic: str


class Piece(NamedTuple):
    """An article as a letter shows it; ``photo`` is an address."""

    name: str
    metal: str
    article: str
    price: str
    photo: str


class Shown(NamedTuple):
    """A block as its template shows it: ``first`` stands across, the others in ``pairs``."""

    kind: str
    text: str
    first: Piece | None
    pairs: list[list[Piece]]
    address: str
    is_list: bool


class Page(NamedTuple):
    html: str
    text: str

    @property
    def size(self) -> int:
        """Bytes of the page as it goes, addresses included."""
        return len(self.html.encode()) + FILLED_BYTES


def page_of(blocks: Sequence[Block], facts: Facts) -> Page:
    """In the language of the chain. One query."""
    known = articles_of(code for block in blocks for code in block.codes)
    chain = rules.current().chain_name
    with translation.override(settings.LANGUAGE_CODE):
        shown = [_shown(block, known) for block in blocks]
        context = {"blocks": shown, "facts": facts, "chain": chain, "language": settings.LANGUAGE_CODE}
        html = render_to_string("campaigns/letters/letter.html", context)
        plain = "\n\n".join(words for block in blocks if (words := _plain(block, known)))
    return Page(_closer(html), plain)


def _closer(html: str) -> str:
    """Without the indents of templates: mail programs cut a page by its bytes."""
    return "\n".join(line for raw in html.splitlines() if (line := raw.strip()))


def articles_of(codes: Iterable[str]) -> dict[str, Article]:
    """Articles of the catalogue by the key of how they were written. One query."""
    keys = set()
    for code in codes:
        with suppress(BadArticleError):
            keys.add(article_key(code))
    return {article.key: article for article in Article.objects.filter(key__in=keys)}


def found(block: Block, known: dict[str, Article]) -> list[Article]:
    """The articles of a block that there are, in its order."""
    keys = []
    for code in block.codes:
        with suppress(BadArticleError):
            keys.append(article_key(code))
    return [known[key] for key in keys if key in known]


def _shown(block: Block, known: dict[str, Article]) -> Shown:
    articles = [article for article in found(block, known) if article.photo]
    # An odd one stands across the letter, so that nothing stands alone beside nothing.
    across = articles[:1] if block.kind == Kind.PICTURE or len(articles) % 2 else []
    pairs = [_piece(article, showing.SQUARE) for article in articles[len(across) :]]
    first = _piece(across[0], showing.WHOLE) if across else None
    text = wording.html_of(block.text) if block.kind == Kind.TEXT else block.text
    return Shown(block.kind, text, first, [pairs[i : i + 2] for i in range(0, len(pairs), 2)], block.address, "<li" in text)


def _piece(article: Article, how: str) -> Piece:
    metal = " ".join(filter(None, (str(article.get_metal_display()), str(article.fineness or ""))))
    name = article.name or str(article.get_kind_display()).capitalize()
    price = writing.roubles(article.price) if article.price is not None else ""
    return Piece(name, metal, article.article, price, f"{{{SITE}}}{showing.photo_path(article, how)}")


def _plain(block: Block, known: dict[str, Article]) -> str:
    if block.kind == Kind.TEXT:
        return wording.plain_of(block.text)
    if block.kind == Kind.BUTTON:
        return f"{block.text}: {block.address}"
    if block.kind == Kind.ARTICLES:
        pieces = (_piece(article, showing.SQUARE) for article in found(block, known))
        return "\n".join(" — ".join(filter(None, (piece.name, piece.metal, piece.article, piece.price))) for piece in pieces)
    return block.text


def as_seen(html: str, theme: str) -> str:
    """The page as it is in a theme, whatever the browser prefers: for looking at it."""
    return html.replace(DARK, "@media all" if theme == "dark" else "@media not all")
