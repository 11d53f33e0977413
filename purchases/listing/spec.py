"""The lists of purchases and of services: their columns, and what each row becomes."""

from django.utils.translation import gettext_lazy as _

from clients import selectors as clients_selectors
from clients.writing import dates
from clients.writing.others import OTHERS
from clients.writing.phones import is_phone
from imports import storebook
from imports.above import FromAbove
from imports.models import Decision
from imports.specs import OWN, Column, ListSpec
from purchases.listing import headings, reading, signs, sums, waiting, words
from purchases.listing.handler import NOBODY_YET, PurchasesHandler
from purchases.listing.returns import NO_SALE
from purchases.models import Piece, Purchase

WHO = (
    OWN,
    Column("code", _("Client code"), ("код клиента", "код", "id клиента", "client code", "client id", "клиент код", "карта", "номер карты", "код покупателя", "код контрагента", "код партнера", "customer code", "customer id"), r"код.*(?:клиент|покупат|контраг|партнер)|(?:client|customer).*(code|id)\b"),
    Column("last_name", _("Surname"), ("фамилия", "last name", "surname", "фамилия клиента", "фамилия покупателя", "last name billing", "billing last name")),
    Column("first_name", _("First name"), ("имя", "first name", "имя клиента", "имя покупателя", "имя гостя", "first name billing", "billing first name")),
    Column("middle_name", _("Patronymic"), ("отчество", "middle name", "отчество клиента")),
    Column("full_name", _("Full name"), ("фио", "фио клиента", "фио покупателя", "заказчик", "клиент", "покупатель", "client", "customer", "customer name", "client name", "billing name", "full name", "контрагент", "партнер", "гость", "клиент покупатель", "покупатель клиент"), r"\bфио\b", OTHERS),
    Column("birth_date", _("Birth date"), ("дата рождения", "дата рожд", "др", "birth date"), r"рожд|birth", OTHERS),
    Column("phone", _("Phone"), ("телефон", "тел", "моб тел", "phone", "номер телефона", "customer contacts"), r"телефон|phone|\bтел\b", rf"\bfax\b|факс(?!.*тел)|{OTHERS}", is_phone, shy=True),
)  # fmt: skip
# The sum of a whole receipt, which some programs repeat beside each of its lines.
OF_THE_WHOLE = r"(?:сумм|итог|всего|стоимост|total|amount|sum).*\b(?:чек|заказ|документ|накладн|receipt|order|cart)|\b(?:order|receipt|cart|invoice) (?:sub ?)?(?:total|amount|sum)|^(?:по|итого по) (?:чеку|заказу)"
# «Сумма, коп.», «тыс. руб.»: a person says what they are, by another header or in other figures.
OTHER_UNITS = r"\bкоп(?:еек|ейк\w*)?\b|\bтыс\w*\b|\bмлн\b|cents\b|minor|thousand"
# Days of something else than the sale.
OTHER_DAYS = r"рожд|возвр|доставк|изменен|отмен|регистр|сгоран|birth|return|refund|deliver|updat|modif|ship|cancel|expir"
# «Вернуть до», «срок возврата»: when something could be returned, not whether it was.
NOT_A_TERM = r"^(?!.*(?:срок|\bдо\b|возмож|услов|полит|policy|\bby\b|until)).*"
STORE = Column(
    "store",
    _("Store"),
    (
        "магазин",
        "салон",
        "store",
        "shop",
        "филиал",
        "точка",
        "подразделение",
        "склад",
        "со склада",
        "точка продаж",
        "торговая точка",
        "заведение",
        "location",
    ),
    r"магаз|салон|store|торгов\w* точк|точк\w* прод",
    r"тел|phone|адрес|address|почт|mail",
)

CURRENCY = Column(
    "currency", _("Currency"), ("валюта", "currency", "currency code", "код валюты", "валюта документа", "валюта чека")
)

REASONS = {
    "name": _("the phone or code is on the card of somebody else"),
    "client unknown": _("the client is not in the base yet; the row waits"),
    "receipt of another client": _("this receipt is another client's"),
    "ticket of another client": _("this ticket is another client's"),
    "store": _("of which store this row is, is not said: say it on the page of values"),
    "date": _("there is no such day, or it is still to come"),
    "price": _("this is no price"),
    "quantity": _("how many pieces were sold is not clear"),
    "whole": _("the sum is that of the whole receipt, which has several lines"),
    "sum": _("price, discount and sum contradict each other"),
    "return": _("whether and when it was returned is not clear"),
    "operation": _("whether this is a sale is not clear"),
    "state": _("whether the receipt stands is not clear"),
    "currency": _("in which money this was paid is not clear"),
    "currency left out": _("left out: in another money"),
    "neither": _("left out: neither a sale nor a return"),
    NOBODY_YET: _("whose receipt this is shows when the whole list has been seen"),
    "no sale": _("a return of what was not sold to this client"),
    "day or month": _("whether the day or the month comes first is not clear: say it on the page of values"),
    "rounded": _("the number lost its digits in a spreadsheet: format its column as text and export it again"),
    "receipt": _("the base has several receipts of this number"),
    "code": _("the source has several clients of this code"),
    "status": _("the state of the piece is not said: say it on the page of values"),
    "no states, taken in over a year ago": _("no state is said; taken in over a year ago, so taken for handed out"),
    "service": _("what was to be done is not said"),
    "void": _("the receipt is void in the list: it is counted nowhere; one that stands here is voided on its page"),
    "void here": _("this receipt is void here; bring it back on its page if it stands after all"),
    "returned": _("the return is marked"),
    "attached": _("the client appeared; the row is attached"),
}
DECISIONS = {
    "name": (Decision.SAME, Decision.OTHER, Decision.SKIP),
    "receipt of another client": (Decision.SKIP,),
    "ticket of another client": (Decision.SKIP,),
}

# Beside goods a code is theirs. Shopify repeats the sums of an order beside each of its lines, and calls the order's number its name.
DIALECTS = {
    **{
        goods: {"код": "код товара"}
        for goods in ("номенклатура", "товар", "товары", "блюдо", "наименование", "наименование товара")
    },
    "lineitem price": {"name": "order number", "total": "", "subtotal": "", "discount amount": "", "location": "store"},
    "item cost": {"discount amount": "", "cart discount amount": "", "order subtotal amount": ""},
    "price point name": {"transaction id": "receipt number", "location": "store"},
}

PURCHASES = ListSpec(
    kind="purchases",
    label=_("Purchases"),
    columns=(
        Column("returned_on", _("Returned"), ("дата возврата", "возврат", "returned", "returned on", "return date", "returned at", "refunded at", "cancelled at", "canceled at", "дата отмены"), rf"{NOT_A_TERM}(?:дата|день).*возвр|return.* (?:date|on|at)$"),
        Column("operation", _("Operation"), ("вид операции", "операция", "тип операции", "признак расчета", "признак", "вид документа", "тип документа", "хозяйственная операция", "operation", "operation type", "transaction type", "document type", "receipt type", "event type"), r"операц|признак расч|(вид|тип) (документ|чек|движен)|operation|transaction type", r"^дата|^время|сумм|номер|\bdate\b|amount|number", dash=True),
        Column("returned", _("Returned or not"), ("признак возврата", "возвращено", "возвращен", "is return", "is returned", "refunded", "financial status", "refunded amount"), rf"{NOT_A_TERM}возвра[тщ]|return|refund"),
        Column("own_receipt", _("Carat receipt №")),
        Column("receipt", _("Receipt"), ("чек", "номер чека", "№ чека", "receipt", "receipt number", "документ", "номер документа", "order number", "order id", "номер заказа", "регистратор", "документ продажи", "документа", "чека", "order", "order no", "transaction id", "контрагент документ", "покупатель документ", "клиент документ", "документ регистратор", "заказа", "продажи", "номер", "номер продажи", "номер накладной", "sale", "sale id"), r"\bчек|\b(?:receipt|invoice|sale) (?:no|number|id)\b"),
        *WHO,
        Column("sold_on", _("Day of sale"), ("дата", "дата продажи", "дата покупки", "date", "день", "дата чека", "sold on", "sale date", "created at", "order date", "дата и время", "дата операции", "дата документа", "дата оплаты", "период", "момент времени", "created", "дата и время регистрации", "дата визита", "дата посещения", "дата заказа", "дата реализации", "дата отгрузки", "дата транзакции", "transaction date", "visit date", "создан", "оформлен", "продан", "продано", "sold", "время"), r"^дата(?! рожд| возвр)|date$", OTHER_DAYS, dates.is_day, shy=True),
        Column("article", _("Article"), ("артикул", "арт", "article", "sku", "код изделия", "код товара", "lineitem sku", "item sku", "product sku", "код номенклатуры"), r"артик|article|\bsku\b"),
        Column("kind", _("Kind"), ("вид изделия", "изделие", "вид", "kind", "тип", "номенклатура", "товар", "наименование", "тип изделия", "product", "item", "item name", "lineitem name"), r"издел|номенкл|товар|категор"),
        Column("percent", _("Discount, per cent"), ("скидка процент", "процент скидки", "скидка в процентах", "discount процент", "discount percent"), r"(?:скидк|discount).*(?:процент|percent)|процент.*скидк|percent.*discount"),
        Column("whole", _("Sum of the receipt"), ("сумма чека", "сумма заказа", "сумма документа", "order total", "receipt total", "order total amount", "order subtotal amount", "grand total"), OF_THE_WHOLE, r"скид|discount|бонус|tax|ндс|достав|shipping|возвр|refund"),
        Column("lines", _("Lines of the receipt")),
        Column("net", _("Price after discount"), ("цена со скидкой", "цена с учетом скидки", "цена продажи", "discounted price", "sale price"), r"цена.*(?:со скидкой|с учетом)", OTHER_UNITS),
        Column("paid", _("Paid"), ("сумма позиции", "сумма по позиции", "сумма строки", "сумма товара", "стоимость позиции", "сумма с ндс", "всего с ндс", "итого с ндс", "стоимость с ндс", "сумма со скидкой", "сумма с учетом скидки", "оплачено", "к оплате", "сумма продажи", "сумма", "итого", "всего", "amount", "sum", "total", "paid", "line total", "item total", "net sales", "выручка", "продажа руб", "продажи руб", "продажа сумма", "продано на сумму"), r"^(?!.*(?:без скид|скидки$|бонус|возвр|ндс|налог|себестоим|refund|return|discount|tax|cost|tip)).*(?:сумм|оплач|amount|итого)", rf"{OF_THE_WHOLE}|{OTHER_UNITS}"),
        Column("price", _("Price"), ("цена", "стоимость", "price", "цена без скидки", "сумма без скидки", "lineitem price", "unit price", "item price", "item cost"), r"цена|стоим|price|сумма без", rf"price (?:point|list|type|group)|за грамм|за гр\b|per gram|(?:вид|тип)\w* цен|себестоим|закуп|входн|учетн|purchase price|без ндс|без налог|{OTHER_UNITS}|{OF_THE_WHOLE}"),
        Column("discount", _("Discount"), ("скидка", "discount", "сумма скидки", "lineitem discount", "скидка руб"), r"скидк|discount", r"\bкод|code|купон|coupon|причин|reason|карт|card|\bвид|\bтип|type|\bкоп(?:еек)?\b|\bтыс\w*\b"),
        Column("quantity", _("Quantity"), ("количество", "кол во", "кол", "qty", "quantity", "шт", "lineitem quantity"), r"^кол\b|количеств|quantity|\bqty\b"),
        Column("uin", _("UIN"), ("уин", "uin"), r"\bуин\b"),
        Column("tenders", _("Payment"), ("оплата", "способ оплаты", "вид оплаты", "тип оплаты", "форма оплаты", "чем оплачено", "payment", "payment method", "payment type", "paid by"), r"(?:способ|вид|тип|форма) (?:оплаты|расч)|payment (?:method|type)"),
        Column("voided", _("Void, because"), ("аннулирован", "чек аннулирован", "аннулировано", "voided", "void", "is void", "is voided", "cancelled", "canceled", "is cancelled", "is canceled", "отменен", "отменено", "отменена", "отмена", "сторно", "сторнирован", "удален", "deleted", "is deleted", "пометка удаления", "пометка на удаление"), r"аннулир|^void|^отмен(?!.*дата)|^cancell?ed(?! (?:at|on|by))|^cancell?ation (?:reason|flag)|причина отмены"),
        Column("state", _("State of the receipt"), ("статус", "состояние", "status", "state", "статус заказа", "статус чека", "статус документа", "статус продажи", "статус оплаты", "order status", "payment status", "sale status", "transaction status", "receipt status", "проведен", "posted"), r"^(?:статус|состояние)\b|\bstatus$", rf"client|customer|клиент|покупател|достав|deliver|fulfil|shipping|подпис|маркир|эгаис|фискал|отправ|финанс|financial|{OTHERS}"),
        CURRENCY,
        STORE,
    ),
    needs=(("sold_on",), ("paid", "net", "price", "whole")),
    handler=PurchasesHandler,
    finish=waiting.sweep,
    days=("sold_on", "returned_on", "birth_date"),
    reconsidered=(NOBODY_YET, NO_SALE),
    is_row=reading.is_row,
    watched=signs.BACK,
    vocabularies=(storebook.STORES, *words.VOCABULARIES),
    dialects=DIALECTS,
    above=FromAbove(
        heading=headings.heading,
        known=storebook.known_names,
        named=headings.document,
        implied=("store", "full_name", "phone", "receipt", "sold_on", "operation"),
        section=headings.A_SECTION,
        otherwise="Продажи",
        carried=("store", "receipt", "sold_on", *(column.name for column in WHO)),
        beside=("article",),
        what=("kind",),
        document="receipt",
        once=("receipt", "whole"),
        lines="lines",
        rather=sums.SUMS,
    ),
    figures=(*sums.SUMS, "discount", "whole"),
    counts=("quantity",),
    reasons=REASONS,
    decisions=DECISIONS,
    facts=clients_selectors.facts_of_card,
    writes=(Purchase, Piece),
)  # fmt: skip
