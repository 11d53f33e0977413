"""The chain decides: rules are written with their history, and a change can be undone."""

import os
from collections.abc import Iterable, Mapping
from typing import Any

import structlog
from django.db import transaction

from stores import rules
from stores.models import Employee, Rule, RuleChange

log = structlog.get_logger(__name__)


class ChangedSinceError(Exception):
    """Somebody changed the rule after that change: to undo it would undo theirs."""


@transaction.atomic
def decide(wanted: Mapping[str, Any], *, by: Employee | None, from_environment: bool = False) -> list[RuleChange]:
    """Write what is wanted otherwise than it stands; None puts a default back. All processes obey within a second."""
    stand = {rule.name: rule.value for rule in Rule.objects.select_for_update()}
    changes = []
    for name, value in wanted.items():
        said = None if value is None or rules.plain(value) == rules.default(name) else rules.plain(value)
        if said != stand.get(name):
            changes.append(RuleChange(name=name, was=stand.get(name), now=said, by=by, from_environment=from_environment))
    RuleChange.objects.bulk_create(changes)
    Rule.objects.filter(name__in=[change.name for change in changes if change.now is None]).delete()
    for change in changes:
        if change.now is not None:
            Rule.objects.update_or_create(name=change.name, defaults={"value": change.now})
        log.info("rule.changed", rule=change.name, employee=getattr(by, "pk", None))
    rules.forget()
    transaction.on_commit(rules.forget)
    return changes


@transaction.atomic
def undo(change: RuleChange, *, by: Employee) -> None:
    """Put back what stood before a change. Raises ChangedSinceError."""
    stands = Rule.objects.select_for_update().filter(name=change.name).values_list("value", flat=True).first()
    if stands != change.now:
        raise ChangedSinceError
    decide({change.name: change.was}, by=by)


def history(names: Iterable[str]) -> "Any":
    """Changes of these rules, newest first, with who made them."""
    return RuleChange.objects.filter(name__in=list(names)).select_related("by")


# --- What stood in the environment before it stood here ------------------------------------------------------------
# The variable, and the rule that it has become; a rate of look-ups was written 600/h.
VARIABLES = {
    "CHAIN_NAME": "chain_name", "SMS_SENDER": "sms_sender", "CHAIN_HOSTS": "link_hosts", "QUIET_FROM": "quiet_from",
    "QUIET_UNTIL": "quiet_until", "CAP_WEEK": "cap_week", "CAP_MONTH": "cap_month", "REVIEWS_ON": "reviews_on",
    "CODES_PER_HOUR": "codes_per_hour", "PRICE_BOUND": "price_bound", "PRICE_ASKED_TWICE": "price_asked_twice",
    "SECOND_FACTOR_ROLES": "second_factor_roles", "SECOND_FACTOR_GRACE_DAYS": "second_factor_grace_days",
    "IDLE_MINUTES_SELLER": "idle_minutes_seller", "IDLE_MINUTES_MANAGER": "idle_minutes_manager",
    "IDLE_MINUTES_ADMIN": "idle_minutes_admin", "LOOKUPS_PER_EMPLOYEE": "lookups_per_hour",
    "SIGN_IN_FAILURES_PER_ADDRESS": "sign_in_failures_per_address", "PASSPORT_KEPT_DAYS": "passports_kept_days",
    "IMPORT_FILES_KEPT_DAYS": "list_files_kept_days",
}  # fmt: skip
TRUE = ("1", "true", "yes", "on", "y", "ok", "t")


def said_in(environment: Mapping[str, str]) -> dict[str, Any]:
    """Rules that the variables of an environment tell otherwise than by default; one that cannot be read tells nothing."""
    said = {}
    for variable, name in VARIABLES.items():
        text = environment.get(variable, "").strip()
        try:
            value = _read(text, rules.default(name)) if text else None
        except ValueError:
            log.warning("rule.not_taken_over", variable=variable)
            continue
        if value is not None and value != rules.default(name):
            said[name] = value
    return said


def _read(text: str, like: Any) -> Any:
    if isinstance(like, bool):
        return text.lower() in TRUE
    if isinstance(like, int):
        return int(text.partition("/")[0])
    if isinstance(like, list):
        return [part.strip() for part in text.split(",") if part.strip()]
    return text


def not_obeyed(environment: Mapping[str, str] = os.environ) -> list[str]:
    """Variables that are still set and say something else than the rule that holds."""
    said = said_in(environment)
    return [variable for variable, name in VARIABLES.items() if name in said and said[name] != rules.standing(name)]
