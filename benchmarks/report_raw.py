"""The chain over one year, beside the same from the raw lines by the ORM and pandas."""

from datetime import date

import pandas as pd

from analytics.figures import returning
from benchmarks.measure import in_turn, tell
from purchases.models import Piece
from visits.models import CHAIN
from workshop.models import ServiceRequest

FIRST, LAST = date(2023, 1, 1), date(2023, 12, 31)


def run(scale: float) -> bool:
    ours = returning.group_sums(FIRST, LAST, CHAIN)
    assert {name: tuple(group)[:2] for name, group in ours.items()} == _peer()
    medians = in_turn(lambda: returning.group_sums(FIRST, LAST, CHAIN), _peer)
    return tell("report-raw", scale, *medians, faster=30 if scale >= 1 else 20)


def _peer() -> dict[str, tuple[int, int]]:
    """Clients and items of each group, as somebody would compute them from the rows themselves."""
    kept = Piece.objects.kept().exclude(purchase__client=None)
    lines = pd.DataFrame(
        kept.values_list("purchase__client", "purchase__sold_on", "price").iterator(chunk_size=50_000),
        columns=["client", "day", "price"],
    )
    brought = pd.DataFrame(
        ServiceRequest.objects.exclude(status="cancelled").values_list("client", "accepted_on"), columns=["client", "day"]
    )
    days = pd.concat([lines[["client", "day"]], brought]).drop_duplicates().sort_values(["client", "day"])
    first = days.groupby("client")["day"].first()
    second = days[days.groupby("client").cumcount() == 1].set_index("client")["day"]
    inside = lines[(lines.day >= FIRST) & (lines.day <= LAST)]
    began = inside.client.map(first)
    again = pd.to_datetime(inside.client.map(second)) <= pd.Timestamp(LAST)
    groups = {"regular": inside[began < FIRST], "newcomer": inside[began >= FIRST], "converted": inside[(began >= FIRST) & again]}
    return {name: (int(group.client.nunique()), len(group)) for name, group in groups.items()}
