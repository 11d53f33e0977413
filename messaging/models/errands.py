"""Something for a seller to do about a client."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.models import Client
from messaging.models.pauses import Pause
from stores.models import Store


class Errand(models.Model):
    """Something for a seller to do about a client, as a rule a call. Counts into the cap as a message does."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("to do")
        DONE = "done", _("done")
        NO_ANSWER = "no_answer", _("no answer")
        DROPPED = "dropped", _("dropped")

    class Topic(models.TextChoices):
        CARE = "care", pgettext_lazy("topic of an errand", "care")
        COMPLAINT = "complaint", pgettext_lazy("topic of an errand", "complaint")
        WINBACK = "winback", pgettext_lazy("topic of an errand", "coming back")
        OFFER = "offer", pgettext_lazy("topic of an errand", "offer")
        INVITE = "invite", pgettext_lazy("topic of an errand", "invitation")
        INQUIRY = "inquiry", pgettext_lazy("topic of an errand", "inquiry")
        QUESTION = "question", pgettext_lazy("topic of an errand", "question")
        READY = "ready", pgettext_lazy("topic of an errand", "ready to fetch")
        OTHER = "other", pgettext_lazy("topic of an errand", "other")

    class Problem(models.TextChoices):
        PIECE = "piece", pgettext_lazy("problem", "the piece")
        SERVICE = "service", pgettext_lazy("problem", "work in service")
        PRICE = "price", pgettext_lazy("problem", "the price")
        STAFF = "staff", pgettext_lazy("problem", "how they were served")
        OTHER = "other", pgettext_lazy("problem", "something else")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="errands", verbose_name=_("client"))
    store = models.ForeignKey(Store, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("store"))
    occasion_key = models.CharField(_("occasion"), max_length=80, unique=True)
    topic = models.CharField(_("topic"), max_length=10, choices=Topic, default=Topic.OTHER, db_default=Topic.OTHER)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False,
        verbose_name=_("whose it is"),
    )  # fmt: skip
    reason = models.CharField(_("why"), max_length=200)
    script = models.TextField(_("what to say"), blank=True)
    is_service = models.BooleanField(_("service, not advertising"), default=False)
    due_on = models.DateField(_("due"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, default=Outcome.OPEN)
    result = models.CharField(
        _("what came of it"), max_length=12, blank=True, db_default="", help_text="The last step of a closed one."
    )
    problem = models.CharField(
        _("what was wrong"), max_length=8, blank=True, db_default="", choices=Problem, help_text="Of a complaint."
    )
    agreed_on = models.DateField(_("agreed for"), null=True)
    tries = models.PositiveSmallIntegerField(_("times without an answer"), default=0, db_default=0)
    done_at = models.DateTimeField(_("done at"), null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    pause = models.ForeignKey(
        Pause,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Holds advertising as long as the errand is open.",
    )

    class Meta:
        verbose_name = _("errand")
        verbose_name_plural = _("errands")
        ordering = ["due_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(outcome__in=["open", "done", "no_answer", "dropped"]), name="errand_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    topic__in=["care", "complaint", "winback", "offer", "invite", "inquiry", "question", "ready", "other"]
                ),
                name="errand_topic_known",
            ),
            models.CheckConstraint(condition=~Q(outcome="open") | Q(result=""), name="errand_open_has_no_result"),
            models.CheckConstraint(condition=Q(problem="") | Q(result="complained"), name="errand_problem_of_a_complaint"),
            models.CheckConstraint(condition=Q(agreed_on=None) | Q(result="agreed"), name="errand_agreed_for_a_day"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["store", "due_on"], condition=Q(outcome="open"), name="errand_to_do"),
            models.Index(fields=["assignee", "due_on"], condition=Q(outcome="open"), name="errand_of_somebody"),
            models.Index(fields=["done_at"], condition=~Q(result=""), name="errand_with_a_result"),
        ]

    def __str__(self) -> str:
        return self.reason

    @property
    def came_of_it(self) -> str:
        """What the last step of the story says; of an errand older than stories, what its outcome does."""
        steps = list(self.steps.all())
        if steps:
            return str(steps[-1].get_kind_display())
        return str(self.Outcome.NO_ANSWER.label if self.outcome == self.Outcome.OPEN else self.get_outcome_display())


class ErrandStep(models.Model):
    """A step in the story of an errand: what came of it, in words, and the day on which it goes on. Append-only."""

    class Kind(models.TextChoices):
        DONE = "done", _("done")
        GOES_ON = "goes_on", _("goes on")
        NO_ANSWER = "no_answer", _("no answer")
        DROPPED = "dropped", _("dropped")
        DO_NOT_CALL = "do_not_call", _("asked not to be called")
        AGREED = "agreed", pgettext_lazy("a call", "agreed")
        THINKS = "thinks", pgettext_lazy("a call", "thinks about it")
        NO_INTEREST = "no_interest", pgettext_lazy("a call", "not interested")
        WRONG_NUMBER = "wrong_number", pgettext_lazy("a call", "wrong number")
        COMPLAINED = "complained", pgettext_lazy("a call", "complained")
        REOPENED = "reopened", pgettext_lazy("an errand", "taken back")

    errand = models.ForeignKey(Errand, on_delete=models.CASCADE, related_name="steps", db_index=False)
    kind = models.CharField(_("what came of it"), max_length=12, choices=Kind)
    words = models.CharField(_("words"), max_length=300, blank=True)
    next_on = models.DateField(_("goes on"), null=True)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("step of an errand")
        verbose_name_plural = _("steps of errands")
        ordering = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(kind="goes_on") | Q(next_on__isnull=False), name="errand_goes_on_on_a_day")
        ]
        indexes: ClassVar = [models.Index(fields=["errand", "id"], name="step_of_errand")]

    def __str__(self) -> str:
        return f"{self.errand_id}: {self.kind}"
