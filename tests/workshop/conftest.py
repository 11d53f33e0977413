"""Who stands at the desk, and a passport that was asked for."""

import pytest
from django.test import Client as Browser

from stores.models import Employee
from tests.conftest import SignIn
from workshop import passports
from workshop.models import Passport, ServiceRequest

DATA = {"full_name": "Неповторимова Ева", "number": "4510 987612", "issued_by": "ОВД Тайного", "issued_on": "01.02.2010"}


@pytest.fixture
def kept(ticket: list[ServiceRequest], seller: Employee) -> Passport:
    return passports.keep(ticket[0], DATA, by=seller)


@pytest.fixture
def at_desk(signed_in: SignIn, seller: Employee) -> Browser:
    return signed_in(seller)
