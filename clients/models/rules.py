"""What a chain decides about its cards; an admin changes it in the back office."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CardRules(models.Model):
    """The chain's one row of rules about cards; without it everything is as strict as it comes."""

    greets_without_email = models.BooleanField(
        _("greets those who have no e-mail"), default=False,
        help_text=_(
            "A card that lacks the e-mail alone, because the client has none or did not want to give it, stays incomplete; "
            "with this it is greeted by SMS on the days that it keeps, if the client agreed to that. Other "
            "advertising never goes to it."
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = _("rules about cards")
        verbose_name_plural = _("rules about cards")
        constraints: ClassVar = [models.CheckConstraint(condition=Q(pk=1), name="card_rules_are_one_row")]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def current(cls) -> "CardRules":
        """The rules in force. One query."""
        return cls.objects.first() or cls(pk=1)
