"""What stands in the cell of a name besides the name goes where it belongs, or everything stays as it is."""

from collections.abc import Mapping

import pytest

from clients.writing import beside_names


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"full_name": "Котова Вера +7 914 555-09-09"}, {"full_name": "Котова Вера", "phone": "+7 914 555-09-09"}),
        ({"full_name": "Котова Вера, т. 89145550909"}, {"full_name": "Котова Вера", "phone": "89145550909"}),
        (
            {"full_name": "Котова Вера 89145550909", "phone": "8 4212 304050"},
            {"full_name": "Котова Вера", "phone": "8 4212 304050", "phone8": "89145550909"},
        ),
        ({"full_name": "Котова Вера 03.07.1985 г.р."}, {"full_name": "Котова Вера", "birth_date": "03.07.1985"}),
        (
            {"full_name": "Котова Вера 03.07.1985", "birth_date": "04.07.1985"},
            {"full_name": "Котова Вера", "birth_date": "04.07.1985"},
        ),
        ({"full_name": "12. Котова Вера"}, {"full_name": "Котова Вера"}),
        ({"last_name": "№ 12 Котова"}, {"last_name": "Котова"}),
    ],
)
def test_what_stands_beside_a_name(values: Mapping[str, str], expected: Mapping[str, str]) -> None:
    assert beside_names.parted(values) == expected


@pytest.mark.parametrize("name", ["Котова Вера", "Котова Вера 8914", "Котова Вера1", "Клиент 5", "12345", ""])
def test_what_nobody_understands_stays(name: str) -> None:
    values = {"full_name": name}

    assert beside_names.parted(values) is values
