"""Service requests for a screen. Public."""

from urllib.parse import unquote

from django.db.models import QuerySet

from clients.models import Client
from workshop.models import ServiceRequest, ServiceStatus

OPEN_STATUSES = (ServiceStatus.RECEIVED, ServiceStatus.IN_WORK, ServiceStatus.READY)


def ticket_number(scanned: str) -> str:
    """The number of a ticket as it was typed, or read from its barcode or the address in its QR."""
    return unquote(scanned.rpartition("/s/")[2]).strip("/ ") if "/s/" in scanned else scanned.strip()


def services_of(client: Client) -> QuerySet[ServiceRequest]:
    return client.services.select_related("store")


def find_services(text: str, limit: int = 10) -> list[ServiceRequest]:
    """Requests by ticket number, as a person types or scans it."""
    text = ticket_number(text)
    if len(text) < 3 or not any(letter.isdecimal() for letter in text):
        return []
    return list(ServiceRequest.objects.filter(number__startswith=text).select_related("client", "store")[:limit])
