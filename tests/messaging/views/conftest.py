"""Browsers of those who look after messages."""

import pytest
from django.test import Client as Browser

from stores.models import Employee
from tests.conftest import SignIn


@pytest.fixture
def desk(manager: Employee, signed_in: SignIn) -> Browser:
    return signed_in(manager)


@pytest.fixture
def boss(admin: Employee, signed_in: SignIn) -> Browser:
    return signed_in(admin)
