"""The service desk: what was left for work, what was agreed about it, where it is, and what the client thought of it."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from clients.models import Client
from messaging.models import Errand, Hold
from stores.models import Employee, Store


class ServiceKind(models.TextChoices):
    RESIZING = "resizing", _("resizing")
    REPAIR = "repair", _("repair")
    CHAIN_REPAIR = "chain_repair", _("chain repair")
    SOLDERING = "soldering", _("soldering")
    STONE_SETTING = "stone_setting", _("stone setting")
    POLISHING = "polishing", _("polishing")
    RHODIUM = "rhodium", _("rhodium plating")
    CLEANING = "cleaning", _("cleaning")
    ENGRAVING = "engraving", _("engraving")
    APPRAISAL = "appraisal", _("appraisal")
    OTHER = "other", pgettext_lazy("kind of service", "other")


class ServiceStatus(models.TextChoices):
    RECEIVED = "received", _("received")
    IN_WORK = "in_work", _("in work")
    READY = "ready", pgettext_lazy("service", "ready")
    HANDED_OUT = "handed_out", _("handed out")
    CANCELLED = "cancelled", _("cancelled")


class HandedBy(models.TextChoices):
    """What the person who fetched the piece showed."""

    TICKET = "ticket", _("the ticket")
    CODE = "code", _("a code from the client's phone")
    DOCUMENT = "document", _("a document")


class Master(models.Model):
    """Somebody of the workshop; they need not sign in. Without a store they work for all."""

    name = models.CharField(_("name"), max_length=80)
    store = models.ForeignKey(
        Store, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("works for")
    )
    is_active = models.BooleanField(_("works"), default=True)

    class Meta:
        verbose_name = _("master")
        verbose_name_plural = _("masters")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ServiceTerm(models.Model):
    """What is usual for a kind of service: days of work, price, and whether a passport is asked for."""

    kind = models.CharField(_("what to do"), max_length=15, choices=ServiceKind, unique=True)
    days = models.PositiveSmallIntegerField(_("usual days"), default=7)
    price = models.DecimalField(_("usual price"), max_digits=12, decimal_places=2, null=True, blank=True)
    asks_passport = models.BooleanField(_("always asks for a passport"), default=False)
    passport_from = models.DecimalField(
        _("asks for a passport from a declared value of"), max_digits=12, decimal_places=2, null=True, blank=True
    )

    class Meta:
        verbose_name = _("term of a service")
        verbose_name_plural = _("terms of services")
        ordering = ["kind"]

    def __str__(self) -> str:
        return self.get_kind_display()


class AgreementText(models.Model):
    """What client and chain agree on at intake, word for word; a new wording is a new version."""

    version = models.PositiveSmallIntegerField(_("version"), unique=True)
    text = models.TextField(_("text"))
    since = models.DateField(_("since"))

    class Meta:
        verbose_name = _("text of the agreement")
        verbose_name_plural = _("texts of the agreement")
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"v{self.version}"


class ServiceQuerySet(models.QuerySet["ServiceRequest"]):
    def open(self) -> Self:
        return self.filter(status__in=[ServiceStatus.RECEIVED, ServiceStatus.IN_WORK, ServiceStatus.READY])

    def beside(self, request: "ServiceRequest") -> Self:
        """All envelopes of the request's ticket, itself among them."""
        return self.filter(store=request.store_id, accepted_on=request.accepted_on, number=request.number)


class ServiceRequest(models.Model):
    """One envelope of a ticket: a piece left for work, ``envelope`` of ``envelopes``.

    Sizes are inner diameters in mm, ``weight`` grams; ``declared_value`` is what the client says it is worth, ``price``
    what was agreed on. ``held_in`` is where the piece lies (null: where it was taken in).
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
    held_in = models.ForeignKey(
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


class PriceOffer(models.Model):
    """Another price than the one agreed on: it holds only after the client's yes, and ``how`` says how that was given."""

    class Answer(models.TextChoices):
        OPEN = "open", _("waits for the client")
        AGREED = "agreed", _("the client agreed")
        DECLINED = "declined", _("the client declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class How(models.TextChoices):
        PHONE = "phone", _("by phone")
        IN_PERSON = "in_person", _("in person")
        PAGE = "page", _("on the client's page")

    request = models.ForeignKey(ServiceRequest, on_delete=models.CASCADE, related_name="offers")
    price = models.DecimalField(_("new price"), max_digits=12, decimal_places=2)
    reason = models.CharField(_("why"), max_length=200, blank=True)
    by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(_("at"))
    answer = models.CharField(_("answer"), max_length=9, choices=Answer, default=Answer.OPEN)
    how = models.CharField(_("how"), max_length=9, choices=How, blank=True)
    answered_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("offer of a price")
        verbose_name_plural = _("offers of prices")
        ordering = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request"], condition=Q(answer="open"), name="offer_open_once"),
            models.CheckConstraint(
                condition=Q(price__gte=0), name="offer_not_negative", violation_error_message=_("A price is zero or more.")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.price}"


class HandOver(models.Model):
    """A piece on its way from one store to another."""

    request = models.ForeignKey(ServiceRequest, on_delete=models.CASCADE, related_name="ways")
    from_store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="+", db_index=False)
    to_store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="+", verbose_name=_("to the store"))
    sent_at = models.DateTimeField(_("sent"))
    sent_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    received_at = models.DateTimeField(_("arrived"), null=True)
    received_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("hand-over between stores")
        verbose_name_plural = _("hand-overs between stores")
        ordering = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request"], condition=Q(received_at=None), name="hand_over_one_at_a_time"),
            models.CheckConstraint(condition=~Q(from_store=models.F("to_store")), name="hand_over_between_two_stores"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.from_store_id} → {self.to_store_id}"


class ServicePhoto(models.Model):
    """How a piece looked before or after the work; without what a camera notes about place and time."""

    class Moment(models.TextChoices):
        BEFORE = "before", _("before")
        AFTER = "after", _("after")

    request = models.ForeignKey(ServiceRequest, on_delete=models.CASCADE, related_name="photos")
    moment = models.CharField(_("taken"), max_length=6, choices=Moment)
    image = models.FileField(upload_to="service/%Y/%m/")
    by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("photo of a piece")
        verbose_name_plural = _("photos of pieces")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.request_id} {self.moment}"


class Passport(models.Model):
    """Passport data of who left a piece, sealed by a key outside the database; deleted on its day."""

    request = models.OneToOneField(ServiceRequest, on_delete=models.CASCADE, related_name="passport")
    sealed = models.BinaryField()
    delete_on = models.DateField(_("deleted on"), db_index=True)
    by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("passport data")
        verbose_name_plural = _("passport data")

    def __str__(self) -> str:
        return f"{self.request_id}"


class PassportView(models.Model):
    """Who opened the passport data of a request, when and why. Append-only, and outlives the data."""

    request = models.ForeignKey(ServiceRequest, on_delete=models.CASCADE, related_name="passport_views")
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(_("why"), max_length=200)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("view of passport data")
        verbose_name_plural = _("views of passport data")
        ordering = ["-pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(why=""), name="passport_view_says_why")]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.by_id}"


class Review(models.Model):
    """One question to a client after a purchase or a service, and the answer: 0…10 and words.

    ``token`` is what the personal link knows. A low score makes an errand and a hold until it is closed.
    """

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="reviews")
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="+", verbose_name=_("store"))
    purchase = models.ForeignKey("purchases.Purchase", null=True, on_delete=models.CASCADE, related_name="reviews")
    request = models.ForeignKey(ServiceRequest, null=True, on_delete=models.CASCADE, related_name="reviews")
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    asked_on = models.DateField(_("asked"))
    score = models.PositiveSmallIntegerField(_("score"), null=True)
    words = models.TextField(_("words"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    errand = models.ForeignKey(Errand, null=True, on_delete=models.SET_NULL, related_name="+")
    hold = models.ForeignKey(Hold, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(purchase__isnull=False, request__isnull=True) | Q(purchase__isnull=True, request__isnull=False),
                name="review_of_one_thing",
            ),
            models.CheckConstraint(condition=Q(score__isnull=True) | Q(score__lte=10), name="review_up_to_ten"),
            models.UniqueConstraint(fields=["purchase"], name="review_of_a_purchase_once"),
            models.UniqueConstraint(fields=["request"], name="review_of_a_service_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["store", "answered_at"], condition=Q(score__isnull=False), name="review_answered")
        ]

    def __str__(self) -> str:
        return f"{self.client_id}: {self.score}"
