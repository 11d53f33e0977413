"""The lists of purchases and of services: their columns, and what each row becomes."""

from django.utils.translation import gettext_lazy as _

from clients import selectors as clients_selectors
from imports.models import Decision
from imports.specs import Column, ListSpec
from purchases.listing import waiting
from purchases.listing.handler import PurchasesHandler
from purchases.models import Piece, Purchase

WHO = (
    Column("code", _("Client code"), ("код клиента", "код", "id клиента", "client code", "client id", "клиент код", "карта", "номер карты"), r"код.*клиент|client.*(code|id)"),
    Column("last_name", _("Surname"), ("фамилия", "last name", "surname", "фамилия клиента")),
    Column("first_name", _("First name"), ("имя", "first name", "имя клиента")),
    Column("middle_name", _("Patronymic"), ("отчество", "middle name", "отчество клиента")),
    Column("full_name", _("Full name"), ("фио", "фио клиента", "фио покупателя", "заказчик", "клиент", "покупатель", "client", "customer", "full name"), r"\bфио\b"),
    Column("birth_date", _("Birth date"), ("дата рождения", "дата рожд", "др", "birth date"), r"рожд|birth"),
    Column("phone", _("Phone"), ("телефон", "тел", "моб тел", "phone", "номер телефона"), r"телефон|phone|\bтел\b"),
)  # fmt: skip
STORE = Column(
    "store", _("Store"), ("магазин", "салон", "store", "shop", "филиал", "точка", "подразделение"), r"магаз|салон|store"
)

REASONS = {
    "name": _("the phone or code is on the card of somebody else"),
    "client unknown": _("the client is not in the base yet; the row waits"),
    "receipt of another client": _("this receipt is another client's"),
    "ticket of another client": _("this ticket is another client's"),
    "store": _("there is no such store"),
    "date": _("there is no such day, or it is still to come"),
    "price": _("this is no price"),
    "quantity": _("more than one piece in a row: write a row for each"),
    "service": _("what was to be done is not said"),
    "returned": _("the return is marked"),
    "attached": _("the client appeared; the row is attached"),
}
DECISIONS = {
    "name": (Decision.SAME, Decision.OTHER, Decision.SKIP),
    "store": (Decision.SAME, Decision.SKIP),
    "receipt of another client": (Decision.SKIP,),
    "ticket of another client": (Decision.SKIP,),
}

PURCHASES = ListSpec(
    kind="purchases",
    label=_("Purchases"),
    columns=(
        Column("returned_on", _("Returned"), ("возврат", "дата возврата", "returned", "returned on", "return date"), r"возврат|return"),
        Column("receipt", _("Receipt"), ("чек", "номер чека", "№ чека", "receipt", "receipt number", "документ", "номер документа"), r"\bчек"),
        *WHO,
        Column("sold_on", _("Day of sale"), ("дата", "дата продажи", "дата покупки", "date", "день", "дата чека", "sold on", "sale date"), r"^дата(?! рожд)|date$"),
        Column("article", _("Article"), ("артикул", "арт", "article", "sku", "код изделия", "код товара"), r"артик|article"),
        Column("kind", _("Kind"), ("вид изделия", "изделие", "вид", "kind", "тип", "номенклатура", "товар", "наименование", "тип изделия"), r"издел|номенкл|товар|категор"),
        Column("price", _("Price"), ("сумма со скидкой", "оплачено", "к оплате", "сумма продажи", "сумма", "итого", "amount", "sum", "цена", "стоимость", "price"), r"сумм|цена|стоим|amount|price"),
        Column("discount", _("Discount"), ("скидка", "discount", "сумма скидки"), r"скидк|discount"),
        Column("quantity", _("Quantity"), ("количество", "кол во", "кол", "qty", "quantity", "шт")),
        Column("uin", _("UIN"), ("уин", "uin"), r"\bуин\b"),
        STORE,
    ),
    needs=(("sold_on",), ("price",)),
    handler=PurchasesHandler,
    finish=waiting.sweep,
    reasons=REASONS,
    decisions=DECISIONS,
    facts=clients_selectors.facts_of_card,
    writes=(Purchase, Piece),
)  # fmt: skip
