"""Photos of pieces."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from stores.models import Employee
from workshop.models.requests import ServiceRequest


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
