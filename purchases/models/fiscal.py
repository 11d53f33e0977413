"""The fiscal documents of receipts and returns, as the tax office numbers them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from purchases.models.receipts import Purchase


class FiscalOperation(models.TextChoices):
    SALE = "sale", _("sale")
    RETURN = "return", _("return")


class FiscalDocument(models.Model):
    """A document of a fiscal drive: whoever tells of it, it is one sale or one return. A voided receipt keeps its own."""

    purchase = models.ForeignKey(Purchase, on_delete=models.CASCADE, related_name="fiscal_documents")
    operation = models.CharField(_("operation"), max_length=6, choices=FiscalOperation)
    fn = models.CharField(_("fiscal drive"), max_length=16)
    fd = models.CharField(_("fiscal document"), max_length=10)
    fp = models.CharField(_("fiscal sign"), max_length=10, blank=True)

    class Meta:
        verbose_name = _("fiscal document")
        verbose_name_plural = _("fiscal documents")
        ordering = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fn", "fd"], name="fiscal_document_once"),
            models.CheckConstraint(condition=Q(operation__in=FiscalOperation.values), name="fiscal_operation_known"),
        ]

    def __str__(self) -> str:
        return f"{self.fn}/{self.fd}"
