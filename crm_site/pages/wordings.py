"""Texts that clients agree to: new words are a new version, never an edit; one that nobody agreed to can be taken back."""

from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import ADDITION, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Count, ProtectedError, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from clients.models import Consent, ConsentText, Purpose
from stores.chain_day import day_of
from stores.models import Employee
from workshop.models import AgreementText, ServiceRequest

AGREEMENT = "agreement"
NAMES: dict[str, str | StrPromise] = {
    **{purpose.value: purpose.label for purpose in Purpose},
    AGREEMENT: _("agreement of intake for service"),
}


class WrittenMeanwhileError(Exception):
    """There is a newer version than the one that was open."""


class AgreedToError(Exception):
    """Somebody has agreed to this version: it stays."""


@dataclass
class Version:
    """One wording; ``agreed``: how often it was agreed to, ``by``: who wrote it."""

    row: Any
    agreed: int
    by: Employee | None


def rows(slug: str) -> QuerySet[Any]:
    """All versions of one text, the newest first."""
    if slug == AGREEMENT:
        return AgreementText.objects.order_by("-version")
    return ConsentText.objects.filter(purpose=slug).order_by("-version")


def newest() -> list[tuple[str, Any, Any]]:
    """Each text by its address, its name and its newest version. Two queries."""
    consents: dict[str, Any] = {}
    for text in ConsentText.objects.order_by("-version"):
        consents.setdefault(text.purpose, text)
    consents[AGREEMENT] = AgreementText.objects.order_by("-version").first()
    return [(slug, name, consents.get(slug)) for slug, name in NAMES.items()]


def versions(slug: str) -> list[Version]:
    """Three queries."""
    found = list(rows(slug))
    if slug == AGREEMENT:
        used: QuerySet[Any] = ServiceRequest.objects.filter(agreement__in=found).values_list("agreement")
    else:
        used = Consent.objects.filter(text_version__in=found, given=True).values_list("text_version")
    counted = dict(used.order_by().annotate(n=Count("pk")))
    logged = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(rows(slug).model), object_id__in=[str(row.pk) for row in found],
        action_flag=ADDITION,
    )  # fmt: skip
    by: dict[str | None, Any] = {entry.object_id: entry.user for entry in logged.select_related("user")}
    return [Version(row, counted.get(row.pk, 0), by.get(str(row.pk))) for row in found]


@transaction.atomic
def write(slug: str, text: str, *, opened: int, by: Employee) -> Any:
    """The next version, from today. Raises WrittenMeanwhileError unless ``opened`` is the newest one."""
    last = rows(slug).select_for_update().first()
    if opened != (last.version if last else 0):
        raise WrittenMeanwhileError
    if last and last.text == text:
        return last
    named = {} if slug == AGREEMENT else {"purpose": slug}
    made = rows(slug).model.objects.create(version=opened + 1, text=text, since=day_of(timezone.now()), **named)
    LogEntry.objects.log_actions(by.pk, [made], ADDITION, single_object=True, change_message="")
    return made


@transaction.atomic
def take_back(slug: str, version: int, *, by: Employee) -> None:
    """The newest version goes, where there is one before it. Raises AgreedToError, WrittenMeanwhileError."""
    last, *before = rows(slug).select_for_update()[:2]
    if last.version != version or not before:
        raise WrittenMeanwhileError
    try:
        LogEntry.objects.log_actions(by.pk, [last], DELETION, single_object=True, change_message="")
        last.delete()
    except ProtectedError:
        raise AgreedToError from None
