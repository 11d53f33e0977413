"""What purchases and the service desk keep about a person: for themselves to read, and to be taken out."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from clients import moving
from portal.models import Review
from purchases.models import Piece, Purchase
from workshop.models import Passport, PassportView, PriceOffer, ServicePhoto, ServiceRequest, ServiceStep


def describe(client: int) -> dict[str, list[dict[str, Any]]]:
    """Passport data are not printed here: only that they are kept, and until when. One query a heading."""
    pieces = Piece.objects.filter(purchase__client=client).select_related("purchase__store").order_by("purchase__sold_on", "pk")
    bought = [
        {_("Day"): str(p.purchase.sold_on), _("Store"): str(p.purchase.store), _("Article"): p.article, _("Price"): str(p.price),
         _("Returned"): str(p.returned_on or "")}
        for p in pieces
    ]  # fmt: skip
    services = ServiceRequest.objects.filter(client=client).select_related("store").order_by("accepted_on", "pk")
    fields = (
        "number", "accepted_on", "store", "kind", "description", "weight", "flaws", "work", "engraving", "size_from", "size_to",
        "declared_value", "price", "prepayment", "due_on", "note_inside", "note_client", "status", "closed_on", "handed_by",
    )  # fmt: skip
    steps = ServiceStep.objects.filter(request__client=client).exclude(words="").order_by("pk")
    offers = PriceOffer.objects.filter(request__client=client).order_by("pk")
    reviews = Review.objects.filter(client=client, score__isnull=False).order_by("pk")
    passports = Passport.objects.filter(request__client=client).select_related("request")
    return {
        _("Purchases"): bought,
        _("Services"): moving.describe_rows(services, fields),
        _("What was noted at the desk"): moving.describe_rows(steps, ("at", "kind", "words")),
        _("Prices asked about"): moving.describe_rows(offers, ("at", "price", "reason", "answer", "answered_at")),
        _("Photos of pieces"): moving.describe_rows(ServicePhoto.objects.filter(request__client=client), ("moment", "at")),
        _("Passport data"): [{_("Ticket"): str(p.request), _("deleted on"): str(p.delete_on)} for p in passports],
        _("Reviews"): moving.describe_rows(reviews, ("answered_at", "score", "words")),
    }


def reason_not_to_erase(client: int) -> str:
    """Why the person cannot be taken out yet, in words."""
    waiting = ServiceRequest.objects.filter(client=client).open().first()
    return _("Ticket %(number)s is open: give the piece back first.") % {"number": waiting} if waiting else ""


def erase(client: int) -> dict[str, int]:
    """Receipts and what was done with pieces stay for the figures; words about the person, passports and photos go."""
    requests = ServiceRequest.objects.filter(client=client)
    Passport.objects.filter(request__client=client).delete()
    PassportView.objects.filter(request__client=client).update(why="—")
    for photo in ServicePhoto.objects.filter(request__client=client):
        photo.delete()
        # A file is gone for good: only when all the rest is.
        transaction.on_commit(partial(photo.image.storage.delete, str(photo.image.name)))
    ServiceStep.objects.filter(request__client=client).update(words="")
    PriceOffer.objects.filter(request__client=client).update(reason="")
    blank = {"note_inside": "", "note_client": "", "engraving": "", "description": "", "flaws": "", "work": ""}
    ServiceRequest.history.filter(Q(client_id=client) | Q(id__in=requests.values("pk"))).update(**blank)
    Review.objects.filter(client=client).update(words="")
    Purchase.objects.filter(client=client).update(wearer=None)
    bought = Purchase.objects.filter(client=client).values("pk")
    Purchase.history.filter(Q(client_id=client) | Q(id__in=bought)).update(wearer=None)
    return {"purchases": Purchase.objects.filter(client=client).count(), "services": requests.update(**blank)}
