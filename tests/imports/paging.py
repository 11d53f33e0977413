"""An admin on the pages of lists: a file goes up, a button is pressed, the worker does its part."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from imports.models import ListImport
from tests.answers import Answer


def upload(browser: Browser, content: bytes, kind: str = "clients", name: str = "список.csv", **more: Any) -> Answer:
    return browser.post(reverse("imports:lists"), {"spec": kind, "file": SimpleUploadedFile(name, content), **more})


def column_choices(found: ListImport, **changed: Any) -> dict[str, str]:
    """The columns page as it would be sent: what was recognised, with some columns changed."""
    chosen = {f"column_{place}": name for name, place in found.layout["columns"].items()}
    return {**chosen, **changed}


class Go:
    """``go(name, pk, **data)``: post to a page of lists as an admin and let the worker do its part."""

    def __init__(self, browser: Browser, committing: DjangoCaptureOnCommitCallbacks) -> None:
        self.browser = browser
        self.committing = committing

    def __call__(self, name: str, *args: int | str, **data: Any) -> Answer:
        with self.committing(execute=True):
            return self.browser.post(reverse(f"imports:{name}", args=args), data)
