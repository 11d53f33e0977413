"""Standing rules that queue messages."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from clients.models import OccasionKind, Purpose
from messaging.models import Channel, Nature, Template

BIRTHDAY = "birthday"
MOST_DAYS_BEFORE, MOST_HOLDOUT = 60, 50
PURPOSES = {Channel.SMS: Purpose.ADVERTISING_SMS, Channel.EMAIL: Purpose.ADVERTISING_EMAIL}


class Program(models.Model):
    """A standing rule: a message on, or some days before, an occasion of the card. ``hour`` is the client's home store's.

    ``occasion`` null is the birthday. ``holdout`` is the percentage of clients who get nothing, so that the effect shows.
    """

    key = models.SlugField(_("key"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=80)
    occasion = models.ForeignKey(
        OccasionKind, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("occasion")
    )
    days_before = models.PositiveSmallIntegerField(
        _("days before"), default=0, validators=[MaxValueValidator(MOST_DAYS_BEFORE)], help_text=_("0: on the day itself.")
    )
    is_on = models.BooleanField(_("on"), default=True)
    hour = models.PositiveSmallIntegerField(_("sent from"), default=settings.BIRTHDAY_HOUR)
    template = models.ForeignKey(Template, on_delete=models.PROTECT, related_name="+", verbose_name=_("SMS"))
    email_template = models.ForeignKey(
        Template, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("e-mail"),
        help_text=_("For those who agreed to e-mail and not to SMS."),
    )  # fmt: skip
    holdout = models.PositiveSmallIntegerField(_("compared without a message, %"), default=0)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("program")
        verbose_name_plural = _("programs")
        ordering = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(hour__gte=9, hour__lt=21),
                name="program_in_decent_hours",
                violation_error_message=_("Messages go between 9:00 and 21:00."),
            ),
            models.CheckConstraint(
                condition=Q(holdout__lte=MOST_HOLDOUT),
                name="program_greets_most",
                violation_error_message=_("At most half of the clients can go without a message."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def templates(self) -> list[Template]:
        """Texts in the order in which a client is tried to be reached. Every greeting is advertising: no other text serves."""
        both = (self.template, self.email_template)
        return [template for template in both if template and template.nature == Nature.ADVERTISING]

    @property
    def silent_purposes(self) -> list[str]:
        """Kinds of advertising that clients agree to and the program has no text for; none where it has no text at all."""
        used = {template.purpose for template in self.templates}
        return [purpose for purpose in PURPOSES.values() if purpose not in used] if used else []
