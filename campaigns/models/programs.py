"""Standing rules that call, write, or leave alone to compare with."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from clients.models import OccasionKind, Purpose
from messaging import texts
from messaging.models import Channel, Nature, Template

BIRTHDAY = "birthday"
MOST_DAYS_BEFORE, MOST_HOLDOUT = 60, 50
PURPOSES = {Channel.SMS: Purpose.ADVERTISING_SMS, Channel.EMAIL: Purpose.ADVERTISING_EMAIL}


class Trigger(models.TextChoices):
    """What sets a program going. Its day is counted with ``days_before`` or ``days_after``, whichever the trigger knows."""

    DAY = "day", _("a day of the card")
    CARE = "care", _("some days after a purchase")
    SECOND = "second", _("some days after the first purchase, without a second")
    EXPECTED = "expected", _("before the day on which the client is expected")
    SILENT = "silent", _("the client fell silent")
    RETURN = "return", _("a regular has been away for so many days")
    BONUSES = "bonuses", _("bonuses end")
    TIER = "tier", _("a tier of loyalty is reached")
    WEARER = "wearer", _("a day of somebody the client buys for")
    ASKED = "asked", _("an inquiry is left without a next step")
    WISHED = "wished", _("what the client asked about has come")


# Triggers whose days are counted to something that comes, from something that was, and of neither.
AHEAD = (Trigger.DAY, Trigger.EXPECTED, Trigger.BONUSES, Trigger.WEARER)
BEHIND = (Trigger.CARE, Trigger.SECOND, Trigger.RETURN, Trigger.ASKED, Trigger.WISHED)
# Calls that are about what the client has bought are service: no offer, no advertising.
SERVICE = (Trigger.CARE,)
# About an inquiry, which ends before the program does.
OF_INQUIRIES = (Trigger.ASKED, Trigger.WISHED)
# Of a client who was not content these first make a call without an offer.
COMPLAINTS_FIRST = (Trigger.SILENT, Trigger.RETURN, Trigger.EXPECTED)
MOST_DAYS_AFTER, MOST_A_DAY = 400, 500


class Program(models.Model):
    """A standing rule: on its trigger, a call or a message. ``hour`` is the client's home store's.

    ``occasion`` null is the birthday. ``holdout`` is the percentage of clients who get nothing, so that the effect shows: drawn
    anew with each ``phase``, which ends when the holdout or the days change. Nobody whose day was before ``since`` is chosen.
    ``place`` is the order in which programs choose: who is chosen by one is left alone by those behind it.
    """

    key = models.SlugField(_("key"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=80)
    occasion = models.ForeignKey(
        OccasionKind, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("occasion")
    )
    days_before = models.PositiveSmallIntegerField(
        _("days before"), default=0, validators=[MaxValueValidator(MOST_DAYS_BEFORE)], help_text=_("0: on the day itself.")
    )
    trigger = models.CharField(_("set going by"), max_length=8, choices=Trigger, default=Trigger.DAY, db_default=Trigger.DAY)
    days_after = models.PositiveSmallIntegerField(
        _("days after"), default=0, db_default=0, validators=[MaxValueValidator(MOST_DAYS_AFTER)]
    )
    is_on = models.BooleanField(_("on"), default=True)
    since = models.DateField(null=True, editable=False)
    phase = models.PositiveSmallIntegerField(default=1, db_default=1, editable=False)
    place = models.PositiveSmallIntegerField(
        _("place among the programs"),
        default=50,
        db_default=50,
        help_text=_("Of two programs that would choose the same client, the one with the lower number does."),
    )
    per_day = models.PositiveSmallIntegerField(
        _("most a day and store"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_A_DAY)],
        help_text=_("Empty: everybody. The rest are chosen on the next days, the most valuable first."),
    )
    calls = models.BooleanField(
        _("call first"),
        default=False,
        db_default=False,
        help_text=_(
            "Who agreed to calls and has a phone is a task for a seller; the others, and who did not answer three times, "
            "are written to."
        ),
    )
    call_reason = models.CharField(
        _("the task"), max_length=120, blank=True, default="", db_default="", validators=[texts.validate_placeholders]
    )
    call_script = models.TextField(
        _("what to say"), blank=True, default="", db_default="", validators=[texts.validate_placeholders]
    )
    hour = models.PositiveSmallIntegerField(_("sent from"), default=10)
    template = models.ForeignKey(
        Template, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("SMS")
    )
    email_template = models.ForeignKey(
        Template, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("e-mail"),
        help_text=_("For those who agreed to e-mail and not to SMS."),
    )  # fmt: skip
    holdout = models.PositiveSmallIntegerField(_("compared without a message, %"), default=0)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("program")
        verbose_name_plural = _("programs")
        ordering = ["place", "pk"]
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
            models.CheckConstraint(condition=Q(trigger__in=Trigger.values), name="program_trigger_known"),
            models.CheckConstraint(
                condition=~Q(trigger="day") | Q(template__isnull=False),
                name="program_of_a_day_has_a_text",
                violation_error_message=_("Choose the text of the SMS."),
            ),
            models.CheckConstraint(
                condition=Q(calls=False) | ~Q(call_reason=""),
                name="program_says_what_the_call_is_about",
                violation_error_message=_("Say what the call is about."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def days(self) -> int:
        """The number that the trigger counts with."""
        return self.days_before if self.trigger in AHEAD else self.days_after

    @property
    def is_of_a_day(self) -> bool:
        return self.trigger == Trigger.DAY

    @property
    def is_service(self) -> bool:
        return self.trigger in SERVICE

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
