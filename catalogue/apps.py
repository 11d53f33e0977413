from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "catalogue"
    verbose_name = _("Catalogue")

    def ready(self) -> None:
        from catalogue.listing.articles import ARTICLES
        from catalogue.listing.stock import STOCK
        from imports import specs

        specs.register(ARTICLES)
        specs.register(STOCK)
