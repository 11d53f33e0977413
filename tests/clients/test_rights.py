"""The rights of the person: all that is held is told, and an erasure leaves nothing, for good."""

import json
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from analytics.figures.returning import returning_report
from clients import rights
from clients.models import CardState, Client, ClientKey, Erasure, FactSource, Wearer
from clients.rights import NotErasableError
from clients.sameness import merging
from clients.services import ContactDetails, complete_card, correct_card, record_consents
from imports.models import ListImport, Outcome, StagedRow
from messaging.models import Errand, Message, MessageEvent, MessageState, Pause, Reply, StopEntry
from purchases.models import WaitingLine
from stores.models import Employee, Store
from stores.opened import edit_now
from tests import factories
from tests.conftest import Sell, SignIn
from tests.factories import phone_of
from tests.present import present
from workshop import photos
from workshop.models import ServicePhoto, ServiceRequest, ServiceStatus

DAY = date(2026, 3, 1)
PLANTED = ("Неповторимова", "+79990001122", "79990001122", "plant@example.ru", "Тайнов", "09.11.1977")


@pytest.fixture
def person(store: Store, seller: Employee, sell: Sell) -> Client:
    """Somebody about whom everything that can be kept is kept."""
    client = factories.ClientFactory.create(
        last_name="Неповторимова", phone="+79990001122", email="plant@example.ru", home_store=store, note="знает Тайнова",
        birth_date=date(1977, 11, 9),
    )  # fmt: skip
    correct_card(client, edit=edit_now(client, likes="то же, что Тайнов"), by=seller)
    sell(client, DAY, 10_000)
    record_consents(client, {"advertising_sms": True}, by=seller, where=store)
    Wearer.objects.create(client=client, first_name="Тайнов")
    ClientKey.objects.create(source="row", key="Неповторимова", client=client)
    complete_card(client, found=ContactDetails(email="неповторимова@example.ru", phone="+79990001133"), by=seller)
    now = timezone.now()
    message = Message.objects.create(
        client=client, occasion_key=f"birthday:2026:{client.pk}", recipient=phone_of(client), text="Неповторимова!",
        send_after=now, expires_at=now + timedelta(hours=5),
    )  # fmt: skip
    MessageEvent.objects.create(message=message, at=now, kind="sent", words="+79990001122")
    Reply.objects.create(sender="+79990001122", text="это Неповторимова", gateway="x", provider_id="1", client=client)
    errand = Errand.objects.create(client=client, occasion_key="e", reason="Тайнов", script="Тайнов", due_on=DAY)
    errand.steps.create(kind="no_answer", words="Тайнов", at=now)
    Pause.objects.create(client=client, reason="Тайнов", by=seller)
    StopEntry.objects.create(recipient="plant@example.ru")
    listed = ListImport.objects.create(spec="clients", source="1c", file_name="list.csv", sha256="0" * 64)
    StagedRow.objects.create(
        list_import=listed, number=1, raw=["Неповторимова", "+79990001122"], outcome=Outcome.CREATED, subject=client.pk
    )
    WaitingLine.objects.create(
        spec="purchases", fingerprint="f", source="1c", phone="+79990001122", values={"n": "Тайнов"}, origin="1"
    )
    return client


def texts_of_everything() -> Iterator[tuple[str, str]]:
    """Every text of every row of every table, with where it stands."""
    for model in apps.get_models():
        columns = [
            f.attname
            for f in model._meta.concrete_fields
            if isinstance(f, models.CharField | models.TextField | models.JSONField | models.DateField)
        ]
        for row in model._default_manager.values_list(*columns):
            yield model._meta.label_lower, " ".join(map(str, row))


def still_there() -> list[str]:
    return sorted({table for table, text in texts_of_everything() if any(planted.lower() in text.lower() for planted in PLANTED)})


def test_nothing_of_the_person_is_left_anywhere(person: Client, admin: Employee) -> None:
    assert still_there()

    rights.erase(person, basis="заявление", by=admin)

    assert still_there() == []
    person.refresh_from_db()
    assert (person.state, person.birth_date, person.home_store_id is None) == (CardState.ERASED, None, False)
    assert Message.objects.get().state == MessageState.SUPPRESSED
    assert person.consents.count() == 1


def test_sums_stay_as_they_were(person: Client, admin: Employee) -> None:
    before = returning_report(DAY, DAY)

    rights.erase(person, basis="заявление", by=admin)

    assert returning_report(DAY, DAY) == before


def test_twice_is_one_act(person: Client, admin: Employee) -> None:
    first = rights.erase(person, basis="заявление", by=admin)
    again = rights.erase(person, basis="ещё раз", by=admin)

    assert (again, Erasure.objects.count(), first.kept["purchases"]) == (first, 1, 1)


def test_a_piece_that_is_still_here_is_given_back_first(person: Client, store: Store, admin: Employee) -> None:
    ServiceRequest.objects.create(store=store, client=person, number="1-000001", accepted_on=DAY, kind="cleaning")

    with pytest.raises(NotErasableError, match="1-000001"):
        rights.erase(person, basis="заявление", by=admin)

    person.refresh_from_db()
    assert (person.state, person.last_name) == (CardState.COMPLETE, "Неповторимова")
    ServiceRequest.objects.update(status=ServiceStatus.HANDED_OUT)
    rights.erase(person, basis="заявление", by=admin)


def test_cards_that_became_part_of_the_card_go_with_it(person: Client, card: Client, admin: Employee) -> None:
    merging.merge(card, person, chosen={}, by=admin)

    rights.erase(card, basis="заявление", by=admin)

    assert still_there() == []


def test_an_erasure_holds_after_a_restore(person: Client, admin: Employee, settings: Settings) -> None:
    before = Client.objects.filter(pk=person.pk).values().get()
    act = rights.erase(person, basis="заявление", by=admin)
    Client.objects.filter(pk=person.pk).update(**before)
    Message.objects.update(text="Неповторимова!")
    Erasure.objects.all().delete()
    assert still_there()

    call_command("erase_again", verbosity=0)

    assert still_there() == []
    assert Erasure.objects.get().number == act.number
    assert rights.erase_again() == 0
    journal = (settings.DATA_DIR / rights.JOURNAL).read_text()
    assert json.loads(journal)["card"] == person.pk


def test_all_that_is_held_is_told(person: Client) -> None:
    told = json.dumps(rights.everything_about(person), ensure_ascii=False)

    for planted in ("Неповторимова", "+79990001122", "plant@example.ru", "Тайнов", "R1000-0000"):
        assert planted in told


def test_what_is_held_is_told_in_words(person: Client, manager: Employee) -> None:
    Wearer.objects.create(client=person, first_name="Ася", relation="daughter", day=628, year=2015)
    FactSource.objects.create(client=person, fields="postal_address,phone", origin="corrected", by=manager, at=timezone.now())
    told = rights.everything_about(person)

    assert "28.06.2015" in [wearer["день"] for wearer in told["Близкие"]]
    assert list(told["Откуда эти данные"][-1].values())[1:] == ["почтовый адрес, телефон", "исправлено в карточке"]


def test_who_was_made_from_a_list_is_forgotten_there(person: Client, admin: Employee) -> None:
    rights.erase(person, basis="заявление", by=admin)

    row = StagedRow.objects.get()
    assert (row.raw, row.reason, row.subject) == ([], "erased", person.pk)
    assert FactSource.objects.filter(client=person).exclude(fields="").count() == 0


def test_who_takes_back_the_consent_to_their_data_is_to_be_erased_within_thirty_days(
    card: Client, store: Store, seller: Employee, admin: Employee, signed_in: SignIn
) -> None:
    record_consents(card, {"personal_data": True, "advertising_sms": True, "calls": True}, by=seller, where=store)
    assert rights.to_erase() == []

    record_consents(card, {"personal_data": False}, by=None, where=None)

    until = store.today() + timedelta(days=30)
    assert dict(card.consents.order_by("pk").values_list("purpose", "given")) == dict.fromkeys(
        ("personal_data", "advertising_sms", "calls"), False
    )
    assert rights.to_erase() == [rights.ToErase(card, until)]
    for address, words in {
        "/": '<a href="/clients/erasures/">Удалить в срок</a>',
        "/quality/": "Удаление данных <b>1</b>",
        "/clients/erasures/": f'href="/clients/{card.pk}/erase/"',
        f"/clients/{card.pk}/": "Клиент отозвал согласие",
    }.items():
        assert words in " ".join(signed_in(admin).get(address).content.decode().split())
    assert signed_in(seller).get(f"/clients/{card.pk}/").context["erase_until"] == until
    record_consents(card, {"personal_data": True}, by=seller, where=store)
    assert rights.to_erase() == []


def test_photos_go_with_the_person_and_stay_where_the_erasure_fails(
    card: Client,
    store: Store,
    admin: Employee,
    seller: Employee,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    request = ServiceRequest.objects.create(
        store=store, client=card, number="1-000009", accepted_on=DAY, kind="cleaning", status=ServiceStatus.HANDED_OUT
    )
    photos.add(request, [b"picture"], "before", by=seller)
    kept = ServicePhoto.objects.get().image
    name = present(kept.name)

    with django_capture_on_commit_callbacks(execute=True):
        rights.erase(card, basis="заявление", by=admin)
        assert kept.storage.exists(name)

    assert not kept.storage.exists(name)


def test_what_is_somebody_elses_by_now_stays_theirs(card: Client, store: Store, admin: Employee) -> None:
    former, shared = "+79990007788", "family@example.ru"
    Client.objects.filter(pk=card.pk).update(email=shared)
    card.refresh_from_db()
    for phone in (former, "+79990007799"):
        card = correct_card(card, edit=edit_now(Client.objects.get(pk=card.pk), phone=phone), by=admin)
    other = factories.ClientFactory.create(phone=former, email=shared)
    for contact in (former, shared, card.phone):
        StopEntry.objects.create(recipient=contact)
    Reply.objects.create(sender=former, text="СТОП", gateway="console", provider_id="1", client=other)

    rights.erase(card, basis="заявление", by=admin)

    assert set(StopEntry.objects.values_list("recipient", flat=True)) == {former, shared}
    assert Reply.objects.get().text == "СТОП"


def test_a_copy_of_before_a_merge_is_erased_again_whole(card: Client, store: Store, admin: Employee, seller: Employee) -> None:
    twin, third = factories.ClientFactory.create(last_name="Тайнова"), factories.ClientFactory.create(last_name="Третья")
    merging.merge(card, twin, chosen={}, by=seller)
    for one in (card, third):
        rights.erase(Client.objects.get(pk=one.pk), basis="заявление", by=admin)
    # A copy of before it all: everybody is back, and no act is.
    Erasure.objects.all().delete()
    for one in (card, twin, third):
        Client.objects.filter(pk=one.pk).update(last_name="Вернулась", first_name="Анна", state="incomplete", merged_into=None)

    assert rights.erase_again() == 3

    assert not Client.objects.filter(last_name="Вернулась").exists()
    assert Erasure.objects.count() == 3


def test_a_card_that_became_part_of_another_meanwhile_is_not_erased_alone(
    card: Client, admin: Employee, seller: Employee
) -> None:
    twin = factories.ClientFactory.create()
    stale = Client.objects.get(pk=twin.pk)
    merging.merge(card, twin, chosen={}, by=seller)

    with pytest.raises(NotErasableError):
        rights.erase(stale, basis="заявление", by=admin)
