"""What tills and 1C may send and ask, each with a key of its source (docs/exchange.md)."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import ValidationError

from exchange import tasks
from exchange.api import codes as codes_api
from exchange.api import doors as doors_api
from exchange.api import goods as goods_api
from exchange.api import vendors as vendors_api
from exchange.api.answers import REFUSALS, NoKey, Refusal, SourceKeyHeader, refusal, refused, said, source_of
from exchange.documents import contract, finding, intake, quotes, words
from exchange.documents.contract import ASK, DOCUMENT, ResponseWord, UnreadableError, Who
from exchange.documents.finding import WaitsError
from exchange.documents.quotes import ExpiredError
from exchange.models import TillDocument
from loyalty import selectors as loyalty_selectors
from loyalty.offers.acts import RightRefusedError
from loyalty.offers.words import words_of as right_words
from loyalty.services import NotEnoughError
from stores.chain_day import day_of
from stores.selectors import whole_number

__all__ = ["SourceKeyHeader", "router"]

router = Router(tags=["exchange"], auth=SourceKeyHeader())
router.add_router("", goods_api.router)
router.add_router("", vendors_api.router)
router.add_router("", doors_api.router)
router.add_router("", codes_api.router)


class Answer(Schema):
    """What a document has become. ``reason`` and ``say``: for what it waits. The rest is there when it is applied.

    ``proven``: whether the client confirmed by a code as many bonuses as want one. ``by_right``: taken off by a coupon.
    ``by_hand``: taken off for one that was not to be had, ``right_refused`` says why.
    """

    document: str
    state: ResponseWord
    reason: str | None = None
    say: str | None = None
    purchase: int | None = None
    voided: bool | None = None
    earned: str | None = None
    usable_from: str | None = None
    balance: str | None = None
    returned: int | None = None
    bonus_given_back: str | None = None
    revoked: str | None = None
    owed: str | None = None
    proven: bool | None = None
    by_right: str | None = None
    by_hand: str | None = None
    right_refused: str | None = None


class QuotedPart(Schema):
    source: str
    sum: str


class QuotedLine(Schema):
    n: int
    paid: str
    deductions: list[QuotedPart]
    earns: str
    why: str


class QuotedRight(Schema):
    """The coupon, what it takes off, and why it takes nothing."""

    code: str
    sum: str
    why: str


class Quoted(Schema):
    """The bill. ``client`` is null where nobody was found; ``most`` is how many bonuses may be spent.

    ``needs_code``: so many are spent that the client confirms it, and has not yet: ``quotes/{quote}/code/``.
    """

    quote: str
    valid_until: str
    client: str | None
    balance: str
    coming: str
    most: str
    spent: str
    lines: list[QuotedLine]
    rights: list[QuotedRight]
    needs_code: bool
    to_pay: str
    say: str


class Found(Schema):
    """Who it is, as a cashier needs it."""

    client: str
    balance: str
    coming: str


@router.post(
    "receipts/", response={200: Answer, 202: Answer, **REFUSALS}, summary="A sale or a return",
    openapi_extra=contract.body_of(DOCUMENT), by_alias=True, exclude_none=True,
)  # fmt: skip
def receive(request: HttpRequest) -> HttpResponse:
    """It is kept, answered 202, and applied soon after; the same once more is answered 200 with what has become of it."""
    source = source_of(request)
    if no := refused(request, source, may=source.may_send):
        return no
    try:
        kept = intake.keep(source, request.body)
    except (RequestDataTooBig, UnreadablePostError):
        return refusal(413, "too_large", _("A document is at most 5 MB."))
    if kept.wrongs:
        errors = words.told(kept.wrongs)
        return refusal(422, "invalid", str(kept.document.words), document=str(kept.document.pk), errors=errors)
    if kept.is_new:
        tasks.wake(kept.document.pk)
    answer = said(kept.document.told, status=202 if kept.is_new else 200)
    answer["Location"] = f"{request.path}{kept.document.pk}/"
    return answer


@router.get(
    "receipts/{document}/", response={200: Answer, 401: NoKey, 403: Refusal, 404: Refusal, 429: Refusal},
    summary="What became of it",
)  # fmt: skip
def document(request: HttpRequest, document: str) -> HttpResponse:
    """A document of this source; of another one it is 404."""
    source = source_of(request)
    if no := refused(request, source, may=source.may_send):
        return no
    found = TillDocument.objects.filter(pk=whole_number(document), source=source).first()
    if found is None:
        return refusal(404, "not_found", _("This source has sent no such document."))
    return said(found.told)


@router.post(
    "quotes/",
    response={200: Quoted, 409: Refusal, **REFUSALS},
    summary="The bill of a basket",
    openapi_extra=contract.body_of(ASK),
)
def quote(request: HttpRequest) -> HttpResponse:
    """It holds for 15 minutes. Without an answer within 2 s a till sells by the tags, spends nothing, earns by the receipt."""
    source = source_of(request)
    if no := refused(request, source, may=source.may_quote):
        return no
    try:
        ask = ASK.validate_python(contract.plain(request.body.decode("utf-8", "backslashreplace")))
        return said(quotes.quote(source, ask))
    except (RequestDataTooBig, UnreadablePostError):
        return refusal(413, "too_large", _("A document is at most 5 MB."))
    except UnreadableError:
        return refusal(422, "invalid", _("the body is no JSON in UTF-8"))
    except ValidationError as error:
        wrongs = words.wrongs_of(error)
        return refusal(422, "invalid", str(words.in_one_line(wrongs))[:300], errors=words.told(wrongs))
    except WaitsError as error:
        return refusal(422, f"unknown_{error.reason.value}", f"{error.reason.label}: {error.words}")
    except RightRefusedError as error:
        return refusal(422, "right_refused", right_words(error))
    except ExpiredError:
        return refusal(409, "quote_expired", _("The quote is over. Ask for a new one."))
    except NotEnoughError as error:
        told = _("At most %(most)s bonuses can be spent here.") % {"most": error.most}
        return refusal(422, "spend_too_much", told, most=str(error.most))


@router.get("clients/lookup", response={200: Found, 404: Refusal, **REFUSALS}, summary="Who is it?")
def look_up(request: HttpRequest, phone: str = "", card: str = "") -> HttpResponse:
    """By a phone in any writing or by the number of a card: a first name and bonuses, no more."""
    source = source_of(request)
    rate = f"{source.look_ups_an_hour}/h"
    if no := refused(request, source, may=source.may_look_up, rate=rate, group="look-ups"):
        return no
    phone, card = phone.strip(), card.strip()
    if not (phone or card):
        return refusal(422, "invalid", _("say phone or card"))
    client = finding.client_of(Who(phone=phone[:40] or None, card=card[:64] or None)) if _is_text(phone + card) else None
    if client is None:
        return refusal(404, "not_found", _("Nobody has this phone or card."))
    member = loyalty_selectors.member_of(client.pk)
    return said(quotes.standing_of(client, member, day_of(timezone.now())))


def _is_text(text: str) -> bool:
    return contract.UNSEEN.search(text) is None
