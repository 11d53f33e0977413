"""Two cards of one household: once, the older first."""

import pytest
from django.db import IntegrityError
from django.utils import timezone

from clients.models import Kin
from tests.factories import ClientFactory


def test_a_link_is_there_once_and_the_older_card_first(db: None) -> None:
    one, other = ClientFactory.create(), ClientFactory.create()

    with pytest.raises(IntegrityError):
        Kin.objects.create(first=other, second=one, kinship="spouse", at=timezone.now())
