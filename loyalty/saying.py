"""Terms read from JSON, as scripts write them. Public words of its keys: docs/loyalty.md."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from loyalty.pricing import Mode
from loyalty.services import TermsSaid, TierSaid

PERCENTS = ("earn_percent", "spend_share_percent", "least_paid")
DAYS = ("delay_days", "life_days", "welcome_life_days", "birthday_before_days", "birthday_life_days")
BONUSES = ("welcome", "birthday", "code_from")
SWITCHES = ("tells_came", "tells_spent", "tells_ends")
TIER_KEYS = ("from_spent", "earn_percent", "discount_percent")


class TermsError(ValueError):
    """The file is not terms; the words say where."""


def terms_of(data: Any) -> TermsSaid:
    """Terms as a JSON object says them; what it does not say is as usual. Raises TermsError."""
    told = _object(data, {"mode", "since", "tiers", *PERCENTS, *DAYS, *BONUSES, *SWITCHES})
    if told.get("mode") not in Mode.values:
        raise TermsError(f"mode is one of {', '.join(Mode.values)}")
    numbers = {name: _number(name, told[name]) for name in PERCENTS if name in told}
    whole = {name: _whole(name, told[name]) for name in (*DAYS, *BONUSES) if told.get(name) is not None}
    switches = {name: _switch(name, told[name]) for name in SWITCHES if name in told}
    tiers = tuple(_tier(one) for one in told.get("tiers", ()))
    return TermsSaid(Mode(told["mode"]), **numbers, **whole, **switches, tiers=tiers)  # type: ignore[arg-type]


def since_of(data: Mapping[str, Any], today: date) -> date:
    """From when the terms hold: today, if nothing is said. Raises TermsError."""
    try:
        return date.fromisoformat(data["since"]) if "since" in data else today
    except (TypeError, ValueError):
        raise TermsError("since is a day: 2026-12-01") from None


def _tier(data: Any) -> TierSaid:
    told = _object(data, {*TIER_KEYS, "name"})
    if "from_spent" not in told:
        raise TermsError("a tier says from_spent")
    numbers = {name: _number(name, told[name]) for name in TIER_KEYS if told.get(name) is not None}
    return TierSaid(name=str(told.get("name", "")), **numbers)


def _object(data: Any, known: set[str]) -> Mapping[str, Any]:
    if not isinstance(data, dict):
        raise TermsError("terms and tiers are objects")
    if strange := sorted(data.keys() - known):
        raise TermsError(f"unknown: {', '.join(strange)}")
    return data


def _number(name: str, value: Any) -> Decimal:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise TermsError(f"{name} is a number") from None
    if not number.is_finite() or number < 0:
        raise TermsError(f"{name} is a number of zero or more")
    return number


def _whole(name: str, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TermsError(f"{name} is a whole number{' of days' if name in DAYS else ''}")
    return value


def _switch(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise TermsError(f"{name} is true or false")
    return value
