"""A page is kept once for its source."""

import pytest
from django.db import IntegrityError, transaction

from messaging.models import Letter


def test_a_source_has_one_page(db: None) -> None:
    kept = Letter.objects.create(source="campaign:1", subject="!", html="<p>", text="-")

    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.create(source="campaign:1", subject="!", html="<p>", text="-")

    assert str(kept) == "campaign:1"
