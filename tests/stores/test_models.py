"""The phone of a store: it goes out in messages, so it is one."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.template import Context, Template

from messaging import address
from stores.models import Store
from tests.factories import StoreFactory


@pytest.mark.parametrize("typed", ["8 (423) 222-33-44", "+7 423 222-33-44", "423 222 33 44", "+74232223344"])
def test_the_phone_of_a_store_is_taken_in_any_writing_and_shown_in_one(db: None, typed: str) -> None:
    store = Store.objects.get(pk=StoreFactory.create(phone=typed).pk)

    assert Store.objects.get(phone=typed) == store
    assert Template("{{ store.phone }}").render(Context({"store": store})) == "+7 423 222-33-44"
    assert store.phone.as_e164 == "+74232223344"


@pytest.mark.parametrize("wrong", ["нет", "0000000", "222-33-44"])
def test_what_is_no_phone_is_refused(store: Store, wrong: str) -> None:
    store.phone = wrong

    with pytest.raises(ValidationError) as refused:
        store.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        store.save()

    assert list(refused.value.message_dict) == ["phone"]
    assert Store.objects.get().phone == ""


def test_messages_carry_it_as_people_read_it(db: None) -> None:
    store = StoreFactory.create(phone="8 (423) 222-33-44")
    to = address.Addressee("Елена", "Викторовна", "ru", store)

    assert address.values_for(to)["store_phone"] == "+7 423 222-33-44"
