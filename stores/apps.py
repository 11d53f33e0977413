from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from stores.texts import workbooks

workbooks.register()  # here, since the back office is imported before any app is ready


class StoresConfig(AppConfig):
    name = "stores"
    verbose_name = _("Stores and people")
