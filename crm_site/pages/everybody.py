"""All clients as a list: narrowed, sorted, counted, taken out as a file; and a task about those who were chosen."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import structlog
from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from analytics.asking import segments
from analytics.asking.building import Builder
from analytics.asking.segments import Definition, single
from clients import selectors as clients_selectors
from clients.models import Client, ClientQuerySet
from messaging import errands
from messaging import selectors as messaging_selectors
from stores.forms import CrmForm
from stores.models import Store
from stores.selectors import whole_number

log = structlog.get_logger(__name__)
FOUND, MOST_TASKS = 500, 500


class Question:
    """What an address asks of all clients: words of the search box, a store, conditions.

    ``stores`` None is the chain. Raises nothing: what makes no sense narrows nothing.
    """

    def __init__(self, query: QueryDict, *, stores: list[Store] | None, today: date) -> None:
        self.builder = Builder(query)
        self.words = query.get("q", "").strip()
        self.stores, self.today = stores, today

    @property
    def clients(self) -> ClientQuerySet:
        found: ClientQuerySet = segments.clients_of(self.builder.definition, today=self.today, stores=self.stores)
        if self.words:
            found = found.filter(pk__in=[client.pk for client in clients_selectors.find_clients(self.words, limit=FOUND)])
        return found

    @property
    def sentence(self) -> str:
        return segments.in_words(self.builder.definition)


def presets() -> list[tuple[str, str]]:
    """Where people begin: words, and the conditions as an address has them; all clients first."""
    wanted: list[tuple[str, Definition]] = [
        (_("all"), []),
        (_("incomplete cards"), [[single("incomplete")]]),
        (pgettext("clients", "are silent"), [[single("silent", days=0)]]),
        (_("expected in a week"), [[single("expected", days=7)]]),
        (_("birthday in 30 days"), [[single("birthday", days=30)]]),
        (_("came once"), [[single("visits", least=1, most=1)]]),
        (_("never came"), [[single("never")]]),
    ]
    return [(words, segments.as_query(definition)) for words, definition in wanted]


def chosen(query: QueryDict, *, stores: list[Store], sees_chain: bool, today: date) -> ClientQuerySet:
    """Clients that were ticked in the list, or all whom its question means; live ones of the stores alone."""
    within = None if sees_chain else stores
    if query.get("all"):
        found = Question(QueryDict(query.get("question", "")), stores=within, today=today).clients
    else:
        ticked = [whole_number(text) for text in query.getlist("pk")[:MOST_TASKS]]
        live = Client.objects.live()
        found = (live if within is None else live.of_stores(within)).filter(pk__in=ticked)
    return found.select_related("home_store").order_by("name_key", "pk")


class TaskForm(CrmForm):
    """A task about some clients: what for, what to say, and by when."""

    reason = forms.CharField(label=gettext_lazy("What for"), max_length=200)
    script = forms.CharField(
        label=gettext_lazy("What to say"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    due_on = forms.DateField(label=gettext_lazy("By when"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    nature = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=[
            ("advertising", gettext_lazy("an offer: only those who agreed to calls")),
            ("service", gettext_lazy("about what they bought or left with us")),
        ],
    )
    topic = forms.ChoiceField(label=gettext_lazy("Topic"), choices=errands.Topic.choices)
    is_shared = forms.BooleanField(
        label=gettext_lazy("Share out among the sellers of each store; else they take from the pool"), required=False
    )
    round_key = forms.CharField(max_length=32, widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        begin = {"due_on": today, "nature": "advertising", "topic": errands.Topic.OFFER, "round_key": uuid4().hex}
        super().__init__(*args, initial=begin, **kwargs)
        self.today = today

    def clean_due_on(self) -> date:
        due_on: date = self.cleaned_data["due_on"]
        if not self.today <= due_on <= self.today + timedelta(days=366):
            raise forms.ValidationError(_("Choose today or a day within a year."))
        return due_on


def give_task(clients: ClientQuerySet, said: dict[str, Any], *, store: Store, by: int) -> tuple[int, int]:
    """The task for each of the clients whom it may concern. Returns how many are new, and how many clients were left out."""
    is_service = said["nature"] == "service"
    whom = clients if is_service else messaging_selectors.may_be_called(clients, timezone.now())
    called = list(whom[:MOST_TASKS])
    made = errands.hand_out(
        called, round_key=said["round_key"], store=store, reason=said["reason"], script=said["script"], due_on=said["due_on"],
        is_service=is_service, topic=said["topic"], is_shared=said["is_shared"],
    )  # fmt: skip
    log.info("errands.handed_out", employee=by, errands=made, clients=len(called))
    return made, clients.count() - len(called)
