"""The clients' list: its columns, reasons and decisions."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from clients import forgotten, parts, selectors, services
from clients.listing.handler import ClientsHandler, read
from clients.listing.hearing import HEARD
from clients.models import Client, ClientKey, HeardFrom
from clients.writing import beside_names, dates, emails, phones
from clients.writing.others import OTHERS
from imports import storebook
from imports.above import FromAbove
from imports.cells import is_foot, is_total
from imports.models import Decision
from imports.specs import OWN, Column, ListSpec
from stores.models import Store
from stores.texts import writing

# What stands beside a contact in an address book, and contacts that are not the person's own.
NO_CONTACT = rf"\b(?:type|label|тип|вид|метка|display|phonetic|yomi|group|fax|pager|telex|пейджер\w*|accepts?|marketing|subscri\w+|status|do not|статус|подпис\w+|рассыл\w+|согласи\w+|newsletter\w*|consent\w*|краткое имя|почтов\w* (?:индекс|адрес|отделен\w*)|индекс|postal|zip|дата|созда\w+|created|лицо)\b|факс(?!.*тел)(?<!тел факс)|{OTHERS}"
NO_PLACE = r"тел|phone|адрес|address|почт|mail|\bкод|code|инн"
A_PHONE = r"\bтел|телефон|\bмоб|\bсот|phone|\bmobile\b|\btel\b|\bcell\b|^контакт|telefon|téléphone|teléfono|\bhandy\b|\bmobil\b|\bmóvil\b"
AN_EMAIL = r"mail|почт|мейл|мэйл|электронн|courriel|correo electrónico|ел пошта|електронна"


def _is_name(cell: str) -> bool:
    bare = beside_names.parted({"full_name": cell})["full_name"]
    return sum(map(str.isalpha, bare)) > 1 and not any(map(str.isdigit, bare)) and "@" not in bare


def _is_birth_date(cell: str) -> bool:
    return dates.is_day(cell) or dates.without_year(cell) is not None


def _is_email(cell: str) -> bool:
    return bool(emails.find_all(cell))


A_COUNT = re.compile(r"\s*-?\d[\d \xa0]{0,8}(?:[.,]\d+)?\s*(?:₽|руб\.?|шт\.?|чел\.?|%)?\s*")
NAME_COLUMNS = ("last_name", "first_name", "full_name", "name_first")


def _is_total(cells: Sequence[str], values: Mapping[str, str]) -> bool:
    """Whether a row adds up others: «Итого: 29», and at most a number beside it."""
    return is_total(cells) and all(A_COUNT.fullmatch(cell) for cell in [cell for cell in cells if cell.strip()][1:])


def _is_row(cells: Sequence[str], values: Mapping[str, str]) -> bool:
    """Not where nothing stands in it, nor a total beside the names. One in their column, in the middle of a list, is kept and
    says that it names nobody: who knows what it was to be."""
    if is_foot(cells):
        return False
    if values.get("full_name") or values.get("last_name") or values.get("first_name") or values.get("name_first"):
        return True
    return any(cell.strip() for cell in cells) and not _is_total(cells, values)


COLUMNS = (
    OWN,
    Column("code", _("Client code"), ("код", "код клиента", "id", "id клиента", "client id", "client code", "customer code", "customer id", "код карты", "номер карты", "карта", "card", "card number", "uid", "внешний код")),
    Column("name_first", _("First name and surname"), ("имя фамилия", "имя и фамилия", "first last", "first and last name")),
    Column("last_name", _("Surname"), ("фамилия", "last name", "lastname", "surname", "family name", "фамилия клиента", "billing last name", "nachname", "nom", "nom de famille", "apellido", "apellidos", "прізвище"), r"^фамил(?!ия имя)", OTHERS, _is_name, shy=True),
    Column("first_name", _("First name"), ("имя", "first name", "firstname", "given name", "имя клиента", "billing first name", "vorname", "prénom", "nombre", "ім я"), r"^имя(?! отч| фам| и| польз)", OTHERS),
    Column("middle_name", _("Patronymic"), ("отчество", "middle name", "patronymic", "отчество клиента", "отч", "additional name", "second name", "по батькові"), r"^отчест", OTHERS),
    Column("full_name", _("Full name"), ("фио", "ф и о", "піб", "полное наименование", "клиент", "покупатель", "client", "name", "full name", "customer", "customer name", "client name", "фио клиента", "клиент фио", "имя отчество", "имя и отчество", "наименование", "заказчик", "контактное лицо", "ф и о клиента", "ф и о покупателя", "фио покупателя", "партнер", "физическое лицо", "название", "гость", "владелец карты", "владелец", "держатель карты", "покупатель клиент", "клиент покупатель", "display name"), r"\bфио\b|фамилия имя|полное имя|full ?name|контрагент", OTHERS, _is_name, shy=True),
    Column("birth_date", _("Birth date"), ("дата рождения", "дата рожд", "geburtstag", "geburtsdatum", "date de naissance", "fecha de nacimiento", "дата народження", "д р", "др", "рождение", "birth date", "birthday", "birthdate", "date of birth", "dob", "день рождения"), r"рожд|birth|\bдр\b|\bг р\b|родил", rf"birth (?:year|month|day|place)|(?:place|day|month|year) of birth|(?:мест\w*|месяц|число) рожд|{OTHERS}", _is_birth_date, shy=True),
    Column("birth_day", _("Day of birth"), ("birth day", "день рожд", "число рождения", "birthday day", "day of birth")),
    Column("birth_month", _("Month of birth"), ("birth month", "месяц рождения", "birthday month", "month of birth")),
    Column("birth_year", _("Year of birth"), ("birth year", "год рождения", "birthday year", "year of birth", "г р")),
    Column("area_code", _("Code of the town"), ("код города", "код региона", "код оператора", "телефонный код", "area code", "городской код"), r"код.*(?:город|оператор|телефон)|телефон\w* код|area code"),
    Column("phone", _("Phone"), ("телефон", "тел", "моб тел", "мобильный", "мобильный телефон", "phone", "mobile", "mobile phone", "номер телефона", "сотовый", "cell", "контактный телефон", "телефон 1", "phone 1"), A_PHONE, NO_CONTACT, phones.is_phone),
    Column("phone2", _("Second phone"), ("телефон 2", "доп телефон", "домашний телефон", "второй телефон", "дом тел", "phone 2"), A_PHONE, NO_CONTACT),
    Column("phone3", _("Third phone"), ("телефон 3", "phone 3", "третий телефон"), A_PHONE, NO_CONTACT),
    Column("phone4", _("Fourth phone"), ("телефон 4", "phone 4"), A_PHONE, NO_CONTACT),
    Column("phone5", _("Fifth phone"), ("телефон 5", "phone 5"), A_PHONE, NO_CONTACT),
    Column("phone6", _("Sixth phone"), ("телефон 6", "phone 6"), A_PHONE, NO_CONTACT),
    Column("phone7", _("Seventh phone"), ("телефон 7", "phone 7"), A_PHONE, NO_CONTACT),
    Column("phone8", _("Eighth phone"), ("телефон 8", "phone 8"), A_PHONE, NO_CONTACT),
    Column("email", _("E-mail"), ("email", "e mail", "эл почта", "почта", "электронная почта", "mail", "емейл", "имейл", "мейл", "адрес эл почты", "эл адрес", "электронный адрес", "e mail address", "email address"), AN_EMAIL, NO_CONTACT, _is_email),
    Column("email2", _("Second e-mail"), ("email 2", "e mail 2", "вторая почта"), AN_EMAIL, NO_CONTACT),
    Column("email3", _("Third e-mail"), ("email 3", "e mail 3"), AN_EMAIL, NO_CONTACT),
    Column("email4", _("Fourth e-mail"), ("email 4", "e mail 4"), AN_EMAIL, NO_CONTACT),
    Column("postal_address", _("Postal address"), ("почтовый адрес", "адрес для писем", "адрес почтовый", "postal address", "mailing address")),
    Column("store", _("Store"), ("магазин", "салон", "store", "shop", "филиал", "точка", "подразделение", "торговая точка", "заведение", "home store"), r"магаз|салон|store", NO_PLACE),
    Column("registered_on", _("Registered"), ("дата регистрации", "регистрация", "дата создания", "registered", "дата анкеты", "дата заведения", "registration date", "дата рег", "дата выдачи карты", "date registered", "created at", "created on", "created", "customer since"), r"регистр|заведен|создан", r"адрес|мест|\bкем\b|\bкто\b|номер"),
    Column("heard_from", _("How they heard of us"), ("откуда узнали", "откуда узнал", "откуда узнали о нас", "источник", "источник клиента", "источник привлечения", "рекламный источник", "канал привлечения", "how did you hear of us", "heard from", "source"), r"откуда|источник"),
    Column("note", _("Note"), ("примечание", "комментарий", "note", "notes", "заметки", "comment", "прим"), r"примеч|коммент|замет"),
)  # fmt: skip
PREFERABLE = ("birth_date", "phone", "email", "postal_address", "store", "registered_on")
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def fact_in_words(column: str, value: Any) -> str:
    """A fact of a card as a person reads it, from what a row keeps of it."""
    if value in (None, ""):
        return ""
    if column == "store":
        return str(Store.objects.filter(pk=value).first() or "")
    if column == "heard_from":
        return str(HeardFrom.objects.filter(pk=value).first() or "")
    if column in ("phone", "phone2"):
        return ", ".join(map(phones.national, value.split(", ")))
    return writing.short_day(date.fromisoformat(value)) if ISO_DAY.fullmatch(str(value)) else str(value)


CLIENTS = ListSpec(
    kind="clients",
    label=_("Clients"),
    columns=COLUMNS,
    days=("birth_date", "birth_year", "registered_on"),
    needs=(("full_name", "last_name", "first_name"),),
    handler=ClientsHandler,
    reasons={
        "name": _("no name of a person in this row"),
        "phone": _("the phone is on the card of somebody else"),
        "identity": _("the same person, but another phone"),
        "birth_date": _("the same person, but another birth date"),
        "email": _("the card has another e-mail"),
        "surname": _("same birth date, surname differs by a letter or two"),
        "swapped": _("same name, day and month exchanged"),
        "digit": _("same name, phone differs in one digit"),
        forgotten.REASON: _("the data of this person were erased on %(detail)s"),
        "stays: consents": _("the card stays: the client gave or withdrew a consent"),
        "stays: an occasion": _("the card stays: it has an occasion to keep"),
        "stays: another list": _("the card stays: another list knows it"),
        "stays: a decision": _("the card stays: somebody decided about its contacts"),
        "stays: reached through": _("the card stays: somebody is reached through its phone"),
        "stays: other rows": _("other rows of this list are on the card too"),
        "stays: merged": _("the card stays: another card was merged into it"),
    },
    further_reasons=parts.reasons_to_stay,
    writes=(Client, ClientKey),
    understand=read,
    above=FromAbove(storebook.heading, known=storebook.known_names, implied=("store",), carried=("store",)),
    is_row=_is_row,
    may_end=_is_total,
    told_by=NAME_COLUMNS,
    rows_at_once=4_000,  # only cards that get something are locked, and they are few
    facts=selectors.facts_of_card,
    shown=fact_in_words,
    suggest=lambda values: emails.suggestion_for(values.get("email", "")),
    accept=services.accept_email,
    forgets=frozenset({forgotten.REASON}),
    preferable=PREFERABLE,
    vocabularies=(storebook.HOME_STORES, HEARD),
    decisions={
        "name": (Decision.SAME, Decision.TAKE, Decision.OTHER, Decision.SKIP),
        "phone": (Decision.SAME, Decision.TAKE, Decision.OTHER, Decision.SKIP),
        "identity": (Decision.SAME, Decision.TAKE, Decision.OTHER, Decision.SKIP),
        "birth_date": (Decision.SAME, Decision.TAKE, Decision.OTHER, Decision.SKIP),
        "email": (Decision.SAME, Decision.TAKE, Decision.SKIP),
        forgotten.REASON: (Decision.TAKE, Decision.OTHER, Decision.SKIP),
        "changed": (Decision.SAME, Decision.TAKE, Decision.SKIP),
    },
)
