"""Clubs: clients who belong together, by a question or by a person's word."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from analytics.models import Segment
from clients.models import Client
from stores.models import Store


class ClubQuerySet(models.QuerySet["Club"]):
    def visible_to(self, stores: list[Store]) -> Self:
        """Clubs of these stores, and those of the chain."""
        return self.filter(Q(store__in=stores) | Q(store=None))


class Club(models.Model):
    """Who meets ``segment`` is proposed to a person; nobody enters or leaves by themselves. ``store`` None is the chain's."""

    title = models.CharField(pgettext_lazy("of a club", "title"), max_length=80)
    segment = models.ForeignKey(
        Segment, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("who is proposed"),
        help_text=_("A saved question: who meets it is proposed, a person admits."),
    )  # fmt: skip
    store = models.ForeignKey(
        Store, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("store"),
        help_text=_("Empty: a club of the whole chain."),
    )  # fmt: skip
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    form_key = models.UUIDField(unique=True, editable=False, help_text="One filled form is one club.")

    objects = ClubQuerySet.as_manager()

    class Meta:
        verbose_name = _("club")
        verbose_name_plural = _("clubs")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


class ClubMemberQuerySet(models.QuerySet["ClubMember"]):
    def present(self) -> Self:
        return self.filter(until=None)

    def left(self) -> Self:
        """Who was a member, or was left out without having been one: neither is proposed any more."""
        return self.filter(until__isnull=False)


class ClubMember(models.Model):
    """A client in a club ``since`` a day, or out of it from ``until`` on; ``since`` is empty of who was left out at once."""

    club = models.ForeignKey(Club, on_delete=models.CASCADE, related_name="members", db_index=False, verbose_name=_("club"))
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="clubs", verbose_name=_("client"))
    since = models.DateField(_("member since"), null=True)
    why = models.CharField(_("why a member"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    until = models.DateField(_("left on"), null=True)
    why_left = models.CharField(_("why left"), max_length=200, blank=True)
    left_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    objects = ClubMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("club member")
        verbose_name_plural = _("club members")
        ordering = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["club", "client"], name="club_member_once"),
            models.CheckConstraint(condition=Q(since__isnull=False) | Q(until__isnull=False), name="club_member_in_or_out"),
        ]

    def __str__(self) -> str:
        return f"{self.club_id}: {self.client_id}"
