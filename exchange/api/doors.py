"""Visitors from door counters (docs/exchange.md)."""

from datetime import date

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import ValidationError

from exchange import doors
from exchange.api.answers import REFUSALS, Refusal, SourceKeyHeader, refusal, refused, said, source_of
from exchange.documents import contract, words
from exchange.documents.contract import UnreadableError
from exchange.documents.finding import WaitsError
from exchange.doors import VISITORS, OverlapError, PeriodError

router = Router(tags=["exchange"], auth=SourceKeyHeader())


class VisitorsTaken(Schema):
    """The store's day that the period belongs to, and how many came on it by all doors."""

    day: date
    visitors: int


@router.post(
    "visitors/", response={200: VisitorsTaken, 409: Refusal, **REFUSALS}, summary="Visitors of a period",
    openapi_extra=contract.body_of(VISITORS),
)  # fmt: skip
def count(request: HttpRequest) -> HttpResponse:
    """The same device and period once more changes nothing; with another number it takes the place of the first."""
    source = source_of(request)
    if no := refused(request, source, may=source.may_count):
        return no
    try:
        told = VISITORS.validate_python(contract.plain(request.body.decode("utf-8", "backslashreplace")))
        taken = doors.take(source, told, now=timezone.now())
    except (RequestDataTooBig, UnreadablePostError):
        return refusal(413, "too_large", _("A document is at most 5 MB."))
    except UnreadableError:
        return refusal(422, "invalid", _("the body is no JSON in UTF-8"))
    except ValidationError as error:
        wrongs = words.wrongs_of(error)
        return refusal(422, "invalid", str(words.in_one_line(wrongs[:5]))[:300], errors=words.told(wrongs))
    except WaitsError as error:
        return refusal(422, f"unknown_{error.reason.value}", f"{error.reason.label}: {error.words}")
    except (PeriodError, OverflowError):
        return refusal(422, "period", _("A period is of one day of the store, at most 24 hours long, and over."))
    except OverlapError:
        return refusal(409, "overlaps", _("This device has told another period that covers a part of this one."))
    return said({"day": taken.told.day.isoformat(), "visitors": taken.visitors})
