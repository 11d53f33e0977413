from typing import Any

from django.core.management.base import BaseCommand

from exchange import folder
from exchange.commerceml import working
from exchange.documents import applying
from exchange.models import TillDocument


class Command(BaseCommand):
    help = "Reads files of goods, applies the documents that have come and those that wait, and says what still waits and why."

    def handle(self, *args: Any, **options: Any) -> None:
        folder.take()
        working.read_files()
        applying.find_lost()
        applied = applying.apply_all() + applying.give_clients()
        waiting = list(TillDocument.objects.waiting().select_related("source").order_by("pk"))
        self.stdout.write(f"applied {applied}, waiting {len(waiting)}")
        for document in waiting:
            self.stdout.write(f"  {document.pk}  {document.source}  {document.external_id}  {document.why}")
