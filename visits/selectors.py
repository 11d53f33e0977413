"""Visits and habits for a screen. Public."""

from datetime import date

from clients.models import Client
from visits.models import ClientActivity


def last_visits(clients: list[Client]) -> dict[int, date]:
    """Last visit day by client, for those who have one. One query."""
    activities = ClientActivity.objects.filter(client__in=clients)
    return dict(activities.values_list("client_id", "last_day"))
