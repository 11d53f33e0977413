"""Who brings a list in."""

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from stores.models import Employee
from tests.conftest import SignIn
from tests.imports.paging import Go


@pytest.fixture
def go(admin: Employee, signed_in: SignIn, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Go:
    return Go(signed_in(admin), django_capture_on_commit_callbacks)
