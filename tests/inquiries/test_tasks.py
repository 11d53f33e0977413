"""What goes on by itself."""

from datetime import timedelta

from django.utils import timezone

from clients.models import Client
from inquiries import tasks
from inquiries.models import Inquiry
from stores.models import Store
from tests.conftest import Sell
from tests.factories import phone_of
from tests.inquiries.conftest import Ask


def test_receipts_are_found_and_the_old_is_forgotten(ask: Ask, card: Client, sell: Sell, store: Store) -> None:
    ask(phone=phone_of(card))
    sell(card, store.today(), 100)

    assert (tasks.follow_inquiries(), tasks.follow_inquiries()) == (1, 0)
    assert tasks.forget_inquiries() == 0
    Inquiry.objects.update(step_at=timezone.now() - timedelta(days=181))
    assert tasks.forget_inquiries() == 1
