from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.apps import apps
from django.core.management import call_command
from django.db import models
from pytest_django import Settings

from stores.models import Employee, Role, Store
from tests import factories
from tests.conftest import SignIn
from tests.present import present
from workshop import passports, services
from workshop.models import Passport, PassportView, ServiceRequest
from workshop.passports import KeyMissingError, SealError

DATA = {"full_name": "Неповторимова Ева", "number": "4510 987612", "issued_by": "ОВД Тайного", "issued_on": "01.02.2010"}


@pytest.fixture
def kept(ticket: list[ServiceRequest], seller: Employee) -> Passport:
    return passports.keep(ticket[0], DATA, by=seller)


def test_nothing_of_it_stands_in_plain_text_anywhere(kept: Passport) -> None:
    for model in apps.get_models():
        columns = [
            f.attname
            for f in model._meta.concrete_fields
            if isinstance(f, models.CharField | models.TextField | models.JSONField)
        ]
        told = " ".join(map(str, model._default_manager.values_list(*columns)))
        assert not any(value in told for value in DATA.values()), model

    assert all(value.encode() not in bytes(kept.sealed) for value in DATA.values())


def test_a_passport_is_the_whole_tickets(kept: Passport, ticket: list[ServiceRequest], seller: Employee) -> None:
    for one in ticket:
        services.move(one, "ready", by=seller)
    whole = passports.delete_on(ticket[0])
    services.hand_out(ticket[0], handed_by="ticket", by=seller)

    assert present(passports.masked(ticket[1])).delete_on == whole
    services.hand_out(ticket[1], handed_by="ticket", by=seller)

    assert present(passports.masked(ticket[1])).delete_on < whole


def test_a_new_key_seals_and_the_former_still_opens(kept: Passport, settings: Settings, tmp_path: Path) -> None:
    former = (settings.DATA_DIR / "passport.key").read_text().strip()
    new = Fernet.generate_key().decode()
    settings.PASSPORT_KEYS = [new, former]
    assert present(passports.masked(kept.request)).number.endswith("12")

    call_command("rotate_passport_keys", verbosity=0)

    settings.PASSPORT_KEYS = [new]
    assert passports.open_whole(kept.request, why="сверка", by=present(kept.by)) == DATA
    settings.PASSPORT_KEYS = [former]
    with pytest.raises(SealError):
        passports.open_whole(kept.request, why="сверка", by=present(kept.by))


def test_a_server_without_a_key_says_so_and_keeps_nothing(
    ticket: list[ServiceRequest], seller: Employee, settings: Settings
) -> None:
    settings.AT_HOME, settings.PASSPORT_KEYS = False, []

    with pytest.raises(KeyMissingError):
        passports.keep(ticket[0], DATA, by=seller)

    assert not Passport.objects.exists()


def test_it_goes_on_its_day_and_the_log_of_views_stays(kept: Passport, seller: Employee) -> None:
    passports.open_whole(kept.request, why="сверка", by=seller)

    assert passports.forget(kept.delete_on - timedelta(days=1)) == 0
    assert passports.forget(kept.delete_on) == 1
    assert (passports.masked(kept.request), PassportView.objects.get().by) == (None, seller)


def test_another_store_does_not_open_it(kept: Passport, other_store: Store, signed_in: SignIn) -> None:
    stranger = factories.employee(Role.SELLER, other_store)

    answer = signed_in(stranger).post(f"/service/{kept.request_id}/passport/", {"why": "любопытно"})

    assert (answer.status_code, PassportView.objects.count()) == (404, 0)


def test_pages_show_no_more_than_two_digits(kept: Passport, manager: Employee, signed_in: SignIn) -> None:
    browser = signed_in(manager)
    addresses = (f"/service/{kept.request_id}/", f"/clients/{kept.request.client_id}/", "/service/",
                 f"/clients/{kept.request.client_id}/everything/", f"/service/{kept.request_id}/ticket/")  # fmt: skip

    for address in addresses:
        told = browser.get(address).content
        assert not any(value.encode() in told for value in DATA.values()), address
