from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = _("Programs")

    def ready(self) -> None:
        from analytics import second_counts
        from analytics.figures import registry
        from campaigns import everything, selectors
        from campaigns.effects import brought, results
        from campaigns.evenings import answering, telling
        from campaigns.parts import CampaignsPart
        from campaigns.recounting import beside as contacts
        from clients import parts
        from messaging import beside, errands, naming

        parts.register(CampaignsPart())
        naming.name(selectors.titles)
        errands.follow(answering.follow_errand)
        beside.tell(telling.facts)
        registry.register(brought.FIGURE)
        registry.register(everything.FIGURE)
        registry.register(results.FIGURE)
        second_counts.register(contacts.COUNT)
