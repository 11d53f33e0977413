"""The terms for friends by version."""

from datetime import timedelta

from loyalty.models import ReferralTerms
from tests.loyalty.conftest import DAY


def test_the_newest_version_that_has_begun_holds(db: None) -> None:
    old = ReferralTerms.objects.create(since=DAY, for_friend=300)
    none = ReferralTerms.objects.create(since=DAY + timedelta(days=1))

    held = [ReferralTerms.objects.live_on(DAY + timedelta(days=ahead)).first() for ahead in (-1, 0, 1)]

    assert held == [None, old, none]
    assert (old.gives, none.gives, str(old)) == (True, False, "2026-05-05: 0 + 300")
