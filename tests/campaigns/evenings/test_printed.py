"""The list for the door on paper."""

from campaigns.evenings import answering, door, printed
from stores.models import Employee
from tests.campaigns.evenings.conftest import NOON, Invited, Make


def test_who_comes_and_who_waits_stand_on_paper(evening: Make, invited: Invited, manager: Employee) -> None:
    made = evening(seats=2)
    for last_name, guests, said in (("Белова", 1, "accepted"), ("Чёрная", 0, "accepted"), ("Серова", 0, "declined")):
        answering.answer(invited(made, last_name=last_name), said, guests=guests, by=manager, now=NOON)

    listed = door.expected(made)

    assert [line.split(" · ")[0] for line in printed.lines(listed)] == [
        "[   ]  Белова Елена Викторовна",
        "[   ]  Чёрная Елена Викторовна",
    ]
    assert [line.split(" · ")[2] for line in printed.lines(listed)] == ["1\xa0гость", "лист ожидания"]
    assert printed.pdf(made, listed).startswith(b"%PDF")
