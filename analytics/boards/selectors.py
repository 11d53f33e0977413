"""Whose boards there are, and who may open which. Public."""

from django.db.models import Count, Q, QuerySet

from analytics.models import Audience, Board
from stores.models import Employee, Role


def seen_by(employee: Employee) -> QuerySet[Board]:
    """Boards that they may open: their own, and those shown to them by the stores that are theirs today."""
    if employee.role == Role.SELLER:
        return Board.objects.none()
    theirs = [store.pk for store in employee.visible_stores]
    shown = Q(audience=Audience.MANAGERS) | Q(audience=Audience.STORE, audience_store__in=theirs)
    return Board.objects.filter(Q(owner=employee) | shown)


def listed(employee: Employee) -> list[Board]:
    """The same with how many figures each has, one's own first. One query."""
    found = seen_by(employee).select_related("owner", "audience_store").annotate(figures=Count("tiles"))
    return sorted(found, key=lambda board: board.owner_id != employee.pk)


def owned(employee: Employee) -> QuerySet[Board]:
    """Their own, the one that they changed last first."""
    return Board.objects.filter(owner=employee).order_by("-at", "-pk")
