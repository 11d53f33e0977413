"""What a certificate says of itself."""

from datetime import timedelta

from loyalty.models import Certificate, NotGood
from stores.models import Store
from tests.loyalty.conftest import DAY, certificate


def test_why_it_pays_for_nothing(store: Store) -> None:
    five = certificate(store)

    assert [five.refused_on(day) for day in (DAY, five.until_on, five.until_on + timedelta(days=1))] == [
        NotGood.GOOD, NotGood.GOOD, NotGood.LATE,
    ]  # fmt: skip
    Certificate.objects.update(left=0)
    five.refresh_from_db()
    assert (five.refused_on(DAY), five.spent, five.moves.get().receipt) == (NotGood.EMPTY, 5_000, None)
