"""Masters, terms and wordings as the back office calls them."""

import pytest
from django.db import IntegrityError, transaction

from workshop.models import AgreementText, Master, ServiceTerm


def test_each_is_called_by_what_it_is(db: None) -> None:
    assert list(map(str, (Master(name="Пётр"), ServiceTerm(kind="cleaning"), AgreementText(version=2)))) == [
        "Пётр",
        "чистка",
        "v2",
    ]


def test_a_kind_has_one_term(db: None) -> None:
    ServiceTerm.objects.create(kind="cleaning", days=3)

    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceTerm.objects.create(kind="cleaning", days=5)

    assert ServiceTerm.objects.get().days == 3
