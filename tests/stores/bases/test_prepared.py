"""A question that is worded once says what a queryset says."""

import pytest
from django.db.models import BigAutoField, CharField
from pytest_django import DjangoAssertNumQueries

from stores.bases.prepared import Given, Prepared
from stores.models import Store

pytestmark = pytest.mark.django_db


def test_each_asking_brings_its_own_values(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    one, other = (Store.objects.create(code=code, name=code, city="Находка") for code in ("a", "b"))
    question = Prepared(
        lambda: Store.objects.filter(pk=Given("pk", BigAutoField()), city=Given("city", CharField())).exclude(code="c")
    )

    with django_assert_num_queries(4):
        assert question.rows(pk=one.pk, city="Находка") == [one]
        assert question.one(pk=other.pk, city="Находка") == other
        assert question.one(pk=other.pk, city="Артём") is None
        assert question.rows(pk=one.pk, city="' OR 1=1 --") == []


def test_it_is_worded_once() -> None:
    made: list[int] = []
    question = Prepared(lambda: made.append(1) or Store.objects.order_by("name"))  # type: ignore[func-returns-value]

    assert [question.rows(), question.rows()] == [[], []]
    assert made == [1]


def test_models_are_whole() -> None:
    kept = Store.objects.create(code="a", name="Первый", time_zone="Asia/Kamchatka", phone="+79147012233")
    [found] = Prepared(lambda: Store.objects.all()).rows()

    assert (found.zone, str(found.phone), found.opens_at) == (kept.zone, str(kept.phone), kept.opens_at)
    found.name = "Второй"
    found.save()
    assert Store.objects.get().name == "Второй"
