"""Things of a chain, made with as little said as possible."""

from datetime import date
from itertools import count

import factory
from factory.declarations import Sequence

from clients.models import Client
from stores.models import Employee, Role, Store

PASSWORD = "a-long-password"
_numbers = count(1)


class StoreFactory(factory.django.DjangoModelFactory[Store]):
    class Meta:
        model = Store

    code = Sequence(lambda n: f"store-{n}")
    name = Sequence(lambda n: f"Магазин {n}")
    city = "Владивосток"


class ClientFactory(factory.django.DjangoModelFactory[Client]):
    class Meta:
        model = Client

    last_name = "Иванова"
    first_name = "Елена"
    middle_name = "Викторовна"
    birth_date = date(1985, 7, 3)
    phone = Sequence(lambda n: f"+7914{n + 1_000_000:07d}")
    email = Sequence(lambda n: f"client{n}@example.ru")


def employee(role: Role, *stores: Store) -> Employee:
    made = Employee(username=f"{role.value}{next(_numbers)}", role=role, first_name="Анна", last_name="Ветрова")
    made.set_password(PASSWORD)
    made.save()
    made.stores.set(stores)
    return made


def phone_of(client: Client) -> str:
    """The phone of a card that has one."""
    assert isinstance(client.phone, str)
    return client.phone


def email_of(client: Client) -> str:
    """The address of a card that has one."""
    assert client.email is not None
    return client.email
