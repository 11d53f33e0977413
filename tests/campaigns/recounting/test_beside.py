"""What contacts brought is counted alike by both roads, and what somebody might get wrong in one of them is found."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from types import ModuleType
from typing import Any
from uuid import uuid4

import pytest
from django.db.models import F
from django.utils import timezone

from analytics import recount
from analytics.figures import experiments
from analytics.figures.periods import Period
from analytics.second_counts import Value
from campaigns.effects import brought, effect, following, outcome
from campaigns.evenings import brought as of_evening
from campaigns.models import Campaign, Evening, Invitation, Program, Touch
from campaigns.once import measuring, wordings
from campaigns.recounting import beside
from clients.models import Client
from messaging.models import GONE, Errand, Message
from purchases.models import Deduction, Piece, Purchase
from stores.models import Employee, Store
from tests.factories import ClientFactory
from tests.present import present
from visits import derived
from visits.models import Visit
from workshop.models import ServiceRequest

MAY = Period(date(2024, 5, 1), date(2024, 5, 31))
NIGHT = datetime(2024, 5, 4, 9, tzinfo=UTC)
ARMS = [("treated", "made", "")] * 5 + [
    ("treated", "waits", ""), ("treated", "over", "bought"), ("held", "over", ""), ("held", "over", ""), ("held", "over", "quiet"),
    ("out", "over", "consent"),
]  # fmt: skip
STATES = [("delivered", ""), ("sent", ""), ("unknown", ""), ("pending", ""), ("suppressed", "holdout"), ("suppressed", "road")]


class Chain:
    """Clients of two stores, chosen by programs, a campaign and an evening, written to, called and invited; what they bought."""

    def __init__(self, seed: int, stores: tuple[Store, Store], by: Employee, campaign: Campaign, evening: Evening) -> None:
        self.chance, self.stores, self.by, self.campaign, self.evening = Random(seed), stores, by, campaign, evening
        self.frozen_on = present(campaign.as_of)

    def live(self, many: int) -> None:
        for number in range(many):
            client = ClientFactory.create(home_store=self.chance.choice((*self.stores, None)))
            for source in ("silent", "care"):
                for turn in range(self.chance.randrange(3)):
                    self._chosen(client, source, f"{turn}", self._day(-80))
            self._chosen(client, self.campaign.source, "1", self.frozen_on, self.chance.choice(("a", "b")))
            self._chosen(client, self.evening.source, "1", self.evening.day)
            self._written(client, "birthday", self._day(-40), number)
            self._written(client, self.campaign.source, self.frozen_on, number)
            self._invited(client)
            for _receipt in range(self.chance.randrange(6)):
                self._bought(client, self._day(-60))
            self._bought(client, self.chance.choice((self.evening.day, self.frozen_on)))
            self._bought(None, self._day(0))
            ServiceRequest.objects.create(
                store=self.stores[0], client=client, kind="repair", accepted_on=self._day(-30), number=str(number),
                status=self.chance.choice(("received", "cancelled")), closed_on=MAY.last,
            )  # fmt: skip
        derived.rebuild()

    def _day(self, least: int) -> date:
        return MAY.first + timedelta(days=self.chance.randrange(least, 35))

    def _chosen(self, client: Client, source: str, turn: str, day: date, variant: str = "") -> None:
        arm, state, reason = self.chance.choice(ARMS)
        touch = Touch.objects.create(
            source=source, round=turn, client=client, store=client.home_store, arm=arm, state=state, reason=reason,
            stratum=f"{day:%Y-%m}:50", counted_from=day, way="sms", variant=variant if arm == "treated" else "",
        )  # fmt: skip
        if arm == "treated":
            result = self.chance.choice(("agreed", "done", "no_answer", ""))
            outcome = "open" if not result else "no_answer" if result == "no_answer" else "done"
            at = datetime(2024, 5, 1, tzinfo=UTC) + timedelta(hours=self.chance.randrange(-60, 800))
            Errand.objects.create(
                client=client, store=self.stores[0], occasion_key=touch.key(), reason="звонок", due_on=day, outcome=outcome,
                result=result, tries=self.chance.randrange(3), done_at=at if result else None,
                is_service=self.chance.random() < 0.2,
            )  # fmt: skip

    def _written(self, client: Client, source: str, day: date, number: int) -> None:
        state, reason = self.chance.choice(STATES)
        Message.objects.create(
            client=client, store=client.home_store, occasion_key=f"{source}:1:{client.pk}:{number}:9", source=source,
            occasion_on=day, counted_from=day, recipient="+79140000000", text="Ура", send_after=f"{day}T00:00Z",
            expires_at=f"{day}T12:00Z", state=state, reason=reason, segments=self.chance.randrange(1, 4),
            channel=self.chance.choice(("sms", "email", "post")), cost=Decimal(self.chance.randrange(500)) / 100,
        )  # fmt: skip

    def _invited(self, client: Client) -> None:
        answer, at = self.chance.choice(("listed", "called", "accepted", "accepted", "declined")), NIGHT - timedelta(days=3)
        Invitation.objects.create(
            evening=self.evening, client=client, by=self.by, answer=answer, answered_at=at,
            reached_at=at if answer != "listed" else None, came_at=NIGHT if self.chance.random() < 0.4 else None,
            is_uninvited=self.chance.random() < 0.3,
        )  # fmt: skip

    def _bought(self, client: Client | None, day: date) -> None:
        receipt = Purchase.objects.create(
            store=self.chance.choice(self.stores), client=client, sold_on=day, no_card_reason="" if client else "declined"
        )
        if self.chance.random() < 0.2:
            Purchase.objects.filter(pk=receipt.pk).update(voided_at=timezone.now(), void_reason="ошибка")
        for place in range(1, self.chance.randrange(1, 3) + 1):
            piece = Piece.objects.create(
                purchase=receipt, article="R-1", kind="ring", occurrence=place, price=self.chance.randrange(1, 90) * 100,
                discount=500, returned_on=day if self.chance.random() < 0.25 else None,
            )  # fmt: skip
            if self.chance.random() < 0.4:
                Deduction.objects.create(piece=piece, source=self.chance.choice(("bonus", "tier")), amount=300)


Live = Callable[..., Chain]


@pytest.fixture
def chain(
    program: Program, frozen: Callable[..., Campaign], store: Store, other_store: Store, manager: Employee,
    monkeypatch: pytest.MonkeyPatch,
) -> Live:  # fmt: skip
    monkeypatch.setattr(experiments, "DRAWS", 9)  # what chance does is not compared

    def live(many: int, seed: int = 1) -> Chain:
        campaign = frozen(MAY.first - timedelta(days=15), judge_on=MAY.last, window_days=45, way="sms", text="А", text_b="Б")
        evening = Evening.objects.create(
            title="Жемчуг", store=store, by=manager, starts_at=NIGHT, ends_at=NIGHT + timedelta(hours=3), seats=10,
            form_key=uuid4(),
        )  # fmt: skip
        made = Chain(seed, (store, other_store), manager, campaign, evening)
        made.live(many)
        return made

    return live


def differing() -> set[str]:
    """What differs, without whose it is."""
    return {_plain(value) for value in beside.values(MAY) if not _agrees(value)}


def _agrees(value: Value) -> bool:
    return recount.Compared(value.what, value.store, "", "", "live", value.said, value.counted).agrees


def _plain(value: Value) -> str:
    return re.sub(r" \d+\b(?!-)", "", value.what)


@pytest.mark.parametrize("seed", range(2))
def test_histories_are_counted_alike_by_both_roads(chain: Live, seed: int) -> None:
    chain(30, seed)

    values = list(beside.values(MAY))

    assert [value for value in values if not _agrees(value)] == []
    assert len([value for value in values if value.said]) > 150
    told = {_plain(value) for value in values if value.said}
    for ending in (
        "birthday.treated", "minutes", "care.treated", "birthday.held", "bonuses", "followed.revenue", "wordings.b.bought", "heard",
        "on_paper", "absent", "held.revenue", "uninvited", "evening followed.buyers", "bare", "total.buyers",
    ):  # fmt: skip
        assert any(name.endswith(ending) for name in told), ending


FAULTS: list[tuple[ModuleType, str, Any, Any, str]] = [
    (following, "CONTACTS", "contact.since DESC", "contact.since ASC", "brought sources.silent.revenue"),
    (following, "CONTACTS", "touch.state = 'made'", "touch.state <> 'none'", "brought sources.silent.buyers"),
    (following, "CONTACTS", "visit.day >= contact.since", "visit.day > contact.since", "brought by_month.birthday 2024-05.orders"),
    (following, "TAKEN_OFF", "piece.returned_on IS NULL", "piece.id > 0", "brought sources.silent.discounts"),
    (following, "TAKEN_OFF", "deduction.source = 'bonus'", "deduction.source <> ''", "brought sources.silent.bonuses"),
    (brought, "REVENUE", "purchase.voided_at IS NULL", "purchase.id > 0", "brought of_period.2024-05.bare"),
    (brought, "TALK", 4, 5, "brought sources.silent.minutes"),
    (effect, "SQL", "message.reason <> 'road'", "message.reason <> 'none'", "brought sources.birthday.treated"),
    (outcome, "ROWS", "first.counted_from < touch", "first.counted_from < '2000-01-01' AND first.counted_from < touch",
     "brought sources.silent.treated"),
    (outcome, "ROWS", "later.counted_from > touch", "later.counted_from >= touch", "evening followed.revenue"),
    (outcome, "ROWS", "AND NOT (touch.arm = 'held' AND touch.reason = 'quiet')", "", "evening held.planned"),
    (of_evening, "WINDOW", timedelta(days=30), timedelta(days=3), "evening bought"),
    (measuring, "FOLLOWED", "later.counted_from > touch.counted_from OR", "", "campaign followed.revenue"),
    (measuring, "BOUGHT", "visit.day >= touch.counted_from", "visit.day > touch.counted_from", "campaign treated.bought"),
    (measuring, "GONE", GONE, ("sent",), "campaign sent"),
    (wordings, "ROWS", "touch.variant <> ''", "touch.variant <> '' AND touch.state <> 'waits'", "campaign wordings.a.clients"),
]  # fmt: skip


def test_what_somebody_might_get_wrong_is_found(chain: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    chain(60)
    assert differing() == set()

    missed = []
    for module, name, right, wrong, found in FAULTS:
        with monkeypatch.context() as planting:
            text = vars(module)[name]
            planting.setattr(module, name, text.replace(right, wrong) if isinstance(text, str) else wrong)
            assert vars(module)[name] != text
            if found not in (seen := differing()):
                missed.append((name, right, found, seen))
    assert missed == []


def test_a_row_that_drifted_is_found_and_the_recount_names_it(chain: Live, store: Store) -> None:
    chain(12)
    Visit.objects.filter(scope=store.pk, items__gt=0, day__range=MAY).update(total=F("total") + 1)

    found = recount.recount(date(2024, 6, 9))

    assert "campaigns brought of_period.2024-05 " + f"{store.pk}.carded" in {row["figure"] for row in found.differences}


def test_it_asks_as_often_of_many_as_of_few(chain: Live, django_assert_num_queries: Any) -> None:
    made = chain(2)
    asked = ([made.campaign], [Evening.objects.select_related("store").get()])
    with django_assert_num_queries(12):
        beside.counted(MAY, *asked)

    made.live(4)

    with django_assert_num_queries(12):
        beside.counted(MAY, *asked)
