"""What an admin's start says beside its figures: the same as its parts say alone, in few questions."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from clients import rights
from clients.models import Purpose
from clients.services import record_consents
from crm_site.pages.oversight import oversight
from exchange.models import DocumentState, Hook, Pull, Source, TillDocument, Wait
from messaging import sending
from messaging.models import SendingStamp
from stores.models import Employee, Store
from tests.conftest import SignIn
from tests.factories import ClientFactory


@pytest.fixture
def documents(store: Store) -> None:
    source = Source.objects.create(name="1C", store=store)
    for state, reason in ((DocumentState.WAITS, Wait.STORE), (DocumentState.APPLIED, "")):
        TillDocument.objects.create(source=source, external_id=state, raw="{}", digest=state, state=state, reason=reason)
    for name, off_at in (("works", None), ("gave up", timezone.now())):
        Hook.objects.create(name=name, address="https://shop.example/", off_at=off_at, failing_since=off_at)


def test_it_tells_what_its_parts_tell(
    admin: Employee, store: Store, documents: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _one in range(2):
        client = ClientFactory.create()
        for given in (True, False):
            record_consents(client, {Purpose.PERSONAL_DATA: given}, by=admin, where=store)
    with django_assert_max_num_queries(2):
        told = oversight(admin, begins=False)

    assert (told["to_erase"], told["documents_wait"], told["hooks_off"], told["beginning"]) == (2, 1, 1, None)
    assert rights.count_to_erase() == 2


@pytest.mark.parametrize(
    ("hours", "is_off", "is_told"), [(None, False, False), (0, False, False), (2, False, True), (2, True, False)]
)
def test_moysklad_that_does_not_answer_stands_on_the_start(
    hours: int | None, is_off: bool, is_told: bool, admin: Employee, store: Store, signed_in: SignIn
) -> None:
    now = timezone.now()
    Pull.objects.create(
        source=Source.objects.create(name="MoySklad", store=store), token="sealed", since=now,
        failing_since=None if hours is None else now - timedelta(hours=hours), off_at=now if is_off else None,
    )  # fmt: skip
    page = signed_in(admin).get("/").content.decode()

    assert ('href="/exchange/moysklad/"' in page) == is_told


@pytest.mark.parametrize("is_back_from_a_copy", [True, False])
def test_sending_that_a_restore_closed_stands_on_the_start(is_back_from_a_copy: bool, admin: Employee, signed_in: SignIn) -> None:
    sending.is_open()
    browser: Browser = signed_in(admin)
    if is_back_from_a_copy:
        SendingStamp.objects.update(value="00000000-0000-4000-8000-000000000000")

    assert browser.get("/").context["sending_closed"] == is_back_from_a_copy
