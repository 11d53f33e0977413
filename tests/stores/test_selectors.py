"""Where somebody stands, and which stores are theirs to ask for."""

from typing import cast

import pytest
from django.contrib.sessions.backends.cache import SessionStore
from django.http import Http404
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from stores.models import Employee, Role, Store
from stores.policies import CrmRequest
from stores.selectors import Counter, NoStoreError, counter, store_of, whole_number
from tests import factories


def standing(employee: Employee, where: str = "/") -> CrmRequest:
    request = RequestFactory().get(where)
    request.user = employee
    request.session = SessionStore()
    return cast(CrmRequest, request)


def test_who_chose_no_store_stands_in_their_first(seller: Employee, store: Store, other_store: Store) -> None:
    seller.stores.add(other_store)
    request = standing(seller)
    first, second = counter(request).stores

    assert store_of(request) == first
    counter(request).choose(second.pk)
    assert Counter(request).store == second


def test_a_store_of_others_is_not_there(seller: Employee, store: Store, other_store: Store) -> None:
    request = standing(seller, f"/?store={other_store.pk}")

    with pytest.raises(Http404):
        counter(request).choose(other_store.pk)
    with pytest.raises(Http404):
        counter(request).from_query()

    assert counter(request).store == store


def test_a_closed_store_is_nobodys(admin: Employee, store: Store, other_store: Store) -> None:
    Store.objects.filter(pk=store.pk).update(is_active=False)

    assert counter(standing(admin)).stores == [other_store]


def test_the_address_asks_for_a_store_or_for_the_chain(
    seller: Employee, manager: Employee, admin: Employee, store: Store, other_store: Store
) -> None:
    plain = [counter(standing(one)).from_query() for one in (seller, manager, admin)]
    asked = [counter(standing(one, f"/?store={store.pk}")).from_query() for one in (seller, manager, admin)]

    assert (plain, asked) == ([store, store, None], [store, store, store])


def test_a_manager_of_every_store_sees_the_chain(manager: Employee, store: Store) -> None:
    assert counter(standing(manager)).from_query() is None


def test_who_works_nowhere_is_told_so(store: Store) -> None:
    request = standing(factories.employee(Role.SELLER))

    with pytest.raises(NoStoreError):
        counter(request).from_query()
    with pytest.raises(NoStoreError, match=r".+"):
        store_of(request)


def test_a_request_asks_once(seller: Employee, store: Store, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    request = standing(seller)

    with django_assert_num_queries(1):
        assert counter(request).stores == [store]
        assert counter(request).get(store.pk) == counter(request).store == store


@pytest.mark.parametrize(
    ("text", "key"),
    [("12", 12), ("", 0), ("-1", 0), ("1.5", 0), ("x", 0), ("٣", 0), ("²", 0), ("9" * 15, 10**15 - 1), ("9" * 16, 0)],
)
def test_a_key_is_a_whole_number_or_nobodys(text: str, key: int) -> None:
    assert whole_number(text) == key
