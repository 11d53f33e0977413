from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from django.apps import apps
from django.db import models
from pytest_django import Settings

from stores import rules
from stores.models import Employee, Store
from tests.present import present
from tests.workshop.conftest import DATA
from workshop import passports, services
from workshop.models import Passport, PassportView, ServiceRequest
from workshop.passports import KeyMissingError, SealError


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


def test_closing_sets_the_day_on_which_a_passport_goes(
    ticket: list[ServiceRequest], seller: Employee, store: Store, settings: Settings
) -> None:
    passports.keep(ticket[0], {"number": "4510 123412"}, by=seller)
    services.move(ticket[1], "cancelled", by=seller)
    services.move(ticket[0], "ready", by=seller)

    services.hand_out(ticket[0], handed_by="ticket", by=seller)

    assert present(passports.masked(ticket[0])).delete_on == store.today() + timedelta(days=rules.current().passports_kept_days)


def test_data_of_a_lost_key_are_masked_whole_and_opened_by_nobody(kept: Passport, seller: Employee, settings: Settings) -> None:
    settings.PASSPORT_KEYS = [Fernet.generate_key().decode()]

    assert present(passports.masked(kept.request)).number == "•••• ••••"
    with pytest.raises(SealError):
        passports.open_whole(kept.request, why="сверка", by=seller)

    assert not PassportView.objects.exists()


def test_a_ticket_without_a_passport_shows_and_opens_nothing(ticket: list[ServiceRequest], seller: Employee) -> None:
    assert passports.masked(ticket[0]) is None
    assert passports.open_whole(ticket[0], why="сверка", by=seller) is None
    assert not PassportView.objects.exists()
