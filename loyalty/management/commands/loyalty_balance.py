"""``manage.py loyalty_balance PHONE [--on DAY] [--json]``."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from clients.models import Client
from clients.writing.phones import normalise
from loyalty import selectors
from stores.chain_day import day_of


class Command(BaseCommand):
    help = "Bonuses of the client with a phone: now, coming, owed, and the lots behind them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("phone")
        parser.add_argument("--on", type=date.fromisoformat, help="by the end of this day; today without it")
        parser.add_argument("--json", action="store_true", help="print JSON alone")

    def handle(self, *args: Any, **options: Any) -> None:
        client = Client.objects.live().filter(phone=normalise(options["phone"])).first()
        if client is None:
            raise CommandError(f"No client with the phone {options['phone']}.")
        member = selectors.member_of(client.pk)
        day = options["on"] or day_of(timezone.now())
        balance = selectors.balance_on(member.account_id, day) if member else selectors.NO_BALANCE
        told = {**balance._asdict(), "lots": [_told(lot) for lot in balance.lots]}
        if options["json"]:
            self.stdout.write(json.dumps(told, indent=2))
            return
        self.stdout.write(f"now: {balance.now}\ncoming: {balance.coming}\nowed: {balance.owed}")


def _told(lot: selectors.LotLeft) -> dict[str, int | str]:
    return {"left": lot.left, "from_on": lot.from_on.isoformat(), "until_on": lot.until_on.isoformat()}
