"""Stores that lists name, employees who leave, keys of other systems, and what went out."""

import pytest

from stores import services
from stores.models import ApiKey, Employee, ExportRecord, Store
from tests.conftest import SignIn
from tests.factories import StoreFactory


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Роскошь-Дуэт", "roskosh-duet"),
        ("  Объезд №5, щит ", "obezd-5-schit"),
        ("!!!", "store"),
        ("я" * 60, "ya" * 30),
    ],
)
def test_a_name_becomes_a_code(name: str, code: str) -> None:
    assert services.store_code(name) == code


def test_only_stores_that_nobody_knows_are_opened_each_with_a_code_of_its_own(store: Store) -> None:
    StoreFactory.create(code="nahodka", name="Старая Находка")

    taken = services.take_stores(["  роскошь-LUXURY ", "Находка", "На-ходка!", "находка"])

    assert [one.name for one in taken] == ["Роскошь-Luxury", "Находка", "На-ходка!", "Находка"]
    assert [one.code for one in taken] == ["luxury", "nahodka-2", "na-hodka", "nahodka-2"]
    assert Store.objects.count() == 4


def test_who_is_dismissed_is_signed_out_everywhere_at_once(seller: Employee, signed_in: SignIn) -> None:
    browser = signed_in(seller)
    assert browser.get("/").status_code == 200

    services.dismiss(seller)

    assert (browser.get("/").status_code, Employee.objects.get().is_active) == (302, False)


def test_sessions_end_and_the_employee_stays(seller: Employee, signed_in: SignIn) -> None:
    browser = signed_in(seller)

    services.end_sessions(seller)

    assert (browser.get("/").status_code, signed_in(seller).get("/").status_code) == (302, 200)


def test_a_key_is_kept_as_a_digest_and_notes_its_use(admin: Employee) -> None:
    key, secret = services.issue_api_key("1C", employee=admin)

    assert services.employee_of_key(secret) == admin

    kept = ApiKey.objects.get()
    assert secret.startswith(kept.beginning)
    assert secret not in str(ApiKey.objects.values_list().get())
    assert (key.used_at, kept.used_at is None) == (None, False)


def test_a_key_that_was_revoked_or_whose_employee_left_opens_nothing(admin: Employee, manager: Employee) -> None:
    revoked, secret = services.issue_api_key("1C", employee=admin)
    _left, other = services.issue_api_key("BI", employee=manager)

    services.revoke_api_key(revoked)
    services.dismiss(manager)
    first = ApiKey.objects.get(pk=revoked.pk).revoked_at
    services.revoke_api_key(revoked)

    assert [services.employee_of_key(said) for said in (secret, other, "carat_x")] == [None, None, None]
    assert list(ApiKey.objects.values_list("used_at", flat=True)) == [None, None]
    assert ApiKey.objects.get(pk=revoked.pk).revoked_at == first


def test_an_export_is_noted_as_far_as_there_is_room(admin: Employee) -> None:
    services.note_export("x" * 100, rows=3, by=admin, query="q" * 600)

    record = ExportRecord.objects.get()
    assert (len(record.what), record.rows, len(record.query), record.by) == (80, 3, 500, admin)
