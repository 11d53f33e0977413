"""What an admin decides about a clients' list: policies, conflicts, resemblances."""

from datetime import date

import pytest

from clients import services as clients_services
from clients.models import CardState, Client, ContactConflict, FactSource
from clients.services import ContactDetails
from imports import services
from imports.models import Decision, ImportState, ListImport, Settlement
from imports.passes import engine
from stores.models import Employee, Store
from tests.clients.import_steps import ORLOVA, SECOND, applied, outcomes, take
from tests.factories import ClientFactory
from tests.present import present


def test_a_different_email_waits_unless_the_list_is_preferred(orlova: Client) -> None:
    kept = applied(ORLOVA)
    assert outcomes(kept) == ["conflict"]
    assert kept.rows.get().changes == {"middle_name": ["", "Петровна"], "email": ["old@example.ru", "orlova@example.ru"]}

    kept = applied(ORLOVA, prefer=["email"])

    orlova.refresh_from_db()
    assert (outcomes(kept), orlova.email) == (["updated"], "orlova@example.ru")
    assert FactSource.objects.latest("pk").fields == "email"


def test_a_preferred_phone_that_is_somebody_elses_is_a_conflict(orlova: Client) -> None:
    other = ClientFactory.create(phone="+79147012299")

    kept = applied(ORLOVA.replace("22 33", "22 99"), prefer=["phone"])

    row = kept.rows.get()
    assert (row.outcome, row.reason) == ("conflict", "phone")
    assert {orlova.phone, other.phone} == set(Client.objects.values_list("phone", flat=True))


def test_a_card_that_changed_since_the_preview_is_not_overwritten_unseen(orlova: Client) -> None:
    kept = engine.preview(take(ORLOVA, prefer=["email"]))
    Client.objects.update(email="newer@example.ru")

    engine.apply(kept)

    row = kept.rows.get()
    assert (row.planned, row.outcome, row.reason) == ("updated", "conflict", "changed")
    assert Client.objects.get().email == "newer@example.ru"


def test_a_row_whose_person_registered_since_the_preview_is_decided_anew(db: None, seller: Employee, store: Store) -> None:
    kept = engine.preview(take(ORLOVA))
    details = ContactDetails("Орлова", "Анна", "Петровна", date(1980, 2, 1), "+79147012233", "orlova@example.ru")
    clients_services.register(details, by=seller, store=store, consents={})

    engine.apply(kept)

    row = kept.rows.get()
    assert (row.planned, row.outcome, Client.objects.count()) == ("created", "unchanged", 1)


def test_same_person_fills_the_card_and_keeps_its_own(orlova: Client, admin: Employee) -> None:
    kept = applied(SECOND)

    row = services.settle(kept.rows.get(), Decision.SAME, by=admin)

    orlova.refresh_from_db()
    assert (row.outcome, row.subject, row.decision) == ("unchanged", orlova.pk, "same")
    assert (orlova.last_name, orlova.email) == ("Орлова", "old@example.ru")


def test_taking_the_lists_word_renames_the_card(orlova: Client, admin: Employee) -> None:
    kept = applied(SECOND)

    row = services.settle(kept.rows.get(), Decision.TAKE, by=admin)

    orlova.refresh_from_db()
    assert (row.outcome, orlova.full_name, orlova.email, orlova.birth_date) == (
        "updated", "Белова Ольга", "belova@example.ru", date(1990, 6, 5),
    )  # fmt: skip


def test_another_person_is_reached_through_the_first_and_known_again(orlova: Client, admin: Employee) -> None:
    kept = applied(SECOND)

    row = services.settle(kept.rows.get(), Decision.OTHER, by=admin)

    made = Client.objects.get(pk=present(row.subject))
    assert (row.outcome, made.state, made.phone, made.reached_through) == ("incomplete", CardState.INCOMPLETE, None, orlova)
    assert ListImport.objects.get().counts == {"incomplete": 1}
    assert outcomes(applied(SECOND)) == ["unchanged"]
    assert Client.objects.count() == 2


def test_a_word_given_before_is_done_when_the_list_is_applied(orlova: Client, admin: Employee) -> None:
    kept = engine.preview(take(SECOND))
    services.settle(kept.rows.get(), Decision.OTHER, by=admin)
    assert Client.objects.count() == 1

    engine.apply(kept)

    assert (outcomes(kept), Client.objects.count()) == (["incomplete"], 2)
    assert Settlement.objects.get().subject == kept.rows.get().subject


def test_a_skip_can_be_taken_back(orlova: Client, admin: Employee) -> None:
    kept = applied(SECOND)
    services.settle(kept.rows.get(), Decision.SKIP, by=admin)
    assert services.to_settle(kept) == 0

    services.unsettle(kept.rows.get())

    assert services.to_settle(kept) == 1


def test_an_open_email_is_decided_with_its_row(orlova: Client, admin: Employee) -> None:
    kept = applied(ORLOVA)
    assert ContactConflict.objects.get().decision == "open"

    services.settle(kept.rows.get(), Decision.TAKE, by=admin)

    orlova.refresh_from_db()
    assert (orlova.email, ContactConflict.objects.get().decision) == ("orlova@example.ru", "taken")


def test_two_of_one_list_behind_one_phone_can_be_decided_in_the_preview(db: None, admin: Employee) -> None:
    kept = engine.preview(take(ORLOVA + SECOND))
    second = kept.rows.get(number=2)
    assert (second.outcome, second.subject, second.earlier) == ("conflict", None, 1)

    services.settle(second, Decision.OTHER, by=admin)
    engine.apply(kept)

    assert outcomes(kept) == ["created", "incomplete"]


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
def test_what_resembles_is_proposed_and_never_taken(orlova: Client, row: str, likeness: str) -> None:
    Client.objects.update(middle_name="Петровна", name_key="орлова анна петровна")

    found = applied(row).rows.get()

    assert (found.outcome, found.likeness) == ("incomplete", likeness)
    assert found.resembles == (orlova.pk if likeness else None)
    assert Client.objects.count() == 2


@pytest.mark.parametrize("before", [True, False])
def test_what_resembles_becomes_the_same_when_somebody_says_so(orlova: Client, admin: Employee, before: bool) -> None:
    Client.objects.update(email=None, state=CardState.INCOMPLETE)
    kept = take(";Орлово Анна;01.02.1980;8 914 999 22 33;anna@example.ru\n")
    kept = engine.preview(kept) if before else engine.apply(kept)

    services.settle(kept.rows.get(), Decision.SAME, by=admin)
    if before:
        engine.apply(kept)

    card = Client.objects.get()
    assert (card.full_name, card.email, card.phone) == ("Орлова Анна", "anna@example.ru", "+79147012233")


def test_rows_of_one_list_that_resemble_meet_in_the_preview_too(db: None, admin: Employee) -> None:
    kept = engine.preview(take(ORLOVA + ";Орлово Анна Петровна;01.02.1980;8 914 999 22 33;x@example.ru\n"))
    second = kept.rows.get(number=2)
    assert (second.outcome, second.likeness, second.earlier) == ("created", "surname", 1)

    services.settle(second, Decision.SAME, by=admin)
    engine.apply(kept)

    assert (outcomes(kept)[0], Client.objects.count()) == ("created", 1)


def test_a_phone_that_a_seller_takes_meanwhile_is_decided_afresh(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from clients.listing.filling import CardWriter

    write = CardWriter.write
    taken: list[Client] = []

    def meanwhile(self: CardWriter) -> object:
        if not taken:
            taken.append(ClientFactory.create(phone="+79147012233", last_name="Соколова"))
        return write(self)

    monkeypatch.setattr(CardWriter, "write", meanwhile)
    kept = applied(ORLOVA + SECOND.replace("22 33", "22 44"))

    assert sum(kept.counts.values()) == 2
    assert Client.objects.filter(phone="+79147012233").count() == 1
    assert kept.state == ImportState.APPLIED


@pytest.mark.parametrize("text", ["Орлова Анна\\u0000", "Орлова Анна\x1f", "Орлова " + "а" * 300, "\ufeffОрлова Анна"])
def test_odd_texts_stop_nothing(db: None, text: str) -> None:
    kept = applied(f";{text};01.02.1980;8 914 701 22 33;{'a' * 80}@{'b' * 60}.{'c' * 60}.{'d' * 60}.ru\n" + SECOND)

    assert (kept.state, sum(kept.counts.values())) == (ImportState.APPLIED, 2)


def test_a_card_that_other_rows_of_the_list_are_on_is_not_exchanged(orlova: Client, admin: Employee) -> None:
    Client.objects.update(middle_name="")
    kept = applied("К1;Орлово Анна;01.02.1980;;\nК1;Орлово Анна;01.02.1980;8 914 999 22 33;x@example.ru\n")
    row = kept.rows.get(number=1)
    assert row.likeness == "surname"

    with pytest.raises(services.StillInUseError):
        services.settle(row, Decision.SAME, by=admin)

    assert Client.objects.count() == 2
