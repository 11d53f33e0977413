"""What the back office's library says and brings no Russian for: named here, so that the list of our translations knows it."""

from django.utils.translation import gettext_noop

WORDS = (
    gettext_noop("All applications"), gettext_noop("Apply Filters"), gettext_noop("Choose file to upload"),
    gettext_noop("Click to download"), gettext_noop("Date"), gettext_noop("Expand row"),
    gettext_noop("False"), gettext_noop("Filters"), gettext_noop("General"), gettext_noop("Go back"),
    gettext_noop("Image preview"), gettext_noop("More actions"), gettext_noop("No data"),
    gettext_noop("Reset filters"), gettext_noop("Return to site"), gettext_noop("Run"),
    gettext_noop("Select action"), gettext_noop("Select action to run"), gettext_noop("Select all rows"),
    gettext_noop("Select record"), gettext_noop("Select value"), gettext_noop("System"), gettext_noop("True"),
    gettext_noop("Type to search"),
)  # fmt: skip
