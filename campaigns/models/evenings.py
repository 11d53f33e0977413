"""Closed evenings, and who is invited to them."""

from datetime import date, datetime
from typing import ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.models.programs import MOST_HOLDOUT
from campaigns.models.touches import Way
from clients.models import Client
from messaging import texts
from stores.models import Store
from stores.texts import writing

OF_EVENING = "event"
MOST_GUESTS = 10


class EveningQuerySet(models.QuerySet["Evening"]):
    def held(self) -> Self:
        return self.filter(cancelled_at=None)

    def coming(self, now: datetime) -> Self:
        """Those that are not over, the next first."""
        return self.held().filter(ends_at__gt=now).order_by("starts_at", "pk")


class Evening(models.Model):
    """An evening for chosen clients. ``seats`` are for clients and their guests together; ``plus``: guests that each may bring.

    Whom it chose stands in touches of ``source``, who was invited in invitations. Seats are given under this row's lock
    (``campaigns.evenings.answering``). ``strangers``: guests without a card who were counted at the door.
    """

    title = models.CharField(pgettext_lazy("of an evening", "title"), max_length=80)
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="+", verbose_name=_("store"))
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    seats = models.PositiveSmallIntegerField(_("seats"), validators=[MinValueValidator(1)])
    plus = models.PositiveSmallIntegerField(
        _("guests that a client may bring"), default=1, validators=[MaxValueValidator(MOST_GUESTS)]
    )
    script = models.TextField(_("what to say in a call"), blank=True, max_length=2000, validators=[texts.validate_placeholders])
    calls_a_day = models.PositiveSmallIntegerField(_("calls a day in a store"), default=20, validators=[MinValueValidator(1)])
    holdout = models.PositiveSmallIntegerField(
        _("compared without an invitation, %"), default=0, validators=[MaxValueValidator(MOST_HOLDOUT)]
    )
    strangers = models.PositiveSmallIntegerField(default=0, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    cancelled_at = models.DateTimeField(null=True, editable=False)
    news = models.PositiveSmallIntegerField(
        default=0, db_default=0, editable=False, help_text="How often its guests were told that it was moved or cancelled."
    )
    form_key = models.UUIDField(unique=True, editable=False, help_text="One filled form is one evening.")

    objects = EveningQuerySet.as_manager()

    class Meta:
        verbose_name = _("closed evening")
        verbose_name_plural = _("closed evenings")
        ordering = ["-starts_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="evening_ends_after_it_begins",
                violation_error_message=_("The evening ends after it begins."),
            ),
            models.CheckConstraint(condition=Q(seats__gte=1), name="evening_has_seats"),
            models.CheckConstraint(condition=Q(holdout__lte=MOST_HOLDOUT), name="evening_invites_most"),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["store", "ends_at"], name="evening_of_store")]

    def __str__(self) -> str:
        return self.title

    @property
    def source(self) -> str:
        """The name of its touches, and the beginning of its errands' occasion keys."""
        return f"{OF_EVENING}:{self.pk}"

    @property
    def key(self) -> str:
        """As a program's, for what came of it."""
        return self.source

    @property
    def ways(self) -> list[str]:
        """By what clients are invited."""
        return [Way.CALL]

    @property
    def topic_id(self) -> None:
        """Nobody is invited by a letter that readers could turn off."""
        return

    @property
    def day(self) -> date:
        """The store-local day, from which purchases count."""
        return self.starts_here.date()

    @property
    def starts_here(self) -> datetime:
        """In the store's own time zone."""
        return self.starts_at.astimezone(self.store.zone)

    @property
    def ends_here(self) -> datetime:
        return self.ends_at.astimezone(self.store.zone)

    @property
    def when(self) -> str:
        """The day and the hours, by the clocks of the store."""
        return f"{writing.day(self.day)}, {self.starts_here:%H:%M}–{self.ends_here:%H:%M}"

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= timezone.now()


class Answer(models.TextChoices):
    LISTED = "listed", pgettext_lazy("an invitation", "to be called")
    CALLED = "called", pgettext_lazy("an invitation", "called, no answer yet")
    ACCEPTED = "accepted", pgettext_lazy("an invitation", "will come")
    WAITING = "waiting", pgettext_lazy("an invitation", "waiting list")
    DECLINED = "declined", pgettext_lazy("an invitation", "will not come")


GIVEN = (Answer.ACCEPTED, Answer.WAITING, Answer.DECLINED)
WITH_GUESTS = (Answer.ACCEPTED, Answer.WAITING)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def seated(self) -> Self:
        """Who has a seat: said to come, or came."""
        return self.filter(Q(answer=Answer.ACCEPTED) | Q(came_at__isnull=False))


class Invitation(models.Model):
    """A client invited to an evening, once: what they answered, and whether they came, with how many guests.

    ``answered_at`` orders the waiting list. Who said to come, has not come, and whose evening is over, was absent.
    ``is_uninvited``: came without an invitation and was let in by hand.
    """

    evening = models.ForeignKey(
        Evening, on_delete=models.CASCADE, related_name="invitations", db_index=False, verbose_name=_("closed evening")
    )
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="invitations", verbose_name=_("client"))
    why = models.CharField(_("from"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    invited_at = models.DateTimeField(_("invited"), auto_now_add=True)
    is_uninvited = models.BooleanField(default=False)
    answer = models.CharField(_("answer"), max_length=8, choices=Answer, default=Answer.LISTED)
    guests = models.PositiveSmallIntegerField(_("guests"), default=0)
    reached_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    came_at = models.DateTimeField(_("came"), null=True)
    came_guests = models.PositiveSmallIntegerField(_("guests who came"), default=0)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["evening", "client"], name="invitation_once"),
            models.CheckConstraint(condition=Q(answer__in=Answer.values), name="invitation_answer_known"),
            models.CheckConstraint(condition=Q(answer__in=WITH_GUESTS) | Q(guests=0), name="invitation_guests_of_who_comes"),
            models.CheckConstraint(
                condition=~Q(answer__in=GIVEN) | Q(answered_at__isnull=False), name="invitation_answered_at_a_moment"
            ),
            models.CheckConstraint(condition=Q(came_at__isnull=False) | Q(came_guests=0), name="invitation_guests_came_along"),
        ]

    def __str__(self) -> str:
        return f"{self.evening_id}: {self.client_id}"

    @property
    def call_key(self) -> str:
        """How the errands about it begin, as a touch of the evening's has it."""
        return f"{OF_EVENING}:{self.evening_id}:1:{self.client_id}:"

    @property
    def people(self) -> int:
        """Seats that it takes or wants."""
        return 1 + (self.came_guests if self.came_at else self.guests)
