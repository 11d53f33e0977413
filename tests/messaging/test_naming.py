import pytest

from messaging import naming
from messaging.models import Template


def test_a_source_is_called_as_its_app_says(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(naming, "_namers", [lambda sources: {"week": "Неделя", "birthday": "Поздравление"}])
    Template.objects.create(key="own", title="Свой текст", text="{name}, ждём вас")

    titles = naming.named(["week", "own", "birthday", "service-ready", "gone"])

    assert list(titles.items()) == [
        ("week", "Неделя"),
        ("own", "Свой текст"),
        ("birthday", "Поздравление"),
        ("service-ready", "Сервис: готово"),
        ("gone", "gone"),
    ]
