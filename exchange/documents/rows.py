"""What 1C says of goods: articles, and how many of them lie where. Each row is read by itself."""

from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from pydantic import Field, TypeAdapter, ValidationError, WrapValidator
from pydantic_core import PydanticCustomError

from exchange.documents.contract import SEEN, Article, Money, Name, Part, Word, text

MOST_ARTICLES = 2_000
MOST_COUNTS = 10_000
MOST_LYING = 1_000_000  # pieces of one article and size in one store
MOST_SIZES = 60


def _else(kind: str) -> WrapValidator:
    """Whatever is wrong with the value is said in one way."""

    def read(value: Any, handler: Any) -> Any:
        try:
            return handler(value)
        except ValidationError:
            raise PydanticCustomError(kind, "cannot be read") from None

    return WrapValidator(read)


Measure = Annotated[Decimal, Field(ge=0, lt=10_000, max_digits=7, decimal_places=3), _else("no_measure")]
Pieces = Annotated[int, Field(ge=0, le=MOST_LYING), _else("no_pieces")]
Size = Annotated[str, text(20), SEEN]
Long = Annotated[str, text(200), SEEN]


class ArticleRow(Part):
    """An article and what is said of it; what is left out, or null, stays as it was."""

    article: Article
    name: Long | None = None
    kind: Word | None = None
    metal: Name | None = None
    fineness: Name | None = None
    stones: Long | None = None
    carats: Measure | None = None
    weight: Measure | None = None
    sizes: list[Size] | None = Field(None, max_length=MOST_SIZES)
    collection: Annotated[str, text(100), SEEN] | None = None
    price: Money | None = None
    tariff: Literal["tag", "weight", "markdown", "investment"] | None = None


class CountRow(Part):
    """All that lies of an article and a size in a store, not some more."""

    article: Article
    store: Word
    pieces: Pieces
    size: Size | None = None


class Articles(Part):
    """Articles as they are now."""

    articles: list[ArticleRow] = Field(min_length=1, max_length=MOST_ARTICLES)


class Counts(Part):
    """Stock as it is now; in the stores that are told ``whole`` nothing lies but what is named."""

    stock: list[CountRow] = Field(min_length=1, max_length=MOST_COUNTS)
    whole: list[Word] = Field([], max_length=100)


class ArticleList(Part):
    """The same, its rows not read yet."""

    articles: list[Any] = Field(min_length=1, max_length=MOST_ARTICLES)


class CountList(Part):
    """The same, its rows not read yet."""

    stock: list[Any] = Field(min_length=1, max_length=MOST_COUNTS)
    whole: list[Word] = Field([], max_length=100)


ARTICLES: Final[TypeAdapter[Articles]] = TypeAdapter(Articles)
COUNTS: Final[TypeAdapter[Counts]] = TypeAdapter(Counts)
ARTICLE_ROW: Final[TypeAdapter[ArticleRow]] = TypeAdapter(ArticleRow)
COUNT_ROW: Final[TypeAdapter[CountRow]] = TypeAdapter(CountRow)
