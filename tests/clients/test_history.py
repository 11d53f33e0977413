"""What was done to a card, told to people; the former values that it can have again."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from clients import contacts, giving, history, rights, services
from clients.models import CardState, Client, ContactBeside, OccasionKind, Purpose, Wearer
from clients.sameness import merging
from stores.models import Employee, Store
from stores.opened import edit_now
from tests.clients.import_steps import ORLOVA, applied
from tests.factories import ClientFactory

NEW_PHONE = "+79240000001"


def correct(card: Client, by: Employee, **wanted: object) -> None:
    services.correct_card(card, edit=edit_now(Client.objects.get(pk=card.pk), **wanted), by=by)


def told(entry: history.Entry) -> list[tuple[str, str, str]]:
    return [(change.label, change.was, change.now) for change in entry.changes]


def acts(card: Client) -> list[str]:
    return [entry.act for entry in history.history_of(card)]


def test_values_are_told_as_people_write_them(seller: Employee, store: Store) -> None:
    card = ClientFactory.create(phone="+79147012233", birth_date=date(1985, 7, 3), ring_size=Decimal("17.50"), metal="yellow")

    correct(card, seller, phone=NEW_PHONE, birth_date=date(1986, 7, 3), ring_size=Decimal(18), metal="", note="звонить вечером")

    newest = history.history_of(card)[0]
    assert (newest.act, newest.by, newest.origin) == ("Карточка изменена", seller, "corrected")
    assert told(newest) == [
        ("Дата рождения", "03.07.1985", "03.07.1986"),
        ("Телефон", "+7 914 701-22-33", "+7 924 000-00-01"),
        ("Размер кольца", "17,5", "18"),
        ("Любимый металл", "жёлтое золото", "—"),
        ("Заметка", "—", "звонить вечером"),
    ]


def test_a_new_card_says_what_it_was_made_with(seller: Employee, store: Store) -> None:
    details = services.ContactDetails("Ким", "Анна", "", date(1990, 5, 6), NEW_PHONE, "anna@example.ru")

    card = services.register(details, by=seller, store=store, consents={Purpose.CALLS: True})

    agreed, made = history.history_of(card)
    assert (made.act, made.by, made.origin, agreed.act) == ("Карточка заведена", seller, "counter", "Согласие дано: звонки")
    assert [change.label for change in made.changes][:3] == ["Фамилия", "Имя", "Дата рождения"]
    assert [change.put_back for change in made.changes] == [None] * len(made.changes)


def test_only_what_the_card_can_have_again_is_offered(card: Client, seller: Employee) -> None:
    correct(card, seller, note="первая", likes="серьги")
    correct(card, seller, note="вторая")
    correct(card, seller, note="первая")
    card.refresh_from_db()

    offered = [[(c.field, bool(c.put_back)) for c in entry.changes] for entry in history.history_of(card)[:3]]

    assert offered == [[("note", True)], [("note", False)], [("likes", True), ("note", True)]]


def test_what_would_leave_a_card_incomplete_is_not_offered(seller: Employee) -> None:
    card = ClientFactory.create(phone=None, state=CardState.INCOMPLETE)

    services.complete_card(card, found=services.ContactDetails(phone=NEW_PHONE), by=seller)

    newest = history.history_of(card)[0]
    assert told(newest) == [("Статус", "не хватает данных", "полная"), ("Телефон", "—", "+7 924 000-00-01")]
    assert [change.put_back for change in newest.changes] == [None, None]


def test_further_contacts_are_told(card: Client, seller: Employee) -> None:
    wife_s = contacts.keep(ContactBeside(client=card, value=NEW_PHONE, words="жены"), by=seller)
    wife_s.words = "мужа"
    contacts.keep(wife_s, by=seller)
    contacts.remove(wife_s, by=seller, now=timezone.now())
    contacts.bring_back(wife_s, by=seller)

    entries = history.history_of(card)[:4]

    assert [(entry.act, told(entry)[0][1:], entry.by) for entry in entries] == [
        ("Дополнительный контакт возвращён", ("", "+7 924 000-00-01"), seller),
        ("Дополнительный контакт убран", ("+7 924 000-00-01", "—"), seller),
        ("Дополнительный контакт исправлен", ("жены", "мужа"), seller),
        ("Записан ещё один контакт", ("", "+7 924 000-00-01"), seller),
    ]


def test_people_days_and_words_are_told(card: Client, seller: Employee, store: Store) -> None:
    services.keep_occasion(card, OccasionKind.objects.create(name="юбилей лавки"), day=214, year=2015, by=seller)
    wife = giving.keep(Wearer(client=card, first_name="Мария", relation="wife"), by=seller)
    giving.forget(card, wife.pk, now=timezone.now())
    for given in (True, False):
        services.record_consents(card, {Purpose.CALLS: given}, by=seller, where=store)

    assert acts(card)[:5] == [
        "Согласие отозвано: звонки",
        "Согласие дано: звонки",
        "Близкий человек убран: Мария (жена)",
        "Записан близкий человек: Мария (жена)",
        "Памятная дата: юбилей лавки, 14.02.2015",
    ]


def test_a_merge_and_its_undo_are_told_on_both_cards(card: Client, twin: Client, manager: Employee) -> None:
    made = merging.merge(card, twin, chosen={}, by=manager)
    merging.undo(made, by=manager)

    expected = [
        (f"Объединение отменено, карточка {twin.pk} снова отдельно", f"Карточка {twin.pk} объединена с этой"),
        (f"Объединение отменено, карточка {card.pk} снова отдельно", f"Эта карточка объединена с карточкой {card.pk}"),
    ]
    for client, merge_acts in zip((card, twin), expected, strict=True):
        assert tuple(act for act in acts(client) if str(card.pk) in act or str(twin.pk) in act) == merge_acts


@pytest.mark.usefixtures("store")
def test_a_list_is_told_by_its_file_and_row() -> None:
    kept = applied(ORLOVA)

    [made] = history.history_of(Client.objects.get())

    assert (made.act, made.file, made.origin) == ("Карточка заведена", "list.csv", f"list {kept.pk} row 1")


def test_a_list_that_filled_what_became_part_of_a_card_is_told(card: Client, manager: Employee) -> None:
    kept = applied(ORLOVA)
    merging.merge(card, Client.objects.get(last_name="Орлова"), chosen={}, by=manager)

    from_lists = [(e.act, e.file, e.origin) for e in history.history_of(card) if e.file]

    assert from_lists == [("Заполнено из списка", "list.csv", f"list {kept.pk} row 1")]


def test_an_erased_person_is_told_of_no_more(card: Client, seller: Employee, admin: Employee) -> None:
    correct(card, seller, note="тайна", phone=NEW_PHONE)
    rights.erase(card, basis="заявление", by=admin)
    card.refresh_from_db()

    shown = [text for entry in history.history_of(card) for change in entry.changes for text in (change.was, change.now)]

    assert ("тайна" in shown, "+7 924 000-00-01" in shown, card.last_name in filter(None, shown)) == (False, False, False)


def test_the_history_keeps_its_number_of_queries(
    card: Client, seller: Employee, store: Store, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    counts = []
    for changes in (1, 3):
        for number in range(changes):
            correct(card, seller, note=f"{changes} {number}")
            contacts.keep(ContactBeside(client=card, value=f"+7924000{changes}{number}11"), by=seller)
            giving.keep(Wearer(client=card, first_name="Мария"), by=seller)
            services.record_consents(card, {Purpose.CALLS: bool(number % 2)}, by=seller, where=store)
        with django_assert_max_num_queries(9) as captured:
            history.history_of(card)
        counts.append(len(captured))

    assert counts[0] == counts[1]
