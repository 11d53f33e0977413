"""Figures counted a second time, from the raw rows and by pandas alone.

Written from docs/figures.md and not from the SQL of the pages: what both say is hardly wrong in both. It shares no query and no
derived row with them. Figures are flat: ``items.regular`` → value; sums in roubles, shares in per cent, nothing rounded.
"""

from datetime import date
from math import sqrt
from typing import Any, NamedTuple

import pandas as pd

from analytics import frames

Value = float | None
Flat = dict[str, Value]

WINDOWS = (30, 90, 180, 365)  # days
COHORT_MONTHS = 36
FEW = 30
NORMAL = 1.959963984540054  # 97.5 % of the standard normal distribution lie below
USUAL_INTERVALS = 3  # more than so many since the last visit day: silent
A_HAIR = 1e-6  # of a day: three thirds of a day are a day


class Typical(NamedTuple):
    """Medians of usual intervals, in days: by the first kind, and of the whole chain (None: nobody came three times)."""

    by_kind: dict[str, float]
    chain: float | None


class RawCount:
    """The raw rows, read once, and what can be counted from them. A store is its key; None is the chain."""

    def __init__(self) -> None:
        pieces = frames.pieces_frame(
            only=("piece", "receipt", "client", "store", "sold_on", "kind", "price_kopecks", "returned_on")
        )
        kept = pieces[pieces.returned_on.isna()].drop(columns="returned_on").rename(columns={"sold_on": "day"})
        self.without_card = kept[kept.client.isna()]
        self.kept = kept[kept.client.notna()].astype({"client": "int64"})
        services = frames.services_frame(only=("client", "store", "accepted_on", "status"))
        brought = services[services.status != "cancelled"].rename(columns={"accepted_on": "day"})
        self.cards = frames.clients_frame(only=("client", "state", "home_store", "heard_from")).set_index("client")
        whose = ["client", "store", "day"]
        self.days = pd.concat([self.kept[whose], brought[whose]]).drop_duplicates()
        chain = self.days[["client", "day"]].drop_duplicates().sort_values(["client", "day"])
        clients = chain.groupby("client").day
        self.began, self.last, self.times = clients.min().rename("began"), clients.max(), clients.size()
        self.again = chain[clients.cumcount() == 1].set_index("client").day.rename("again").reindex(self.began.index)

    # --- Who comes back ---------------------------------------------------------------------------------------

    def returning(self, first: date, last: date, store: int | None) -> Flat:
        """Regulars against newcomers over ``first..last``, with the records and what was sold without a card."""
        kept = _within(_of(self.kept, store), first, last).join(self.began, on="client").join(self.again, on="client")
        is_new, is_back = kept.began >= _day(first), kept.again <= _day(last)
        groups = {"total": kept, "regular": kept[~is_new], "newcomer": kept[is_new], "converted": kept[is_new & is_back]}
        items: dict[str, float] = {name: len(group) for name, group in groups.items()}
        revenue = {name: _roubles(group.price_kopecks.sum()) for name, group in groups.items()}
        buyers: dict[str, float] = {name: group.client.nunique() for name, group in groups.items() if name != "total"}
        average = {name: _ratio(revenue[name], items[name]) for name in ("regular", "newcomer")}
        each = {name: _ratio(items[name], buyers[name]) for name in ("regular", "newcomer")}
        return {
            **_named("items", {**items, **_shares(items)}),
            **_named("revenue", {**revenue, **_shares(revenue)}),
            **_named("average_price", {**average, "premium_percent": _premium(average)}),
            **_named("clients", dict(buyers)),
            **_named("items_per_client", {**each, "premium_percent": _premium(each)}),
            **_named("records", self._records(last, store)),
            **_named("without_card", _sold(_within(_of(self.without_card, store), first, last))),
        }

    def sources(self, first: date, last: date, store: int | None) -> Flat:
        """Newcomers of the report and what they spent, by how they heard of the chain; "unknown" where nobody knows."""
        kept = _within(_of(self.kept, store), first, last).join(self.began, on="client")
        kept = kept[kept.began >= _day(first)].join(self.cards.heard_from, on="client")
        found: Flat = {}
        for key, group in kept.groupby("heard_from", dropna=False):
            name = "unknown" if pd.isna(key) else str(key)
            found |= _named(name, {"clients": group.client.nunique(), "revenue": _roubles(group.price_kopecks.sum())})
        return found

    def reached(self, first: date, last: date, store: int) -> Flat:
        """What a store reached of its targets: revenue, receipts with a card, and what regulars paid of all paid by cards."""
        carded = _within(_of(self.kept, store), first, last).join(self.began, on="client")
        unknown = _within(_of(self.without_card, store), first, last)
        regular = carded[carded.began < _day(first)].price_kopecks.sum()
        known = carded.receipt.nunique()
        return {
            "revenue": _roubles(carded.price_kopecks.sum() + unknown.price_kopecks.sum()),
            "capture": _percent(known, known + unknown.receipt.nunique()),
            "returning": _percent(regular, carded.price_kopecks.sum()),
        }

    def _records(self, last: date, store: int | None) -> Flat:
        """The best client of a calendar month, and of the twelve months that end with ``last``."""
        day_before = _day(last) - pd.DateOffset(years=1)
        kept = _of(self.kept, store)
        kept = kept[(kept.day > day_before) & (kept.day <= _day(last))]
        by_month = kept.groupby(["client", kept.day.dt.year.rename("year"), kept.day.dt.month.rename("month")]).price_kopecks
        by_year = kept.groupby("client").price_kopecks
        return {
            "items_in_a_month": _most(by_month.size()),
            "items_in_a_year": _most(by_year.size()),
            "sum_in_a_month": _roubles(_most(by_month.sum())),
            "sum_in_a_year": _roubles(_most(by_year.sum())),
        }

    # --- Coming back ------------------------------------------------------------------------------------------

    def cohorts(self, today: date, store: int | None) -> Flat:
        """Newcomers by the month of their first visit day, and who came again within each window that is over."""
        began = self.began if store is None else self._began_in(store)
        since = _day(today.replace(day=1)) - pd.DateOffset(months=COHORT_MONTHS - 1)
        began = began[(began >= since) & (began <= _day(today))]
        after = (self.again.reindex(began.index) - began).dt.days
        told = pd.DataFrame({"clients": 1}, index=began.index)
        for window in WINDOWS:
            told[f"of {window}"] = is_over = began + pd.Timedelta(days=window) < _day(today)
            told[f"n {window}"] = is_over & (after <= window)
        counts = told.groupby(began.dt.strftime("%Y-%m")).sum()
        found: Flat = {}
        for month, row in counts.iterrows():
            found[f"{month}.clients"] = int(row["clients"])
            for window in WINDOWS:
                found |= _share(f"{month}.{window}", int(row[f"n {window}"]), int(row[f"of {window}"]))
        return found

    def _began_in(self, store: int) -> "pd.Series[Any]":
        """First visit days of the clients who were in the store on it."""
        here = _of(self.days, store).join(self.began, on="client")
        return here[here.day == here.began].set_index("client").began

    # --- Silent -----------------------------------------------------------------------------------------------

    def typical(self) -> Typical:
        """The medians as the visits of now make them."""
        own = self._own_intervals().dropna()
        by_kind = own.groupby(self._first_kinds().reindex(own.index)).median()
        return Typical({str(kind): float(days) for kind, days in by_kind.items()}, float(own.median()) if len(own) else None)

    def rhythms(self, today: date, typical: Typical) -> pd.DataFrame:
        """By client: usual interval, the rule that spoke, whether silent, times, spent_kopecks and home_store."""
        own = self._own_intervals()
        of_kind = self._first_kinds().reindex(own.index).map(typical.by_kind)
        alike = of_kind.astype("float64").fillna(float("nan") if typical.chain is None else typical.chain)
        drawn = ((self.last - self.began).dt.days + 3 * alike) / (self.times - 1 + 3)
        usual = drawn.where(own.notna()).fillna(alike).fillna(own)
        rule = pd.Series("none" if typical.chain is None else "chain", index=own.index, dtype="str")
        since = (_day(today) - self.last).dt.days
        return pd.DataFrame({
            "usual": usual,
            "rule": rule.mask(of_kind.notna(), "kind").mask(own.notna(), "own"),
            "is_silent": since > USUAL_INTERVALS * usual + A_HAIR,
            "times": self.times,
            "spent_kopecks": self.kept.groupby("client").price_kopecks.sum().reindex(own.index, fill_value=0),
            "home_store": self.cards.home_store.reindex(own.index),
        })  # fmt: skip

    def _own_intervals(self) -> "pd.Series[Any]":
        """The mean gap between visit days, in days; nothing below three of them."""
        return ((self.last - self.began).dt.days / (self.times - 1)).where(self.times >= 3)

    def _first_kinds(self) -> "pd.Series[Any]":
        """The kind of the dearest kept piece of the first buying day; of pieces of one price, the first on the receipt."""
        ordered = self.kept.sort_values(["day", "price_kopecks", "piece"], ascending=[True, False, True])
        return ordered.drop_duplicates("client").set_index("client").kind.astype("str")

    def silent_cards(self, rhythms: pd.DataFrame, store: int | None) -> set[int]:
        """The live cards of silent clients."""
        states = self.cards.state.reindex(rhythms.index)
        silent = _at_home(rhythms[rhythms.is_silent & states.isin(["complete", "incomplete"])], store)
        return {int(client) for client in silent.index}


def silent(rhythms: pd.DataFrame, store: int | None) -> Flat:
    """Regulars and one-time clients: how many there are and are silent, what the silent ones spent, by which rule."""
    here, found = _at_home(rhythms, store), Flat()
    for side, group in (("regulars", here[here.times >= 2]), ("once", here[here.times < 2])):
        quiet = group[group.is_silent]
        rules: Flat = {f"rules.{rule}": int(many) for rule, many in group.rule.value_counts().items()}
        told: Flat = {"clients": len(group), "silent": len(quiet), "spent": _roubles(quiet.spent_kopecks.sum()), **rules}
        found |= _named(side, told)
    return found


def _of(rows: pd.DataFrame, store: int | None) -> pd.DataFrame:
    return rows if store is None else rows[rows.store == store]


def _at_home(rhythms: pd.DataFrame, store: int | None) -> pd.DataFrame:
    return rhythms if store is None else rhythms[(rhythms.home_store == store).fillna(False).astype(bool)]


def _within(rows: pd.DataFrame, first: date, last: date) -> pd.DataFrame:
    return rows[rows.day.between(_day(first), _day(last))]


def _day(day: date) -> pd.Timestamp:
    return pd.Timestamp(day).as_unit("s")


def _roubles(kopecks: float) -> float:
    return int(kopecks) / 100


def _sold(pieces: pd.DataFrame) -> Flat:
    return {"items": len(pieces), "revenue": _roubles(pieces.price_kopecks.sum())}


def _most(values: "pd.Series[Any]") -> int:
    return int(values.max()) if len(values) else 0


def _ratio(one: float, other: float) -> Value:
    return one / other if other else None


def _percent(part: float, whole: float) -> Value:
    return 100 * part / whole if whole else None


def _premium(of: dict[str, Value]) -> Value:
    """By how many per cent regulars are above newcomers."""
    regular, newcomer = of["regular"], of["newcomer"]
    return 100 * (regular - newcomer) / newcomer if regular is not None and newcomer else None


def _shares(of: dict[str, float]) -> Flat:
    def share(part: str, whole: str) -> Value:
        return 100 * of[part] / of[whole] if of[whole] else None

    return {
        "regular_share": share("regular", "total"),
        "newcomer_share": share("newcomer", "total"),
        "converted_share_of_newcomers": share("converted", "newcomer"),
    }


def _share(name: str, n: int, of: int) -> Flat:
    """A share in per cent between Wilson's bounds: the two p at which (share − p)² = z² · p · (1 − p) ÷ of."""
    if not of:
        return {name: None}
    a, b, c = 1 + NORMAL**2 / of, -(2 * n + NORMAL**2) / of, (n / of) ** 2
    root = sqrt(max(0.0, b * b - 4 * a * c))
    low, high = (-b - root) / (2 * a), (-b + root) / (2 * a)
    return _named(name, {"of": of, "n": n, "value": 100 * n / of, "low": 100 * low, "high": 100 * high, "few": of < FEW})


def _named(name: str, values: Flat) -> Flat:
    return {f"{name}.{key}": value for key, value in values.items()}
