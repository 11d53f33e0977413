"""The ledger against a plain-Python twin, on random histories of receipts."""

from collections.abc import Iterator
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loyalty import nightly, selectors, services, settling
from loyalty.ledger import Birth
from loyalty.models import Account, Entry, Lot, Source
from loyalty.settling import Wanted
from tests.factories import ClientFactory
from tests.loyalty.twin import WEEKS_AFTER, YEAR, Twin

FIRST = date(2026, 1, 1)
HISTORIES = st.lists(
    st.tuples(
        st.sampled_from(["sale", "sale", "sale", "return", "stand again", "night", "replay"]),
        st.integers(0, 5),
        st.integers(0, 300),
        st.integers(0, 100),
        st.sampled_from([0, 1, 7, 20, 60, 200, 400]),
    ),
    min_size=1,
    max_size=25,
)


class Played:
    """One account with its twin, and what its receipts want."""

    def __init__(self) -> None:
        self.account, self.twin, self.day, self.version = Account.objects.create(), Twin(), FIRST, 0
        self.wanted: dict[int, Wanted] = {}
        self.earned: dict[int, int] = {}
        self.stands: dict[int, bool] = {}

    def play(self, kind: str, which: int, share: int, earn: int) -> None:
        receipt = which % max(1, len(self.wanted))
        if kind == "sale":
            self.sell(len(self.wanted), share, earn)
        elif kind == "night":
            nightly.expire(self.day)
        elif kind == "return" and self.stands.get(receipt):
            self.settle(receipt, Wanted({}, 0, self.wanted[receipt].birth))
            self.twin.come_back(receipt, self.day)
            self.stands[receipt] = False
        elif kind == "stand again" and self.stands.get(receipt) is False:
            self.wanted[receipt] = self.settle(receipt, self.wanted[receipt])
            self.twin.stand_again(receipt, self.day, self.earned[receipt])
            self.stands[receipt] = True
        elif kind == "replay" and self.stands.get(receipt):
            self.settle(receipt, self.wanted[receipt])

    def sell(self, receipt: int, share: int, earn: int) -> None:
        spend = self.twin.balance(self.day) * share // 300
        birth = Birth(Source.PURCHASE, self.day + WEEKS_AFTER, self.day + WEEKS_AFTER + YEAR)
        self.wanted[receipt] = self.settle(receipt, Wanted({None: spend}, earn, birth))
        self.earned[receipt], self.stands[receipt] = earn, True
        self.twin.sell(receipt, self.day, spend, earn)

    def settle(self, receipt: int, wanted: Wanted) -> Wanted:
        self.version += 1
        came = settling.settle(
            f"r{self.account.pk}:{receipt}", wanted, account=self.account.pk, version=str(self.version), on=self.day, by=None
        )
        return wanted._replace(spent=dict(came.spent))

    def differences(self) -> Iterator[tuple[str, object, object]]:
        self.account.refresh_from_db()
        told = selectors.balance_on(self.account.pk, self.day)
        yield "owed", (told.owed, self.account.owed), (self.twin.owed, self.twin.owed)
        for ahead in (0, 1, 14, 100, 400):
            day = self.day + timedelta(days=ahead)
            on = selectors.balance_on(self.account.pk, day)
            yield f"balance in {ahead} days", (on.now, on.coming), (self.twin.balance(day), self.twin.coming(day))
        yield "left of lots", list(nightly.differences()), []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=HISTORIES)
def test_every_balance_is_the_twins_after_any_history(db: None, history: list[tuple[str, int, int, int, int]]) -> None:
    played = Played()

    for kind, which, share, earn, days in history:
        played.day += timedelta(days=days)
        played.play(kind, which, share, earn)

        assert [one for one in played.differences() if one[1] != one[2]] == []


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=HISTORIES)
def test_no_day_that_has_been_was_ever_below_zero(db: None, history: list[tuple[str, int, int, int, int]]) -> None:
    played = Played()
    for kind, which, share, earn, days in history:
        played.day += timedelta(days=days)
        played.play(kind, which, share, earn)

    moves = Entry.objects.filter(lot__account=played.account).order_by("pk").values_list("lot", "on", "amount")

    left: dict[int, int] = {}
    for lot, _on, amount in moves.order_by("on", "pk"):
        left[lot] = left.get(lot, 0) + amount
        assert left[lot] >= 0
    assert left == dict(Lot.objects.filter(account=played.account).values_list("pk", "left"))


def test_a_family_has_one_balance(db: None) -> None:
    she, he = ClientFactory.create(), ClientFactory.create()
    account = services.open_account(she.pk, on=FIRST)
    services.join(account, he, on=FIRST)

    services.earn(account, 70, birth=Birth(Source.GOODWILL, FIRST, FIRST), key="gift", on=FIRST, by=None)

    assert [services.open_account(one.pk, on=FIRST) for one in (she, he)] == [account, account]
    assert selectors.balance_on(account.pk, FIRST).now == 70
