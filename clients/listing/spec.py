"""The clients' list: its columns, reasons and decisions."""

import re
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from clients import forgotten, parts, selectors, services
from clients.listing.handler import ClientsHandler, read
from clients.models import Client, ClientKey
from clients.writing import emails, phones
from imports import storebook
from imports.models import Decision
from imports.specs import OWN, Column, ListSpec
from stores import writing
from stores.models import Store

# What stands beside a contact in an address book, and contacts that are not the person's own.
NO_CONTACT = r"\b(?:type|label|тип|вид|метка|display|phonetic|yomi|group|fax|assistant\w*|manager\w*|секретар\w*|помощник\w*)\b|факс(?!.*тел)(?<!тел факс)"
A_PHONE = r"тел|моб|сот|phone|\btel\b|\bcell\b|^контакт"
AN_EMAIL = r"mail|почт|мейл|мэйл|электронн"


def _is_phone(cell: str) -> bool:
    return bool(phones.find_all(cell))


def _is_email(cell: str) -> bool:
    return bool(emails.find_all(cell))


COLUMNS = (
    OWN,
    Column("code", _("Client code"), ("код", "код клиента", "id", "id клиента", "client id", "client code", "код карты", "номер карты", "card", "card number", "uid", "внешний код")),
    Column("name_first", _("First name and surname"), ("имя фамилия", "имя и фамилия", "first last", "first and last name")),
    Column("last_name", _("Surname"), ("фамилия", "last name", "lastname", "surname", "family name", "фамилия клиента"), r"^фамил"),
    Column("first_name", _("First name"), ("имя", "first name", "firstname", "given name", "имя клиента"), r"^имя(?! отч| фам| и)"),
    Column("middle_name", _("Patronymic"), ("отчество", "middle name", "patronymic", "отчество клиента", "additional name", "second name"), r"^отчест"),
    Column("full_name", _("Full name"), ("фио", "ф и о", "клиент", "покупатель", "client", "name", "full name", "customer", "фио клиента", "клиент фио", "имя отчество", "имя и отчество", "наименование", "заказчик", "контактное лицо", "ф и о клиента", "ф и о покупателя", "фио покупателя"), r"\bфио\b|фамилия имя|полное имя|full ?name|контрагент"),
    Column("birth_date", _("Birth date"), ("дата рождения", "дата рожд", "д р", "др", "рождение", "birth date", "birthday", "birthdate", "date of birth", "dob", "день рождения"), r"рожд|birth|\bдр\b|\bг р\b|родил"),
    Column("area_code", _("Code of the town"), ("код города", "код региона", "код оператора", "телефонный код", "area code", "городской код"), r"код.*(?:город|оператор|телефон)|телефон\w* код|area code"),
    Column("phone", _("Phone"), ("телефон", "тел", "моб тел", "мобильный", "мобильный телефон", "phone", "mobile", "mobile phone", "номер телефона", "сотовый", "cell", "контактный телефон", "телефон 1", "phone 1"), A_PHONE, NO_CONTACT, _is_phone),
    Column("phone2", _("Second phone"), ("телефон 2", "доп телефон", "домашний телефон", "второй телефон", "дом тел", "phone 2"), A_PHONE, NO_CONTACT),
    Column("phone3", _("Third phone"), ("телефон 3", "phone 3", "третий телефон"), A_PHONE, NO_CONTACT),
    Column("phone4", _("Fourth phone"), ("телефон 4", "phone 4"), A_PHONE, NO_CONTACT),
    Column("email", _("E-mail"), ("email", "e mail", "эл почта", "почта", "электронная почта", "mail", "емейл", "имейл", "мейл", "адрес эл почты", "эл адрес", "электронный адрес", "e mail address", "email address"), AN_EMAIL, NO_CONTACT, _is_email),
    Column("email2", _("Second e-mail"), ("email 2", "e mail 2", "вторая почта"), AN_EMAIL, NO_CONTACT),
    Column("email3", _("Third e-mail"), ("email 3", "e mail 3"), AN_EMAIL, NO_CONTACT),
    Column("store", _("Store"), ("магазин", "салон", "store", "shop", "филиал", "точка", "подразделение", "торговая точка"), r"магаз|салон|store"),
    Column("registered_on", _("Registered"), ("дата регистрации", "регистрация", "дата создания", "registered", "дата анкеты", "дата заведения", "registration date"), r"регистр|заведен|создан"),
    Column("note", _("Note"), ("примечание", "комментарий", "note", "notes", "заметки", "comment", "прим"), r"примеч|коммент|замет"),
)  # fmt: skip
PREFERABLE = ("birth_date", "phone", "email", "store", "registered_on")
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def fact_in_words(column: str, value: Any) -> str:
    """A fact of a card as a person reads it, from what a row keeps of it."""
    if value in (None, ""):
        return ""
    if column == "store":
        return str(Store.objects.filter(pk=value).first() or "")
    if column in ("phone", "phone2"):
        return ", ".join(map(phones.national, value.split(", ")))
    return writing.short_day(date.fromisoformat(value)) if ISO_DAY.fullmatch(str(value)) else str(value)


CLIENTS = ListSpec(
    kind="clients",
    label=_("Clients"),
    columns=COLUMNS,
    days=("birth_date", "registered_on"),
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
    facts=selectors.facts_of_card,
    shown=fact_in_words,
    suggest=lambda values: emails.suggestion_for(values.get("email", "")),
    accept=services.accept_email,
    forgets=frozenset({forgotten.REASON}),
    preferable=PREFERABLE,
    vocabularies=(storebook.HOME_STORES,),
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
