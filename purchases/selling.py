"""What the sale's page asks of the base: the client, and in the same question what there is to show beside them."""

from datetime import date
from typing import Any

from django.db.models import BigAutoField, DateField, Exists, OuterRef

from clients.models import Client, Consent, ContactProof, Purpose, Wearer
from loyalty.models import Certificate, Right, Terms
from stores.bases.prepared import Given, Prepared


def _buyer() -> Any:
    of_card = {"client": OuterRef("pk")}
    return (
        Client.objects.live()
        .filter(pk=Given("client", BigAutoField()))
        .annotate(
            has_data_word=Exists(Consent.objects.filter(**of_card, purpose=Purpose.PERSONAL_DATA)),
            has_proofs=Exists(ContactProof.objects.filter(**of_card)),
            has_wearers=Exists(Wearer.objects.kept().filter(**of_card)),
            has_rights=Exists(Right.objects.all()),
            has_certificates=Exists(Certificate.objects.all()),
        )
    )


_BUYER: Prepared[Any] = Prepared(_buyer)
_TERMS: Prepared[Terms] = Prepared(lambda: Terms.objects.live_on(Given("day", DateField()))[:1])  # type: ignore[arg-type]


def buyer(pk: int) -> Any:
    """The live card with what the page shows of it, or None. One query."""
    return _BUYER.one(client=pk)


def beside(client: Any, today: date) -> dict[str, Any]:
    """The wearers, the terms and whether there are codes to ask for; ``client`` is of ``buyer``. Three queries at most."""
    if client is None:
        return {"wearers": [], "terms": None, "with_codes": Right.objects.exists() or Certificate.objects.exists()}
    terms = _TERMS.one(day=today)
    return {
        "wearers": client.wearers.kept() if client.has_wearers else [],
        "terms": terms if terms and (terms.gives_bonuses or terms.gives_discount) else None,
        "with_codes": client.has_rights or client.has_certificates,
    }
