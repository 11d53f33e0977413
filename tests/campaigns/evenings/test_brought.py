"""The funnel counts clients once a step, and causes are told by the arms alone."""

from datetime import timedelta

from django.utils import timezone

from campaigns.evenings import answering, brought, door, inviting
from clients.models import Client
from stores.models import Employee, Store
from tests import factories
from tests.campaigns.evenings.conftest import Agreed, Make
from tests.conftest import Sell


def test_the_funnel_and_what_followed(
    evening: Make, agreed: Agreed, store: Store, manager: Employee, seller: Employee, sell: Sell
) -> None:
    now = timezone.now()
    held_on = now - timedelta(days=40)
    made = evening(starts_at=held_on)
    buyer, guest, absent, refused, silent = (agreed() for _ in range(5))
    inviting.invite(made, Client.objects.all(), why="Все", by=manager, now=held_on - timedelta(days=9))
    listed = {one.client_id: one for one in made.invitations.all()}
    for client, said in ((buyer, "accepted"), (guest, "accepted"), (absent, "accepted"), (refused, "declined")):
        answering.answer(listed[client.pk], said, by=manager, now=held_on - timedelta(days=8))
    for client in (buyer, guest):
        door.came(listed[client.pk], guests=1, now=held_on)
    door.let_in(made, factories.ClientFactory.create(home_store=store), by=seller, now=held_on)
    sell(buyer, made.day + timedelta(days=3), 30_000)
    sell(silent, made.day + timedelta(days=4), 10_000)
    sell(guest, made.day + timedelta(days=30), 5_000)

    told, came = brought.funnel(made), brought.outcome_of(made)

    assert told[:7] == (5, 4, 3, 2, 1, 1, 1)
    assert [step.share is None for step in told.steps] == [True, False, False, False, False]
    assert (came.followed.contacted, came.followed.buyers, came.followed.revenue) == (5, 2, 40_000)
    assert (came.buyers_caused, came.verdict.share.says) == (None, "too_few")


def test_both_arms_are_counted_from_the_evening(evening: Make, agreed: Agreed, manager: Employee, sell: Sell) -> None:
    held_on = timezone.now() - timedelta(days=40)
    made = evening(starts_at=held_on, holdout=50)
    clients = [agreed() for _ in range(20)]
    invited = inviting.invite(made, Client.objects.all(), why="", by=manager, now=held_on - timedelta(days=9))
    for client in clients:
        sell(client, made.day + timedelta(days=1), 1_000)

    came = brought.outcome_of(made).effect.total

    assert (came.written.full, came.held.full, came.held.bought) == (invited, 20 - invited, 20 - invited)
