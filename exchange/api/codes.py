"""The code by which a client confirms a large spend of bonuses at a till (docs/exchange.md)."""

from datetime import datetime

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import ValidationError

from exchange.api.answers import REFUSALS, Refusal, SourceKeyHeader, refusal, refused, said, source_of
from exchange.documents import contract, proving, words
from exchange.documents.contract import PROOF, ProofWord, UnreadableError
from exchange.documents.proving import NoCodeError, NotNeededError, WrongCodeError
from exchange.documents.quotes import ExpiredError
from messaging.tasks import send_code_soon

router = Router(tags=["exchange"], auth=SourceKeyHeader())


class CodeAsked(Schema):
    """A code is on its way to the client of the quote; ``valid_until`` is its end, ``say`` what the cashier says."""

    state: ProofWord
    valid_until: datetime
    say: str


class CodeProved(Schema):
    """The spend of the quote is confirmed."""

    state: ProofWord


@router.post(
    "quotes/{quote}/code/", response={202: CodeAsked, 409: Refusal, **REFUSALS}, summary="Send the client a code",
)  # fmt: skip
def ask(request: HttpRequest, quote: str) -> HttpResponse:
    """Asked for again at once it is the same code; after 45 s another one goes, as often as at the counter."""
    source, now = source_of(request), timezone.now()
    if no := refused(request, source, may=source.may_quote):
        return no
    try:
        row, is_new = proving.ask(source, quote, now=now)
    except ExpiredError:
        return _expired()
    except NotNeededError:
        return refusal(422, "code_not_needed", _("This spend needs no code, or was confirmed already."))
    except NoCodeError:
        return refusal(422, "no_code", _("No code can go to this client now: spend less, or put the phone right in the card."))
    if is_new:
        send_code_soon(row.pk)
    told = {"state": "sent", "valid_until": row.expires_at.isoformat(timespec="seconds")}
    return said({**told, "say": _("The code is on its way. Ask the client to read it out.")}, status=202)


@router.post(
    "quotes/{quote}/proof/", response={200: CodeProved, 409: Refusal, **REFUSALS}, summary="Confirm a spend by the code",
    openapi_extra=contract.body_of(PROOF),
)  # fmt: skip
def prove(request: HttpRequest, quote: str) -> HttpResponse:
    """Five tries a code. What was confirmed stays so, for this quote and for the basket's next one of no more bonuses."""
    source = source_of(request)
    if no := refused(request, source, may=source.may_quote):
        return no
    try:
        proof = PROOF.validate_python(contract.plain(request.body.decode("utf-8", "backslashreplace")))
        proving.prove(source, quote, proof.code, now=timezone.now())
    except (RequestDataTooBig, UnreadablePostError):
        return refusal(413, "too_large", _("A document is at most 5 MB."))
    except UnreadableError:
        return refusal(422, "invalid", _("the body is no JSON in UTF-8"))
    except ValidationError as error:
        wrongs = words.wrongs_of(error)
        return refusal(422, "invalid", str(words.in_one_line(wrongs))[:300], errors=words.told(wrongs))
    except ExpiredError:
        return _expired()
    except NotNeededError:
        return refusal(422, "code_not_needed", _("This spend needs no code, or was confirmed already."))
    except WrongCodeError:
        return refusal(422, "wrong_code", _("The code is another one, is over, or was tried too often. Send a new one."))
    return said({"state": "proven"})


def _expired() -> HttpResponse:
    return refusal(409, "quote_expired", _("The quote is over. Ask for a new one."))
