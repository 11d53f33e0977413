"""A new coupon as it is typed."""

from typing import Any

import pytest

from loyalty.offers.forms import RightForm
from loyalty.pricing import Benefit

TYPED: dict[str, Any] = {
    "form_key": "00000000-0000-4000-8000-000000000001", "name": "Осень", "benefit": "percent", "value": "10",
    "from_on": "05.05.2026", "until_on": "05.06.2026", "copies": 2, "uses": 1,
}  # fmt: skip


def test_what_is_typed_is_what_is_issued() -> None:
    form = RightForm({**TYPED, "kinds": ["ring"], "floor": "20 000", "with_tier": "on"})

    assert form.is_valid()
    said = form.said()
    assert (said.benefit, said.value, said.floor, list(said.kinds), said.with_tier) == (
        Benefit.PERCENT, 10, 20_000, ["ring"], True,
    )  # fmt: skip
    assert len(form.occasions()) == 2


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"value": "101"}, "value"), ({"value": "0", "benefit": "sum"}, "value"), ({"until_on": "04.05.2026"}, "until_on"),
        ({"kinds": ["ring"], "not_on": ["ring"]}, "not_on"), ({"copies": 501}, "copies"), ({"name": ""}, "name"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field(wrong: dict[str, Any], where: str) -> None:
    assert list(RightForm({**TYPED, **wrong}).errors) == [where]
