"""Two people and two workers at the same moment: everybody is written down once and contacted once."""

from collections.abc import Callable

from campaigns.models import Touch
from campaigns.once import freezing, running
from clients.models import Client
from messaging.models import Errand
from tests.campaigns.once.conftest import NOON, Draft, agreed, draft
from tests.together import SEVERAL_CONNECTIONS, together

__all__ = ["agreed", "draft"]
pytestmark = SEVERAL_CONNECTIONS


def test_frozen_started_and_run_at_once_is_done_once(draft: Draft, agreed: Callable[..., Client]) -> None:
    for _each in range(30):
        agreed("calls")
    campaign = draft()

    frozen = together(*[lambda: freezing.freeze(campaign, now=NOON)] * 3)
    started = together(*[lambda: running.move(campaign, "start")] * 3)
    made = together(*[lambda: running.run(campaign, now=NOON)] * 3)

    assert (sorted(frozen), sorted(started), sum(made)) == ([0, 0, 30], [False, False, True], 30)
    assert (Touch.objects.count(), Errand.objects.count()) == (30, 30)
