"""The list of balances of an old system: its columns, reasons and decisions."""

from django.utils.translation import gettext_lazy as _

from clients import selectors as clients_selectors
from imports.cells import is_no_total
from imports.models import Decision
from imports.specs import Column, ListSpec
from loyalty.listing.handler import BalancesHandler
from loyalty.models import Lot, LoyaltyCard

BALANCES = ListSpec(
    kind="balances",
    label=_("Bonus balances and cards"),
    columns=(
        Column("card", _("Card number"), ("карта", "номер карты", "дисконтная карта", "бонусная карта", "код карты", "штрихкод карты", "card", "card number", "карта клиента"), r"карт|card"),
        Column("phone", _("Phone"), ("телефон", "тел", "моб тел", "phone", "номер телефона", "мобильный телефон", "сотовый"), r"телефон|phone|\bтел\b"),
        Column("until", _("Live until"), ("действуют до", "срок действия", "сгорают", "дата сгорания", "до", "until", "expires", "expires at", "expiration date"), r"сгор|срок|действ|expir|until"),
        Column("sum", _("Bonuses"), ("бонусы", "баланс", "остаток", "остаток бонусов", "баллы", "сумма", "bonuses", "balance", "points", "sum"), r"бонус|балл|баланс|остат|balance|points"),
    ),
    needs=(("card", "phone"),),
    handler=BalancesHandler,
    days=("until",),
    is_row=is_no_total,
    reasons={
        "who": _("neither the number of a card nor a phone is clear"), "sum": _("this is no sum of bonuses"),
        "until": _("the bonuses have ended, or there is no such day"),
        "day or month": _("whether the day or the month comes first is not clear: say it on the page of values"),
        "client unknown": _("no such client in the base: bring the list of clients first"),
        "card of another": _("the card is another client's"), "another sum": _("this balance came with another sum before"),
    },
    decisions={"card of another": (Decision.SKIP,), "another sum": (Decision.SKIP,)},
    facts=clients_selectors.facts_of_card,
    writes=(Lot, LoyaltyCard),
)  # fmt: skip
