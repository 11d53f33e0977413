"""What letters are about, and what each client wants none of."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from clients.models import Client


class Topic(models.Model):
    """What a newsletter is about. Readers turn topics off one by one; ``words`` tell them what comes under it."""

    key = models.SlugField(_("key"), max_length=20, unique=True)
    title = models.CharField(_("title"), max_length=60)
    words = models.CharField(_("what comes under it"), max_length=120, blank=True, default="")
    title_en = models.CharField(_("title in English"), max_length=60, blank=True, default="")
    words_en = models.CharField(_("the same in English"), max_length=120, blank=True, default="")
    place = models.PositiveSmallIntegerField(_("place in the list"), default=50)
    is_on = models.BooleanField(_("offered to readers and to newsletters"), default=True)

    class Meta:
        verbose_name = _("topic of letters")
        verbose_name_plural = _("topics of letters")
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return self.title

    def said(self, language: str) -> tuple[str, str]:
        """Title and words for who is written to in a language."""
        if language == "en" and self.title_en:
            return self.title_en, self.words_en
        return self.title, self.words


class TurnedOff(models.Model):
    """A client wants no letters about a topic; deleted when they want them again."""

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="topics_off", db_index=False)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+", verbose_name=_("topic of letters"))
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("topic turned off")
        verbose_name_plural = _("topics turned off")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["client", "topic"], name="topic_turned_off_once"),
        ]

    def __str__(self) -> str:
        return f"{self.client_id}: {self.topic_id}"
