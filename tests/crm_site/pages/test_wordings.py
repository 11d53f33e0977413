"""Texts that clients agree to: new words are a new version."""

import pytest
from django.test import Client as Browser

from clients.models import Client, ConsentText
from clients.services import record_consents
from stores.models import Employee, Store
from tests.conftest import SignIn
from workshop.models import AgreementText

TEXTS = "/settings/texts/"


@pytest.fixture
def owner(admin: Employee, signed_in: SignIn) -> Browser:
    return signed_in(admin)


def _versions(slug: str) -> list[int]:
    rows = AgreementText.objects.all() if slug == "agreement" else ConsentText.objects.filter(purpose=slug)
    return sorted(rows.values_list("version", flat=True))


def _newest(slug: str) -> int:
    return (_versions(slug) or [0])[-1]


@pytest.mark.parametrize("slug", ["calls", "agreement"])
def test_new_words_are_a_new_version_and_can_be_taken_back(owner: Browser, admin: Employee, slug: str) -> None:
    before = _versions(slug)

    owner.post(f"{TEXTS}{slug}/", {"text": "Согласие первое.", "opened": _newest(slug)})
    owner.post(f"{TEXTS}{slug}/", {"text": "Согласие второе.", "opened": _newest(slug)})

    assert len(_versions(slug)) == len(before) + 2
    shown = owner.get(f"{TEXTS}{slug}/").context["versions"]
    assert [(v.row.text, v.agreed, v.by) for v in shown][:2] == [("Согласие второе.", 0, admin), ("Согласие первое.", 0, admin)]
    owner.post(f"{TEXTS}{slug}/take-back/", {"version": _newest(slug)})
    assert len(_versions(slug)) == len(before) + 1


def test_the_next_client_agrees_to_the_new_words_and_they_stay(
    owner: Browser, seller: Employee, card: Client, store: Store
) -> None:
    owner.post(f"{TEXTS}calls/", {"text": "Даю согласие на звонки.", "opened": _newest("calls")})
    record_consents(card, {"calls": True}, by=seller, where=store)
    agreed = _newest("calls")

    owner.post(f"{TEXTS}calls/take-back/", {"version": agreed})

    assert (_newest("calls"), card.consents.get().text_version.text) == (agreed, "Даю согласие на звонки.")  # type: ignore[union-attr]
    assert owner.get(f"{TEXTS}calls/").context["versions"][0].agreed == 1


def test_the_same_words_are_no_new_version(owner: Browser) -> None:
    owner.post(f"{TEXTS}calls/", {"text": "Даю согласие.", "opened": _newest("calls")})
    before = _versions("calls")

    owner.post(f"{TEXTS}calls/", {"text": "Даю согласие.", "opened": _newest("calls")})

    assert _versions("calls") == before


def test_who_wrote_meanwhile_is_seen_before_it_is_written_over(owner: Browser) -> None:
    opened = _newest("calls")
    owner.post(f"{TEXTS}calls/", {"text": "Первый.", "opened": opened})

    answer = owner.post(f"{TEXTS}calls/", {"text": "Второй.", "opened": opened})

    assert (answer.status_code, _newest("calls")) == (422, opened + 1)
    assert (answer.context["form"]["opened"].value(), answer.context["versions"][0].row.text) == (str(opened + 1), "Первый.")


def test_all_of_them_stand_on_one_page_of_the_admins(owner: Browser, manager: Employee, signed_in: SignIn) -> None:
    owner.post(f"{TEXTS}agreement/", {"text": "Изделие принято.", "opened": _newest("agreement")})

    page = owner.get(TEXTS).content.decode()

    assert ("Изделие принято." in page, "Обработка персональных данных" in page) == (True, True)
    assert [signed_in(manager).get(address).status_code for address in (TEXTS, f"{TEXTS}calls/")] == [403, 403]
    assert owner.get(f"{TEXTS}nothing/").status_code == 404
