"""What the base itself refuses of views of passports."""

import pytest
from django.db import IntegrityError, transaction

from stores.models import Employee
from workshop.models import Passport, PassportView


def test_a_passport_is_opened_for_a_reason(kept: Passport, seller: Employee) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PassportView.objects.create(request=kept.request, by=seller, why="")

    assert not PassportView.objects.exists()


def test_neither_tells_more_than_whose_it_is(kept: Passport, seller: Employee) -> None:
    view = PassportView.objects.create(request=kept.request, by=seller, why="сверка")

    assert (str(kept), str(view)) == (f"{kept.request_id}", f"{kept.request_id}: {seller.pk}")
