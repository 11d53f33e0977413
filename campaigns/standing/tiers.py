"""Who has come to stand on a higher tier: a tier comes on the day after the purchase that reached it. Four queries."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from loyalty import selectors, tiers
from loyalty.models import Member
from loyalty.tiers import Step
from visits.models import CHAIN, Visit

DAY = timedelta(days=1)
Spent = list[tuple[date, Decimal]]


def reached_between(first: date, last: date) -> Iterator[tuple[int, date, Step]]:
    """Buyers whose tier of a day in ``first..last`` is higher than that of the day before, with the day and the tier."""
    terms = selectors.terms_on(last)
    steps = selectors.steps_of(terms) if terms else []
    if not steps:
        return
    bought = Visit.objects.filter(scope=CHAIN, day__range=(first - DAY, last - DAY), items__gt=0)
    buyers = sorted(bought.values_list("client", "day"))
    spent = _spent({client for client, _on in buyers}, last)
    for client, on in buyers:
        told, day = spent[client], on + DAY
        before, now = (tiers.reached(told, moment, steps).step for moment in (on, day))
        if now and (before is None or now.from_spent > before.from_spent):
            yield client, day, now


def _spent(clients: set[int], last: date) -> dict[int, Spent]:
    """What each client's whole family spent, by day, as far back as it can matter."""
    accounts = dict(Member.objects.present().filter(client__pk__any=clients).values_list("client", "account"))
    families: dict[int, set[int]] = defaultdict(set)
    for client, account in (
        Member.objects.present().filter(account__pk__any=set(accounts.values())).values_list("client", "account")
    ):
        families[account].add(client)
    kin = {client: families[accounts[client]] if client in accounts else {client} for client in clients}
    everybody = set().union(*kin.values()) if kin else set()
    own: dict[int, Spent] = defaultdict(list)
    for client, on, paid in selectors.buying_days(last).filter(client__pk__any=everybody).values_list("client", "day", "total"):
        own[client].append((on, paid))
    return {client: [day for one in kin[client] for day in own[one]] for client in clients}
