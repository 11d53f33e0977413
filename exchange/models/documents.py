"""What tills and 1C sent, whole, and what became of it."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exchange.models.sources import Source
from purchases.models import FiscalOperation, Purchase
from stores.models import Employee
from stores.texts.kept_words import WordsField


class DocumentState(models.TextChoices):
    RECEIVED = "received", pgettext_lazy("document", "received")
    APPLIED = "applied", pgettext_lazy("document", "applied")
    WAITS = "waits", pgettext_lazy("document", "waits")
    REFUSED = "refused", pgettext_lazy("document", "refused")


class Wait(models.TextChoices):
    """Why a document is not applied: for what it waits, or why it was refused."""

    STORE = "store", _("the store is not known")
    OTHER_STORE = "other_store", _("the source may tell of another store alone")
    SELLER = "seller", _("the seller is not known")
    KIND = "kind", _("the kind of piece is not known")
    ARTICLE = "article", _("the article is not known, and says nothing of its kind")
    CARD = "card", _("the card number is nobody's")
    RIGHT = "right", _("the coupon is not known")
    PRICE = "price", _("the price is beyond belief")
    FUTURE = "future", _("its day is still to come: the till's clock is ahead")
    NUMBER = "number", _("the base has another receipt of this number")
    DIFFERS = "differs", _("the same document came before with another text")
    FISCAL = "fiscal", _("its fiscal number belongs to something else")
    SALE = "sale", _("its sale has not come yet")
    WHICH_SALE = "which_sale", _("several sales fit, or none")
    PIECES = "pieces", _("these pieces are not in the sale, or came back before")
    VOIDED = "voided", _("its sale is void")
    TROUBLE = "trouble", _("something broke; it is tried again")
    INVALID = "invalid", _("it cannot be read")
    PUT_ASIDE = "put_aside", _("put aside by a person")
    GONE = "gone", _("it was deleted or unposted where it came from")


class DocumentQuerySet(models.QuerySet["TillDocument"]):
    def readable(self) -> Self:
        """Those that were understood when they came, and were not put aside."""
        return self.exclude(state=DocumentState.REFUSED)

    def to_apply(self) -> Self:
        """The oldest first, as they came."""
        return self.filter(state=DocumentState.RECEIVED).order_by("pk")

    def waiting(self) -> Self:
        return self.filter(state=DocumentState.WAITS)


class TillDocument(models.Model):
    """A receipt or a return as a source sent it: kept before anything is made of it, and never deleted.

    ``till`` and ``external_id`` are the document's own words for itself; ``digest`` is of its text, however it is spaced.
    ``waits_for`` names what would let it go on: ``seller:k-17``, ``sale:12:6f1c``, ``fiscal:9960…/88121``. ``decided`` is what a
    person has said about it: that the price is right, which receipt is meant. ``outcome`` is what came of it, for who sent it.
    ``gone_at``: when its sender was seen to have taken it back; what was made of it is undone (``withdrawing``).
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="documents", verbose_name=_("source"))
    till = models.CharField(_("till"), max_length=60, blank=True)
    external_id = models.CharField(_("its own number"), max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    raw = models.TextField(_("as it came"))
    operation = models.CharField(_("operation"), max_length=6, choices=FiscalOperation, blank=True)
    at = models.DateTimeField(_("rung up"), null=True)
    state = models.CharField(_("state"), max_length=8, choices=DocumentState, default=DocumentState.RECEIVED)
    reason = models.CharField(_("reason"), max_length=12, choices=Wait, blank=True)
    words = WordsField(_("in words"), blank=True)
    waits_for = models.CharField(max_length=150, blank=True)
    decided = models.JSONField(default=dict, blank=True)
    outcome = models.JSONField(default=dict, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True, help_text="Of its client (E.164).")
    purchase = models.ForeignKey(
        Purchase, null=True, blank=True, on_delete=models.SET_NULL, related_name="till_documents", verbose_name=_("purchase")
    )
    received_at = models.DateTimeField(_("received"), auto_now_add=True)
    gone_at = models.DateTimeField(null=True, editable=False)
    tried_at = models.DateTimeField(_("tried"), null=True)
    settled_by = models.ForeignKey(
        Employee, null=True, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("settled by")
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("till document")
        verbose_name_plural = _("till documents")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "till", "external_id", "digest"], name="till_document_once"),
            models.UniqueConstraint(
                fields=["source", "till", "external_id"], condition=Q(state="applied"), name="till_document_applied_once"
            ),
            models.CheckConstraint(condition=Q(state__in=DocumentState.values), name="till_document_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=["received", "applied"], reason="") | Q(state__in=["waits", "refused"]) & ~Q(reason=""),
                name="till_document_waits_for_a_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=Q(state="received"), name="till_document_to_apply"),
            models.Index(fields=["id"], condition=Q(state="waits"), name="till_document_waiting"),
            models.Index(fields=["waits_for"], condition=Q(state="waits"), name="till_document_waits_for"),
            models.Index(fields=["phone"], condition=~Q(phone=""), name="till_document_of_a_phone"),
            models.Index(fields=["source", "-id"], name="till_document_of_source"),
        ]

    def __str__(self) -> str:
        return f"{self.till} {self.external_id}"

    @property
    def is_open(self) -> bool:
        return self.state in (DocumentState.RECEIVED, DocumentState.WAITS)

    @property
    def why(self) -> str:
        """The reason in words, with the word that nobody knows."""
        reason = str(Wait(self.reason).label) if self.reason else ""
        return f"{reason}: {self.words}" if reason and self.words else reason

    @property
    def told(self) -> dict[str, Any]:
        """What its sender may read of it."""
        more = {"reason": self.reason, "say": self.why} if self.reason else {}
        shown = {name: value for name, value in self.outcome.items() if not name.startswith("_")}
        return {"document": str(self.pk), "state": self.state, **more, **shown}
