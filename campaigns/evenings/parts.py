"""What clubs and evenings keep about clients."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django.core import serializers
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import WITH_GUESTS, Answer, ClubMember, Invitation
from clients import moving

# Of two invitations to one evening the one that got further speaks for both cards.
FURTHER = (Answer.LISTED, Answer.CALLED, Answer.DECLINED, Answer.WAITING, Answer.ACCEPTED)
SAID = ("answer", "guests", "reached_at", "answered_at", "answered_by_id", "came_at", "came_guests", "is_uninvited")


class EveningsPart:
    """What of the ``ClientPart`` of campaigns is about clubs and evenings."""

    stays: ClassVar[Mapping[str, str | Promise]] = {
        "invitations": gettext_lazy("the card stays: it was invited to an evening"),
        "clubs": gettext_lazy("the card stays: it is in a club"),
    }

    def appeared(self, clients: Collection[int]) -> None:
        """Nothing here waits for a card."""

    def holdings(self, clients: Collection[int]) -> dict[int, str]:
        """Two queries."""
        held = dict.fromkeys(ClubMember.objects.filter(client__in=clients).values_list("client", flat=True), "clubs")
        return held | dict.fromkeys(Invitation.objects.filter(client__in=clients).values_list("client", flat=True), "invitations")

    def counted(self, client: int) -> dict[str, int]:
        """Two queries; what there is none of is not named."""
        counted = {
            _("invitations to evenings"): Invitation.objects.filter(client=client).count(),
            _("clubs"): ClubMember.objects.present().filter(client=client).count(),
        }
        return {words: number for words, number in counted.items() if number}

    def move(self, absorbed: int, survivor: int) -> dict[str, Any]:
        """One invitation to an evening and one membership of a club: that of who came, or got further, or belongs."""
        told, overwritten = [], []
        for theirs, mine in _twins(Invitation, "evening", absorbed, survivor):
            told.append(theirs)
            if _rank(theirs) > _rank(mine):
                overwritten.append(serializers.serialize("json", [mine]))
                _copy(theirs, mine, SAID)
        for member, own in _twins(ClubMember, "club", absorbed, survivor):
            told.append(member)
            if member.until is None and own.until is not None:
                overwritten.append(serializers.serialize("json", [own]))
                _copy(member, own, ("since", "why", "by_id", "until", "why_left", "left_by_id"))
        kept = serializers.serialize("json", told)
        for twin in told:
            twin.delete()
        moved = moving.move_rows((Invitation, ClubMember), absorbed, survivor)
        return {**moved, "evening_twins": kept, "evening_overwritten": overwritten}

    def restore(self, moved: Mapping[str, Any], absorbed: int, survivor: int) -> None:
        """Each card has its own again."""
        moving.restore_rows((Invitation, ClubMember), moved, absorbed, survivor)
        for rows in moved.get("evening_overwritten", []):
            for row in serializers.deserialize("json", rows):
                if type(row.object)._base_manager.filter(pk=row.object.pk, client=survivor).exists():
                    row.save()
        for row in serializers.deserialize("json", moved.get("evening_twins", "[]")):
            row.save()

    def describe(self, client: int) -> dict[str, list[dict[str, Any]]]:
        """Two queries."""
        invitations = Invitation.objects.filter(client=client).select_related("evening").order_by("pk")
        members = ClubMember.objects.filter(client=client).select_related("club").order_by("pk")
        told = {
            _("Invitations to evenings"): moving.describe_rows(
                invitations, ("evening", "invited_at", "answer", "guests", "came_at", "came_guests")
            ),
            _("Clubs"): moving.describe_rows(members, ("club", "since", "why", "until", "why_left")),
        }
        return {heading: rows for heading, rows in told.items() if rows}

    def reason_not_to_erase(self, client: int) -> str:
        return ""

    def erase(self, client: int, contacts: list[str]) -> dict[str, int]:
        """Memberships go; who was invited and came stays for the figures, a seat of an evening to come is free."""
        invitations, now = Invitation.objects.filter(client=client), timezone.now()
        invitations.update(why="")
        ahead = invitations.filter(evening__ends_at__gt=now, came_at=None, answer__in=WITH_GUESTS)
        ahead.update(answer=Answer.DECLINED, guests=0)
        ClubMember.objects.filter(client=client).delete()
        kept = invitations.count()
        return {"invitations": kept} if kept else {}


def _twins(model: Any, of: str, absorbed: int, survivor: int) -> list[tuple[Any, Any]]:
    """Rows of both cards about one thing. Two queries."""
    mine = {getattr(row, f"{of}_id"): row for row in model.objects.select_for_update().filter(client=survivor)}
    theirs = model.objects.select_for_update().filter(client=absorbed).order_by("pk")
    return [(row, mine[key]) for row in theirs if (key := getattr(row, f"{of}_id")) in mine]


def _rank(one: Invitation) -> tuple[bool, int]:
    return one.came_at is not None, FURTHER.index(Answer(one.answer))


def _copy(source: Any, to: Any, names: Collection[str]) -> None:
    for name in names:
        setattr(to, name, getattr(source, name))
    to.save()
