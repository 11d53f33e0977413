"""The tables that carry the figures, derived from receipts and service requests: each row can be made anew from them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.kinds import PieceKind
from clients.models import Client


class Visit(models.Model):
    """Derived: a visit day of a client in a scope (0 is the chain, else the store's primary key).

    ``first_day`` and ``second_day`` are the client's first two visit days in the whole chain;
    ``previous_buying_day`` the last day before this one with kept pieces in the same scope.
    Written only by ``visits.derived``.
    """

    scope = models.IntegerField()
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="visits", db_constraint=False)
    day = models.DateField()
    items = models.IntegerField()
    total = models.DecimalField(max_digits=14, decimal_places=2)
    first_day = models.DateField()
    second_day = models.DateField(null=True)
    previous_buying_day = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["client", "scope", "day"], name="visit_once")]
        indexes: ClassVar = [
            models.Index(
                fields=["scope", "day"],
                include=["client", "items", "total", "first_day", "second_day", "previous_buying_day"],
                name="visit_report",
            )
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.client_id} {self.day}"


class ClientActivity(models.Model):
    """Derived: a client's own facts over all time. Written only by ``visits.derived``.

    ``own_interval`` is the mean gap between visit days in days, null below three visit days.
    """

    client = models.OneToOneField(
        Client, primary_key=True, on_delete=models.CASCADE, related_name="activity", db_constraint=False
    )
    first_day = models.DateField(db_index=True)
    second_day = models.DateField(null=True)
    last_day = models.DateField(db_index=True)
    visit_days = models.IntegerField()
    items = models.IntegerField()
    spent = models.DecimalField(max_digits=14, decimal_places=2)
    services = models.IntegerField()
    own_interval = models.FloatField(null=True)
    favourite_kind = models.CharField(max_length=10, blank=True)
    first_kind = models.CharField(max_length=10, blank=True)
    kept_ring = models.IntegerField()
    kept_earrings = models.IntegerField()
    kept_pendant = models.IntegerField()
    kept_necklace = models.IntegerField()
    kept_chain = models.IntegerField()
    kept_bracelet = models.IntegerField()
    kept_brooch = models.IntegerField()
    kept_watch = models.IntegerField()
    kept_other = models.IntegerField()
    visits_on_1 = models.IntegerField(help_text="Visit days that were a Monday; 7 is Sunday.")
    visits_on_2 = models.IntegerField()
    visits_on_3 = models.IntegerField()
    visits_on_4 = models.IntegerField()
    visits_on_5 = models.IntegerField()
    visits_on_6 = models.IntegerField()
    visits_on_7 = models.IntegerField()

    class Meta:
        verbose_name_plural = "client activities"
        indexes: ClassVar = [
            # Answers a question about clients without a look at the table (PostgreSQL; SQLite's bases are small).
            models.Index(
                fields=["spent"],
                include=["client", "visit_days", "first_day", "last_day", *(f"kept_{kind}" for kind in PieceKind.values)],
                name="activity_facts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.client_id}: {self.visit_days}"


class TypicalInterval(models.Model):
    """The median usual interval, in days, of the clients whose first kind is ``kind``; "" is the whole chain."""

    kind = models.CharField(max_length=10, primary_key=True)
    days = models.FloatField()
    clients = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.kind or '*'}: {self.days}"


class LifeModel(models.Model):
    """Parameters of the model of visits (MBG/NBD, docs/figures.md), time in days; one row.

    ``p``, ``q``, ``v`` are gamma-gamma's, of what a client leaves in a visit; null where too few have bought.
    """

    r = models.FloatField()
    alpha = models.FloatField()
    a = models.FloatField()
    b = models.FloatField()
    p = models.FloatField(null=True)
    q = models.FloatField(null=True)
    v = models.FloatField(null=True)
    clients = models.IntegerField()
    fitted_on = models.DateField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(id=1), name="life_model_is_one")]

    def __str__(self) -> str:
        return f"r={self.r:.3f} α={self.alpha:.1f} a={self.a:.3f} b={self.b:.3f}"


class Rhythm(models.Model):
    """Derived: a client's usual interval by the rule that speaks, what follows from it, and what is at stake.

    ``chance`` that the client still comes, by the model, as of ``as_of``; ``stake`` = the revenue expected of the coming
    year if they do × the chance that they do not.
    Written only by ``visits.rhythm`` and ``visits.derived``.
    """

    class Rule(models.TextChoices):
        OWN = "own", _("the client's own visits")
        KIND = "kind", _("clients who began with the same kind of piece")
        CHAIN = "chain", _("all clients of the chain")
        NONE = "none", _("too early to say")

    client = models.OneToOneField(Client, primary_key=True, on_delete=models.CASCADE, related_name="rhythm", db_constraint=False)
    interval = models.FloatField(null=True)
    rule = models.CharField(max_length=5, choices=Rule)
    expected_on = models.DateField(null=True, db_index=True)
    silent_from = models.DateField(null=True, db_index=True)
    chance = models.FloatField(null=True)
    stake = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    as_of = models.DateField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-stake"], name="rhythm_by_stake"),
            models.Index(fields=["client"], include=["silent_from", "expected_on"], name="rhythm_facts"),
        ]

    def __str__(self) -> str:
        return f"{self.client_id}: {self.rule} {self.interval}"


class StaleDay(models.Model):
    """A day of a scope whose figures changed; snapshots of periods with it are computed anew.

    Every write adds rows of its own, seen when it commits, and the one who consumes deletes those it saw:
    so sales do not wait for each other here, and no change is forgotten.
    """

    scope = models.IntegerField()
    day = models.DateField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["scope", "day"], name="stale_day")]

    def __str__(self) -> str:
        return f"{self.scope} {self.day}"


CHAIN = 0
