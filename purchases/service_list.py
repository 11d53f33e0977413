"""What each row of a services' list becomes: a service request, once."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from simple_history.utils import bulk_create_with_history

from imports.models import Outcome
from imports.specs import SourceRow, Verdict
from purchases import derived, reading
from purchases.lines import Line, LineHandler, user
from purchases.models import ServiceRequest


class ServicesHandler(LineHandler):
    """Rows against the service requests of the base."""

    spec = "services"
    may_be_nobodys = False

    def read(self, row: SourceRow) -> dict[str, Any]:
        values = row.values
        work = values.get("kind", "").strip()
        if not work:
            raise reading.BadRowError("service")
        return {
            "day": reading.day(values, "accepted_on", self.today),
            "number": values.get("number", "").strip()[:40],
            "work": work[:300],
            "kind": reading.service_kind(work),
            "size_from": reading.size(values.get("size_from", "")),
            "size_to": reading.size(values.get("size_to", "")),
            "description": values.get("description", "").strip()[:300],
            "status": reading.service_status(values.get("status", "")),
            "price": reading.money(values["price"]) if values.get("price") else None,
        }

    def stands_for(self, line: Line) -> tuple[object, ...]:
        facts = line.facts
        return facts["day"], facts["number"], facts["work"], facts["description"], line.who

    def settle(self, lines: Sequence[Line]) -> None:
        held = self._load(lines)
        new: dict[tuple[int | str, date, str], ServiceRequest] = {}
        for line in lines:
            if not line.facts["number"]:
                line.facts["number"] = f"~{line.key[:12]}"
            key = (line.store.pk or line.store.name if line.store else "", line.facts["day"], line.facts["number"])
            other = held.get(key) or new.get(key)
            if other and other.client_id != line.client:
                line.verdict = Verdict(Outcome.CONFLICT, "ticket of another client", line.client, line.row_key)
            elif other:
                line.verdict = Verdict(Outcome.UNCHANGED, "", line.client, line.row_key)
            else:
                new[key] = self._request(line)
                line.verdict = Verdict(Outcome.CREATED, "", line.client, line.row_key)
        if self.context.write and new:
            bulk_create_with_history(
                list(new.values()), ServiceRequest, default_user=user(self.context),
                default_change_reason=f"list {self.context.import_id}",
            )  # fmt: skip
            derived.refresh({request.client_id for request in new.values()})

    def _load(self, lines: Sequence[Line]) -> dict[tuple[int | str, date, str], ServiceRequest]:
        found = ServiceRequest.objects.filter(
            store__in={line.store.pk for line in lines if line.store and line.store.pk},
            accepted_on__in={line.facts["day"] for line in lines},
        )
        return {(request.store_id, request.accepted_on, request.number): request for request in found}

    def _request(self, line: Line) -> ServiceRequest:
        facts = line.facts
        return ServiceRequest(
            store=line.store, client_id=line.client or 0, number=facts["number"], accepted_on=facts["day"], kind=facts["kind"],
            work=facts["work"], description=facts["description"], size_from=facts["size_from"], size_to=facts["size_to"],
            status=facts["status"], price=facts["price"],
        )  # fmt: skip
