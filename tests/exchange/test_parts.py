"""What documents keep of a person, and how it goes."""

from clients import parts
from clients.models import Client
from exchange.models import TillDocument
from exchange.parts import ExchangePart
from stores.models import Employee, Store
from tests import factories
from tests.exchange.conftest import Till, sale


def test_a_person_reads_what_tills_told_of_them(till: Till, store: Store, card: Client) -> None:
    till.send(sale(client={"phone": factories.phone_of(card)}))

    told = ExchangePart().describe(card.pk)

    assert [len(rows) for rows in told.values()] == [1]
    assert ExchangePart().counted(card.pk) in ({"documents of tills": 1}, {"документы касс": 1})
    assert any(isinstance(part, ExchangePart) for part in parts.every())


def test_erasure_takes_the_person_out_of_the_texts(till: Till, store: Store, card: Client, admin: Employee) -> None:
    phone = factories.phone_of(card)
    till.send(sale("1", client={"phone": phone}))
    till.send(sale("2", client={"phone": phone}, seller="К-17"))

    erased = ExchangePart().erase(card.pk, [phone])

    assert erased == {"documents": 2}
    assert [(phone in one.raw, one.phone) for one in TillDocument.objects.all()] == [(False, ""), (False, "")]
    assert till.send(sale("1", client={"phone": phone})).status_code == 200
