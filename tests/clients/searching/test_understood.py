import pytest

from clients.searching import understood


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (";erjdf", {"last_name": "Жукова"}),
        ("жукова анна", {"last_name": "Жукова", "first_name": "Анна"}),
        ("Анна Орлова", {"last_name": "Орлова", "first_name": "Анна"}),
        ("Дмитрий", {"first_name": "Дмитрий"}),
        ("Роман", {"last_name": "Роман"}),
        ("Борисова А.Ю.", {"last_name": "Борисова", "first_name": "А.", "middle_name": "Ю."}),
        ("8 914 701-22-33", {"phone": "+7 914 701-22-33"}),
        ("8 914", {"phone": "8 914"}),
        ("VERA@example.ru", {"email": "vera@example.ru"}),
        ("14.03.1988", {"birth_date": "14.03.1988"}),
        ("Орлова 14 марта 1988", {"last_name": "Орлова", "birth_date": "14.03.1988"}),
    ],
)
def test_what_was_typed_fills_the_fields_of_a_new_card(text: str, fields: dict[str, str]) -> None:
    assert understood.fields(text) == fields


@pytest.mark.parametrize("text", ["", "E6081-8735", "1-000777", "123", "vera@", "---", "итого", "@", "12.12"])
def test_nonsense_is_never_offered(text: str) -> None:
    assert understood.offer(text) == ""


def test_decomposed_letters_are_composed() -> None:
    assert understood.fields("Чаи\u0306ка") == {"last_name": "Чайка"}


@pytest.mark.parametrize(
    ("text", "offer"), [(";erjdf", "Жукова"), ("орлова анна", "Орлова Анна"), ("89147012233", "+7 914 701-22-33")]
)
def test_the_understood_reading_is_offered(text: str, offer: str) -> None:
    assert understood.offer(text) == offer
