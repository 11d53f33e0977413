from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = _("Programs")

    def ready(self) -> None:
        from analytics.figures import registry
        from campaigns import brought, everything, selectors
        from campaigns.parts import CampaignsPart
        from clients import parts
        from messaging import naming

        parts.register(CampaignsPart())
        naming.name(selectors.titles)
        registry.register(brought.FIGURE)
        registry.register(everything.FIGURE)
