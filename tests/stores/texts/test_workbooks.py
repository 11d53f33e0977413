"""The workbook of the back office: ours by name, tablib's in all that it does."""

from io import BytesIO

import tablib
from openpyxl import load_workbook
from tablib.formats import registry

from stores.texts.workbooks import LateWorkbook


def test_tablib_writes_and_reads_workbooks_through_ours() -> None:
    table = tablib.Dataset(["luxury", 3], headers=["code", "rings"])

    sent = table.export("xlsx")

    assert isinstance(registry.get_format("xlsx"), LateWorkbook)
    assert list(load_workbook(BytesIO(sent)).worksheets[0].iter_rows(values_only=True)) == [("code", "rings"), ("luxury", 3)]
    assert tablib.Dataset().load(sent, format="xlsx").dict == [{"code": "luxury", "rings": 3}]
