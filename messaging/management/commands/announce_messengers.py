"""``manage.py announce_messengers``: tell messengers where to bring what is done in chats, or that they will be asked."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from messaging.gateways import GatewayRefusedError, GatewayUncertainError, registry


class Command(BaseCommand):
    help = "After MESSENGERS_BRING, SITE_URL or SECRET_KEY changed: tell every messenger in the settings where it is heard."

    def handle(self, *args: Any, **options: Any) -> None:
        for kind in registry.bots():
            there = settings.SITE_URL + reverse("messaging:chat_update", args=[kind.name]) if settings.MESSENGERS_BRING else ""
            try:
                words = registry.messenger(kind.name).announce(there)
            except (GatewayRefusedError, GatewayUncertainError) as trouble:
                raise CommandError(f"{kind.title}: {trouble}") from trouble
            self.stdout.write(f"{kind.title}: {there or 'will be asked'}: {words}")
