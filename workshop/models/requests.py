"""A request: one piece left for work, and the steps of its story."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from clients.models import Client
from stores import opened
from stores.models import Employee, Store
from workshop.models.kinds import HandedBy, ServiceKind, ServiceStatus
from workshop.models.terms import AgreementText, Master


class ServiceQuerySet(models.QuerySet["ServiceRequest"]):
    def open(self) -> Self:
        return self.filter(status__in=[ServiceStatus.RECEIVED, ServiceStatus.IN_WORK, ServiceStatus.READY])

    def beside(self, request: "ServiceRequest") -> Self:
        """All envelopes of the request's ticket, itself among them."""
        return self.filter(store=request.store_id, accepted_on=request.accepted_on, number=request.number)


class ServiceRequest(models.Model):
    """One envelope of a ticket: a piece left for work, ``envelope`` of ``envelopes``.

    Sizes are inner diameters in mm, ``weight`` grams; ``declared_value`` is what the client says it is worth, ``price``
    what was agreed on. ``lies_in`` is where the piece lies (null: where it was taken in).
    """

    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="services", verbose_name=_("store"))
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="services", verbose_name=_("client"))
    number = models.CharField(_("ticket"), max_length=40)
    envelope = models.PositiveSmallIntegerField(_("envelope"), default=1, db_default=1)
    envelopes = models.PositiveSmallIntegerField(_("of envelopes"), default=1, db_default=1)
    accepted_on = models.DateField(_("taken in"))
    kind = models.CharField(_("what to do"), max_length=15, choices=ServiceKind)
    piece = models.ForeignKey(
        "purchases.Piece",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="services",
        verbose_name=_("bought here"),
    )
    description = models.CharField(_("the piece by appearance"), max_length=300, blank=True)
    weight = models.DecimalField(_("weight, g"), max_digits=7, decimal_places=2, null=True, blank=True)
    flaws = models.CharField(_("visible flaws"), max_length=300, blank=True, db_default="")
    work = models.CharField(_("details of the work"), max_length=300, blank=True)
    engraving = models.CharField(_("text to engrave"), max_length=120, blank=True, db_default="")
    size_from = models.DecimalField(_("size now"), max_digits=4, decimal_places=2, null=True, blank=True)
    size_to = models.DecimalField(_("size wanted"), max_digits=4, decimal_places=2, null=True, blank=True)
    declared_value = models.DecimalField(_("declared value"), max_digits=12, decimal_places=2, null=True, blank=True)
    price = models.DecimalField(_("price of the work"), max_digits=12, decimal_places=2, null=True, blank=True)
    is_estimate = models.BooleanField(_("an estimate"), default=False, db_default=False)
    prepayment = models.DecimalField(_("prepaid"), max_digits=12, decimal_places=2, null=True, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    is_urgent = models.BooleanField(_("urgent"), default=False, db_default=False)
    note_inside = models.CharField(_("note for ourselves"), max_length=500, blank=True, db_default="")
    note_client = models.CharField(_("note for the client"), max_length=300, blank=True, db_default="")
    status = models.CharField(_("status"), max_length=10, choices=ServiceStatus, default=ServiceStatus.RECEIVED)
    master = models.ForeignKey(
        Master, null=True, blank=True, on_delete=models.PROTECT, related_name="services", verbose_name=_("master")
    )
    lies_in = models.ForeignKey(
        Store, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("lies in")
    )
    warranty_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="returns", verbose_name=_("came back from")
    )
    agreement = models.ForeignKey(AgreementText, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    ready_on = models.DateField(_("ready since"), null=True, blank=True)
    closed_on = models.DateField(_("handed out or cancelled"), null=True, blank=True)
    handed_by = models.CharField(_("handed out by"), max_length=8, choices=HandedBy, blank=True, db_default="")
    accepted_by = models.ForeignKey(
        Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("taken in by")
    )
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ServiceQuerySet.as_manager()
    history = HistoricalRecords()

    # Whoever acts on a request acts on these.
    SHOWN_AT_THE_DESK: ClassVar = ("status", "price")

    class Meta:
        verbose_name = _("service request")
        verbose_name_plural = _("service requests")
        ordering = ["-accepted_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["store", "accepted_on", "number", "envelope"], name="service_envelope_once_a_day"),
            models.CheckConstraint(condition=Q(envelope__gte=1, envelope__lte=models.F("envelopes")), name="service_envelope_of"),
            models.CheckConstraint(condition=Q(status__in=ServiceStatus.values), name="service_status_known"),
            models.CheckConstraint(condition=Q(kind__in=ServiceKind.values), name="service_kind_known"),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=models.F("accepted_on")),
                name="service_due_after_taken_in",
                violation_error_message=_("The due date is before the day of intake."),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["client", "accepted_on"], name="service_of_client"),
            models.Index(fields=["store", "status", "due_on"], name="service_board"),
            models.Index(fields=["number"], name="service_by_ticket"),
            models.Index(fields=["ready_on"], condition=Q(status="ready"), name="service_waits_for_client"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.envelope}/{self.envelopes}" if self.envelopes > 1 else self.number

    @property
    def is_closed(self) -> bool:
        return self.status in (ServiceStatus.HANDED_OUT, ServiceStatus.CANCELLED)

    @property
    def as_opened(self) -> str:
        """What a page shows of the request when it is opened, for its forms to carry."""
        return opened.seal(self, opened.standing(self, list(self.SHOWN_AT_THE_DESK)))


class ServiceStep(models.Model):
    """A step in the story of a request: a new status, or what else happened to it, with a word about it. Append-only."""

    class Kind(models.TextChoices):
        STATUS = "status", _("status")
        PRICE = "price", _("price")
        PLACE = "place", _("place")
        MASTER = "master", _("master")
        PHOTO = "photo", _("photo")
        NOTE = "note", _("note")
        CLIENT = "client", _("word of the client")

    request = models.ForeignKey(ServiceRequest, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(_("what happened"), max_length=6, choices=Kind, default=Kind.STATUS, db_default=Kind.STATUS)
    status = models.CharField(_("status"), max_length=10, choices=ServiceStatus)
    words = models.CharField(_("words"), max_length=300, blank=True, db_default="")
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.status}"
