"""The sealed address at which a client, or who left an inquiry, chooses an hour without signing in. Public."""

from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.core import signing
from django.urls import reverse

from clients import selectors as clients_selectors
from clients.models import Client
from inquiries.models import Inquiry
from stores.selectors import whole_number

SALT, LASTS = "an hour of a store", timedelta(days=60)


class Whose(NamedTuple):
    client: Client | None
    inquiry: Inquiry | None


def token_for(*, client: int | None = None, inquiry: int | None = None) -> str:
    return str(signing.TimestampSigner(salt=SALT).sign(f"c{client}" if client else f"i{inquiry}"))


def address_of(*, client: int | None = None, inquiry: int | None = None) -> str:
    page = reverse("inquiries:choose_hour", args=[token_for(client=client, inquiry=inquiry)])
    return f"{settings.SITE_URL}{page}"


def whose(token: str) -> Whose | None:
    """Whose link it is; None where it is nobody's, too old, or the person is gone. One query."""
    try:
        said = signing.TimestampSigner(salt=SALT).unsign(token, max_age=LASTS)
    except signing.BadSignature:
        return None
    pk = whole_number(said[1:])
    if said[:1] == "c":
        client = clients_selectors.standing_for(pk)
        return Whose(client, None) if client else None
    inquiry = Inquiry.objects.open().select_related("client__home_store", "store").filter(pk=pk).first()
    return Whose(inquiry.client, inquiry) if inquiry else None
