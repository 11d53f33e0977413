"""Whatever happens between planning and sending, in whatever order: nobody who bought, complained, stopped or is paused is contacted."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns import services
from campaigns.models import Program, Touch
from clients.models import Client, Purpose
from clients.services import record_consents
from messaging import errands
from messaging import services as messaging_services
from messaging.models import Errand, Lane, Message
from portal import reviews
from portal.models import Review
from purchases import services as purchases_services
from purchases.models import Purchase
from purchases.services import PieceLine
from stores.chain_day import day_of
from stores.models import Employee, Role, Store
from tests import factories
from tests.messaging.phone import Phone
from workshop import tickets
from workshop.models import ServiceRequest

# Noon of today in Vladivostok, whatever the hour of the test.
NOON = timezone.now().replace(hour=2, minute=0, second=0, microsecond=0)
TODAY = day_of(NOON)
HAPPENS = ("buys", "returns", "complains", "leaves a piece", "stops", "is paused")


class Life:
    """A regular who has been away for 92 days, and what happens to them."""

    def __init__(self, way: str) -> None:
        self.store = factories.StoreFactory.create(time_zone="Asia/Vladivostok")
        self.seller = factories.employee(Role.SELLER, self.store)
        self.client = factories.ClientFactory.create(home_store=self.store)
        record_consents(self.client, {way: True}, by=None, where=None)
        self.bought = [self.sell(days) for days in (300, 200, 92)]
        Program.objects.filter(key="return").update(is_on=True, since=TODAY, holdout=0)
        self.phone, self.over = Phone(), False

    def sell(self, days: int) -> Purchase:
        line = PieceLine("R1000-0001", "ring", 1_000)  # type: ignore[arg-type]
        day = TODAY - timedelta(days=days)
        return purchases_services.sell([line], store=self.store, seller=self.seller, client=self.client, sold_on=day)

    def happen(self, what: str) -> None:
        contacted = len(self.phone.came)
        getattr(self, what.replace(" ", "_"))()
        if what in HAPPENS:
            self.over = True
        assert not (what == "sending" and self.over) or len(self.phone.came) == contacted

    def planning(self) -> None:
        services.run_programs(now=NOON)

    def sending(self) -> None:
        messaging_services.send_due_messages(Lane.BULK, now=NOON, gateways=self.phone)

    def buys(self) -> None:
        self.sell(0)

    def returns(self) -> None:
        pieces = self.bought[0].pieces.filter(returned_on=None)
        if pieces:
            purchases_services.return_pieces(self.bought[0], list(pieces), by=self.seller)

    def complains(self) -> None:
        review = Review.objects.filter(client=self.client).first() or Review.objects.create(
            client=self.client, store=self.store, purchase=self.bought[-1], asked_on=TODAY
        )
        reviews.answer(review.token, 2, "", now=NOON)

    def leaves_a_piece(self) -> None:
        tickets.take_in(
            ServiceRequest(store=self.store, client=self.client, kind="cleaning", description="кольцо"), by=self.seller
        )

    def stops(self) -> None:
        messaging_services.stop(factories.phone_of(self.client), reason="СТОП", now=NOON)

    def is_paused(self) -> None:
        messaging_services.pause(self.client, "Просили не беспокоить", until=None, by=self.seller)

    def calls(self) -> set[tuple[Any, ...]]:
        """Open advertising tasks that a seller sees."""
        return set(errands.to_do([self.store]).filter(is_service=False).values_list("occasion_key"))


@pytest.mark.parametrize("way", [Purpose.CALLS, Purpose.ADVERTISING_SMS])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.lists(st.sampled_from(["planning", "sending", *HAPPENS]), min_size=2, max_size=7))
def test_nobody_is_contacted_in_vain(way: str, order: list[str], db: None) -> None:
    with transaction.atomic():
        life = Life(way)
        for what in order:
            life.happen(what)
            assert not life.over or life.calls() == set()
        assert Touch.objects.filter(client=life.client).count() <= 1
        transaction.set_rollback(True)


def test_left_alone_the_client_is_contacted(db: None) -> None:
    for way, made in ((Purpose.CALLS, Errand), (Purpose.ADVERTISING_SMS, Message)):
        life = Life(way)
        for what in ("planning", "sending"):
            life.happen(what)

        assert made.objects.filter(client=life.client).count() == 1
    assert (Client.objects.count(), Employee.objects.count(), Store.objects.count(), len(life.phone.came)) == (2, 2, 2, 1)
