"""A figure's JSON as one table for a spreadsheet: a block for each part, its columns in words."""

from collections.abc import Iterator
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

WORDS: dict[str, str | Promise] = {
    "cohorts": _("Newcomers by month"),
    "curves": _("Came again by week, %"),
    "next": _("The next purchase"),
    "concentration": _("Concentration"),
    "sensitivity": _("One point more"),
    "weeks": _("By week"),
    "expected": _("expected"),
    "groups": _("Groups"),
    "life": _("Value over life"),
    "model": _("Model of visits"),
    "stores": _("Stores"),
    "sellers": _("Sellers"),
    "missing": _("What missing data costs"),
    "kept_word": _("How the desk keeps its word"),
    "won": _("Came for a service, then bought"),
    "by_source": _("How clients hear of us"),
    "by_occasion": _("What is bought for"),
    "rows": _("in detail"),
    "said": _("said"),
    "not_said": _("not said"),
    "unknown": _("not known"),
    "elsewhere": _("other channels"),
    "known": _("known, %"),
    "cost_per_client": _("cost per client"),
    "companions": _("What goes together"),
    "arms": _("Who sees it and who does not"),
    "shown": _("see what goes together"),
    "unseen": _("see nothing"),
    "added": _("with an added companion"),
    "gap": _("difference of the shares, points"),
    "arms_fit": _("groups as planned"),
    "needed": _("clients needed"),
    "by_store": _("Stores"),
    "by_kind": _("By kind of service"),
    "by_master": _("Masters"),
    "handed_out": _("handed out"),
    "median_days": _("days, median"),
    "mean_days": _("days, mean"),
    "median_promised": _("promised, median"),
    "overdue": _("later than promised"),
    "within": _("within days"),
    "by": _("In detail"),
    "records": _("Records"),
    "changes": _("What changed"),
    "report": _("Report"),
    "store": _("store"),
    "kind": _("kind"),
    "band": _("price from, ₽"),
    "seller": _("seller"),
    "first_kind": _("first kind"),
    "name": _("name"),
    "clients": _("clients"),
    "items": _("pieces"),
    "revenue": _("revenue"),
    "regular": _("regulars"),
    "newcomer": _("newcomers"),
    "spent": _("spent"),
    "stake": _("at stake"),
    "month": _("month"),
    "year": _("year"),
    "week": _("week"),
    "of": pgettext_lazy("share of", "of"),
    "value": _("value"),
    "low": _("not below"),
    "high": _("not above"),
    "few": _("too few to say"),
    "silent": _("silent"),
    "fell": _("fell silent"),
    "back": _("came back"),
    "usual": _("usual sum, ₽"),
    "group": _("group"),
    "receipts": _("receipts"),
    "capture": _("with a card"),
    "declined": _("declined a card"),
    "complete": _("complete cards"),
    "again": _("came again"),
    "conversion": _("conversion"),
    "average": _("average receipt"),
    "visitors": _("visitors"),
    "why": _("why"),
    "compliments": _("compliments not sent"),
    "buyers": _("buyers"),
    "visits": _("visits"),
    "alive": _("still come, %"),
    "ahead": _("visits ahead"),
    "actual": _("came"),
    "windows": _("within days"),
    "values": _("by quarter"),
    "mark": _("differs"),
    "total": _("total"),
    "cost": _("What loyalty costs"),
    "moves": _("Moves"),
    "liability": _("Bonuses that can still be spent"),
    "tiers": _("Tiers"),
    "by_month": _("By month"),
    "with_card": _("with a card"),
    "card_revenue": _("revenue with a card"),
    "card_share": _("receipts with a card, %"),
    "tier": _("discounts by tier"),
    "bonus": _("bonuses spent"),
    "other": _("coupons"),
    "share": _("share, %"),
    "earned": pgettext_lazy("bonuses", "earned"),
    "given": _("given without a purchase"),
    "ended": pgettext_lazy("bonuses", "ended"),
    "revoked": _("taken back"),
    "left": _("left"),
    "coming": pgettext_lazy("bonuses", "coming"),
    "owed": _("owed"),
    "accounts": _("accounts"),
    "from_spent": _("from a spend of"),
    "sources": _("Programs and campaigns"),
    "source": _("from"),
    "orders": _("purchases"),
    "discounts": _("discounts"),
    "bonuses": _("bonuses"),
    "messages": _("messages"),
    "segments": _("SMS segments"),
    "calls": _("calls"),
    "minutes": _("minutes"),
    "caused": _("caused"),
    "says": _("says"),
    "treated": _("contacted"),
    "held": _("compared without a contact"),
    "of_period": _("Revenue of the period"),
    "carded": _("with a card"),
    "bare": _("without a card"),
    "holidays": _("Holidays"),
    "holiday": _("holiday"),
    "days": _("days"),
    "around": _("ordinary days around"),
    "a_day": _("a day"),
    "usual_day": _("on ordinary days"),
    "more": _("more, %"),
    "began": _("at the beginning"),
    "up": _("came up"),
    "down": _("came down"),
}


def table_of(data: dict[str, Any]) -> tuple[list[str], list[list[object]]]:
    """Header and rows. A part that is a list of rows becomes a table, one of values two columns."""
    rows: list[list[object]] = []
    for name, part in data.items():
        rows += [[word(name)], *_block(part), []]
    return [word("name"), word("value")], rows


def word(name: str) -> str:
    """A key in words; one that has none stands as it is."""
    return str(WORDS.get(name, name)).capitalize()


def _block(part: Any, path: str = "") -> Iterator[list[object]]:
    if isinstance(part, list) and part and isinstance(part[0], dict):
        flat = [dict(_flat(row)) for row in part]
        columns = list(dict.fromkeys(name for row in flat for name in row))
        yield [" ".join(word(piece) for piece in name.split(".")) for name in columns]
        yield from ([row.get(name) for name in columns] for row in flat)
    elif isinstance(part, dict):
        for name, value in part.items():
            if isinstance(value, dict | list) and value:
                yield [word(name)]
                yield from _block(value)
            else:
                yield [word(name), value if not isinstance(value, dict | list) else None]
    elif isinstance(part, list):
        yield from (list(row) if isinstance(row, list | tuple) else [row] for row in part)
    else:
        yield [path, part]


def _flat(row: dict[str, Any], path: str = "") -> Iterator[tuple[str, object]]:
    for name, value in row.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{path}{name}.")
        elif isinstance(value, list):
            for place, item in enumerate(value, start=1):
                yield from _flat({str(place): item}, f"{path}{name}.")
        else:
            yield f"{path}{name}", value
