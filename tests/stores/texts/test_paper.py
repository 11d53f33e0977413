"""What a printed sheet carries."""

from io import BytesIO

import pytest

from stores.texts import paper


@pytest.mark.parametrize(("number", "carries"), [("ABCD2345", True), ("17/26", True), ("Кольцо", False)])
def test_code_128_carries_letters_and_digits_alone(number: str, carries: bool) -> None:
    assert (bool(paper.modules(number)), paper.svg_bars(number) != "") == (carries, carries)


def test_a_sheet_grows_by_what_is_drawn() -> None:
    page = paper.sheet(90, 55, 6, title="Carat")
    page.add_page()
    tops = [page.get_y()]
    paper.line(page, "Купон", 12, bold=True)
    tops.append(page.get_y())
    paper.bars(page, "ABCD2345", 9)
    tops.append(page.get_y())

    paper.line(page, "", 12)
    paper.bars(page, "Кольцо", 9)

    assert (tops == sorted(set(tops)), page.get_y()) == (True, tops[-1])


def test_a_code_is_never_cut_in_two() -> None:
    page = paper.sheet(90, 55, 6, title="Carat")
    page.add_page()
    page.set_y(40)

    paper.square(page, "https://example.ru/", side=24)

    out = BytesIO()
    page.output(out)
    assert (page.pages_count, out.getvalue()[:5]) == (2, b"%PDF-")
