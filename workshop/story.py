"""A request behind its client's lock, and the steps of its story."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from clients import locking
from stores import opened
from stores.models import Employee
from stores.opened import ChangedMeanwhileError
from stores.texts import writing
from workshop.models import ServiceRequest, ServiceStep

StepKind = ServiceStep.Kind


def label_of(request: ServiceRequest, name: str) -> str:
    """A field of a request as its form calls it."""
    return str(request._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def value_in_words(value: Any) -> str:
    """A value of a field as the story writes it."""
    if isinstance(value, bool):
        return "+" if value else "−"
    if isinstance(value, Decimal):
        return writing.shortest(value)
    if isinstance(value, date):
        return writing.short_day(value)
    return "—" if value in (None, "") else str(value)


def lock_request(request: ServiceRequest) -> ServiceRequest:
    """The request as it is now, behind its client's lock: the order in which every write here takes them."""
    locking.lock(request.client)
    return ServiceRequest.objects.select_for_update(of=("self",)).select_related("client", "store", "lies_in").get(pk=request.pk)


def refuse_unseen(request: ServiceRequest, seen: Mapping[str, Any] | None) -> None:
    """Raises ChangedMeanwhileError where a locked request is not what its page showed; None is no page."""
    if seen is not None:
        shown = opened.standing(request, list(ServiceRequest.SHOWN_AT_THE_DESK))
        if changed := [name for name, value in shown.items() if seen.get(name) != opened.plain(value)]:
            raise ChangedMeanwhileError(changed)


def save_fields(request: ServiceRequest, fields: list[str], by: Employee | None) -> None:
    """Save them with their author in the history."""
    request._history_user = by  # type: ignore[attr-defined]
    request.save(update_fields=fields)


def note_step(request: ServiceRequest, kind: StepKind, words: str, by: Employee | None) -> ServiceStep:
    """A step of the story: what happened, where the request stands, and a word about it."""
    return ServiceStep.objects.create(
        request=request, kind=kind, status=request.status, words=words[:300], at=timezone.now(), by=by
    )
