"""What clients think of what they got, and what those who are none yet type on their own phones."""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client, HeardFrom, NoEmail
from clients.services import ContactDetails
from messaging.models import Errand, Pause
from stores.models import Employee, Store
from workshop.models import ServiceRequest

# Keys of the session, beside an employee's.
SIGNED, ASKED, BROWSER, TICKET, LOOK = "guest", "guest_asked", "guest_browser", "guest_ticket", "guest_look"
DRAFT, JOINING = "guest_draft", "guest_joining"
GUEST_KEYS = (SIGNED, ASKED, BROWSER, TICKET, LOOK, DRAFT, JOINING)


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
    pause = models.ForeignKey(Pause, null=True, on_delete=models.SET_NULL, related_name="+")

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


class ArrivalQuerySet(models.QuerySet["Arrival"]):
    def waiting(self) -> Self:
        """Proved and not taken: what sellers see."""
        return self.filter(proved_at__isnull=False, taken_at=None)


class Arrival(models.Model):
    """What a visitor typed about themselves on their own phone, for a seller of the store to take; gone after a day.

    Nothing of it is a card, and no card is looked at, before a seller takes it. ``consents``: what was agreed to, purpose → the
    key of the text that was read.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("store"))
    last_name = models.CharField(_("surname"), max_length=80)
    first_name = models.CharField(_("first name"), max_length=80)
    middle_name = models.CharField(_("patronymic"), max_length=80, blank=True)
    birth_date = models.DateField(_("birth date"))
    phone = models.CharField(_("phone"), max_length=16)
    email = models.CharField(_("e-mail"), max_length=254, blank=True)
    no_email = models.CharField(_("why no e-mail"), max_length=8, choices=NoEmail, blank=True)
    heard_from = models.ForeignKey(HeardFrom, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    language = models.CharField(max_length=5)
    consents = models.JSONField(default=dict)
    came_at = models.DateTimeField(_("filled in"))
    proved_at = models.DateTimeField(_("phone proved"), null=True)
    client = models.ForeignKey(Client, null=True, on_delete=models.PROTECT, related_name="arrivals")
    taken_by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    taken_at = models.DateTimeField(_("taken"), null=True)

    objects = ArrivalQuerySet.as_manager()

    class Meta:
        verbose_name = _("form from a client's phone")
        verbose_name_plural = _("forms from clients' phones")
        ordering = ["proved_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(client=None, taken_at=None)
                | Q(client__isnull=False, taken_at__isnull=False, proved_at__isnull=False),
                name="arrival_taken_with_its_card",
            ),
            models.CheckConstraint(condition=Q(email="") | Q(no_email=""), name="arrival_has_an_email_or_none"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["store", "proved_at"], condition=Q(proved_at__isnull=False, taken_at=None), name="arrival_waiting"
            ),
            models.Index(fields=["came_at"], name="arrival_by_age"),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.last_name, self.first_name, self.middle_name)))

    @property
    def called(self) -> str:
        """``Анна К.``: what the visitor tells the seller, and no more."""
        return f"{self.first_name} {self.last_name[:1]}."

    @property
    def details(self) -> ContactDetails:
        return ContactDetails(self.last_name, self.first_name, self.middle_name, self.birth_date, self.phone, self.email or None)
