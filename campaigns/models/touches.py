"""One client, chosen once in a round: to be written to or called, to be compared with, or left out for a reason."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.models import Client
from stores.models import Store


class Arm(models.TextChoices):
    """``treated`` and ``held`` are compared; who is ``out``, or held as ``quiet``, is in neither."""

    TREATED = "treated", _("chosen")
    HELD = "held", _("compared without a contact")
    OUT = "out", pgettext_lazy("of a touch", "left out")


class WhyOut(models.TextChoices):
    """Why a client was left out when they were to be chosen, or why nothing more happens to one who was."""

    CARD = "card", _("the card is incomplete")
    CONSENT = "consent", _("no consent")
    ROAD = "road", _("no way to reach the client")
    STOP = "stop", _("on the stop list")
    PAUSE = "pause", _("advertising to the client is paused")
    CAP = "cap", _("the client has been contacted often enough")
    BUSY = "busy", _("somebody is in touch with the client already")
    COMPLAINT = "complaint", _("the client was not content: first that is looked at")
    REPAIR = "repair", _("a piece of the client's is in service")
    BOUGHT = "bought", _("the client has bought since")
    TOPIC = "topic", _("the client wants no letters about this topic")
    NEARER = "nearer", _("an SMS or an e-mail may reach the client: no paper is needed")
    DECIDED = "decided", _("taken out by a person")
    MERGED = "merged", _("two cards became one")
    RESTORED = "restored", _("restored: may have been contacted")
    # Of who would have been chosen: ``held``, and yet in neither arm of the program (``campaigns.quiet``).
    QUIET = "quiet", _("without advertising: comparison")


class Way(models.TextChoices):
    CALL = "call", _("call")
    SMS = "sms", _("SMS")
    EMAIL = "email", _("e-mail")
    POST = "post", _("letter on paper")


class Variant(models.TextChoices):
    """Which of two wordings a client gets, by lot."""

    A = "a", pgettext_lazy("a wording", "first")
    B = "b", pgettext_lazy("a wording", "second")


class TouchState(models.TextChoices):
    """What has happened to who is treated; whoever is not is over from the first."""

    WAITS = "waits", pgettext_lazy("of a touch", "to be contacted")
    MADE = "made", pgettext_lazy("of a touch", "contact under way")
    OVER = "over", pgettext_lazy("of a touch", "over")


class TouchQuerySet(models.QuerySet["Touch"]):
    def waiting(self) -> Self:
        """Those whose message or errand is still to be made."""
        return self.filter(state=TouchState.WAITS)

    def compared(self) -> Self:
        """Both arms, and who is quiet: whoever was found and is now left in peace."""
        return self.exclude(arm=Arm.OUT)


class Touch(models.Model):
    """A client chosen by a source (a program's key, ``campaign:17``) in a round (``2027``, an expected day, a purchase).

    Once a round: however often it is planned. The arm is drawn when the row is written and never changes, whatever becomes of
    the contact. ``stratum`` is the month and the per cent held out then (``2026-11:10``): arms are compared within one.
    ``counted_from`` is the store-local day from which visits count. Messages and errands of a touch have the occasion key
    ``source:round:client:step``, ``way`` is by what it was first tried; ``store`` is the client's home at that time.
    ``variant`` is the wording that fell to one who is written to, where there are two.
    Written by ``campaigns.touching``.
    """

    source = models.CharField(_("from"), max_length=40)
    round = models.CharField(_("round"), max_length=20)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="touches", db_index=False, verbose_name=_("client"))
    store = models.ForeignKey(
        Store, null=True, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False,
        verbose_name=_("home store"),
    )  # fmt: skip
    arm = models.CharField(_("arm"), max_length=7, choices=Arm)
    reason = models.CharField(_("reason"), max_length=9, choices=WhyOut, blank=True)
    stratum = models.CharField(max_length=20)
    counted_from = models.DateField(_("chosen on"))
    way = models.CharField(_("way"), max_length=5, choices=Way, blank=True)
    state = models.CharField(pgettext_lazy("of a touch", "state"), max_length=5, choices=TouchState)
    variant = models.CharField(_("wording"), max_length=1, choices=Variant, blank=True, default="", db_default="")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = TouchQuerySet.as_manager()

    class Meta:
        verbose_name = _("touch")
        verbose_name_plural = _("touches")
        ordering = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "round", "client"], name="touch_once_a_round"),
            models.CheckConstraint(condition=Q(arm__in=Arm.values), name="touch_arm_known"),
            models.CheckConstraint(condition=~Q(arm="out") | ~Q(reason=""), name="touch_out_for_a_reason"),
            models.CheckConstraint(condition=Q(arm="treated") | Q(state="over"), name="touch_treated_or_over"),
            models.CheckConstraint(
                condition=Q(variant="") | Q(variant__in=Variant.values) & ~Q(arm="held"),
                name="touch_wording_of_who_is_written_to",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["source", "counted_from"], name="touch_of_source"),
            models.Index(fields=["client", "counted_from"], name="touch_of_client"),
            models.Index(fields=["source", "id"], condition=Q(state="waits"), name="touch_waits"),
        ]

    def __str__(self) -> str:
        return f"{self.source}:{self.round}:{self.client_id}"

    def key(self, step: int = 1) -> str:
        """The occasion key of the message or errand of a step."""
        return f"{self.source}:{self.round}:{self.client_id}:{step}"
