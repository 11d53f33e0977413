"""What clients think of what they got."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from messaging.models import Errand, Pause
from stores.models import Store
from workshop.models import ServiceRequest


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
