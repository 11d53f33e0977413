"""The rows behind figures as an export gives them."""

from django.utils.translation import gettext_lazy as _

from clients.models import Client
from imports.resources import SafeResource, column
from loyalty.models import Account
from visits.models import Rhythm


class SegmentResource(SafeResource):
    """One row for a client who answers a question, with their habits."""

    pk = column("№", "pk")
    client = column(_("Client"), "full_name")
    phone = column(_("Phone"), "phone_shown")
    email = column(_("E-mail"), "email")
    birth_date = column(_("Birth date"), "birth_date")
    store = column(_("Home store"), "home_store")
    last_day = column(_("Last visit"), "activity__last_day")
    visits = column(_("Visits"), "activity__visit_days")
    items = column(_("Pieces"), "activity__items")
    spent = column(_("Spent"), "activity__spent")
    ring_size = column(_("Ring size"), "ring_size")
    language = column(_("Language"), "language")


def _percent(client: Client) -> float | None:
    chance = client.rhythm.chance
    return None if chance is None else round(100 * chance, 1)


class SilentResource(SafeResource):
    """One row for a client to act on, with the rule that says so."""

    pk = column("№", "pk")
    client = column(_("Client"), "full_name")
    phone = column(_("Phone"), "phone_shown")
    store = column(_("Home store"), "home_store")
    last_day = column(_("Last visit"), "activity__last_day")
    visits = column(_("Visits"), "activity__visit_days")
    interval = column(_("Usual interval, days"), lambda client: client.rhythm.interval and round(client.rhythm.interval))
    rule = column(_("By the rule"), lambda client: Rhythm.Rule(client.rhythm.rule).label)
    expected_on = column(_("Expected"), "rhythm__expected_on")
    silent_from = column(_("Silent from"), "rhythm__silent_from")
    spent = column(_("Spent"), "activity__spent")
    chance = column(_("Chance, %"), _percent)
    stake = column(_("At stake"), "rhythm__stake")


class ExpenseResource(SafeResource):
    """One row for what was spent on one purpose in one month."""

    has_contacts = False
    month = column(_("Month"), "month")
    channel = column(_("Channel"), "channel")
    purpose = column(_("Purpose"), "get_purpose_display")
    amount = column(_("Sum"), "amount")
    store = column(_("Store"), "store")


class ReviewResource(SafeResource):
    """One row for what a client answered."""

    has_contacts = False
    asked_on = column(_("Day"), "asked_on")
    store = column(_("Store"), "store")
    client = column(_("Client"), "client")
    score = column(_("Score"), "score")
    words = column(_("Words"), "words")


def members_of(account: Account) -> str:
    """Who has a share in an account, as a list of bonuses names it; its present members were fetched with it."""
    return ", ".join(str(member.client) for member in account.shown_members)  # type: ignore[attr-defined]


class LotResource(SafeResource):
    """One row for bonuses that can still be spent."""

    has_contacts = False
    clients = column(_("Client"), lambda lot: members_of(lot.account))
    source = column(_("from"), "get_source_display")
    amount = column(_("Bonuses"), "amount")
    left = column(_("Left"), "left")
    from_on = column(_("Can be spent from"), "from_on")
    until_on = column(_("Lives until"), "until_on")


class MoveResource(SafeResource):
    """One row for a move of bonuses."""

    has_contacts = False
    on = column(_("Day"), "on")
    clients = column(_("Client"), lambda move: members_of(move.lot.account))
    kind = column(_("What happened"), "get_kind_display")
    amount = column(_("Bonuses"), "amount")
    source = column(_("from"), "lot__get_source_display")
    receipt = column(_("Receipt"), lambda move: move.receipt or "")
    by = column(_("By"), "by")


class TierResource(SafeResource):
    """One row for a client who stands on a tier."""

    pk = column("№", "pk")
    client = column(_("Client"), "full_name")
    phone = column(_("Phone"), "phone_shown")
    store = column(_("Home store"), "home_store")
    last_day = column(_("Last visit"), "activity__last_day")
    spent = column(_("Spent"), "activity__spent")
