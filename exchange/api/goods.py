"""Articles and stock from 1C (docs/exchange.md)."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import TypeAdapter, ValidationError

from exchange import goods
from exchange.api.answers import REFUSALS, SourceKeyHeader, refusal, refused, said, source_of
from exchange.documents import contract, words
from exchange.documents.contract import UnreadableError
from exchange.documents.finding import WaitsError
from exchange.documents.rows import ARTICLES, COUNTS, ArticleList, CountList
from exchange.models import Source

router = Router(tags=["exchange"], auth=SourceKeyHeader())
List = TypeVar("List", ArticleList, CountList)
ARTICLE_LIST, COUNT_LIST = TypeAdapter(ArticleList), TypeAdapter(CountList)


class TurnedRow(Schema):
    """A row that was not taken: where it stands, its article as it was sent, and why."""

    at: str
    article: str
    say: str


class ArticlesTaken(Schema):
    """What became of each row. ``repeated``: the article stands in the list once more, and its later row holds."""

    rows: int
    created: int
    changed: int
    unchanged: int
    repeated: int
    refused: list[TurnedRow]


class StockTaken(Schema):
    """What became of each row. ``whole``: stores cleared of what was not named, ``cleared`` counts in all."""

    rows: int
    changed: int
    unchanged: int
    cleared: int
    refused: list[TurnedRow]
    whole: list[str]


@router.put(
    "articles/", response={200: ArticlesTaken, **REFUSALS}, summary="Articles as they are now",
    openapi_extra=contract.body_of(ARTICLES),
)  # fmt: skip
def put_articles(request: HttpRequest) -> HttpResponse:
    """At most 2 000, new and known ones. A row that cannot be read is said in ``refused``; the others are written."""
    return _taken(request, ARTICLE_LIST, goods.take_articles)


@router.put(
    "stock/", response={200: StockTaken, **REFUSALS}, summary="Stock as it is now",
    openapi_extra=contract.body_of(COUNTS),
)  # fmt: skip
def put_stock(request: HttpRequest) -> HttpResponse:
    """At most 10 000 counts. A row that cannot be read is said in ``refused``; the others are written."""
    return _taken(request, COUNT_LIST, goods.take_stock)


def _taken(request: HttpRequest, adapter: TypeAdapter[List], take: Callable[[Source, List], dict[str, Any]]) -> HttpResponse:
    source = source_of(request)
    if no := refused(request, source, may=source.may_fill):
        return no
    try:
        told = take(source, adapter.validate_python(contract.plain(request.body.decode("utf-8", "backslashreplace"))))
    except (RequestDataTooBig, UnreadablePostError):
        most = settings.BODY_MAX_BYTES >> 20
        return refusal(413, "too_large", _("A body is at most %(most)s MB: send the list in parts.") % {"most": most})
    except UnreadableError:
        return refusal(422, "invalid", _("the body is no JSON in UTF-8"))
    except ValidationError as error:
        return _all_wrong(words.told(words.wrongs_of(error)))
    except WaitsError as error:
        return refusal(422, f"unknown_{error.reason.value}", f"{error.reason.label}: {error.words}")
    if len(told["refused"]) == told["rows"]:
        return _all_wrong([{"at": row["at"], "say": row["say"]} for row in told["refused"]])
    return said(told)


def _all_wrong(wrongs: list[dict[str, str]]) -> HttpResponse:
    told = "; ".join(f"{wrong['at']}: {wrong['say']}".lstrip(": ") for wrong in wrongs[:5])
    return refusal(422, "invalid", told[:300], errors=wrongs)
