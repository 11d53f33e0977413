"""The rows behind figures as an export gives them."""

from django.utils.translation import gettext_lazy as _

from clients.models import Client
from imports.resources import SafeResource, column
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

    month = column(_("Month"), "month")
    channel = column(_("Channel"), "channel")
    purpose = column(_("Purpose"), "get_purpose_display")
    amount = column(_("Sum"), "amount")
    store = column(_("Store"), "store")


class ReviewResource(SafeResource):
    """One row for what a client answered."""

    asked_on = column(_("Day"), "asked_on")
    store = column(_("Store"), "store")
    client = column(_("Client"), "client")
    score = column(_("Score"), "score")
    words = column(_("Words"), "words")
