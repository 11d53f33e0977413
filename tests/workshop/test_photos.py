"""Photos of pieces: so many of them, and the story says so."""

from stores.models import Employee
from workshop import photos
from workshop.models import ServicePhoto, ServiceRequest


def test_so_many_pictures_are_kept_and_the_story_says_how_many(ticket: list[ServiceRequest], seller: Employee) -> None:
    assert photos.add(ticket[0], [b"x"] * (photos.MOST + 1), "after", by=seller) == photos.MOST
    assert photos.add(ticket[0], [], "after", by=seller) == 0

    assert ServicePhoto.objects.count() == photos.MOST
    assert [step.words for step in ticket[0].steps.filter(kind="photo")] == [f"после работы: {photos.MOST}"]
