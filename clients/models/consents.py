"""What clients agreed to, purpose by purpose, and the words that they agreed to."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from stores.models import Store


class Purpose(models.TextChoices):
    PERSONAL_DATA = "personal_data", _("personal data")
    ADVERTISING_SMS = "advertising_sms", _("advertising by SMS")
    ADVERTISING_EMAIL = "advertising_email", _("advertising by e-mail")
    CALLS = "calls", _("calls")
    ADVERTISING_MESSENGER = "advertising_chat", _("advertising by messenger")
    ADVERTISING_POST = "advertising_post", _("advertising by letters on paper")
    ADVERTISING_PUSH = "advertising_push", _("advertising by notifications")


# What is asked for by the client's own hand alone, in the chat that they opened or on their page; the counter may only take it
# back.
ASKED_IN_CHATS = (Purpose.ADVERTISING_MESSENGER, Purpose.ADVERTISING_PUSH)
# What few are asked for, where there is an address to write to; who registers is not held up by it.
ASKED_ON_CARDS = (Purpose.ADVERTISING_POST,)
ASKED_AT_THE_COUNTER = tuple(purpose for purpose in Purpose if purpose not in (*ASKED_IN_CHATS, *ASKED_ON_CARDS))


class ConsentText(models.Model):
    """What a client agrees to, word for word; a new wording is a new version."""

    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose)
    version = models.PositiveSmallIntegerField(_("version"))
    text = models.TextField(_("text"))
    since = models.DateField(_("since"))

    class Meta:
        verbose_name = _("text of a consent")
        verbose_name_plural = _("texts of consents")
        ordering = ["purpose", "-version"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["purpose", "version"], name="consent_text_version_once")]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} v{self.version}"


class AppendOnlyError(TypeError):
    """Somebody tried to change or delete a row that only ever grows."""


class Consent(models.Model):
    """A client said yes or no to one purpose. Append-only: the newest row of a purpose holds."""

    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose)
    given = models.BooleanField(_("given"))
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    where = models.ForeignKey(Store, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("where"))
    text_version = models.ForeignKey(ConsentText, null=True, on_delete=models.PROTECT, verbose_name=_("text"))

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="consent_purpose_known")]
        indexes: ClassVar = [
            models.Index(fields=["client", "purpose", "-id"], name="consent_latest"),
            models.Index(fields=["purpose", "client", "id"], include=["given"], name="consent_by_purpose"),
            models.Index(fields=["client"], condition=Q(purpose="personal_data", given=False), name="consent_to_data_taken_back"),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {'+' if self.given else '−'}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise AppendOnlyError("A consent is never changed; add the newer word.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError("A consent is never deleted; add a withdrawal.")
