"""A key for notifications, alone on its line."""

from io import StringIO

from django.core.management import call_command

from messaging.gateways import browsers


def test_it_prints_a_key_alone_and_another_each_time() -> None:
    printed = [StringIO(), StringIO()]
    for out in printed:
        call_command("push_key", stdout=out)

    first, second = (out.getvalue().strip() for out in printed)
    assert (len(first), len(browsers.public_key(first)), first != second) == (43, 87, True)
