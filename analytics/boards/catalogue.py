"""Every figure that may stand on a board, by its key: its name, the page where it is at home, what it is made of. Public."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from analytics.boards import numbers, tables
from analytics.boards.said import Picture, Said
from analytics.boards.sources import TILL, Told
from analytics.shown import charts

NUMBER, PICTURE, TABLE = "number", "picture", "table"


@dataclass(frozen=True)
class Item:
    """``needs``: snapshots by name, with ``<`` those of the period before; ``page``: the address at which it is at home."""

    key: str
    title: str | Promise
    kind: str
    page: str
    needs: tuple[str, ...]
    say: Callable[[Told], Said]

    @property
    def has_days(self) -> bool:
        """Whether it follows the period of the board; the others are as of now."""
        return not {TILL, "silent", "worth", "coming-back"} & set(self.needs)


def _of_report(name: str) -> Callable[[Told], Picture]:
    return lambda told: Picture({"shares": charts.shares, "averages": charts.averages}[name](told.report))


def _picture(
    key: str,
    title: str | Promise,
    page: str,
    figure: str,
    draw: Callable[[dict[str, object]], dict[str, charts.Chart]],
    name: str = "",
) -> Item:
    """A chart of a figure's snapshot; ``name`` is the chart's own where it is not the key."""
    return Item(key, title, PICTURE, page, (figure,), lambda told: Picture(draw(told.data(figure))[name or key]))


def _months(told: Told) -> Picture:
    return Picture(charts.by_month(told.months))


REPORT, COMPARED = ("returning",), ("returning", "returning<", "months")
_ITEMS = (
    Item("today", _("Revenue today"), NUMBER, "purchases:receipts", (TILL,), numbers.today),
    Item("week", _("Seven days"), NUMBER, "purchases:receipts", (TILL,), numbers.week),
    Item("month", _("This month"), NUMBER, "purchases:receipts", (TILL,), numbers.month),
    Item("revenue", _("Revenue with a card"), NUMBER, "analytics:returning", COMPARED, numbers.revenue),
    Item("returning", _("Share of regulars in revenue"), NUMBER, "analytics:returning", COMPARED, numbers.returning_share),
    Item("average-price", _("Average price of a piece"), NUMBER, "analytics:returning", COMPARED, numbers.average_price),
    Item("buyers", _("Clients who bought"), NUMBER, "analytics:returning", COMPARED[:2], numbers.buyers),
    Item("months", _("Who comes back, month by month"), PICTURE, "analytics:returning", ("months",), _months),
    Item("shares", _("Shares of regulars and newcomers"), PICTURE, "analytics:returning", REPORT, _of_report("shares")),
    Item("averages", _("Average price: regulars and newcomers"), PICTURE, "analytics:returning", REPORT, _of_report("averages")),
    Item("groups", _("Regulars and newcomers"), TABLE, "analytics:returning", REPORT, tables.groups),
    _picture("by-store", _("Revenue by store"), "analytics:breakdown", "breakdown", charts.of_breakdown),
    _picture("by-kind", _("Revenue by kind of piece"), "analytics:breakdown", "breakdown", charts.of_breakdown),
    _picture("by-band", _("Revenue by price"), "analytics:breakdown", "breakdown", charts.of_breakdown),
    _picture("curves", _("Who has come again, by week"), "analytics:coming_back", "coming-back", charts.of_coming_back),
    _picture("next", _("Chance of the next purchase"), "analytics:coming_back", "coming-back", charts.of_coming_back),
    _picture("lorenz", _("How few bring how much"), "analytics:coming_back", "coming-back", charts.of_coming_back),
    Item("silent", _("Silent regulars"), NUMBER, "analytics:silent", ("silent",), numbers.silent),
    Item("at-stake", _("At stake"), NUMBER, "analytics:silent", ("silent",), numbers.at_stake),
    Item("expected", _("Expected in eight weeks"), NUMBER, "analytics:silent", ("silent",), numbers.expected),
    _picture("fell-silent", _("Fell silent and came back, by week"), "analytics:silent", "silent", charts.of_silent, "weeks"),
    _picture("expected-weeks", _("Regulars expected, by week"), "analytics:silent", "silent", charts.of_silent, "expected"),
    _picture("life", _("Revenue of a client over life"), "analytics:worth", "worth", charts.of_worth),
    Item("worth", _("Groups of clients by worth"), TABLE, "analytics:worth", ("worth",), tables.worth),
    Item("capture", _("Receipts with a card"), NUMBER, "analytics:people", ("people",), numbers.capture),
    Item("average-receipt", _("Average receipt"), NUMBER, "analytics:people", ("people",), numbers.average_receipt),
    Item("conversion", _("Conversion"), NUMBER, "analytics:people", ("people",), numbers.conversion),
    Item("complete", _("Complete cards"), NUMBER, "analytics:people", ("people",), numbers.complete),
    Item("came-again", _("Newcomers who came again"), NUMBER, "analytics:people", ("people",), numbers.came_again),
    Item("unreached", _("Clients who cannot be reached"), NUMBER, "analytics:people", ("people",), numbers.unreached),
    Item("stores", _("Stores"), TABLE, "analytics:people", ("people",), tables.stores),
    Item("sellers", _("Sellers"), TABLE, "analytics:people", ("people",), tables.sellers),
    Item("occasions", _("What is bought for"), TABLE, "analytics:occasions", ("occasions",), tables.occasions),
)  # fmt: skip
ITEMS = {item.key: item for item in _ITEMS}
# What the pages are called where their figures are offered.
PAGES: dict[str, str | Promise] = {
    "purchases:receipts": _("The till"), "analytics:returning": _("Returning and new"), "analytics:breakdown": _("In detail"),
    "analytics:coming_back": _("Coming back"), "analytics:silent": _("Silent"), "analytics:worth": _("Worth"),
    "analytics:people": _("People and stores"), "analytics:occasions": _("Occasions"),
}  # fmt: skip


def at_home(page: str) -> list[Item]:
    """The figures of a page, by the name of its address."""
    return [item for item in ITEMS.values() if item.page == page]


@dataclass(frozen=True)
class Ready:
    """A board to begin with."""

    key: str
    name: str | Promise
    about: str | Promise
    period: str
    what: tuple[str, ...]


READY = {
    ready.key: ready
    for ready in (
        Ready(
            "morning", _("The chain in the morning"),
            _("The till of today, of the week and of the month, and who brings it."), "month",
            ("today", "week", "month", "returning", "months", "by-kind", "stores"),
        ),
        Ready(
            "clients", _("Clients who come back"),
            _("Who is silent and what it costs, whom to expect, and who comes again."), "12-months",
            ("silent", "at-stake", "expected", "unreached", "fell-silent", "expected-weeks", "curves", "life", "worth"),
        ),
    )
}  # fmt: skip
