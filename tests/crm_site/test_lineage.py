"""Which bases can go on with this version."""

import pytest

from crm_site.lineage import forgotten

NOW = ("visits", "0001_squashed_0002")
FORMER = [("visits", "0001_initial"), ("visits", "0002_what_a_visit_brings")]
NEXT_YEAR = ("visits", "9999_of_next_year")


@pytest.mark.parametrize(
    ("applied", "said"),
    [
        ([NOW], []),
        ([*FORMER, NOW], []),
        (FORMER, []),
        (FORMER[:1], FORMER[:1]),
        ([NOW, NEXT_YEAR], [NEXT_YEAR]),
    ],
    ids=["a new base", "recorded both ways", "all former steps", "some of them", "a later version"],
)
def test_a_base_goes_on_whose_steps_are_known_or_wholly_replaced(
    applied: list[tuple[str, str]], said: list[tuple[str, str]]
) -> None:
    assert forgotten(applied) == said
