"""What the base itself refuses of touches."""

import pytest
from django.db import IntegrityError, transaction

from campaigns.models import Touch
from tests.campaigns.test_touching import OCTOBER, touched
from tests.factories import ClientFactory


@pytest.mark.parametrize(
    "wrong", [{"arm": "both"}, {"arm": "out", "state": "over", "reason": ""}, {"arm": "held", "state": "waits"}]
)
def test_an_arm_is_known_and_who_is_left_out_has_a_reason(wrong: dict[str, str], db: None) -> None:
    touched(ClientFactory.create())

    with pytest.raises(IntegrityError), transaction.atomic():
        Touch.objects.update(**wrong)

    assert Touch.objects.values_list("arm", "state", "reason").get() == ("treated", "waits", "")


def test_a_client_is_chosen_once_a_round(db: None) -> None:
    client = ClientFactory.create()
    touch = touched(client)
    facts = {"store": None, "arm": "held", "stratum": "2026-10:10", "counted_from": OCTOBER, "state": "over"}

    with pytest.raises(IntegrityError), transaction.atomic():
        Touch.objects.create(client=client, source=touch.source, round=touch.round, **facts)

    assert Touch.objects.count() == 1


def test_what_a_touch_sets_going_is_called_after_it(db: None) -> None:
    client = ClientFactory.create()

    touch = touched(client)

    assert (str(touch), touch.key(), touch.key(2)) == tuple(f"quiet:2026:{client.pk}{step}" for step in ("", ":1", ":2"))
