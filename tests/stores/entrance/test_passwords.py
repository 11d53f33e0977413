"""A password is unlike the name of its owner, in any writing."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from stores.entrance.passwords import UnlikeTheNameValidator
from stores.models import Employee


@pytest.fixture
def anna() -> Employee:
    return Employee(username="anna.k", last_name="Корнеева", first_name="Анна", middle_name="Ким")


@pytest.mark.parametrize(
    "password", ["корнеева-2026", "Korneeva_2026!", "2026rjhyttdf", "avеeнроk авеенрок", "xx-anna.k-xx", "АННА1234567890"]
)
def test_a_name_in_a_password_is_found(anna: Employee, password: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password(password, anna)

    assert "password_holds_name" in [error.code for error in refused.value.error_list]


@pytest.mark.parametrize("password", ["верный-конь-скрепка", "kimono-kimono-1", "correct horse battery"])
def test_another_is_taken(anna: Employee, password: str) -> None:
    validate_password(password, anna)


def test_nobodys_password_is_compared_with_nothing() -> None:
    UnlikeTheNameValidator().validate("korneeva", None)

    assert UnlikeTheNameValidator().get_help_text()
