"""What a membership cannot be."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from campaigns.models import Club, ClubMember
from clients.models import Client
from stores.models import Employee, Store
from tests.campaigns.evenings.conftest import NOON


def test_a_client_is_in_a_club_once_and_neither_in_nor_out_is_refused(card: Client, manager: Employee) -> None:
    club = Club.objects.create(title="Жемчуг", by=manager, form_key=uuid4())
    with pytest.raises(IntegrityError), transaction.atomic():
        ClubMember.objects.create(club=club, client=card, by=manager)
    ClubMember.objects.create(club=club, client=card, by=manager, since=NOON.date())

    with pytest.raises(IntegrityError), transaction.atomic():
        ClubMember.objects.create(club=club, client=card, by=manager, since=NOON.date())


def test_stores_see_their_clubs_and_those_of_the_chain(store: Store, other_store: Store, manager: Employee) -> None:
    for title, of in (("свой", store), ("чужой", other_store), ("сети", None)):
        Club.objects.create(title=title, store=of, by=manager, form_key=uuid4())

    assert [club.title for club in Club.objects.visible_to([store])] == ["свой", "сети"]
