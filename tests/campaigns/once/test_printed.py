"""Letters, envelopes and labels of a batch."""

from collections.abc import Callable

import pytest

from campaigns.once import printed
from messaging.models import Message
from stores.models import Store
from tests.factories import ClientFactory

ADDRESS = "692900, Приморский край, г. Находка, Находкинский пр-кт, 5, кв. 12"


@pytest.fixture
def batch(store: Store) -> list[Message]:
    letters = []
    for number in range(25):
        client = ClientFactory.build(last_name=f"Белова{number}")
        letters.append(Message(client=client, store=store, recipient=ADDRESS, text="Приходите.\n\nЖдём вас!", language="ru"))
    return letters


def pages(pdf: bytes) -> int:
    return pdf.count(b"/Type /Page\n")


@pytest.mark.parametrize(
    ("sheet", "number"),
    [
        (printed.letters, 25),
        (printed.labels, 2),
        (lambda found: printed.envelopes(found, "c5"), 25),
        (lambda found: printed.envelopes(found, "dl"), 25),
    ],
)
def test_each_has_its_page_and_labels_share_theirs(
    batch: list[Message], sheet: Callable[[list[Message]], bytes], number: int
) -> None:
    made = sheet(batch)

    assert made.startswith(b"%PDF")
    assert pages(made) == number


def test_a_long_letter_goes_on_and_a_long_label_stays_on_its_sheet(batch: list[Message]) -> None:
    batch[0].text = "Приходите к нам на примерку. " * 300
    for letter in batch:
        letter.recipient = f"692900, {'Приморский край, ' * 5}г. Находка, {'Очень Длинная улица ' * 4}, д. 5"

    assert pages(printed.letters(batch[:1])) > 1
    assert pages(printed.labels(batch)) == 2
    assert pages(printed.envelopes(batch, "dl")) == 25


def test_the_address_stands_as_the_post_wants_it(batch: list[Message]) -> None:
    assert printed.addressed(batch[0]) == [
        "Белова0 Елена Викторовна", "Находкинский пр-кт, 5, кв. 12", "г. Находка", "Приморский край", "692900",
    ]  # fmt: skip
