"""One row of a purchases' or services' list, understood."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from clients import dates, names, phones
from clients.models import person_key
from clients.names import BadNameError
from clients.reading import code_key
from purchases.models import Kind, ServiceKind, ServiceStatus
from purchases.selectors import KIND_OF_LETTER

KIND_STEMS = (
    (Kind.EARRINGS, r"серьг|серёж|сереж|пусет|earring"),
    (Kind.RING, r"кольц|перст|печатк|\bring"),
    (Kind.PENDANT, r"подвес|кулон|крест|икон|pendant|cross|charm"),
    (Kind.NECKLACE, r"колье|ожерел|бусы|necklace"),
    (Kind.CHAIN, r"цеп|chain"),
    (Kind.BRACELET, r"браслет|bracelet"),
    (Kind.BROOCH, r"брош|зажим|запонк|brooch"),
    (Kind.WATCH, r"час|watch"),
)
SERVICE_STEMS = (
    (ServiceKind.RESIZING, r"размер|увелич|уменьш|расширен|resiz|size"),
    (ServiceKind.ENGRAVING, r"гравир|engrav"),
    (ServiceKind.APPRAISAL, r"оцен|экспертиз|apprais"),
    (ServiceKind.CLEANING, r"чист|полир|родир|clean|polish|rhod"),
    (ServiceKind.REPAIR, r"ремонт|пайк|запай|закреп|замок|застеж|repair|solder"),
)
STATUS_STEMS = (
    (ServiceStatus.CANCELLED, r"отмен|отказ|cancel"),
    (ServiceStatus.HANDED_OUT, r"выдан|закрыт|handed|issued|closed"),
    (ServiceStatus.READY, r"готов|ready|done"),
    (ServiceStatus.IN_WORK, r"работ|мастер|work"),
    (ServiceStatus.RECEIVED, r"принят|прием|received|new"),
)
MONEY_NOISE = re.compile(r"[\s  ]|руб\.?|₽|р\.?$|rub\.?", re.IGNORECASE)


class BadRowError(ValueError):
    """A row that cannot be a line of its list; the text is the field that is wrong."""


@dataclass(frozen=True)
class Who:
    """How a row names its client; every part may be empty."""

    code: str
    phone: str
    person_key: str

    def __bool__(self) -> bool:
        return bool(self.code or self.phone or self.person_key)


def who(values: Mapping[str, str], today: date) -> Who:
    """The client that a row refers to: the list's own code, a phone, or name and birth date."""
    found = phones.find_all(values.get("phone", ""))
    born = dates.parse(values.get("birth_date", ""), today)
    try:
        key = person_key(names.split_full_name(values.get("full_name", "")), born)
    except BadNameError:
        key = ""
    return Who(code_key(values.get("code", "")), found[0] if found else "", key)


def day(values: Mapping[str, str], column: str, today: date) -> date:
    """A past or present day. Raises BadRowError."""
    read = dates.parse(values.get(column, ""), today)
    if read is None or read > today or read.year < 1990:
        raise BadRowError("date")
    return read


def optional_day(values: Mapping[str, str], column: str, today: date) -> date | None:
    """A past or present day where the row has one. Raises BadRowError for one that cannot be."""
    return day(values, column, today) if values.get(column) else None


def money(text: str) -> Decimal:
    """``115 900,00 руб.`` → 115900.00. Raises BadRowError for what is no sum, or is below zero."""
    plain = MONEY_NOISE.sub("", text)
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    plain = plain.replace(",", "")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise BadRowError("price") from None
    if not value.is_finite() or value < 0 or value >= Decimal(10) ** 10:
        raise BadRowError("price")
    return value.quantize(Decimal("0.01"))


def size(text: str) -> Decimal | None:
    """A ring size in mm of inner diameter, or None where there is none."""
    found = re.search(r"\d{1,2}(?:[.,]\d{1,2})?", text)
    return Decimal(found.group().replace(",", ".")) if found else None


def kind(text: str, article: str) -> Kind:
    """The kind of a piece by its name, else by the first letter of its article."""
    return next((kind for kind, stem in KIND_STEMS if re.search(stem, text.lower())), None) or KIND_OF_LETTER.get(
        article[:1].upper(), Kind.OTHER
    )


def service_kind(text: str) -> ServiceKind:
    return next((kind for kind, stem in SERVICE_STEMS if re.search(stem, text.lower())), ServiceKind.OTHER)


def service_status(text: str) -> ServiceStatus:
    """The status by its name; what a list says nothing of was handed out long ago."""
    found = next((status for status, stem in STATUS_STEMS if re.search(stem, text.lower())), None)
    return found or ServiceStatus.HANDED_OUT


def line_key(*parts: object) -> str:
    """A short stable key of what a row stands for."""
    said = "|".join("" if part is None else str(part).strip().lower() for part in parts)
    return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()
