"""What an admin decides about a clients' list: policies, conflicts, resemblances, undo."""

from datetime import date
from io import BytesIO

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from clients import services as clients_services
from clients.models import CardState, Client, ClientKey, ContactConflict, FactSource
from clients.services import ContactDetails
from imports import engine, intake, services
from imports.models import Decision, ImportState, ListImport, Settlement
from tests.factories import ClientFactory

HEADER = "Код;ФИО;Дата рождения;Телефон;E-mail\n"
ORLOVA = ";Орлова Анна Петровна;01.02.1980;8 914 701 22 33;orlova@example.ru\n"


def take(text, header=HEADER, **values):
    kept = intake.keep_file("clients", BytesIO((header + text).encode()), "list.csv", by=None)
    for name, value in values.items():
        setattr(kept, name, value)
    kept.save()
    return intake.read(kept)


def applied(text, **values):
    return engine.apply(take(text, **values))


def outcomes(kept):
    return list(kept.rows.order_by("number").values_list("outcome", flat=True))


def undo(kept):
    services.undo(kept)
    return engine.take_back(kept)


@pytest.fixture
def orlova(db):
    return ClientFactory.create(
        last_name="Орлова", first_name="Анна", middle_name="", birth_date=date(1980, 2, 1), phone="+79147012233", email="old@example.ru"
    )  # fmt: skip


# --- Policies -----------------------------------------------------------------------------------------------


def test_a_different_email_waits_unless_the_list_is_preferred(orlova):
    kept = applied(ORLOVA)
    assert outcomes(kept) == ["conflict"]
    assert kept.rows.get().changes == {"middle_name": ["", "Петровна"], "email": ["old@example.ru", "orlova@example.ru"]}

    kept = applied(ORLOVA, prefer=["email"])

    orlova.refresh_from_db()
    assert (outcomes(kept), orlova.email) == (["updated"], "orlova@example.ru")
    assert FactSource.objects.first().fields == "email"


def test_a_preferred_phone_that_is_somebody_elses_is_a_conflict(orlova):
    other = ClientFactory.create(phone="+79147012299")

    kept = applied(ORLOVA.replace("22 33", "22 99"), prefer=["phone"])

    row = kept.rows.get()
    assert (row.outcome, row.reason) == ("conflict", "phone")
    assert {orlova.phone, other.phone} == set(Client.objects.values_list("phone", flat=True))


def test_a_card_that_changed_since_the_preview_is_not_overwritten_unseen(orlova):
    kept = engine.preview(take(ORLOVA, prefer=["email"]))
    Client.objects.update(email="newer@example.ru")

    engine.apply(kept)

    row = kept.rows.get()
    assert (row.planned, row.outcome, row.reason) == ("updated", "conflict", "changed")
    assert Client.objects.get().email == "newer@example.ru"


def test_a_row_whose_person_registered_since_the_preview_is_decided_anew(db, seller, store):
    kept = engine.preview(take(ORLOVA))
    details = ContactDetails("Орлова", "Анна", "Петровна", date(1980, 2, 1), "+79147012233", "orlova@example.ru")
    clients_services.register(details, by=seller, store=store, consents={})

    engine.apply(kept)

    row = kept.rows.get()
    assert (row.planned, row.outcome, Client.objects.count()) == ("created", "unchanged", 1)


# --- Decisions ----------------------------------------------------------------------------------------------

SECOND = ";Белова Ольга;05.06.1990;8 914 701 22 33;belova@example.ru\n"


def test_same_person_fills_the_card_and_keeps_its_own(orlova, admin):
    kept = applied(SECOND)

    row = services.settle(kept.rows.get(), Decision.SAME, by=admin)

    orlova.refresh_from_db()
    assert (row.outcome, row.subject, row.decision) == ("unchanged", orlova.pk, "same")
    assert (orlova.last_name, orlova.email) == ("Орлова", "old@example.ru")


def test_taking_the_lists_word_renames_the_card(orlova, admin):
    kept = applied(SECOND)

    row = services.settle(kept.rows.get(), Decision.TAKE, by=admin)

    orlova.refresh_from_db()
    assert (row.outcome, orlova.full_name, orlova.email, orlova.birth_date) == (
        "updated", "Белова Ольга", "belova@example.ru", date(1990, 6, 5),
    )  # fmt: skip


def test_another_person_is_reached_through_the_first_and_known_again(orlova, admin):
    kept = applied(SECOND)

    row = services.settle(kept.rows.get(), Decision.OTHER, by=admin)

    made = Client.objects.get(pk=row.subject)
    assert (row.outcome, made.state, made.phone, made.reached_through) == ("incomplete", CardState.INCOMPLETE, None, orlova)
    assert ListImport.objects.get().counts == {"incomplete": 1}
    assert outcomes(applied(SECOND)) == ["unchanged"]
    assert Client.objects.count() == 2


def test_a_word_given_before_is_done_when_the_list_is_applied(orlova, admin):
    kept = engine.preview(take(SECOND))
    services.settle(kept.rows.get(), Decision.OTHER, by=admin)
    assert Client.objects.count() == 1

    engine.apply(kept)

    assert (outcomes(kept), Client.objects.count()) == (["incomplete"], 2)
    assert Settlement.objects.get().subject == kept.rows.get().subject


def test_a_skip_can_be_taken_back(orlova, admin):
    kept = applied(SECOND)
    services.settle(kept.rows.get(), Decision.SKIP, by=admin)
    assert services.to_settle(kept) == 0

    services.unsettle(kept.rows.get())

    assert services.to_settle(kept) == 1


def test_an_open_email_is_decided_with_its_row(orlova, admin):
    kept = applied(ORLOVA)
    assert ContactConflict.objects.get().decision == "open"

    services.settle(kept.rows.get(), Decision.TAKE, by=admin)

    orlova.refresh_from_db()
    assert (orlova.email, ContactConflict.objects.get().decision) == ("orlova@example.ru", "taken")


def test_two_of_one_list_behind_one_phone_can_be_decided_in_the_preview(db, admin):
    kept = engine.preview(take(ORLOVA + SECOND))
    second = kept.rows.get(number=2)
    assert (second.outcome, second.subject, second.earlier) == ("conflict", None, 1)

    services.settle(second, Decision.OTHER, by=admin)
    engine.apply(kept)

    assert outcomes(kept) == ["created", "incomplete"]


# --- What resembles -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "likeness"),
    [
        (";Орлово Анна;01.02.1980;8 914 999 22 33;\n", "surname"),
        (";Орлова Анна;02.01.1980;8 914 999 22 33;\n", "swapped"),
        (";Орлова Анна Петровна;;8 914 701 22 34;\n", "digit"),
        (";Орлова Елена;01.02.1980;8 914 999 22 33;\n", ""),
        (";Иванова Анна;01.02.1980;8 914 999 22 33;\n", ""),
    ],
)
def test_what_resembles_is_proposed_and_never_taken(orlova, row, likeness):
    Client.objects.update(middle_name="Петровна", name_key="орлова анна петровна")

    found = applied(row).rows.get()

    assert (found.outcome, found.likeness) == ("incomplete", likeness)
    assert found.resembles == (orlova.pk if likeness else None)
    assert Client.objects.count() == 2


@pytest.mark.parametrize("before", [True, False])
def test_what_resembles_becomes_the_same_when_somebody_says_so(orlova, admin, before):
    Client.objects.update(email=None, state=CardState.INCOMPLETE)
    kept = take(";Орлово Анна;01.02.1980;8 914 999 22 33;anna@example.ru\n")
    kept = engine.preview(kept) if before else engine.apply(kept)

    services.settle(kept.rows.get(), Decision.SAME, by=admin)
    if before:
        engine.apply(kept)

    card = Client.objects.get()
    assert (card.full_name, card.email, card.phone) == ("Орлова Анна", "anna@example.ru", "+79147012233")


def test_rows_of_one_list_that_resemble_meet_in_the_preview_too(db, admin):
    kept = engine.preview(take(ORLOVA + ";Орлово Анна Петровна;01.02.1980;8 914 999 22 33;x@example.ru\n"))
    second = kept.rows.get(number=2)
    assert (second.outcome, second.likeness, second.earlier) == ("created", "surname", 1)

    services.settle(second, Decision.SAME, by=admin)
    engine.apply(kept)

    assert (outcomes(kept)[0], Client.objects.count()) == ("created", 1)


# --- Undo ---------------------------------------------------------------------------------------------------


def facts():
    return list(
        Client.objects.order_by("pk").values_list(
            "state", "last_name", "first_name", "middle_name", "birth_date", "phone", "email", "note", "home_store"
        )
    )


def test_undo_leaves_the_base_as_it_was(orlova):
    before = facts()
    kept = applied("К1" + ORLOVA + "К2" + SECOND.replace("22 33", "22 44") + "К3;Пустой Ян;;;\n")
    assert Client.objects.count() == 3

    undo(kept)

    assert facts() == before
    assert not ClientKey.objects.exists()
    assert not ContactConflict.objects.exists()
    assert set(kept.rows.values_list("undone", flat=True)) == {"back"}
    assert ListImport.objects.get().state == ImportState.UNDONE


def test_what_people_used_since_stays_and_says_why(db, seller, sell):
    kept = applied(ORLOVA + SECOND.replace("22 33", "22 44") + ";Пустой Ян;;;\n")
    orlova, belova, _pustoy = Client.objects.order_by("pk")
    sell(orlova, date(2026, 1, 2), 1000)
    clients_services.correct_card(Client.objects.get(pk=belova.pk), by=seller)

    undo(kept)

    assert dict(kept.rows.values_list("number", "undone")) == {1: "stays: purchases", 2: "stays: changed since", 3: "back"}
    assert set(Client.objects.values_list("pk", flat=True)) == {orlova.pk, belova.pk}


def test_a_fact_that_somebody_changed_since_is_not_put_back(orlova, seller):
    Client.objects.update(email=None, state=CardState.INCOMPLETE)
    kept = applied(ORLOVA)
    card = Client.objects.get()
    card.email = "third@example.ru"
    clients_services.correct_card(card, by=seller)

    undo(kept)

    card.refresh_from_db()
    assert (card.email, card.middle_name) == ("third@example.ru", "")
    assert kept.rows.get().undone == "changed since: email"


def test_an_undone_list_can_be_applied_again(db):
    kept = applied(ORLOVA)
    undo(kept)

    services.prepare(kept)
    engine.apply(engine.preview(kept))

    assert (outcomes(kept), Client.objects.count()) == (["created"], 1)


def test_undo_goes_on_where_it_was_cut(db, monkeypatch):
    monkeypatch.setattr(engine, "CHUNK", 2)
    kept = applied("".join(f";Иванова Елена;01.02.19{n + 40};8914{n + 7_000_000};e{n}@example.ru\n" for n in range(7)))
    services.undo(kept)

    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        engine.take_back(kept, progress=stop)
    assert Client.objects.count() == 5
    engine.take_back(ListImport.objects.get())

    assert not Client.objects.exists()


# --- Everything at once -------------------------------------------------------------------------------------

NAMES = st.sampled_from(
    ["Орлова Анна", "ОРЛОВА А.", "Орлова Анна Петровна", "Белова Ольга", "Белов Олег", "Орлово Анна", "Итого", ""]
)
DAYS = st.sampled_from(["01.02.1980", "02.01.1980", "1.2.80", "", "31.02.1980"])
PHONES = st.sampled_from(["89147012233", "+7 914 701-22-34", "89147012235", "", "нет"])
EMAILS = st.sampled_from(["a@example.ru", "b@example.ru", "a@example,ru", ""])
ROWS = st.lists(st.tuples(st.sampled_from(["", "К1", "К2"]), NAMES, DAYS, PHONES, EMAILS), min_size=1, max_size=9)


def text_of(rows):
    return "".join(";".join(row) + "\n" for row in rows)


# Two cards of one person, of whom only the elder has a phone: the row with a third phone means the elder, planned or written.
TWO_OF_ONE = [
    ("", "Орлова Анна", "02.01.1980", "+7 914 701-22-34", "a@example.ru"), ("", "Орлова Анна", "", "89147012233", "a@example.ru"),
    ("", "Орлова Анна", "01.02.1980", "", "a@example.ru"), ("", "Орлова Анна", "01.02.1980", "89147012233", "a@example.ru"),
]  # fmt: skip
AND_A_THIRD_PHONE = [TWO_OF_ONE[2], TWO_OF_ONE[3], ("", "Орлова Анна", "01.02.1980", "89147012235", "a@example.ru")]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(first=TWO_OF_ONE, second=AND_A_THIRD_PHONE, chunk=1, prefer=[])
@given(
    first=ROWS, second=ROWS, chunk=st.sampled_from([1, 2, 1000]), prefer=st.sampled_from([[], ["email"], ["phone", "birth_date"]])
)
def test_preview_promises_undo_restores_and_again_changes_nothing(db, first, second, chunk, prefer):
    engine.CHUNK, usual = chunk, engine.CHUNK
    try:
        applied(text_of(first))
        before = facts()
        kept = engine.preview(take(text_of(second), prefer=prefer))
        promised = list(kept.rows.order_by("number").values_list("outcome", "reason"))
        assert facts() == before

        engine.apply(kept)
        assert list(kept.rows.order_by("number").values_list("outcome", "reason")) == promised
        assert sum(kept.counts.values()) == len(second)
        after = facts()

        undo(kept)
        assert facts() == before
        engine.apply(engine.preview(_again(kept)))
        assert facts() == after
    finally:
        engine.CHUNK = usual
        for model in (ContactConflict, ClientKey, FactSource, Settlement):
            model.objects.all().delete()
        Client.objects.update(reached_through=None)
        Client.objects.all().delete()
        ListImport.objects.all().delete()


def _again(kept):
    services.prepare(kept, prefer=kept.prefer)
    return kept


# --- What the base refuses ----------------------------------------------------------------------------------


def test_a_phone_that_a_seller_takes_meanwhile_is_decided_afresh(db, monkeypatch):
    from clients.filling import CardWriter

    write, taken = CardWriter.write, []

    def meanwhile(self):
        if not taken:
            taken.append(ClientFactory.create(phone="+79147012233", last_name="Соколова"))
        return write(self)

    monkeypatch.setattr(CardWriter, "write", meanwhile)
    kept = applied(ORLOVA + SECOND.replace("22 33", "22 44"))

    assert sum(kept.counts.values()) == 2
    assert Client.objects.filter(phone="+79147012233").count() == 1
    assert kept.state == ImportState.APPLIED


@pytest.mark.parametrize("text", ["Орлова Анна\\u0000", "Орлова Анна\x1f", "Орлова " + "а" * 300, "\ufeffОрлова Анна"])
def test_odd_texts_stop_nothing(db, text):
    kept = applied(f";{text};01.02.1980;8 914 701 22 33;{'a' * 80}@{'b' * 60}.{'c' * 60}.{'d' * 60}.ru\n" + SECOND)

    assert (kept.state, sum(kept.counts.values())) == (ImportState.APPLIED, 2)


def test_a_phone_that_is_somebody_elses_by_now_is_not_put_back(orlova):
    kept = applied(ORLOVA.replace("22 33", "22 99").replace("orlova@example.ru", ""), prefer=["phone"])
    other = ClientFactory.create(phone="+79147012233")

    undo(kept)

    orlova.refresh_from_db()
    assert (orlova.phone, other.phone, kept.rows.get().undone) == ("+79147012299", "+79147012233", "changed since: phone")


def test_a_card_that_other_rows_of_the_list_are_on_is_not_exchanged(orlova, admin):
    Client.objects.update(middle_name="")
    kept = applied("К1;Орлово Анна;01.02.1980;;\nК1;Орлово Анна;01.02.1980;8 914 999 22 33;x@example.ru\n")
    row = kept.rows.get(number=1)
    assert row.likeness == "surname"

    with pytest.raises(services.StillInUseError):
        services.settle(row, Decision.SAME, by=admin)

    assert Client.objects.count() == 2
