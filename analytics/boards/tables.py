"""Figures of a board that are a table."""

from collections.abc import Callable
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from analytics.asking.conditions import GROUP_NAMES
from analytics.boards.said import Table
from analytics.boards.sources import Told
from analytics.figures.returning import percent
from purchases.models import Occasion
from stores.texts import writing


def _share(found: dict[str, Any] | None) -> str:
    if not found:
        return writing.NONE
    return _("too few to say") if found["few"] else writing.percent(found["value"])


def groups(told: Told) -> Table:
    report = told.report
    rows = [(_("regulars"), report.regular), (_("newcomers"), report.newcomer), (_("total"), report.total)]
    head = ["", _("Clients"), _("Pieces"), _("Revenue"), _("Share"), _("Average price")]
    said = [
        [
            capfirst(name), writing.count(group.clients), writing.count(group.items), writing.roubles(group.revenue),
            writing.percent(percent(group.revenue, report.total.revenue)), writing.roubles(group.average_price),
        ]
        for name, group in rows
    ]  # fmt: skip
    return Table(head, said if report.total.items else [], _("Nothing was sold with a card on these days."))


def _people(part: str) -> Callable[[Told], Table]:
    def say(told: Told) -> Table:
        head = ["", _("Receipts"), _("With a card"), _("Average receipt"), _("Came again")]
        rows = [
            [
                row["name"] or _("not noted"), writing.count(row["receipts"]), _share(row["capture"]),
                writing.roubles(row["average"]["value"]) if row["average"] else writing.NONE, _share(row["again"]),
            ]
            for row in told.data("people")[part]["rows"]
        ]  # fmt: skip
        return Table(head, rows, _("With the first sales of these days the rows appear."))

    return say


stores, sellers = _people("stores"), _people("sellers")


def worth(told: Told) -> Table:
    head = [_("Group"), _("Clients"), _("Spent"), _("At stake")]
    rows = [
        [
            capfirst(str(GROUP_NAMES[row["group"]])), writing.count(row["clients"]), writing.roubles(row["spent"]),
            writing.roubles(row["stake"]),
        ]
        for row in told.data("worth")["groups"]["rows"]
        if row["clients"]
    ]  # fmt: skip
    return Table(head, rows, _("The groups appear with the first clients who bought."))


def occasions(told: Told) -> Table:
    names = dict(Occasion.choices)
    head = [_("Occasion"), _("Receipts"), _("Share"), _("Revenue")]
    rows = [
        [
            capfirst(str(names.get(row["key"], row["key"]))), writing.count(row["receipts"]), writing.percent(row["share"]),
            writing.roubles(row["revenue"]),
        ]
        for row in told.data("occasions")["by_occasion"]["rows"]
    ]  # fmt: skip
    return Table(head, rows, _("With the first occasion that a seller notes at a sale it appears here what people buy for."))
