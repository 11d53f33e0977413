"""What a newsletter is made of, one below the other, and how a campaign keeps it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MOST = 20
MOST_ARTICLES = 8


class Kind(models.TextChoices):
    """Kinds of blocks, in the order in which they are offered."""

    HEADING = "heading", _("Heading")
    TEXT = "text", pgettext_lazy("in a letter", "Text")
    PICTURE = "picture", _("Picture")
    ARTICLES = "articles", _("Pieces with prices")
    BUTTON = "button", pgettext_lazy("in a letter", "Button")


@dataclass(frozen=True)
class Block:
    """``text`` is a heading, Markdown, a caption or the words of a button; ``articles`` are as people write them."""

    kind: Kind
    text: str = ""
    articles: str = ""
    address: str = ""

    @property
    def codes(self) -> list[str]:
        """The articles, one by one."""
        return [code for part in self.articles.replace("\n", ",").split(",") if (code := part.strip())]


def read(body: Iterable[Mapping[str, Any]]) -> list[Block]:
    """The blocks of a campaign; what is of no kind that there is is left out."""
    return [
        Block(Kind(one["kind"]), *(str(one.get(name, "")) for name in ("text", "articles", "address")))
        for one in body
        if one.get("kind") in Kind.values
    ]


def written(blocks: Sequence[Block]) -> list[dict[str, str]]:
    """As the campaign keeps them."""
    return [{"kind": str(one.kind), "text": one.text, "articles": one.articles, "address": one.address} for one in blocks]
