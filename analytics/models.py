"""Figures computed ahead, what people type beside the sales, saved questions, boards, and what the last check found."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from stores.models import Store


class Snapshot(models.Model):
    """A figure of a scope (0 is the chain, else a store) over ``first..last``, as JSON; it can be thrown away any time.

    ``data`` null is one that is being computed: ``progress`` parts of ``parts`` are done, ``error`` says what went wrong.
    """

    figure = models.CharField(max_length=20)
    scope = models.IntegerField()
    first = models.DateField()
    last = models.DateField()
    data = models.JSONField(null=True)
    computed_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(default=timezone.now)
    progress = models.PositiveSmallIntegerField(default=0)
    parts = models.PositiveSmallIntegerField(default=1)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["figure", "scope", "first", "last"], name="snapshot_once")]

    def __str__(self) -> str:
        return f"{self.figure} {self.scope}: {self.first}–{self.last}"


class ExpensePurpose(models.TextChoices):
    ATTRACT = "attract", _("to win new clients")
    RETAIN = "retain", _("to bring clients back")
    OTHER = "other", pgettext_lazy("purpose of an expense", "other")


class Expense(models.Model):
    """Money spent on clients in a calendar month (its first day), of one store or of the whole chain."""

    month = models.DateField(_("month"))
    channel = models.CharField(_("channel"), max_length=60, help_text=_("For example: SMS, 2GIS, street advertising."))
    purpose = models.CharField(_("purpose"), max_length=8, choices=ExpensePurpose, default=ExpensePurpose.ATTRACT)
    amount = models.DecimalField(_("sum, ₽"), max_digits=12, decimal_places=2, validators=[MinValueValidator(0)])
    store = models.ForeignKey(
        Store, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("store"),
        help_text=_("Empty: for the whole chain."),
    )  # fmt: skip
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("expense")
        verbose_name_plural = _("expenses")
        ordering: ClassVar = ["-month", "channel", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(amount__gte=0), name="expense_not_negative", violation_error_message=_("A sum is zero or more.")
            ),
            models.CheckConstraint(condition=Q(purpose__in=ExpensePurpose.values), name="expense_purpose_known"),
            models.UniqueConstraint(
                fields=["month", "channel", "purpose", "store"],
                name="expense_once",
                violation_error_message=_("This expense is there already; change its sum."),
            ),
            models.UniqueConstraint(
                fields=["month", "channel", "purpose"],
                condition=Q(store=None),
                name="expense_of_the_chain_once",
                violation_error_message=_("This expense is there already; change its sum."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.channel}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.channel = " ".join(self.channel.split())
        self.month = self.month.replace(day=1)
        super().save(*args, **kwargs)


class VisitorCount(models.Model):
    """How many people came through a store's door on a day, by its counter; typed or from a list."""

    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="visitors", verbose_name=_("store"))
    day = models.DateField(_("day"))
    visitors = models.PositiveIntegerField(_("visitors"))

    class Meta:
        verbose_name = _("visitors of a day")
        verbose_name_plural = _("visitors by day")
        ordering: ClassVar = ["-day", "store"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["store", "day"], name="visitors_once_a_day",
                violation_error_message=_("The visitors of this day are there already."),
            ),
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["day"], name="visitors_by_day")]

    def __str__(self) -> str:
        return f"{self.store} {self.day}: {self.visitors}"


class Segment(models.Model):
    """A saved question about clients. ``definition``: groups that must all hold, of conditions of which one must
    (``analytics.asking.segments``)."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    definition = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now=True)

    class Meta:
        verbose_name = _("segment")
        verbose_name_plural = pgettext_lazy("saved questions", "segments")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class FigureCheck(models.Model):
    """What a comparison of the derived tables and snapshots with the raw rows found. ``differences`` are words of it."""

    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    clients = models.PositiveIntegerField(default=0)
    snapshots = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    differences = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d}: {self.wrong}"


class Recount(models.Model):
    """What the second opinion found: figures of ``first..last`` and as of ``as_of`` counted again from the raw rows.

    ``compared`` values; ``differences`` are those that differ, as JSON: figure, store, first, last, shown, said, counted.
    """

    first = models.DateField()
    last = models.DateField()
    as_of = models.DateField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    clients = models.PositiveIntegerField(default=0)
    compared = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    differences = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d}: {self.wrong}"


# The days of a board, by the keys of ``figures.periods.presets``: all are computed at night.
BOARD_PERIODS = {
    "month": _("this month"), "last-month": _("last month"), "quarter": _("this quarter"), "year": _("this year"),
    "12-months": _("12 months"), "last-year": _("last year"),
}  # fmt: skip


class Audience(models.TextChoices):
    """Who may open a board; each sees in it the sums of their own stores alone."""

    OWN = "own", _("only me")
    STORE = "store", _("managers of one store")
    MANAGERS = "managers", _("all managers and admins")


class Board(models.Model):
    """A page of figures that somebody composed. Only ``owner`` changes it."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("owner"))
    name = models.CharField(_("name"), max_length=60)
    period = models.CharField(_("period"), max_length=10, choices=BOARD_PERIODS, default="month")
    audience = models.CharField(_("who sees it"), max_length=8, choices=Audience, default=Audience.OWN)
    audience_store = models.ForeignKey(
        Store, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("store")
    )
    at = models.DateTimeField(_("at"), auto_now=True)

    class Meta:
        verbose_name = _("board")
        verbose_name_plural = _("boards")
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner", "name"], name="board_name_once",
                violation_error_message=_("You have a board of this name already; give it another one."),
            ),
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="board_audience_known"),
            models.CheckConstraint(condition=Q(period__in=list(BOARD_PERIODS)), name="board_period_known"),
            models.CheckConstraint(
                condition=Q(audience="store", audience_store__isnull=False) | ~Q(audience="store") & Q(audience_store=None),
                name="board_of_a_store_names_it",
                violation_error_message=_("Choose the store whose managers see the board."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class BoardTile(models.Model):
    """One figure on a board: ``what`` is a key of ``analytics.boards.catalogue``; ``store`` null follows the page."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="tiles")
    place = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=30)
    store = models.ForeignKey(Store, null=True, blank=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("figure of a board")
        verbose_name_plural = _("figures of boards")
        ordering: ClassVar = ["place", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["board", "what", "store"], name="board_tile_once"),
            models.UniqueConstraint(fields=["board", "what"], condition=Q(store=None), name="board_tile_of_the_page_once"),
        ]

    def __str__(self) -> str:
        return f"{self.board_id} {self.place}: {self.what}"


class WeeklyLetter(models.Model):
    """Somebody is written to on Mondays: the report of the week over ``store`` or, null, the chain; or what ``board`` shows.

    ``told`` is the Monday up to which they were written to; who begins inside a week hears of it when it is over.
    """

    employee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    store = models.ForeignKey(Store, null=True, on_delete=models.CASCADE, related_name="+")
    board = models.ForeignKey(Board, null=True, on_delete=models.CASCADE, related_name="+")
    told = models.DateField()

    class Meta:
        verbose_name = _("report on Mondays")
        verbose_name_plural = _("reports on Mondays")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["employee"], condition=Q(board=None), name="weekly_report_once"),
            models.UniqueConstraint(fields=["employee", "board"], name="weekly_board_once"),
        ]

    def __str__(self) -> str:
        return f"{self.employee}: {self.told}"


class Measure(models.TextChoices):
    """What a target is of; all but the revenue are shares in per cent."""

    REVENUE = "revenue", _("revenue, ₽")
    CAPTURE = "capture", _("receipts with a card, %")
    RETURNING = "returning", _("share of regulars, %")
    CONVERSION = "conversion", _("conversion, %")


class Target(models.Model):
    """What a store, or a seller in it, is to reach in a calendar month (its first day).

    ``noted_at``: somebody has seen that the store strays from it by more than chance, and is not told again.
    """

    month = models.DateField(_("month"))
    store = models.ForeignKey(Store, on_delete=models.PROTECT, related_name="+", verbose_name=_("store"))
    seller = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("seller")
    )
    measure = models.CharField(_("what of"), max_length=10, choices=Measure)
    value = models.DecimalField(_("target"), max_digits=14, decimal_places=2)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)
    noted_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering: ClassVar = ["-month", "store", "seller", "measure"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(value__gt=0), name="target_is_something"),
            models.CheckConstraint(condition=Q(measure__in=Measure.values), name="target_measure_known"),
            models.CheckConstraint(condition=Q(measure="revenue") | Q(value__lte=100), name="target_share_at_most_all"),
            models.CheckConstraint(condition=~Q(measure="conversion") | Q(seller=None), name="target_door_is_the_stores"),
            models.UniqueConstraint(fields=["month", "store", "seller", "measure"], name="target_once"),
            models.UniqueConstraint(
                fields=["month", "store", "measure"], condition=Q(seller=None), name="target_of_a_store_once"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.store_id} {self.seller_id or ''} {self.measure}: {self.value}"
