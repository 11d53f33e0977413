"""Keys of sources, and what people say of documents."""

from datetime import timedelta

import pytest
from django.utils import timezone

from exchange import services
from exchange.models import SourceKey
from exchange.services import SettledError
from stores.models import Employee, Store
from tests.exchange.conftest import Till, only, sale


def test_only_a_digest_of_a_key_is_kept(till: Till) -> None:
    key, secret = services.issue_key(till.source)

    assert (secret in str(SourceKey.objects.values()), secret.startswith(key.beginning)) == (False, True)


def test_the_use_of_a_key_is_noted_once_a_minute(till: Till) -> None:
    key, secret = services.issue_key(till.source)

    services.source_of(secret)
    first = SourceKey.objects.get(pk=key.pk).used_at
    services.source_of(secret)
    second = SourceKey.objects.get(pk=key.pk).used_at
    SourceKey.objects.update(used_at=timezone.now() - timedelta(hours=1))
    services.source_of(secret)

    third = SourceKey.objects.get(pk=key.pk).used_at
    assert first == second
    assert second is not None
    assert third is not None
    assert second < third


def test_what_waits_no_more_is_decided_by_nobody(till: Till, store: Store, admin: Employee) -> None:
    till.send(sale())

    for act in (services.put_aside, services.take_up, services.decide):
        with pytest.raises(SettledError):
            act(only(), by=admin)

    assert (only().state, only().settled_by) == ("applied", None)
