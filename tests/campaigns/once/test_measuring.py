"""The result is told once, on its day: what followed, each purchase to its last touch, and what was caused."""

from collections.abc import Callable
from datetime import timedelta

from campaigns import touching
from campaigns.models import Campaign, Touch
from campaigns.once import freezing, measuring, running
from campaigns.touching import Chosen
from clients.models import Client
from messaging import errands
from messaging.models import Errand
from stores.models import Employee
from tests.campaigns.once.conftest import NOON, TODAY, Draft
from tests.conftest import Sell

Agreed = Callable[..., Client]
DAY = timedelta(days=30)


def under_way(campaign: Campaign) -> Campaign:
    freezing.freeze(campaign, now=NOON)
    running.move(campaign, "start")
    running.run(campaign, now=NOON + timedelta(minutes=1))
    campaign.refresh_from_db()
    return campaign


def test_it_is_told_once_on_its_day(draft: Draft, agreed: Agreed, sell: Sell) -> None:
    buyer, _other = agreed("calls"), agreed("calls")
    campaign = under_way(draft())
    sell(buyer, TODAY + timedelta(days=29), 10_000)
    sell(buyer, TODAY + timedelta(days=30), 500)

    told = [measuring.judge_due(NOON + DAY - timedelta(days=1)), measuring.judge_due(NOON + DAY), measuring.judge_due(NOON + DAY)]

    campaign.refresh_from_db()
    assert (told, campaign.state) == ([0, 1, 0], "closed")
    assert campaign.result["treated"] == {"clients": 2, "bought": 1, "revenue": 10_000.0}
    assert campaign.result["followed"] == {"days": 1, "revenue": 10_000.0}
    assert campaign.result["share"]["says"] == "too_few"


def test_a_purchase_follows_the_last_touch_before_it(draft: Draft, agreed: Agreed, sell: Sell) -> None:
    client = agreed("calls")
    campaign = under_way(draft())
    for days, total in ((3, 1_000), (20, 5_000)):
        sell(client, TODAY + timedelta(days=days), total)
    touching.write("other", [Chosen(client.pk, "1", TODAY + timedelta(days=10))], phase="1", holdout=0)

    measuring.close(campaign, now=NOON + DAY)

    campaign.refresh_from_db()
    assert (campaign.result["followed"]["revenue"], campaign.result["treated"]["revenue"]) == (1_000.0, 6_000.0)


def test_an_effect_that_is_there_is_found_and_the_rest_is_what_followed(draft: Draft, agreed: Agreed, sell: Sell) -> None:
    for _each in range(80):
        agreed("calls")
    campaign = under_way(draft(holdout=50))
    touches = list(Touch.objects.order_by("pk").select_related("client"))
    for number, touch in enumerate(touches):
        if touch.arm == "treated" or number % 4 == 0:
            sell(touch.client, TODAY + timedelta(days=2), 10_000)

    measuring.close(campaign, now=NOON + DAY)

    campaign.refresh_from_db()
    treated = sum(touch.arm == "treated" for touch in touches)
    assert (campaign.result["share"]["says"], campaign.result["arms_fit"]) == ("more", True)
    assert (campaign.result["treated"]["bought"], campaign.result["followed"]["days"]) == (treated, treated)


def test_who_was_not_reached_by_then_stays_in_their_arm(draft: Draft, agreed: Agreed) -> None:
    agreed("calls")
    campaign = draft()
    freezing.freeze(campaign, now=NOON)
    running.move(campaign, "start")

    measuring.judge_due(NOON + DAY)

    assert Touch.objects.values_list("arm", "state", "reason").get() == ("treated", "over", "decided")


def test_progress_counts_calls_and_reasons_and_opens_their_clients(draft: Draft, agreed: Agreed, seller: Employee) -> None:
    called, left = agreed("calls"), agreed()
    campaign = under_way(draft())
    errands.close(Errand.objects.get(), "agreed", by=seller, now=NOON)

    told = measuring.progress(campaign)

    assert (told.treated, told.out, told.waits, told.calls, told.called, told.agreed, told.share) == (1, 1, 0, 1, 1, 1, 100)
    assert measuring.left_out(campaign) == [("consent", "нет согласия", 1)]
    behind = [list(measuring.clients_behind(campaign, show)) for show in ("treated", "consent", "held")]
    assert behind == [[called], [left], []]
