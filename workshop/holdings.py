"""What the service desk keeps about a person: for themselves to read, and to be taken out."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from clients import moving
from workshop.models import Passport, PassportView, PriceOffer, ServicePhoto, ServiceRequest, ServiceStep

REQUEST_FIELDS = (
    "number", "accepted_on", "store", "kind", "description", "weight", "flaws", "work", "engraving", "size_from", "size_to",
    "declared_value", "price", "prepayment", "due_on", "note_inside", "note_client", "status", "closed_on", "handed_by",
)  # fmt: skip
# Words about the person, or in their own hand.
BLANK = {"note_inside": "", "note_client": "", "engraving": "", "description": "", "flaws": "", "work": ""}


def describe(client: int) -> dict[str, list[dict[str, Any]]]:
    """Passport data are not printed here: only that they are kept, and until when. One query a heading."""
    requests = ServiceRequest.objects.filter(client=client).select_related("store").order_by("accepted_on", "pk")
    steps = ServiceStep.objects.filter(request__client=client).exclude(words="").order_by("pk")
    offers = PriceOffer.objects.filter(request__client=client).order_by("pk")
    passports = Passport.objects.filter(request__client=client).select_related("request")
    return {
        _("Services"): moving.describe_rows(requests, REQUEST_FIELDS),
        _("What was noted at the desk"): moving.describe_rows(steps, ("at", "kind", "words")),
        _("Prices asked about"): moving.describe_rows(offers, ("at", "price", "reason", "answer", "answered_at")),
        _("Photos of pieces"): moving.describe_rows(ServicePhoto.objects.filter(request__client=client), ("moment", "at")),
        _("Passport data"): [{_("Ticket"): str(p.request), _("deleted on"): str(p.delete_on)} for p in passports],
    }


def reason_not_to_erase(client: int) -> str:
    """Why the person cannot be taken out yet, in words."""
    waiting = ServiceRequest.objects.filter(client=client).open().first()
    return _("Ticket %(number)s is open: give the piece back first.") % {"number": waiting} if waiting else ""


def erase(client: int) -> dict[str, int]:
    """What was done with pieces stays for the figures; words about the person, passports and photos go."""
    requests = ServiceRequest.objects.filter(client=client)
    Passport.objects.filter(request__client=client).delete()
    PassportView.objects.filter(request__client=client).update(why="—")
    for photo in ServicePhoto.objects.filter(request__client=client):
        photo.delete()
        # A file is gone for good: only when all the rest is.
        transaction.on_commit(partial(photo.image.storage.delete, str(photo.image.name)))
    ServiceStep.objects.filter(request__client=client).update(words="")
    PriceOffer.objects.filter(request__client=client).update(reason="")
    ServiceRequest.history.filter(Q(client_id=client) | Q(id__in=requests.values("pk"))).update(**BLANK)
    return {"services": requests.update(**BLANK)}
