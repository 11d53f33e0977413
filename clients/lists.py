"""The clients' list: its columns, and what each of its rows becomes."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from clients import parts
from clients.filling import CardWriter, KnownCards
from clients.matching import ROW_SOURCE, Card
from clients.names import BadNameError
from clients.reading import Person, understand
from imports.models import Outcome
from imports.specs import Column, ListContext, ListSpec, SourceRow, Verdict
from imports.storebook import StoreBook
from stores.models import Store

COLUMNS = (
    Column("code", _("Client code"), ("код", "код клиента", "id", "id клиента", "client id", "client code", "код карты", "номер карты", "card", "card number", "uid", "внешний код")),
    Column("name_first", _("First name and surname"), ("имя фамилия", "имя и фамилия", "first last", "first and last name")),
    Column("last_name", _("Surname"), ("фамилия", "last name", "lastname", "surname", "family name", "фамилия клиента"), r"^фамил"),
    Column("first_name", _("First name"), ("имя", "first name", "firstname", "given name", "имя клиента"), r"^имя(?! отч| фам| и)"),
    Column("middle_name", _("Patronymic"), ("отчество", "middle name", "patronymic", "отчество клиента"), r"^отчест"),
    Column("full_name", _("Full name"), ("фио", "ф и о", "клиент", "покупатель", "client", "name", "full name", "customer", "фио клиента", "клиент фио", "имя отчество", "имя и отчество", "наименование", "заказчик", "контактное лицо", "ф и о клиента", "ф и о покупателя", "фио покупателя"), r"\bфио\b|фамилия имя|полное имя|full ?name|контрагент"),
    Column("birth_date", _("Birth date"), ("дата рождения", "дата рожд", "д р", "др", "рождение", "birth date", "birthday", "birthdate", "date of birth", "dob", "день рождения"), r"рожд|birth|\bдр\b|\bг р\b|родил"),
    Column("phone", _("Phone"), ("телефон", "тел", "моб тел", "мобильный", "мобильный телефон", "phone", "mobile", "номер телефона", "сотовый", "cell", "контактный телефон"), r"^тел|моб|сот|phone|телефон|\bтел\b|\btel\b|^контакт"),
    Column("phone2", _("Second phone"), ("телефон 2", "доп телефон", "домашний телефон", "второй телефон", "дом тел", "phone 2"), r"доп.* тел|дом.* тел|раб.* тел|телефон|phone"),
    Column("email", _("E-mail"), ("email", "e mail", "эл почта", "почта", "электронная почта", "mail", "емейл", "имейл", "мейл", "адрес эл почты", "эл адрес", "электронный адрес"), r"mail|почт|мейл|мэйл|электронн"),
    Column("store", _("Store"), ("магазин", "салон", "store", "shop", "филиал", "точка", "подразделение", "торговая точка"), r"магаз|салон|store"),
    Column("registered_on", _("Registered"), ("дата регистрации", "регистрация", "дата создания", "registered", "дата анкеты", "дата заведения", "registration date"), r"регистр|заведен|создан"),
    Column("note", _("Note"), ("примечание", "комментарий", "note", "notes", "заметки", "comment", "прим"), r"примеч|коммент|замет"),
)  # fmt: skip


class ClientsHandler:
    """Decides rows against the base and against the rows before them; writes when the pass is not a preview."""

    def __init__(self, context: ListContext) -> None:
        self.context = context
        self.today: date = context.today
        self.known = KnownCards(context.source)
        self.stores = StoreBook(context)

    def decide(self, rows: Sequence[SourceRow]) -> list[Verdict]:
        people = [self._understand(row) for row in rows]
        self.known.load([person for person in people if person])
        writer = CardWriter(self.context)
        decided = [self._decide(row.number, person, writer) for row, person in zip(rows, people, strict=True)]
        if self.context.write:
            parts.tell_appeared(writer.write())
        return [Verdict(outcome, reason, card.pk if card else None) for outcome, reason, card in decided]

    def _understand(self, row: SourceRow) -> Person | None:
        try:
            return understand(row.values, self.today)
        except BadNameError:
            return None

    def _decide(self, row: int, person: Person | None, writer: CardWriter) -> tuple[Outcome, str, Card | None]:
        if person is None:
            return Outcome.REJECTED, "name", None
        match = self.known.match(person)
        if match is None:
            return self._create(row, person, writer)
        if match.conflict and match.conflict != "email":
            return Outcome.CONFLICT, match.conflict, match.card
        filled = writer.fill(match.card, person, self._store(person), row)
        self.known.remember(match.card, person)
        writer.key(match.card, self.context.source, person.code)
        if match.conflict:
            writer.conflict(match.card, "email", person.email or "", row)
            return Outcome.CONFLICT, match.conflict, match.card
        return (Outcome.UPDATED, ", ".join(filled), match.card) if filled else (Outcome.UNCHANGED, "", match.card)

    def _create(self, row: int, person: Person, writer: CardWriter) -> tuple[Outcome, str, Card]:
        card = writer.create(person, self._store(person), row)
        self.known.remember(card, person)
        writer.key(card, self.context.source, person.code)
        if not person.phone and not person.key:
            writer.key(card, ROW_SOURCE, person.fingerprint)
        if person.missing:
            return Outcome.INCOMPLETE, "missing: " + ", ".join(person.missing), card
        return Outcome.CREATED, "", card

    def _store(self, person: Person) -> Store | None:
        return self.stores.named(person.store)


CLIENTS = ListSpec(
    kind="clients",
    label=_("Clients"),
    columns=COLUMNS,
    needs=(("full_name", "last_name", "first_name"),),
    handler=ClientsHandler,
    reasons={
        "name": _("no name of a person in this row"),
        "phone": _("the phone is on the card of somebody else"),
        "identity": _("the same person, but another phone"),
        "birth_date": _("the same person, but another birth date"),
        "email": _("the card has another e-mail"),
        "the base refused this row": _("the base refused this row"),
    },
)
