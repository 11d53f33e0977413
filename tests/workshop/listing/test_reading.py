"""Works and sizes of a services' list, understood."""

from decimal import Decimal

import pytest

from workshop.listing import reading


@pytest.mark.parametrize(
    ("work", "kind"),
    [
        ("увеличение размера кольца", "resizing"), ("Resize a ring", "resizing"), ("гравировка", "engraving"), ("экспертиза", "appraisal"),
        ("ремонт цепи", "chain_repair"), ("пайка браслета", "chain_repair"), ("чистка", "cleaning"), ("родирование", "rhodium"),
        ("полировка", "polishing"), ("закрепка камня", "stone_setting"), ("пайка", "soldering"), ("ремонт замка", "repair"), ("?", "other"),
    ],
)  # fmt: skip
def test_a_work_is_of_a_kind(work: str, kind: str) -> None:
    assert reading.service_kind(work) == kind


@pytest.mark.parametrize(("text", "size"), [("17,5", "17.5"), ("17.4", "17.5"), ("", None), ("большой", None)])
def test_a_size_is_a_quarter_or_none(text: str, size: str | None) -> None:
    assert reading.ring_size(text) == (size and Decimal(size))


def test_what_is_no_size_is_kept_in_words() -> None:
    values = {"description": "кольцо", "size_from": "17", "size_to": "как у мамы"}

    told = reading.description(values, {"size_from": "размер был", "size_to": "нужный размер"})

    assert told == "кольцо; нужный размер: как у мамы"
