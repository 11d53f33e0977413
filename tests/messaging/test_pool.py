from collections import Counter

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from messaging import errands, pool
from messaging.models import Errand
from stores import services as stores_services
from stores.models import Employee, Role, Store
from tests import factories


@given(st.dictionaries(st.integers(1, 50), st.integers(0, 20), max_size=6), st.integers(0, 60))
def test_shares_end_as_even_as_they_can(loads: dict[int, int], number: int) -> None:
    owners = pool.fair(loads, number)

    assert len(owners) == (number if loads else 0)
    got = Counter(owners)
    for one in got:
        # Who got the last of theirs had no more than anybody else had by the end.
        assert loads[one] + got[one] - 1 <= min(loads[other] + got[other] for other in loads)


def test_of_two_who_take_it_one_gets_it(errand: Errand, seller: Employee, store: Store) -> None:
    other = factories.employee(Role.SELLER, store)

    assert [pool.take(errand, by=seller), pool.take(errand, by=other), pool.take(errand, by=seller)] == [True, False, True]
    assert [pool.put_back(errand, by=other), pool.put_back(errand, by=seller)] == [False, True]
    errand.refresh_from_db()
    assert errand.assignee is None


def test_what_is_done_is_nobodys_to_take_or_give(errand: Errand, seller: Employee) -> None:
    errands.close(errand, "done", by=seller, now=timezone.now())

    pool.give(errand, to=seller)

    errand.refresh_from_db()
    assert (pool.take(errand, by=seller), errand.assignee) == (False, None)


def test_the_pool_of_a_store_is_shared_out_among_its_sellers(errand: Errand, seller: Employee, store: Store) -> None:
    factories.employee(Role.MANAGER, store)

    shared = [pool.share_out(store) for _twice in range(2)]

    errand.refresh_from_db()
    assert (shared, errand.assignee) == ([1, 0], seller)


def test_where_nobody_sells_it_stays_in_the_pool(errand: Errand, store: Store) -> None:
    shared = pool.share_out(store)

    errand.refresh_from_db()
    assert (shared, errand.assignee) == (0, None)


def test_who_is_dismissed_leaves_the_open_ones_to_the_pool(errand: Errand, seller: Employee, store: Store) -> None:
    done, _new = errands.ask_for(
        errand.client, store=store, occasion_key="call:2", reason="!", due_on=store.today(), is_service=True, assignee=seller
    )
    errands.close(done, "done", by=seller, now=timezone.now())
    pool.give(errand, to=seller)

    stores_services.dismiss(seller)

    assert list(Errand.objects.order_by("pk").values_list("assignee", flat=True)) == [None, seller.pk]


@pytest.mark.parametrize(("stays", "left"), [(True, True), (False, False)])
def test_who_leaves_a_store_leaves_its_errands(
    errand: Errand, seller: Employee, store: Store, other_store: Store, stays: bool, left: bool
) -> None:
    pool.give(errand, to=seller)

    seller.stores.set([store, other_store] if stays else [other_store])
    stores_services.tell_of_leaving(seller)

    errand.refresh_from_db()
    assert (errand.assignee == seller) is left


def test_the_manager_with_the_fewest_sees_to_it(errand: Errand, store: Store, other_store: Store) -> None:
    busy, free = factories.employee(Role.MANAGER, store), factories.employee(Role.MANAGER, store)
    factories.employee(Role.MANAGER, other_store)
    pool.give(errand, to=busy)

    assert [pool.manager_of(store), pool.manager_of(None)] == [free, None]
    assert list(pool.people_of([store])) == [busy, free]
