from decimal import Decimal

from purchases.models import Order
from purchases.orders import acts, story
from stores.models import Employee
from stores.opened import Edit
from tests.purchases.orders.conftest import Take


def test_what_was_done_to_an_order_is_told_with_what_was_there(take: Take, seller: Employee) -> None:
    order = take(prepaid=3_000)
    acts.correct(order, Edit({"price": "10000"}, {"price": Decimal(12_000)}), by=seller)
    acts.move(order, "arrived", by=seller)
    acts.cancel(order, reason="передумали", by=seller)

    told = [(one.act, one.by, [(c.was, c.now) for c in one.changes]) for one in story.story_of(Order.objects.get())]

    assert told == [
        ("отменён", seller, [("поступил", "отменён"), ("—", "передумали")]),
        ("поступил", seller, [("новый", "поступил")]),
        ("исправили", seller, [("10\xa0000\xa0₽", "12\xa0000\xa0₽")]),
        ("принят", seller, []),
    ]
