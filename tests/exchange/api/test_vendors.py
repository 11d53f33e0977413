"""A till's own language at the door: kept, applied, refused with words."""

import json
from typing import Any

from exchange.models import DocumentState, TillDocument, Wait
from purchases.models import Purchase
from tests.exchange.adapters import test_evotor as evotor
from tests.exchange.conftest import Till


def put(till: Till, vendor: str, said: Any, **headers: str) -> Any:
    body = said if isinstance(said, str) else json.dumps(said)
    return till.browser.put(f"/api/tills/{vendor}/", body, content_type="application/json", headers=headers)


def known(till: Till, store: Any) -> dict[str, Any]:
    return {**evotor.document(), "store_id": store.code, "close_user_id": None}


def test_a_receipt_of_evotor_becomes_a_purchase_and_twice_is_once(till: Till, store: Any) -> None:
    answers = [put(till, "evotor", known(till, store)) for _time in range(2)]

    document = TillDocument.objects.get()
    assert [answer.json() for answer in answers] == [{"documents": [str(document.pk)], "refused": []}] * 2
    assert (document.state, document.till, document.phone) == (DocumentState.APPLIED, "device-1", "+79147012233")
    assert Purchase.objects.get().receipt_number == "37"


def test_its_payback_takes_the_sale_back(till: Till, store: Any) -> None:
    put(till, "evotor", known(till, store))
    printed = [{**evotor.PRINTED, "fiscal_document_number": 30172}]
    back = {
        **evotor.document("PAYBACK", pos_print_results=printed),
        "id": "back",
        "base_document_id": "54430aa6",
        "store_id": store.code,
    }

    put(till, "evotor", back)

    assert TillDocument.objects.get(external_id="back").outcome["returned"] == 1


def test_a_store_of_evotor_waits_to_be_explained(till: Till, store: Any) -> None:
    put(till, "evotor", evotor.document())

    document = TillDocument.objects.get()
    assert (document.state, document.reason, document.words) == (DocumentState.WAITS, Wait.STORE, "20240713-774A")


def test_what_cannot_be_read_is_kept_and_said_in_both_languages(till: Till) -> None:
    answers = [put(till, "evotor", {"type": "SELL"}, **{"Accept-Language": language}) for language in ("ru", "en")]
    answers += [put(till, "moysklad", "{"), put(till, "other", {})]

    assert [answer.status_code for answer in answers] == [422, 422, 422, 404]
    assert answers[0].json()["errors"] != answers[1].json()["errors"]
    assert [row.raw for row in TillDocument.objects.order_by("pk")] == ['{"type": "SELL"}', "{"]


def test_shifts_and_drafts_are_taken_and_nothing_is_made_of_them(till: Till) -> None:
    answer = put(till, "evotor", {"type": "OPEN_SESSION", "id": "1"})

    assert (answer.status_code, answer.json(), TillDocument.objects.count()) == (200, {"documents": [], "refused": []}, 0)
