from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "exchange"
    verbose_name = _("tills and other systems")

    def ready(self) -> None:
        from clients import parts
        from exchange.parts import ExchangePart

        parts.register(ExchangePart())
