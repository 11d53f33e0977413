"""Invitations and memberships when two cards become one and two again, and when a person is taken out."""

from uuid import uuid4

from campaigns.evenings import answering, clubs, door
from campaigns.evenings.parts import EveningsPart
from campaigns.models import Club, ClubMember, Invitation
from clients.sameness import merging
from stores.models import Employee
from tests.campaigns.evenings.conftest import NOON, Invited, Make, agreed, evening, invited

__all__ = ["agreed", "evening", "invited"]
PART = EveningsPart()


def rows() -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    invitations = Invitation.objects.order_by("pk").values_list("evening", "client", "answer", "guests", "came_at")
    return list(invitations), list(ClubMember.objects.order_by("pk").values_list("club", "client", "until"))


def test_two_cards_have_one_seat_and_are_as_they_were_when_parted(
    evening: Make, invited: Invited, manager: Employee, seller: Employee
) -> None:
    made, other = evening(), evening()
    mine, theirs = invited(made), invited(made)
    answering.answer(theirs, "accepted", guests=1, by=manager, now=NOON)
    door.let_in(other, theirs.client, by=seller, now=NOON)
    club = Club.objects.create(title="Жемчуг", by=manager, form_key=uuid4())
    clubs.leave(club, mine.client, why="", by=manager, today=NOON.date())
    clubs.admit(club, [theirs.client_id], why="", by=manager, today=NOON.date())
    before = rows()

    merged = merging.merge(mine.client, theirs.client, chosen={}, by=seller)

    client = mine.client_id
    assert rows() == (
        [(made.pk, client, "accepted", 1, None), (other.pk, client, "called", 0, NOON)], [(club.pk, client, None)],
    )  # fmt: skip
    merging.undo(merged, by=seller)
    assert rows() == before


def test_a_person_who_is_taken_out_gives_their_seat_back(evening: Make, invited: Invited, manager: Employee) -> None:
    made = evening()
    one = invited(made)
    answering.answer(one, "accepted", by=manager, now=NOON)
    club = Club.objects.create(title="Жемчуг", by=manager, form_key=uuid4())
    clubs.admit(club, [one.client_id], why="", by=manager, today=NOON.date())
    assert (PART.holdings([one.client_id]), PART.counted(one.client_id)) == (
        {one.client_id: "invitations"}, {"приглашения на вечера": 1, "клубы": 1},
    )  # fmt: skip

    erased = [PART.erase(one.client_id, []) for _twice in range(2)]

    assert (erased, PART.reason_not_to_erase(one.client_id)) == ([{"invitations": 1}] * 2, "")
    assert (answering.taken(made), ClubMember.objects.count(), Invitation.objects.get().why) == (0, 0, "")


def test_the_person_reads_of_what_they_were_invited_to(evening: Make, invited: Invited) -> None:
    one = invited(evening())

    told = PART.describe(one.client_id)

    assert [row["закрытый вечер"] for row in told["Приглашения на вечера"]] == ["Жемчуг"]
