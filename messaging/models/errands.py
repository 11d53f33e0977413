"""Something for a seller to do about a client."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from stores.models import Store


class Errand(models.Model):
    """Something for a seller to do about a client, as a rule a call. Counts into the cap as a message does."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("to do")
        DONE = "done", _("done")
        NO_ANSWER = "no_answer", _("no answer")
        DROPPED = "dropped", _("dropped")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="errands", verbose_name=_("client"))
    store = models.ForeignKey(Store, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("store"))
    occasion_key = models.CharField(_("occasion"), max_length=80, unique=True)
    reason = models.CharField(_("why"), max_length=200)
    script = models.TextField(_("what to say"), blank=True)
    is_service = models.BooleanField(_("service, not advertising"), default=False)
    due_on = models.DateField(_("due"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, default=Outcome.OPEN)
    tries = models.PositiveSmallIntegerField(_("times without an answer"), default=0, db_default=0)
    done_at = models.DateTimeField(_("done at"), null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("errand")
        verbose_name_plural = _("errands")
        ordering = ["due_on", "pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(outcome__in=["open", "done", "no_answer", "dropped"]),
                                                        name="errand_outcome_known")]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["store", "due_on"], condition=Q(outcome="open"), name="errand_to_do")]

    def __str__(self) -> str:
        return self.reason
