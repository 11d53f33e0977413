"""Two managers who press the button at the same moment."""

from clients.models import Merge
from clients.sameness import merging
from clients.sameness.merging import MergeError
from tests import factories
from tests.together import SEVERAL_CONNECTIONS, together

pytestmark = SEVERAL_CONNECTIONS


def test_two_merges_of_one_pair_make_one() -> None:
    card, twin = factories.ClientFactory.create(), factories.ClientFactory.create()

    said = together(
        lambda: merging.merge(card, twin, chosen={}, by=None),
        lambda: merging.merge(twin, card, chosen={}, by=None),
    )

    assert (said.count(MergeError), Merge.objects.count()) == (1, 1)
