"""What stands above the rows of a list of purchases: the receipt, the client, the store or the day whose rows follow."""

import re
from collections.abc import Collection, Mapping

from clients.writing import beside_names, names, phones, short_names
from clients.writing.full_names import split_full_name
from clients.writing.names import BadNameError
from imports import storebook
from imports.cells import is_total

# «Чек ККМ РД00-000124 от 02.02.2026 12:30:15», «Receipt #17 of 2/2/2026».
DOCUMENT = re.compile(
    r"(?P<words>[^\d№#]*?)[\s№#]*(?P<number>[^\W_]*\d[\w/\-]*)\s+(?:от|from|of|dated)\s+"
    r"(?P<day>\d{1,2}[./]\d{1,2}[./]\d{2,4}(?:,?\s+\d{1,2}:\d\d(?::\d\d)?)?)\b.*",
    re.IGNORECASE,
)
A_DAY = re.compile(
    r"(?:дата|день|date)?[:\s]*(\d{1,2}[./]\d{1,2}[./]\d{4})(?:\s*г\.?)?(?:\s+\d{1,2}:\d\d(?::\d\d)?)?", re.IGNORECASE
)
# «Возвраты», «Возвраты за август 2026»: what the rows below are; sheets are called so, too.
_OF_WHAT = r"(?:\s+(?:товар\w*|издели\w*|покупател\w*|клиент\w*|от|за|по|период\w*|чек\w*|[^\W\d_]{3,8}|\d[\d.]*))*\W*"
A_SECTION = re.compile(
    rf"(?P<back>возвраты?|сторно|returns?|refunds?){_OF_WHAT}|(?P<sale>продажи|реализации?|sales){_OF_WHAT}", re.IGNORECASE
)
BACK, SALES = "Возврат", "Продажа"
A_CLIENT = re.compile(r"(?:клиент|покупатель|контрагент|партнер|партнёр|client|customer)\s*[:—–-]?\s+", re.IGNORECASE)


def document(text: str) -> Mapping[str, str]:
    """The receipt and its day, where the name of a document tells them."""
    found = DOCUMENT.fullmatch(text.strip())
    return {"receipt": text.strip(), "sold_on": found["day"]} if found else {}


def number(receipt: str, sold_on: str) -> str:
    """The number of a receipt; of one by whose name alone its day is known, what stands before that day."""
    found = DOCUMENT.fullmatch(receipt) if sold_on and receipt.endswith(sold_on) else None
    return found["number"] if found else receipt


def heading(text: str, stores: Collection[str]) -> Mapping[str, str]:
    """What a text says that stands alone in its row; nothing for one that is no heading of purchases."""
    said = " ".join(text.split())
    if is_total([said]):
        return {}
    if told := document(said):
        return told
    if found := A_DAY.fullmatch(said):
        return {"sold_on": found[1]}
    if found := A_SECTION.fullmatch(said):
        return {"operation": BACK if found["back"] else SALES}
    if store := storebook.heading(said, stores):
        return store
    return _client(A_CLIENT.sub("", said, count=1), named=A_CLIENT.match(said) is not None)


def _client(text: str, *, named: bool) -> Mapping[str, str]:
    """A client's name, with a phone beside it; surely a name, for kinds of jewelry are headings, too."""
    parted = beside_names.parted({"full_name": text})
    try:
        name = split_full_name(parted["full_name"])
    except BadNameError:
        phone = phones.find_all(text)
        return {"full_name": "", "phone": phone[0]} if phone and phone[0] and len(phone) == 1 and not _words(text) else {}
    surely = named or "phone" in parted or short_names.is_known(name.first) or names.PATRONYMIC.search(name.middle or name.first)
    if not surely or not (name.last and name.first):
        return {}
    return {"full_name": parted["full_name"], "phone": parted.get("phone", "")}


def _words(text: str) -> bool:
    return any(letter.isalpha() for letter in text)
