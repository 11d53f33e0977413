"""A visitor registers on their phone by addresses: the same answers for all, and nothing without the code."""

import re
from pathlib import Path

from django.conf import settings as project
from django.test import Client as Browser

from messaging.models import Message, OneTimeCode
from portal.models import Arrival
from stores.models import Store
from tests.factories import ClientFactory
from tests.messaging.sending import code_in

TYPED = {
    "last_name": "Ковалёва", "first_name": "Ирина", "birth_date": "08.03.1990", "phone": "8 914 701-22-33", "email": "irina@mail.ru",
    "consent_personal_data": "on",
}  # fmt: skip


def sent_code() -> str:
    return code_in(Message.objects.filter(source="register").latest("pk"))


def test_a_form_and_a_code_and_the_store_sees_it(store: Store) -> None:
    browser = Browser()
    assert browser.post(f"/s/join/{store.pk}/", TYPED)["Location"] == "/s/join/code/"
    wrong = browser.post("/s/join/code/", {"code": "000000"})

    done = browser.post("/s/join/code/", {"code": sent_code()}, follow=True)

    assert wrong.status_code == 422
    assert "Ирина К." in done.content.decode()
    assert Arrival.objects.get().proved_at
    assert browser.get("/s/join/code/")["Location"] == "/s/join/done/"


def test_whoever_has_a_card_sees_no_difference(store: Store) -> None:
    ClientFactory.create(phone="+79147012233", last_name="Ковалёва", first_name="Ирина")
    answers = []
    for phone in ("8 914 701-22-33", "8 914 701-22-34"):
        browser = Browser()
        posted = browser.post(f"/s/join/{store.pk}/", {**TYPED, "phone": phone})
        page = re.sub(r'csrfmiddlewaretoken" value="\w+"', "", browser.get("/s/join/code/").content.decode())
        wrong = browser.post("/s/join/code/", {"code": "000000"})
        answers.append((posted.status_code, posted["Location"], page.replace("22-34", "22-33"), wrong.status_code))

    assert answers[0] == answers[1]
    assert Message.objects.filter(source="register").count() == 2


def test_beyond_the_limit_the_answer_is_the_same(store: Store) -> None:
    browser = Browser()
    browser.post(f"/s/join/{store.pk}/", TYPED)

    answers = {browser.post("/s/join/code/again/").status_code for _n in range(5)}

    assert (answers, OneTimeCode.objects.count(), Arrival.objects.count()) == ({302}, 3, 1)


def test_machines_get_the_same_answer_and_nothing_else(store: Store) -> None:
    browser = Browser()

    posted = browser.post(f"/s/join/{store.pk}/", {**TYPED, "website": "http://spam"}, follow=True)

    assert (posted.status_code, Arrival.objects.count(), Message.objects.count()) == (200, 0, 0)


def test_what_is_wrong_stands_at_its_field_and_the_rest_stays(store: Store) -> None:
    page = Browser().post(f"/s/join/{store.pk}/", {**TYPED, "phone": "12"})

    assert page.status_code == 422
    assert "id_phone_error" in page.content.decode()
    assert 'value="Ковалёва"' in page.content.decode()
    assert not Arrival.objects.exists()


def test_who_goes_back_finds_what_they_typed(store: Store) -> None:
    browser = Browser()
    browser.post(f"/s/join/{store.pk}/", TYPED)

    page = browser.get(f"/s/join/{store.pk}/").content.decode()

    assert 'value="Ковалёва"' in page
    assert "checked" in page


def test_without_a_form_there_is_no_code_to_type(db: None) -> None:
    browser = Browser()

    assert [browser.get(path)["Location"] for path in ("/s/join/code/", "/s/join/done/")] == ["/s/", "/s/"]
    assert browser.post("/s/join/code/again/")["Location"] == "/s/join/code/"


def test_a_closed_store_has_no_form(store: Store) -> None:
    Store.objects.update(is_active=False)

    assert Browser().get(f"/s/join/{store.pk}/").status_code == 404


def test_it_is_light_and_kept_by_nobody(store: Store) -> None:
    page = Browser().get(f"/s/join/{store.pk}/")
    styles = Path(project.BASE_DIR / "static/carat/status.css").stat().st_size
    mark = Path(project.BASE_DIR / "static/carat/mark.svg").stat().st_size

    assert len(page.content) + styles + mark < 60_000
    assert "<script" not in page.content.decode()
    assert page["Cache-Control"] == "no-store"


def test_it_speaks_english(store: Store) -> None:
    page = Browser(headers={"accept-language": "en"}).get(f"/s/join/{store.pk}/").content.decode()

    assert "How did you hear of us?" in page
