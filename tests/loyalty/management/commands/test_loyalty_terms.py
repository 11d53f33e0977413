"""Terms by their command: a version a file, or words why not."""

import json
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from loyalty.models import Terms

WHOLE = {
    "mode": "both", "earn_percent": 5, "spend_share_percent": 30, "delay_days": 14, "life_days": 365, "since": "2026-01-01",
    "tiers": [{"from_spent": 50_000, "earn_percent": 7.5}, {"from_spent": 200_000, "discount_percent": "5", "name": "золото"}],
}  # fmt: skip


def publish(tmp_path: Path, data: Any) -> str:
    file, out = tmp_path / "terms.json", StringIO()
    file.write_text(data if isinstance(data, str) else json.dumps(data))
    call_command("loyalty_terms", "--json", str(file), stdout=out)
    return out.getvalue()


def test_a_file_is_a_version(db: None, tmp_path: Path) -> None:
    said = publish(tmp_path, WHOLE)

    terms = Terms.objects.get()
    assert said == f"Terms {terms.pk}: both since 2026-01-01, 2 tiers\n"
    assert [(tier.from_spent, tier.earn_percent, tier.discount_percent, tier.name) for tier in terms.tiers.all()] == [
        (50_000, Decimal("7.5"), None, ""), (200_000, None, 5, "золото"),
    ]  # fmt: skip


def test_what_is_not_said_is_as_usual(db: None, tmp_path: Path) -> None:
    publish(tmp_path, {"mode": "bonuses"})

    terms = Terms.objects.get()
    assert (terms.spend_share_percent, terms.delay_days, terms.life_days, terms.least_paid) == (30, 14, 365, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        "no json", [], {"mode": "gold"}, {"mode": "both", "colour": 1}, {"mode": "both", "since": "soon"},
        {"mode": "both", "tiers": [{"earn_percent": 5}]}, {"mode": "both", "earn_percent": -1}, {"mode": "both", "life_days": 1.5},
        {"mode": "both", "earn_percent": "much"}, {"mode": "both", "earn_percent": 200}, {"mode": "both", "life_days": 0},
        {"mode": "both", "tiers": [{"from_spent": 1}, {"from_spent": 1}]},
    ],
)  # fmt: skip
def test_what_is_no_terms_is_refused_whole(db: None, tmp_path: Path, wrong: Any) -> None:
    with pytest.raises(CommandError):
        publish(tmp_path, wrong)

    assert not Terms.objects.exists()
