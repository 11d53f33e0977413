"""Workbooks for django-import-export that bring openpyxl along when one is read or written, not when a process starts.

import-export asks of every format, at import, whether it is there, and tablib answers by importing openpyxl whole: 7 MB in every
web process, worker and command, for a page of the back office. A format of our own under the same name answers without it.
"""

from typing import Any

from tablib.formats import registry


class LateWorkbook:
    """tablib's format ``xlsx``: its name and ending at once, all that it does from tablib's own when asked for."""

    title = "xlsx"
    extensions = ("xlsx",)

    def __getattr__(self, name: str) -> Any:
        from tablib.formats._xlsx import XLSXFormat

        return getattr(XLSXFormat, name)


def register() -> None:
    """Put ours in place of tablib's; before anything imports ``import_export.formats``."""
    registry.register("xlsx", LateWorkbook())
