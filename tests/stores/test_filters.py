"""What every list that is narrowed by its address shares."""

import pytest
from django.http import QueryDict
from django_filters import CharFilter

from stores.filters import KeyField, KeyFilter, Narrowing
from stores.models import Employee, Store


class EmployeeFilter(Narrowing):
    role = CharFilter()
    store = KeyFilter(field_name="stores")


@pytest.mark.parametrize(
    ("text", "key"),
    [("12", 12), ("", None), (None, None), ("0", None), ("-1", None), ("1.5", None), ("x", None), ("9" * 20, None)],
)
def test_a_key_is_a_whole_number_or_nothing(text: str | None, key: int | None) -> None:
    assert KeyField(required=False).clean(text) == key


def test_rows_but_for_what_is_counted(seller: Employee, manager: Employee, store: Store) -> None:
    narrowed = EmployeeFilter(QueryDict(f"role=seller&store={store.pk}&unknown=1"), Employee.objects.all())

    assert list(narrowed.qs) == [seller]
    assert set(narrowed.but_for("role")) == {seller, manager}
    assert narrowed.asked == {"role": "seller", "store": store.pk}
