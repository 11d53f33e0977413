"""What each row of a services' list becomes: a service request, once."""

from collections.abc import Mapping, Sequence
from datetime import date, tzinfo
from typing import Any

from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from clients.writing.identities import identity
from imports import specs
from imports.cells import own_number
from imports.models import Outcome, StagedRow
from imports.specs import ListContext, SourceRow, Verdict
from imports.storebook import store_key
from purchases.listing import reading as purchases_reading
from purchases.listing import sums
from purchases.listing.lines import Line, LineHandler, user
from stores.texts.visible import visible
from visits import derived
from workshop.listing import reading, statuses, taking_back
from workshop.models import ServiceKind, ServiceRequest, ServiceStatus

# What stands in these columns and is no size is kept in words.
SIZES = {"size_from": "размер был", "size_to": "нужный размер"}
# Store, day and number of a ticket.
Ticket = tuple[int | str, date, str]


class ServicesHandler(LineHandler):
    """Rows against the service requests of the base."""

    spec = "services"
    may_be_nobodys = False

    def __init__(self, context: ListContext) -> None:
        super().__init__(context)
        self.planned: dict[Ticket, ServiceRequest] = {}

    def read(self, row: SourceRow, zone: tzinfo) -> dict[str, Any]:
        values = row.values
        work = values.get("kind", "").strip()
        if not work:
            raise specs.BadRowError("service")
        sums.check_currency(values)
        return {
            "day": purchases_reading.day(values, "accepted_on", self.today, zone),
            "number": purchases_reading.number(values, "number")[:40],
            "own": own_number(values.get("own_request", "")),
            "work": work[:300],
            "kind": reading.service_kind(work),
            "size_from": reading.ring_size(values.get("size_from", "")),
            "size_to": reading.ring_size(values.get("size_to", "")),
            "description": reading.description(values, SIZES),
            "status": statuses.status_of(values.get("status", "")),
            "price": purchases_reading.money(values["price"]) if values.get("price") else None,
        }

    def stands_for(self, line: Line) -> tuple[object, ...]:
        facts = line.facts
        told = (facts["own"],) if facts["own"] else ()
        return facts["day"], identity(facts["number"]), *told, facts["work"], facts["description"]

    def written(self, values: Mapping[str, str]) -> tuple[str, ...]:
        return (values.get("number", "").strip(),)

    def settle(self, lines: Sequence[Line]) -> None:
        held = self._load(lines) | self.planned
        own = ServiceRequest.objects.in_bulk({line.facts["own"] for line in lines if line.facts["own"]})
        new: dict[Ticket, ServiceRequest] = {}
        changed: dict[Ticket, ServiceRequest] = {}
        for line in lines:
            if not line.facts["number"]:
                line.facts["number"] = f"~{line.key[:12]}"
            key = _ticket(line)
            other = _numbered(line, own) or new.get(key) or held.get(key)
            line.verdict = self._verdict(line, other)
            if line.verdict.outcome == Outcome.CREATED:
                new[key] = self._request(line)
            elif line.verdict.outcome == Outcome.UPDATED and other:
                changed |= {key: other} if key not in new else {}
        if self.context.write:
            self._write(list(new.values()), list(changed.values()))
            for line in lines:
                made = new.get(_ticket(line))
                if made and line.verdict and line.verdict.outcome == Outcome.CREATED:
                    line.verdict = line.verdict._replace(target=made.pk)
        else:
            self.planned |= new | changed

    def _verdict(self, line: Line, other: ServiceRequest | None) -> Verdict:
        """What a line becomes beside the request of its ticket, which takes what is new."""
        if self._is_unknown(line, other):
            return statuses.unknown_status(line.row.values.get("status", ""), line.client, line.row_key)
        if other is None:
            assumed = "" if line.facts["status"] else statuses.ASSUMED
            return Verdict(Outcome.CREATED, assumed, line.client, line.row_key)
        if other.client_id != line.client:
            return Verdict(Outcome.CONFLICT, "ticket of another client", line.client, line.row_key)
        if news := _take_news(other, line):
            return Verdict(Outcome.UPDATED, ", ".join(news), line.client, line.row_key, other.pk, changes=news)
        return Verdict(Outcome.UNCHANGED, "", line.client, line.row_key)

    def undo(self, rows: Sequence[StagedRow]) -> list[str]:
        return taking_back.take_requests_back(rows, self.context)

    def _write(self, new: list[ServiceRequest], changed: list[ServiceRequest]) -> None:
        who, why = user(self.context), self.context.origin
        bulk_create_with_history(new, ServiceRequest, default_user=who, default_change_reason=why)
        if changed:
            fields = ["work", "status"]
            bulk_update_with_history(changed, ServiceRequest, fields, default_user=who, default_change_reason=why)
        derived.refresh({request.client_id for request in [*new, *changed]})

    def _load(self, lines: Sequence[Line]) -> dict[Ticket, ServiceRequest]:
        found = ServiceRequest.objects.filter(
            store__in={line.store.pk for line in lines if line.store and line.store.pk},
            accepted_on__in={line.facts["day"] for line in lines},
            envelope=1,
        )
        return {(request.store_id, request.accepted_on, identity(request.number)): request for request in found}

    def _is_unknown(self, line: Line, held: ServiceRequest | None) -> bool:
        """Whether nobody can tell the state of the request: its word is unknown, or a new one has none.

        Only in a list without a column of states, what was taken in long ago is taken for handed out.
        """
        said = line.row.values.get("status")
        if line.facts["status"] is not None:
            return False
        return bool(said) or (held is None and (said == "" or not statuses.is_long_ago(line.facts["day"], self.today)))

    def _request(self, line: Line) -> ServiceRequest:
        facts = line.facts
        return ServiceRequest(
            store=line.store, client_id=line.client or 0, number=facts["number"], accepted_on=facts["day"], kind=facts["kind"],
            work=facts["work"], description=facts["description"], size_from=facts["size_from"], size_to=facts["size_to"],
            status=facts["status"] or ServiceStatus.HANDED_OUT, price=facts["price"],
        )  # fmt: skip


def _numbered(line: Line, own: Mapping[int, ServiceRequest]) -> ServiceRequest | None:
    """The request of a number of Carat's own, one of several envelopes too, where its ticket and client are the row's."""
    request = own.get(line.facts["own"] or 0)
    if request is None:
        return None
    ticket = (request.store_id, request.accepted_on, identity(request.number))
    return request if (ticket, request.client_id) == (_ticket(line), line.client) else None


def _ticket(line: Line) -> Ticket:
    return store_key(line.store), line.facts["day"], identity(line.facts["number"])


def _is_told(work: str, request: ServiceRequest) -> bool:
    """Whether a work is on the ticket: in words, or as its kind where it has none."""
    if not specs.filled(request.work):
        return work.lower() in statuses.both_languages(ServiceKind(request.kind).label)
    return " ".join(work.split()) in " ".join(visible(request.work).split())


def _take_news(request: ServiceRequest, line: Line) -> dict[str, list[str]]:
    """A further work on the same ticket is added to it, a status that the row itself names is taken; what changed:
    field → [there was, there is]."""
    news = {}
    if not _is_told(line.facts["work"], request):
        longer = f"{request.work}; {line.facts['work']}"[:300]
        news["work"] = [request.work, longer]
        request.work = longer
    if line.row.written.get("status") and line.facts["status"] not in (None, request.status):
        news["status"] = [str(request.status), str(line.facts["status"])]
        request.status = line.facts["status"]
    return news
