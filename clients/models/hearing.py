"""How a client came to know of the chain: one of a few answers, in the chain's own words."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class HeardFromQuerySet(models.QuerySet["HeardFrom"]):
    def asked(self) -> "HeardFromQuerySet":
        """The answers that are offered now; those of before stay on the cards that have them."""
        return self.filter(is_active=True)


class HeardFrom(models.Model):
    """An answer to "How did you hear of us?". What was spent on it are the expenses whose channel is called so."""

    name = models.CharField(_("answer"), max_length=60, unique=True)
    name_en = models.CharField(_("in English"), max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    is_active = models.BooleanField(_("is offered"), default=True)

    objects = HeardFromQuerySet.as_manager()

    class Meta:
        verbose_name = _("how clients hear of us")
        verbose_name_plural = _("how clients hear of us")
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.name_en if self.name_en and (get_language() or settings.LANGUAGE_CODE) == "en" else self.name
