"""Those who have not bought yet, and the forms of the chain's sites on which they ask."""

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue.kinds import Metal, PieceKind
from catalogue.models import Article
from clients.models import Client
from clients.writing import phones
from messaging.models import Errand
from purchases.models import Purchase
from stores.models import Employee, Store


class Source(models.TextChoices):
    """How somebody came to ask."""

    COUNTER = "counter", _("in the store")
    PHONE = "phone", _("by phone")
    FORM = "form", _("on the site")
    EVENT = "event", _("at an event")
    FRIEND = "friend", _("by a friend's word")


class State(models.TextChoices):
    """How far it is."""

    NEW = "new", pgettext_lazy("an inquiry", "new")
    CONTACTED = "contacted", pgettext_lazy("an inquiry", "talked to")
    AGREED = "agreed", pgettext_lazy("an inquiry", "agreed on a day")
    WON = "won", pgettext_lazy("an inquiry", "bought")
    LOST = "lost", pgettext_lazy("an inquiry", "not bought")


class LostReason(models.TextChoices):
    """Why nothing was bought."""

    PRICE = "price", _("the price")
    RANGE = "range", _("nothing to their taste")
    SIZE = "size", _("no such size")
    TIME = "time", _("still thinking")
    ELSEWHERE = "elsewhere", _("bought elsewhere")
    SILENT = "silent", _("no answer, or not said")


CONSENT = (
    "Даю согласие на обработку моих персональных данных, чтобы магазин связался со мной по этому обращению. "
    "Они удаляются через 180 дней после последнего разговора."
)
OPEN = (State.NEW, State.CONTACTED, State.AGREED)


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def visible_to(self, stores: list[Store]) -> Self:
        """Of these stores, and of none yet: whoever is first takes it."""
        return self.filter(Q(store__in=stores) | Q(store=None))

    def wishing(self) -> Self:
        """Open ones that say what they wait for, so that the catalogue can tell."""
        return self.open().exclude(kind="", article_key="")


class Inquiry(models.Model):
    """Somebody who has not bought: what they wanted, one contact or a card, the next step. ``next_on`` is when to do it.

    ``won_until`` is the last day on which a receipt makes it won. What tells of the person goes ``services.KEPT`` after the last
    step; what the figures count stays.
    """

    source = models.CharField(_("source"), max_length=8, choices=Source)
    came_on = models.DateField(_("came on"))
    won_until = models.DateField(editable=False)
    store = models.ForeignKey(Store, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("store"))
    seller = models.ForeignKey(
        Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("seller")
    )
    client = models.ForeignKey(
        Client, null=True, blank=True, on_delete=models.PROTECT, related_name="inquiries", verbose_name=_("client")
    )
    name = models.CharField(_("name"), max_length=100, blank=True, default="")
    phone = models.CharField(_("phone"), max_length=20, blank=True, default="")
    email = models.CharField(_("e-mail"), max_length=254, blank=True, default="")
    wish = models.CharField(_("what they want"), max_length=300, blank=True, default="")
    kind = models.CharField(_("kind"), max_length=10, choices=PieceKind, blank=True, default="")
    metal = models.CharField(_("metal"), max_length=12, choices=Metal, blank=True, default="")
    size = models.CharField(_("size"), max_length=10, blank=True, default="")
    budget = models.DecimalField(_("budget"), max_digits=12, decimal_places=2, null=True, blank=True)
    article_key = models.CharField(_("article"), max_length=40, blank=True, default="")
    for_day = models.DateField(_("for which day"), null=True, blank=True)
    consent_text = models.TextField(_("what was agreed to"), blank=True, default="")
    state = models.CharField(_("status"), max_length=10, choices=State, default=State.NEW)
    lost_reason = models.CharField(_("why not"), max_length=10, choices=LostReason, blank=True, default="")
    words = models.CharField(_("note"), max_length=300, blank=True, default="")
    next_on = models.DateField(_("next step"), null=True, blank=True)
    step_at = models.DateTimeField(_("last step"))
    steps = models.PositiveSmallIntegerField(default=0, editable=False)
    errand = models.ForeignKey(Errand, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    purchase = models.ForeignKey(
        Purchase, null=True, blank=True, on_delete=models.SET_NULL, related_name="inquiries", verbose_name=_("receipt")
    )
    woken_at = models.DateTimeField(_("the piece came"), null=True, blank=True)
    woken_by = models.ForeignKey(Article, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False, help_text="One filled form is one inquiry.")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("inquiry")
        verbose_name_plural = _("inquiries")
        ordering = ["-came_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(source__in=Source.values), name="inquiry_source_known"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="inquiry_state_known"),
            models.CheckConstraint(
                condition=Q(state="lost") & ~Q(lost_reason="") | ~Q(state="lost") & Q(lost_reason=""),
                name="inquiry_lost_with_a_reason",
                violation_error_message=_("Say why nothing was bought."),
            ),
            models.CheckConstraint(condition=~Q(state="agreed") | Q(next_on__isnull=False), name="inquiry_agreed_on_a_day"),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(client=None, name="", phone="", email="", wish="", words=""),
                name="inquiry_erased_wholly",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "next_on"], name="inquiry_by_state"),
            models.Index(fields=["store", "came_on"], name="inquiry_of_store"),
            models.Index(fields=["client"], condition=Q(client__isnull=False), name="inquiry_of_client"),
            models.Index(fields=["step_at"], condition=Q(erased_at=None), name="inquiry_to_erase"),
        ]

    def __str__(self) -> str:
        return str(self.client or self.name or self.wish or f"№ {self.pk}")

    @property
    def who(self) -> str:
        """Whom it is about, as far as anybody knows."""
        return str(self.client or self.name or (self.phone and phones.national(self.phone)) or self.email)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class Coming(models.TextChoices):
    """What came of an appointment."""

    BOOKED = "booked", pgettext_lazy("an appointment", "expected")
    CAME = "came", pgettext_lazy("an appointment", "came")
    ABSENT = "absent", pgettext_lazy("an appointment", "did not come")
    CANCELLED = "cancelled", pgettext_lazy("an appointment", "cancelled")


class Reception(models.Model):
    """How a store takes appointments. Its row is locked while an hour is given away, so that none is given twice."""

    store = models.OneToOneField(Store, on_delete=models.CASCADE, related_name="reception", verbose_name=_("store"))
    at_once = models.PositiveSmallIntegerField(_("how many at once"), default=1, validators=[MinValueValidator(1)])
    remind_hours = models.PositiveSmallIntegerField(
        _("reminder"), default=24, choices=[(24, _("the day before")), (2, _("two hours before"))]
    )
    is_open = models.BooleanField(_("clients choose an hour themselves"), default=True)

    class Meta:
        verbose_name = _("appointments of a store")
        verbose_name_plural = _("appointments of stores")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(at_once__range=(1, 50)),
                name="reception_at_once",
                violation_error_message=_("From one to fifty at once."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.store)


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def standing(self) -> Self:
        """Those that take an hour."""
        return self.exclude(state=Coming.CANCELLED)

    def booked(self) -> Self:
        return self.filter(state=Coming.BOOKED)


class Appointment(models.Model):
    """A client, or who left an inquiry, comes at an hour. ``place``: which of those that a store takes at once; no two have one.

    ``version`` goes up with each change: a form that was opened with another one is stale.
    """

    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("store"))
    client = models.ForeignKey(
        Client, null=True, blank=True, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("client")
    )
    inquiry = models.ForeignKey(
        Inquiry, null=True, blank=True, on_delete=models.SET_NULL, related_name="appointments", verbose_name=_("inquiry")
    )
    seller = models.ForeignKey(
        Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("seller")
    )
    starts_at = models.DateTimeField(_("when"))
    place = models.PositiveSmallIntegerField(editable=False)
    articles = models.CharField(_("put aside"), max_length=200, blank=True, default="")
    words = models.CharField(_("note"), max_length=300, blank=True, default="")
    state = models.CharField(_("status"), max_length=10, choices=Coming, default=Coming.BOOKED)
    version = models.PositiveIntegerField(default=0, editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False, help_text="One filled form is one appointment.")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["starts_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=Coming.values), name="appointment_state_known"),
            models.UniqueConstraint(
                fields=["store", "starts_at", "place"],
                condition=~Q(state="cancelled"),
                name="appointment_place_once",
                violation_error_message=_("This hour is taken. Choose another."),
            ),
            models.UniqueConstraint(
                fields=["seller", "starts_at"],
                condition=~Q(state="cancelled") & Q(seller__isnull=False),
                name="appointment_seller_once",
                violation_error_message=_("This seller has somebody at that hour. Choose another."),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["client"], condition=Q(client__isnull=False), name="appointment_of_client"),
            models.Index(fields=["inquiry"], condition=Q(inquiry__isnull=False), name="appointment_of_inquiry"),
        ]

    def __str__(self) -> str:
        return f"{self.who} {self.local:%d.%m.%Y %H:%M}"

    @property
    def who(self) -> str:
        return str(self.client or (self.inquiry.who if self.inquiry else "") or "—")

    @property
    def local(self) -> datetime:
        """The hour by the clock of the store, without its zone: a page would show it in the chain's."""
        return self.starts_at.astimezone(self.store.zone).replace(tzinfo=None)

    @property
    def is_booked(self) -> bool:
        return self.state == Coming.BOOKED


class AppointmentStep(models.Model):
    """What happened to an appointment; ``by`` is None where the client did it."""

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=10, choices=Coming)
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    by = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.appointment_id} {self.state}"

    @property
    def local(self) -> datetime:
        return self.starts_at.astimezone(self.store.zone).replace(tzinfo=None)


class WebForm(models.Model):
    """A form to embed on a site of the chain, at ``/f/<slug>/``; what comes goes to its store, or to whoever is first."""

    slug = models.SlugField(_("address"), unique=True)
    title = models.CharField(_("heading"), max_length=100)
    store = models.ForeignKey(Store, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("store"))
    consent_text = models.TextField(_("what is agreed to"), default=CONSENT)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("form on the site")
        verbose_name_plural = _("forms on the site")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.title


class CatalogueSeen(models.Model):
    """Until when the changes of the catalogue have been compared with wishes; one row."""

    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.until:%d.%m.%Y %H:%M}"
