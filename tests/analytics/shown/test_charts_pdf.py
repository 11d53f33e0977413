"""What a chart says to paper: names under it and series, whatever its kind."""

from typing import Any

import pytest

from analytics.shown import charts_pdf
from stores.texts import paper

CHARTS: list[tuple[dict[str, Any], tuple[list[str], charts_pdf.Series]]] = [
    ({"kind": "bars", "rows": ["a", "b"], "data": [1.0, 2.0]}, (["a", "b"], [("", [1.0, 2.0])])),
    ({"kind": "intervals", "rows": ["1"], "data": [[10, 5, 15]], "unit": "%"}, (["1"], [("", [10])])),
    ({"kind": "curve", "axis": "x", "name": "y", "points": [[0, 0], [100, 100]]}, (["0", "100"], [("y", [0, 100])])),
    ({"kind": "stack", "rows": ["a"], "series": [{"name": "n", "data": [3.0]}], "unit": "₽"}, (["a"], [("n", [3.0])])),
    ({"kind": "lines", "rows": ["1", "2"], "series": [{"name": "n", "data": [3.0, None]}]}, (["1", "2"], [("n", [3.0, None])])),
    ({"kind": "pairs", "rows": [], "series": [{"name": "n", "data": []}]}, ([], [("n", [])])),
]


@pytest.mark.parametrize(("chart", "read"), CHARTS, ids=[str(chart["kind"]) for chart, _read in CHARTS])
def test_it_is_read_and_drawn_below_what_stood_there(chart: dict[str, Any], read: tuple[list[str], charts_pdf.Series]) -> None:
    page = paper.sheet(210, 297, 20, title="")
    page.add_page()
    top = page.get_y()

    charts_pdf.draw(page, chart, 40)

    assert charts_pdf.read(chart) == read
    assert page.get_y() > top + 40
