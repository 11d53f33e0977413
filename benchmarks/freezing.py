"""Freezing a campaign of a fifth of all clients, beside the bare select of those clients by SQL."""

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import uuid4

from django.db import connection, transaction

from benchmarks.measure import ROUNDS, in_turn, tell
from campaigns import touching
from campaigns.models import Campaign, Touch, Way
from campaigns.once import forecasting, freezing
from stores.models import Employee, Role, Store

NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)
HOLDOUT = 10
BARE = """SELECT id, first_name, middle_name, language, home_store_id, phone, email FROM clients_client
WHERE state IN ('complete', 'incomplete') AND (home_store_id = ANY(%s) OR home_store_id IS NULL)"""
WRITTEN_BARE = """
INSERT INTO campaigns_touch (source, round, client_id, store_id, arm, reason, stratum, counted_from, way, state, made_at)
SELECT %s, 'once', id, home_store_id, 'treated', '', '2026-11:10', %s, 'call', 'waits', %s FROM clients_client
WHERE state IN ('complete', 'incomplete') AND (home_store_id = ANY(%s) OR home_store_id IS NULL) ORDER BY id"""


def run(scale: float) -> bool:
    with transaction.atomic():
        campaign = _draft()
        stores = [store.pk for store in campaign.stores.all()]
        _check(campaign, stores)
        # Each a draft of its own: rows that were taken back stand in the way of others with the same key, which nobody freezes twice.
        drafts = iter([_draft() for _round in range(ROUNDS)])
        frozen = in_turn(lambda: _undone(drafts), lambda: _select(stores))
        bare = in_turn(lambda: _written_bare(campaign, stores), lambda: _select(stores))
        looked = in_turn(lambda: forecasting.outlook(campaign, now=NOW), lambda: _select(stores))
        sys.stderr.write(f"freezing: {len(_select(stores))} clients\n")
        transaction.set_rollback(True)
    return all([
        tell("freezing", scale, *frozen, at_most=10),
        tell("freezing-written", scale, frozen[0], sum(bare), at_most=3),
        tell("freezing-outlook", scale, *looked, at_most=10),
    ])  # fmt: skip


def _draft() -> Campaign:
    """To the clients of two of nine stores: called, else written to, half of the advertising rules asked of each."""
    by = Employee.objects.create_user(f"bench-{uuid4().hex[:8]}", role=Role.MANAGER)
    stores = list(Store.objects.order_by("pk")[:2])
    made = Campaign.objects.create(
        title="…", question={"definition": []}, sentence="…", store=stores[0], by=by, occasion="…", way=Way.CALL, text="{name}!",
        occasion_until=date(2026, 12, 10), holdout=HOLDOUT, form_key=uuid4(),
    )  # fmt: skip
    made.stores.set(stores)
    return made


def _undone(drafts: Iterator[Campaign]) -> None:
    with transaction.atomic():
        assert freezing.freeze(next(drafts), now=NOW)
        connection.check_constraints()  # foreign keys, as a commit would
        transaction.set_rollback(True)


def _written_bare(campaign: Campaign, stores: list[int]) -> None:
    """The least that touches cost: as many rows written by one statement, with their indexes, checks and foreign keys."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(WRITTEN_BARE, [f"bare:{uuid4().hex[:8]}", campaign.occasion_until, NOW, stores])
        connection.check_constraints()
        transaction.set_rollback(True)


def _select(stores: list[int]) -> list[object]:
    with connection.cursor() as cursor:
        cursor.execute(BARE, [stores])
        return list(cursor.fetchall())


def _check(campaign: Campaign, stores: list[int]) -> None:
    """Everybody has one touch; whoever agreed to what the campaign has is in the arm that Python's own hash says."""
    with transaction.atomic():
        freezing.freeze(campaign, now=NOW)
        touches = Touch.objects.filter(source=campaign.source)
        agreed = "SELECT count(*) FROM clients_client c WHERE home_store_id = ANY(%s) AND EXISTS (SELECT 1 FROM clients_consent k WHERE k.client_id = c.id)"
        with connection.cursor() as cursor:
            cursor.execute(agreed, [stores])
            expected = cursor.fetchone()[0]
        assert touches.count() == len(_select(stores))
        assert touches.compared().count() == expected
        for client, arm in touches.compared().values_list("client", "arm").iterator():
            assert (arm == "held") == touching.is_held(campaign.source, freezing.PHASE, client, HOLDOUT)
        transaction.set_rollback(True)
