"""What the chain sells, and how many of it lie where."""

from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.kinds import Metal, PieceKind, Tariff
from stores.models import Store


class ArticleQuerySet(models.QuerySet["Article"]):
    def in_stock(self, *, stores: models.QuerySet[Store] | list[Store] | None = None, size: str = "") -> Self:
        """Models of which a piece lies in one of the stores, of that size if one is named."""
        lying = Stock.objects.lying().filter(article=OuterRef("pk"))
        lying = lying.filter(store__in=stores) if stores is not None else lying
        return self.filter(Exists(lying.filter(size=size) if size else lying))

    def with_counts(self) -> Self:
        """Adds ``lying``: pieces in all stores together. By a query of its own, which only rows that are shown cost."""
        counted = Stock.objects.filter(article=OuterRef("pk")).order_by().values("article").annotate(n=Sum("count")).values("n")
        return self.annotate(lying=Coalesce(Subquery(counted), 0))


class Article(models.Model):
    """A model of the catalogue. ``key`` is its article without what a spreadsheet and a keyboard change about it.

    What a piece of a receipt was is written there: an article that changes or goes away changes no receipt.
    """

    key = models.CharField(max_length=40, unique=True, editable=False)
    article = models.CharField(_("article"), max_length=40)
    name = models.CharField(_("name"), max_length=200, blank=True, default="")
    kind = models.CharField(_("kind"), max_length=10, choices=PieceKind)
    metal = models.CharField(_("metal"), max_length=12, choices=Metal, blank=True, default="")
    fineness = models.PositiveSmallIntegerField(
        _("fineness"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(999)]
    )
    stones = models.CharField(_("stones"), max_length=200, blank=True, default="")
    carats = models.DecimalField(
        _("stones, carats"), max_digits=7, decimal_places=3, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    weight = models.DecimalField(
        _("weight, grams"), max_digits=8, decimal_places=3, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    sizes = models.JSONField(_("sizes"), default=list, blank=True, help_text="Sizes in which it is made, as stock names them.")
    collection = models.CharField(_("collection"), max_length=100, blank=True, default="")
    price = models.DecimalField(
        _("price"), max_digits=12, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    tariff = models.CharField(_("sold"), max_length=10, choices=Tariff, default=Tariff.TAG)
    photo = models.FileField(_("photo"), upload_to="catalogue/%Y/%m/", blank=True)
    words = models.CharField(max_length=460, editable=False, default="", help_text="What a search by words reads.")
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["article", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(key="") & ~Q(article=""), name="article_is_written"),
            models.CheckConstraint(condition=Q(kind__in=PieceKind.values), name="article_kind_known"),
            models.CheckConstraint(condition=Q(metal__in=["", *Metal.values]), name="article_metal_known"),
            models.CheckConstraint(condition=Q(tariff__in=Tariff.values), name="article_tariff_known"),
            models.CheckConstraint(
                condition=Q(fineness=None) | Q(fineness__range=(1, 999)),
                name="article_fineness_in_thousandths",
                violation_error_message=_("A fineness is a number like 585."),
            ),
            models.CheckConstraint(
                condition=(Q(price=None) | Q(price__gte=0))
                & (Q(weight=None) | Q(weight__gte=0))
                & (Q(carats=None) | Q(carats__gte=0)),
                name="article_measures_not_negative",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["article", "id"], name="article_in_order"),
            models.Index(fields=["collection", "article", "id"], condition=~Q(collection=""), name="article_of_collection"),
            models.Index(fields=["kind", "article", "id"], name="article_of_kind"),
            models.Index(fields=["changed_at"], name="article_changed"),
        ]

    def __str__(self) -> str:
        return self.article


class StockQuerySet(models.QuerySet["Stock"]):
    def lying(self) -> Self:
        return self.filter(count__gt=0)


class Stock(models.Model):
    """How many pieces of an article and a size lie in a store, as it was told last; size "" is one that has none."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="stock", db_index=False)
    size = models.CharField(_("size"), max_length=10, blank=True, default="")
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="stock", verbose_name=_("store"), db_index=False)
    count = models.PositiveIntegerField(_("pieces"))
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)

    objects = StockQuerySet.as_manager()

    class Meta:
        verbose_name = _("stock")
        verbose_name_plural = _("stock")
        ordering = ["article", "size", "store"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["article", "size", "store"], name="stock_once_a_size_and_store"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["store", "article"], condition=Q(count__gt=0), name="stock_lying"),
            models.Index(fields=["changed_at"], name="stock_changed"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.size} {self.store_id}: {self.count}"
