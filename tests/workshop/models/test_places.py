"""What the base itself refuses of ways between stores."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from stores.models import Store
from workshop.models import HandOver, ServiceRequest


@pytest.mark.parametrize("back", [True, False])
def test_a_piece_is_on_one_way_between_two_stores(
    ticket: list[ServiceRequest], store: Store, other_store: Store, back: bool
) -> None:
    first = HandOver.objects.create(request=ticket[0], from_store=store, to_store=other_store, sent_at=timezone.now())
    request, to = (ticket[0], store) if back else (ticket[1], other_store)

    with pytest.raises(IntegrityError), transaction.atomic():
        HandOver.objects.create(request=request, from_store=other_store, to_store=to, sent_at=timezone.now())

    assert str(HandOver.objects.get()) == f"{first.request_id}: {store.pk} → {other_store.pk}"
