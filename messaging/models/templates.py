"""Texts of messages, in Russian and English."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from clients.models import Purpose
from messaging import texts
from messaging.models.channels import Channel


class Nature(models.TextChoices):
    ADVERTISING = "advertising", _("advertising: needs consent; every greeting is")
    SERVICE = "service", _("service: about what the client left or asked for")


class Template(models.Model):
    """A text with fixed placeholders, in Russian and English; never a template language over what people typed."""

    key = models.SlugField(_("key"), unique=True)
    title = models.CharField(_("title"), max_length=80)
    channel = models.CharField(_("goes by"), max_length=5, choices=Channel, default=Channel.SMS)
    nature = models.CharField(_("what it is"), max_length=11, choices=Nature, default=Nature.ADVERTISING)
    subject = models.CharField(
        _("subject"), max_length=120, blank=True, validators=[texts.validate_placeholders], help_text=_("Of an e-mail.")
    )
    text = models.TextField(_("text"), validators=[texts.validate_placeholders])
    subject_en = models.CharField(_("subject in English"), max_length=120, blank=True, validators=[texts.validate_placeholders])
    text_en = models.TextField(
        _("text in English"),
        blank=True,
        validators=[texts.validate_placeholders],
        help_text=_("For clients who are written to in English; without it they get the Russian text."),
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("template")
        verbose_name_plural = _("templates")
        ordering = ["key"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(channel=Channel.EMAIL) | ~Q(subject=""),
                name="template_email_has_a_subject",
                violation_error_message=_("An e-mail has a subject."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def purpose(self) -> str:
        """The consent that a message of this template needs; empty for service messages."""
        if self.nature == Nature.SERVICE:
            return ""
        return Purpose.ADVERTISING_SMS if self.channel == Channel.SMS else Purpose.ADVERTISING_EMAIL

    def wording(self, language: str) -> tuple[str, str]:
        """Subject and text for a client who is written to in the language."""
        if language == "en" and self.text_en:
            return self.subject_en or self.subject, self.text_en
        return self.subject, self.text
