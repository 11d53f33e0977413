"""Documents of tills that have a language of their own (docs/exchange.md): turned into the contract's and kept like those."""

import json
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.utils.translation import gettext as _
from ninja import Router, Schema

from exchange import tasks
from exchange.adapters import StrangeDocumentError
from exchange.adapters.registry import ADAPTERS
from exchange.api.answers import REFUSALS, Refusal, SourceKeyHeader, refusal, refused, said, source_of
from exchange.documents import contract, intake
from exchange.documents.contract import UnreadableError
from exchange.documents.intake import Kept
from exchange.documents.words import told as in_words

router = Router(tags=["exchange"], auth=SourceKeyHeader())


class Taken(Schema):
    """How many receipts and returns the message had, and which documents they are; ``refused`` cannot be read."""

    documents: list[str]
    refused: list[str]


@router.api_operation(
    ["POST", "PUT"], "tills/{vendor}/", response={200: Taken, 404: Refusal, **REFUSALS},
    summary="Documents in a till's own language", openapi_extra={"requestBody": {"content": {"application/json": {}}}},
)  # fmt: skip
def receive(request: HttpRequest, vendor: str) -> HttpResponse:
    """``evotor`` or ``moysklad``: each receipt and return is kept and applied; the same once more changes nothing."""
    source = source_of(request)
    if no := refused(request, source, may=source.may_send):
        return no
    adapter = ADAPTERS.get(vendor)
    if adapter is None:
        return refusal(404, "not_found", _("Known are: %(known)s.") % {"known": ", ".join(ADAPTERS)})
    try:
        raw = request.body.decode("utf-8", "backslashreplace")
    except (RequestDataTooBig, UnreadablePostError):
        return refusal(413, "too_large", _("A document is at most 5 MB."))
    try:
        told = adapter.documents(contract.plain(raw))
    except UnreadableError as error:
        return _unread(intake.unread(source, raw, error))
    except StrangeDocumentError as error:
        return _unread(intake.strange(source, raw, error))
    kept = [intake.keep(source, json.dumps(one, ensure_ascii=False, default=str).encode()) for one in told]
    if any(one.is_new and not one.wrongs for one in kept):
        tasks.wake()
    ours = {bool(wrong): [str(one.document.pk) for one in kept if bool(one.wrongs) is wrong] for wrong in (False, True)}
    return said({"documents": ours[False], "refused": ours[True]})


def _unread(kept: Kept) -> HttpResponse:
    errors: list[dict[str, Any]] = list(in_words(kept.wrongs))
    return refusal(422, "invalid", str(kept.document.words), document=str(kept.document.pk), errors=errors)
