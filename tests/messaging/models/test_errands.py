"""What the base itself refuses of errands."""

import pytest
from django.db import IntegrityError, transaction

from messaging.models import Errand


def test_an_errand_ends_in_a_known_way(errand: Errand) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Errand.objects.update(outcome="forgotten")

    assert (Errand.objects.get().outcome, str(errand)) == ("open", "Позвонить")
