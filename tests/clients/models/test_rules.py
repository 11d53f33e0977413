"""The chain's one row of rules about cards."""

import pytest
from django.db import IntegrityError, transaction

from clients.models import CardRules


def test_a_chain_that_said_nothing_is_strict(db: None) -> None:
    assert CardRules.current().greets_without_email is False


def test_the_rules_are_one_row(db: None) -> None:
    CardRules.objects.create(pk=1, greets_without_email=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        CardRules.objects.create(pk=2)

    assert CardRules.current().greets_without_email is True
