"""What the table of inquiries refuses, whoever writes."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from inquiries.models import CatalogueSeen, Inquiry, WebForm
from tests.inquiries.conftest import Ask


@pytest.mark.parametrize("wrong", [{"state": "lost"}, {"lost_reason": "price"}, {"state": "agreed", "next_on": None}, {"state": "sold"},
                                   {"source": "moon"}, {"erased_at": timezone.now()}])  # fmt: skip
def test_an_inquiry_that_cannot_be_is_refused(ask: Ask, wrong: dict[str, Any]) -> None:
    inquiry = ask(phone="+79147012233")

    with pytest.raises(IntegrityError), transaction.atomic():
        Inquiry.objects.filter(pk=inquiry.pk).update(**wrong)

    inquiry.refresh_from_db()
    assert inquiry.state == "new"


def test_an_inquiry_is_called_by_what_is_known(ask: Ask) -> None:
    assert [str(Inquiry(name="Анна")), str(Inquiry(wish="кольцо")), str(Inquiry(pk=7))] == ["Анна", "кольцо", "№ 7"]
    assert str(WebForm(title="Подбор колец")) == "Подбор колец"
    assert str(CatalogueSeen(until=timezone.now()))
