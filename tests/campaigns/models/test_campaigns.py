"""What the base refuses of a campaign, and in which order its ways are tried."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from campaigns.models import Campaign
from stores.models import Employee, Store
from tests.campaigns.once.conftest import TODAY


def test_a_frozen_campaign_has_its_days(manager: Employee) -> None:
    facts = {"by": manager, "title": "!", "occasion": "!", "occasion_until": TODAY}
    for wrong in ({"state": "running"}, {"holdout": 51}, {"state": "lost"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Campaign.objects.create(**{**facts, **wrong, "form_key": uuid4()})

    assert Campaign.objects.count() == 0


@pytest.mark.parametrize(("way", "ways"), [("call", ["call", "sms", "email"]), ("sms", ["sms", "email"]), ("email", ["email"])])
def test_the_other_ways_follow_where_there_are_words(way: str, ways: list[str]) -> None:
    assert Campaign(way=way, text="SMS", letter="Письмо").ways == ways
    assert Campaign(way=way).ways == [way]
    assert Campaign(subject="Тема", letter="Письмо", text="SMS").wording("email") == ("Тема", "Письмо")


def test_a_campaign_about_one_store_is_seen_there(manager: Employee, store: Store, other_store: Store) -> None:
    made = Campaign.objects.create(by=manager, title="!", occasion="!", occasion_until=TODAY, form_key=uuid4())

    seen = [list(Campaign.objects.visible_to(stores)) for stores in (None, [store])]
    made.stores.set([store])

    assert (seen, list(Campaign.objects.visible_to([store])), list(Campaign.objects.visible_to([other_store]))) == (
        [[made], []],
        [made],
        [],
    )
