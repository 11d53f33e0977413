"""Words of states: known, denied, unknown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.listing.statuses import status_of
from workshop.models import ServiceStatus


@pytest.mark.parametrize(
    "text",
    ["Не готов", "не выдан", "Не принят", "ещё не готов", "not ready", "неготов", "Готовится", "почти готов", "ожидает выдачи", "Принят в работу",
     "ждёт отправки", "Готов / выдан", "не отменён", "unpaid", "undelivered", "Согласование", "Отложен", "?", "",
     "Готов?", "Being repaired", "Re-opened", "Отмена выдачи", "выдача отменена", "Приём был отменён", "Выдан мастеру", "Отдан в мастерскую",
     "Handed to the workshop", "Delivered to supplier", "Received by customer", "Received from workshop", "Получен от мастера"],
)  # fmt: skip
def test_a_denial_is_never_its_opposite_and_no_state_is_a_default(text: str) -> None:
    assert status_of(text) is None


@pytest.mark.parametrize("status", ServiceStatus)
def test_each_state_knows_its_own_name(status: ServiceStatus) -> None:
    assert status_of(str(status.label)) == status_of(status.value.upper()) == status


@given(
    st.sampled_from(["не", "Ещё не", "not", "почти", "НЕ"]),
    st.sampled_from(["готов", "выдан", "принят", "ready", "отменён", "в работе"]),
)
def test_a_denied_word_is_asked(denial: str, word: str) -> None:
    assert status_of(word) is not None
    assert status_of(f"{denial} {word}") is None


@given(st.text(alphabet="абвгдежзиклмнопрст ", max_size=12))
def test_nobody_is_handed_anything_by_default(text: str) -> None:
    assert status_of(text) != ServiceStatus.HANDED_OUT or any(stem in text for stem in ("отдан", "забрал", "закр"))
