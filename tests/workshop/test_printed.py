"""The printed ticket: its agreement, its codes, its sum."""

from decimal import Decimal
from typing import Any

import pytest
from fpdf import FPDF
from pytest_django import Settings

from stores.models import Store
from workshop import printed, telling
from workshop.models import AgreementText, ServiceRequest


def test_the_agreement_fills_its_fields_and_nothing_else(ticket: list[ServiceRequest], store: Store) -> None:
    text = AgreementText.objects.create(
        version=1, text="{chain}: {ticket} {client} {price} {secret} {store}", since=store.today()
    )
    ServiceRequest.objects.update(agreement=text)
    fresh = list(ServiceRequest.objects.order_by("envelope"))

    assert printed.agreement(fresh) == f"Роскошь: {fresh[0].number} {fresh[0].client} 2\xa0000\xa0₽ {{secret}} Роскошь-Luxury"
    assert printed.agreement(ticket) == ""


def test_the_square_leads_to_the_clients_page(ticket: list[ServiceRequest], settings: Settings) -> None:
    settings.SITE_URL = "https://crm.example.ru"

    assert telling.address_of(ticket[0]) == f"https://crm.example.ru/s/{ticket[0].number}"
    assert "<svg" in printed.square(ticket[0])
    assert "style=" not in printed.square(ticket[0])


def rectangles_and_height(monkeypatch: pytest.MonkeyPatch, ticket: list[ServiceRequest], size: str) -> tuple[list[float], float]:
    """Bottoms of all that is drawn on the last sheet, in mm, and how high it is."""
    bottoms, drawn, heights = [], FPDF.rect, []

    def rect(self: FPDF, x: float, y: float, w: float, h: float, **more: Any) -> None:
        bottoms.append(y + h)
        heights.append(self.h)
        drawn(self, x, y, w, h, **more)

    monkeypatch.setattr(FPDF, "rect", rect)
    assert printed.pdf(ticket, size).startswith(b"%PDF")
    return [bottom for bottom, height in zip(bottoms, heights, strict=True) if height == heights[-1]], heights[-1]


@pytest.mark.parametrize("size", ["a5", "80", "58"])
@pytest.mark.parametrize("pieces", range(1, 7))
def test_no_code_is_cut_by_the_end_of_the_paper(
    monkeypatch: pytest.MonkeyPatch, ticket: list[ServiceRequest], size: str, pieces: int
) -> None:
    many = [*ticket, *ticket, *ticket][:pieces]
    for one in many:
        one.flaws, one.engraving, one.size_to, one.declared_value = (
            "царапина внутри, слабый крапан",
            "Навсегда",
            Decimal("17.5"),
            Decimal(9000),
        )

    bottoms, height = rectangles_and_height(monkeypatch, many, size)

    assert max(bottoms) < height


def test_a_roll_is_as_long_as_its_text(monkeypatch: pytest.MonkeyPatch, ticket: list[ServiceRequest]) -> None:
    _bottoms, one = rectangles_and_height(monkeypatch, ticket[:1], "80")
    _bottoms, two = rectangles_and_height(monkeypatch, ticket, "80")

    assert 60 < one < two < 200


def test_the_paper_that_is_signed_says_what_was_agreed(ticket: list[ServiceRequest]) -> None:
    ticket[0].engraving, ticket[0].size_to, ticket[0].size_from = "Навсегда", Decimal("17.50"), Decimal(17)

    told = "; ".join(printed.facts_of(ticket[0]))

    assert ("Навсегда" in told, "17 → 17,5" in told) == (True, True)
