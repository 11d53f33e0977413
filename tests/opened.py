"""Forms as a person finds them: what they carry of the row that they change."""

from django.test import Client as Browser

from stores.forms import OPENED


def carried(browser: Browser, address: str, form: str = "form") -> dict[str, str]:
    """What the form of a page carries, opened now."""
    shown = browser.get(address).context[form][OPENED]
    return {shown.html_name: shown.value()}
