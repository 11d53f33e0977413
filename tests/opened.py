"""Forms as a person finds them: what they carry of the row that they change."""

from typing import Any

from django.db.models import Model
from django.test import Client as Browser

from stores import opened
from stores.forms import OPENED
from stores.opened import Edit


def edit_of(row: Model, **wanted: Any) -> Edit:
    """What somebody wants of a row who looks at it now."""
    return Edit({name: opened.plain(value) for name, value in opened.standing(row, list(wanted)).items()}, wanted)


def carried(browser: Browser, address: str, form: str = "form") -> dict[str, str]:
    """What the form of a page carries, opened now."""
    shown = browser.get(address).context[form][OPENED]
    return {shown.html_name: shown.value()}
