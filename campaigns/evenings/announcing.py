"""Guests are told that their evening is moved or cancelled: written to, or called where nothing reaches them, each once a news.

It is about what they said yes to, so it is service: neither the cap nor a pause holds it back, the stop list does. Whoever has
not answered is not told: their call says the new day.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from campaigns.evenings.answering import in_words
from campaigns.models import WITH_GUESTS, Evening, Invitation
from clients.models import LIVE, Client
from messaging import errands, service_texts
from messaging import services as messaging_services
from messaging.models import Channel, Errand
from messaging.service_texts import Telling
from stores.texts import writing

# Nobody need hear of it later; and never after the evening itself.
LASTS, SHORTEST = timedelta(days=3), timedelta(hours=1)


class News(StrEnum):
    """What is told, by the keys of its texts."""

    MOVED = "evening-moved"
    CANCELLED = "evening-cancelled"


class Plan(NamedTuple):
    """Whom a news reaches: clients by each way, and the text as the first of them gets it."""

    by_sms: int
    by_email: int
    by_call: int
    text: str

    @property
    def guests(self) -> int:
        return self.by_sms + self.by_email + self.by_call

    @property
    def ways(self) -> str:
        """“by SMS — 12, by a call — 3”."""
        told = ((_("by SMS"), self.by_sms), (_("by e-mail"), self.by_email), (_("by a call of the sellers"), self.by_call))
        return ", ".join(f"{way} — {writing.count(number)}" for way, number in told if number)


def is_moved(before: Evening, now: Evening) -> bool:
    """Whether guests must hear of it: it begins at another moment."""
    return before.starts_at != now.starts_at


def guests_of(evening: Evening) -> list[Invitation]:
    """Who said yes or waits for a seat, and has not come. One query."""
    mine = evening.invitations.filter(answer__in=WITH_GUESTS, came_at=None, client__state__in=LIVE)
    return list(mine.select_related("client__home_store").order_by("pk"))


def plan(evening: Evening, news: News) -> Plan:
    """What ``announce`` would do with the evening as it is given. Three queries."""
    clients = [guest.client for guest in guests_of(evening)]
    ways = service_texts.ways_of(clients)
    by = Counter(str(channel) for channel, _to in ways.values())
    written = [client for client in clients if client.pk in ways]
    text = service_texts.worded(written[0], news, _values(evening, written[0])) if written else ""
    return Plan(by[Channel.SMS], by[Channel.EMAIL], len(clients) - len(written), text)


def announce(evening: Evening, news: News, guests: Sequence[Invitation], *, now: datetime) -> None:
    """Tell the guests, in the caller's transaction, which holds their rows and the evening's.

    What waits of an earlier news is called off: it is not true any more.
    """
    for key in News:
        messaging_services.call_off_occasions(f"{key}:{evening.pk}:", now=now)
    evening.news += 1
    evening.save(update_fields=["news"])
    errands.call_off(f"{evening.source}:news", now=now)
    clients = [guest.client for guest in guests]
    told = [Telling(one, f"{news}:{evening.pk}:{evening.news}:{one.pk}", _values(evening, one)) for one in clients]
    ends = max(min(now + LASTS, evening.starts_at), now + SHORTEST)
    service_texts.tell_all(news, told, now=now, expires_at=ends)
    reached = service_texts.ways_of(clients)
    errands.give_out([_call(evening, news, one, now) for one in clients if one.pk not in reached], is_shared=True)


def _values(evening: Evening, client: Client) -> dict[str, str]:
    """Of the evening's store, whichever is the client's own."""
    day = writing.day_in_words(evening.day, client.language)
    return {
        "occasion": evening.title, "due": f"{day}, {evening.starts_here:%H:%M}", "store": evening.store.name,
        "store_phone": str(evening.store.phone),
    }  # fmt: skip


def _call(evening: Evening, news: News, client: Client, now: datetime) -> Errand:
    """For a seller: nothing that is written reaches this guest."""
    store = client.home_store or evening.store
    with translation.override(settings.LANGUAGE_CODE):
        words = {
            News.MOVED: (
                _("Moved: tell them. %(evening)s"),
                _("Tell when it is now, and ask whether they come. What they say is written down at the evening."),
            ),
            News.CANCELLED: (_("Cancelled: tell them. %(evening)s"), _("Say that you are sorry, and that it is cancelled.")),
        }  # fmt: skip
        reason, script = words[news]
        reason %= {"evening": in_words(evening)}
    return Errand(
        client=client, store=store, occasion_key=f"{evening.source}:news{evening.news}:{client.pk}:2", reason=reason[:200],
        script=script, due_on=min(store.today(now), evening.day), is_service=True, topic=Errand.Topic.INVITE,
    )  # fmt: skip
