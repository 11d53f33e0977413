"""The list of certificates, narrowed, counted and summed."""

from datetime import timedelta

from loyalty.certificates import acts, board
from loyalty.models import Certificate
from stores.models import Store
from tests.loyalty.conftest import DAY, certificate


def of_every_state(store: Store) -> dict[str, Certificate]:
    made = {state: certificate(store) for state in board.STATES}
    days = {"soon": DAY + timedelta(days=30), "ended": DAY + timedelta(days=1)}
    for state, until in days.items():
        Certificate.objects.filter(pk=made[state].pk).update(until_on=until)
    Certificate.objects.filter(pk=made["ended"].pk).update(sold_on=DAY - timedelta(days=9), until_on=DAY - timedelta(days=1))
    Certificate.objects.filter(pk=made["spent"].pk).update(left=0)
    acts.cancel(made["cancelled"], on=DAY, by=None)
    return made


def test_states_are_told_counted_and_summed(store: Store) -> None:
    made = of_every_state(store)
    found = board.certificates_of([store])

    told = {state: set(board.CertificateFilter({"state": state}, found, today=DAY).qs) for state in board.STATES}
    assert told == {state: {made[state]} for state in board.STATES} | {"open": {made["open"], made["soon"]}}
    assert board.counts(found, DAY) == dict.fromkeys(board.STATES, 1) | {"open": 2}
    assert {board.state_of(one, DAY) for one in found} == set(board.STATES)
    assert board.totals(found) == (20_000, 5_000, 15_000)


def test_a_whole_code_of_any_store_is_found(store: Store, other_store: Store) -> None:
    mine, foreign = certificate(store), certificate(other_store)

    assert list(board.certificates_of([store])) == [mine]
    assert list(board.certificates_of([store], str(foreign))) == [foreign]
    assert list(board.CertificateFilter({"q": "кольцо"}, board.certificates_of([store], "кольцо"), today=DAY).qs) == []
