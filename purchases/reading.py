"""One row of a purchases' or services' list, understood."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from clients import dates, phones
from clients.models import person_key
from clients.names import BadNameError, PersonName
from clients.reading import code_key, person_name
from purchases.models import Kind, ServiceKind, ServiceStatus
from purchases.selectors import KIND_OF_LETTER

WHO_COLUMNS = ("code", "last_name", "first_name", "middle_name", "full_name", "name_first", "birth_date", "phone")
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
    (ServiceKind.CHAIN_REPAIR, r"(ремонт|починк|пайк|запай|repair|solder).*(цеп|chain|брасл|bracelet)|chain repair"),
    (ServiceKind.CLEANING, r"чист|clean"),
    (ServiceKind.RHODIUM, r"родир|родий|rhod"),
    (ServiceKind.POLISHING, r"полир|polish"),
    (ServiceKind.STONE_SETTING, r"закреп|вставк|камн|камен|крапан|set(ting)? (the )?stone|stone|prong"),
    (ServiceKind.SOLDERING, r"пайк|запай|спаять|solder"),
    (ServiceKind.REPAIR, r"ремонт|починк|замок|застеж|repair"),
)
STATUS_STEMS = (
    (ServiceStatus.CANCELLED, r"отмен|отказ|cancel"),
    (ServiceStatus.HANDED_OUT, r"выдан|закрыт|handed|issued|closed"),
    (ServiceStatus.READY, r"готов|ready|done"),
    (ServiceStatus.IN_WORK, r"работ|мастер|work"),
    (ServiceStatus.RECEIVED, r"принят|прием|received|new"),
)
MONEY_NOISE = re.compile(r"[\s'’=]|руб\w*\.?|₽|р\.?$|rub\w*\.?", re.IGNORECASE)


class BadRowError(ValueError):
    """A row that cannot be a line of its list; the text is the field that is wrong."""


NOBODY = re.compile(r"розничн|частное лицо|физ\w*\.? ?лицо|аноним|без карты|retail|walk-?in", re.IGNORECASE)


NO_NAME = PersonName()


@dataclass(frozen=True)
class Who:
    """How a row names its client; every part may be empty. ``said`` is whatever stands there, understood or not."""

    code: str
    phone: str
    person_key: str
    name: PersonName = NO_NAME
    said: str = ""

    def __bool__(self) -> bool:
        return bool(self.said)


def who(values: Mapping[str, str], today: date) -> Who:
    """The client that a row refers to: the list's own code, a phone, or name and birth date."""
    said = " ".join(filter(None, (values.get(column, "") for column in WHO_COLUMNS)))
    if NOBODY.search(said):
        return Who("", "", "")
    found = phones.find_all(values.get("phone", ""))
    born = dates.parse(values.get("birth_date", ""), today, of_birth=True)
    try:
        name = person_name(values)
    except BadNameError:
        name = PersonName()
    return Who(code_key(values.get("code", "")), found[0] if found else "", person_key(name, born), name, said)


def day(values: Mapping[str, str], column: str, today: date) -> date:
    """A past or present day. Raises BadRowError."""
    read = dates.parse(values.get(column, ""), today)
    if read is None or read > today or read.year < 1990:
        raise BadRowError("date")
    return read


def return_day(values: Mapping[str, str], sold_on: date, today: date) -> date | None:
    """The day of return, or None where there is none or none that can be: the sale is not lost for it."""
    read = dates.parse(values.get("returned_on", ""), today)
    return read if read and sold_on <= read <= today else None


def money(text: str) -> Decimal:
    """``115 900,00 руб.`` → 115900.00. Raises BadRowError for what is no sum, or is below zero.

    With both signs the last is the decimal one; a sign before exactly three digits parts thousands.
    """
    plain = MONEY_NOISE.sub("", text)
    signs = [sign for sign in plain if sign in ".,"]
    if len(set(signs)) == 2:
        plain = plain.replace("," if signs[-1] == "." else ".", "")
    elif len(signs) > 1 or re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", plain):
        plain = plain.replace(".", "").replace(",", "")
    try:
        value = Decimal(plain.replace(",", "."))
    except InvalidOperation:
        raise BadRowError("price") from None
    if not value.is_finite() or value < 0 or value >= Decimal(10) ** 10:
        raise BadRowError("price")
    return value.quantize(Decimal("0.01"))


def discount(text: str) -> Decimal:
    """A discount in roubles; one in percent or unreadable is left out rather than losing the sale."""
    try:
        return money(text) if text else Decimal(0)
    except BadRowError:
        return Decimal(0)


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
