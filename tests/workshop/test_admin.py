"""Masters and terms in the back office."""

from typing import Any

import pytest

from stores.models import Employee
from tests.conftest import SignIn
from workshop.models import Master, ServiceTerm


@pytest.mark.parametrize(
    ("model", "said"),
    [
        (Master, {"name": "Пётр", "store": "", "is_active": "on"}),
        (ServiceTerm, {"kind": "cleaning", "days": "3", "price": "", "passport_from": ""}),
    ],
)
def test_what_is_usual_is_written_down_by_admins_alone(
    model: type[Any], said: dict[str, str], admin: Employee, seller: Employee, signed_in: SignIn
) -> None:
    address = f"/backoffice/workshop/{model._meta.model_name}/"
    assert signed_in(seller).post(f"{address}add/", said).status_code == 403
    assert not model.objects.exists()

    saved = signed_in(admin).post(f"{address}add/", said)

    assert (saved.status_code, saved["Location"]) == (302, address)
    assert list(signed_in(admin).get(address).context["cl"].result_list) == [model.objects.get()]
