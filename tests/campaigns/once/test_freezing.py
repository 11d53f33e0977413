"""Everybody is written down once, in their arm or out for a reason."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from campaigns import touching
from campaigns.models import ROUND, Campaign, Touch
from campaigns.once import freezing
from campaigns.once.freezing import NobodyError, UnwrittenError
from campaigns.touching import Chosen
from clients.models import Client
from messaging.models import Letter
from tests.campaigns.once.conftest import NOON, TODAY, Draft

Agreed = Callable[..., Client]


def test_everybody_who_is_meant_has_a_touch_and_twice_is_once(draft: Draft, agreed: Agreed) -> None:
    called, left = agreed("calls"), agreed()
    campaign = draft(window_days=10)

    frozen = [freezing.freeze(campaign, now=NOON) for _twice in range(2)]

    campaign.refresh_from_db()
    assert (frozen, campaign.state, campaign.as_of, campaign.judge_on) == ([1, 0], "frozen", TODAY, TODAY + timedelta(days=10))
    rows = Touch.objects.order_by("client").values_list("client", "arm", "reason", "way", "state", "source")
    assert list(rows) == [
        (called.pk, "treated", "", "call", "waits", campaign.source), (left.pk, "out", "consent", "", "over", campaign.source),
    ]  # fmt: skip
    assert (campaign.forecast["chosen"], campaign.forecast["assumed"]) == (1, True)


def test_a_touch_that_is_there_already_stops_the_whole(draft: Draft, agreed: Agreed) -> None:
    first, _second = agreed("calls"), agreed("calls")
    campaign = draft()
    touching.write(campaign.source, [Chosen(first.pk, ROUND, TODAY)], phase="1", holdout=0)

    with pytest.raises(IntegrityError), transaction.atomic():
        freezing.freeze(campaign, now=NOON)

    assert (Campaign.objects.get().state, Touch.objects.count()) == ("draft", 1)


def test_half_is_held_out_by_lot(draft: Draft, agreed: Agreed) -> None:
    for _each in range(20):
        agreed("calls")
    campaign = draft(holdout=50)

    freezing.freeze(campaign, now=NOON)

    arms = list(Touch.objects.values_list("arm", flat=True))
    assert (set(arms), len(arms)) == ({"treated", "held"}, 20)


def test_a_question_that_means_nobody_stays_a_draft(draft: Draft, agreed: Agreed) -> None:
    agreed()
    campaign = draft()

    with pytest.raises(NobodyError):
        freezing.freeze(campaign, now=NOON)

    assert (Campaign.objects.get().state, Touch.objects.count()) == ("draft", 0)


def test_a_newsletter_is_frozen_with_its_page_and_not_before_it_is_written(newsletter: Draft, agreed: Agreed) -> None:
    agreed("advertising_email")
    empty, written = newsletter(body=[]), newsletter()

    with pytest.raises(UnwrittenError):
        freezing.freeze(empty, now=NOON)
    assert freezing.freeze(written, now=NOON) == 1

    assert list(Letter.objects.values_list("source", flat=True)) == [written.source]
