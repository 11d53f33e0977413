"""A certificate as it is typed."""

from typing import Any

import pytest

from loyalty.certificates.forms import CertificateForm, ProlongForm
from tests.loyalty.conftest import DAY

TYPED: dict[str, Any] = {
    "form_key": "00000000-0000-4000-8000-000000000001", "amount": "5 000", "paid_by": "cash", "until_on": "05.05.2099",
}  # fmt: skip


def test_what_is_typed_is_what_is_sold(db: None) -> None:
    form = CertificateForm(TYPED, today=DAY)

    assert form.is_valid()
    assert (form.said().amount, form.said().paid_by, form.said().client) == (5_000, "cash", None)


@pytest.mark.parametrize(
    ("wrong", "where"), [({"amount": "0"}, "amount"), ({"until_on": "05.05.2026"}, "until_on"), ({"paid_by": "bonus"}, "paid_by")]
)
def test_what_is_wrong_is_said_at_its_field(db: None, wrong: dict[str, Any], where: str) -> None:
    assert list(CertificateForm({**TYPED, **wrong}, today=DAY).errors) == [where]


def test_it_is_prolonged_into_the_future() -> None:
    assert list(ProlongForm({"until_on": "05.05.2026", "opened": "2026-05-05"}, today=DAY).errors) == ["until_on"]
