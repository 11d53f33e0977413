"""What can be asked about a client: each condition with its fields, its meaning as a query, and its words. Public.

All read the card, ``ClientActivity`` and ``Rhythm``, one row of each a client, or one index range of ``Visit``; receipts are read
by the article alone, one index range of it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import F, Max, Q, Sum
from django.db.models.expressions import Case, When
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django_stubs_ext import StrPromise

from analytics.figures import worth
from catalogue.kinds import PieceKind
from clients import selectors as clients_selectors
from clients.models import CardState, Consent, Metal, Purpose, agrees_to_data
from purchases.models import Piece
from stores.models import Store
from stores.texts import writing
from visits.models import CHAIN, ClientActivity, Visit

Values = Mapping[str, Any]
MOST_DAYS = 3_660

GROUP_NAMES: dict[str, str | StrPromise] = {
    "champions": gettext_lazy("champions"),
    "loyal": gettext_lazy("loyal"),
    "growing": gettext_lazy("growing"),
    "new": gettext_lazy("new ones"),
    "attention": gettext_lazy("need attention"),
    "cooling": gettext_lazy("cooling after the first time"),
    "cannot_lose": gettext_lazy("must not be lost"),
    "sleeping": gettext_lazy("sleeping"),
    "gone": gettext_lazy("gone after the first time"),
}


def _day(label: str | StrPromise) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


def _whole(label: str | StrPromise, least: int = 1, most: int = MOST_DAYS) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=least, max_value=most, widget=widget)


def _money(label: str | StrPromise) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=Decimal(0), max_digits=12, decimal_places=2)


def _millimetres(label: str | StrPromise) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=Decimal(10), max_value=Decimal(30), decimal_places=2)


def _choice(label: str | StrPromise, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices)


class _StoreField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A store by its key, as JSON keeps it."""

    def __init__(self) -> None:
        super().__init__(Store.objects.all(), label=gettext_lazy("store"), empty_label=None)

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        return found.pk if found else None


@dataclass(frozen=True)
class Condition:
    """``fields``: name → a fresh form field. ``holds``: what makes it true, as of a day. ``words``: after "clients who"."""

    name: str
    label: str | StrPromise
    family: str | StrPromise
    fields: Mapping[str, Callable[[], forms.Field]]
    holds: Callable[[Values, date], Q]
    words: Callable[[Values], str]


CARD, BOUGHT, COMES = gettext_lazy("the card"), gettext_lazy("what they bought"), gettext_lazy("how they come")
FIRST, LAST = pgettext_lazy("range", "from"), pgettext_lazy("range", "to")


def _span(values: Values) -> tuple[date, date]:
    return _date(values["first"]), _date(values["last"])


def _date(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _between(values: Values) -> dict[str, str]:
    first, last = _span(values)
    return {"first": writing.short_day(first), "last": writing.short_day(last)}


def _store_name(values: Values) -> str:
    return str(Store.objects.filter(pk=values["store"]).first() or "—")


def _label(choices: Any, value: Any) -> str:
    return str(dict(choices).get(value, value))


def _bought(values: Values, _today: date) -> Q:
    return Q(pk__in=Visit.objects.filter(scope=CHAIN, day__range=_span(values), items__gt=0).values("client"))


def _spent_lately(values: Values, today: date) -> Q:
    """Only who spent so much in all and came since can have spent it since: the others are not summed."""
    since, least = today - timedelta(days=int(values["days"])), Decimal(str(values["sum"]))
    may = ClientActivity.objects.filter(spent__gte=least, last_day__gt=since).values("client")
    lately = Visit.objects.filter(scope=CHAIN, day__gt=since, day__lte=today, client__in=may).order_by()
    return Q(pk__in=lately.values("client").annotate(paid=Sum("total")).filter(paid__gte=least).values("client"))


def _bought_article(values: Values, _today: date) -> Q:
    """The article, or all that begin so."""
    kept = Piece.objects.kept().filter(article__startswith=values["article"].upper(), purchase__client__isnull=False)
    return Q(pk__in=kept.order_by().values("purchase__client"))


def _in_store(values: Values, _today: date) -> Q:
    return Q(pk__in=Visit.objects.filter(scope=values["store"]).values("client"))


def _birthday(values: Values, today: date) -> Q:
    """Within so many days, today included."""
    return clients_selectors.birthdays_between(today, today + timedelta(days=int(values["days"]) - 1))


def _birth_month(values: Values, _today: date) -> Q:
    month = int(values["month"])
    return Q(birthday__range=(month * 100 + 1, month * 100 + 31))


def _age(values: Values, today: date) -> Q:
    """Full years today."""
    youngest, oldest = _years_before(today, int(values["least"])), _years_before(today, int(values["most"]) + 1)
    return Q(birth_date__gt=oldest, birth_date__lte=youngest)


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)


def _agreed(values: Values, _today: date) -> Q:
    """The newest word on the purpose is yes: one pass over the purpose's rows, whatever the number of clients."""
    said = Consent.objects.filter(purpose=values["purpose"]).order_by().values("client")
    given = Max(Case(When(given=True, then=F("pk"))))
    return Q(pk__in=said.annotate(newest=Max("pk"), yes=given).filter(newest=F("yes")).values("client"))


def _lacks(values: Values, _today: date) -> Q:
    return Q(~agrees_to_data()) if values["field"] == "data" else Q(**{f"{values['field']}__isnull": True})


def _group(values: Values, today: date) -> Q:
    """The same cuts as in ``worth.groups``."""
    cut = worth.thresholds()
    recent, silent = today - timedelta(days=cut["usual"]), today - timedelta(days=3 * cut["usual"])
    once, again, often = Q(activity__visit_days=1), Q(activity__visit_days__gte=2), Q(activity__visit_days__gte=worth.OFTEN)
    top = Q(activity__spent__gte=cut["top"])
    lately = Q(activity__last_day__gte=recent)
    cooling = Q(activity__last_day__lt=recent, activity__last_day__gte=silent)
    long_ago = Q(activity__last_day__lt=silent)
    return {
        "champions": lately & often & top, "loyal": lately & often & ~top, "growing": lately & again & ~often,
        "new": lately & once, "attention": cooling & again, "cooling": cooling & once,
        "cannot_lose": long_ago & (often | again & top), "sleeping": long_ago & again & ~often & ~top, "gone": long_ago & once,
    }[values["group"]]  # fmt: skip


def _again_within(values: Values, _today: date) -> Q:
    return Q(activity__second_day__lte=F("activity__first_day") + timedelta(days=int(values["days"])))


def _times(n: int) -> str:
    return ngettext("%(n)s time", "%(n)s times", n) % {"n": n}


def _days(n: int) -> str:
    return ngettext("%(n)s day", "%(n)s days", n) % {"n": n}


def _within(values: Values, exactly: str, between: str) -> str:
    """«From 1 to 1» is said as what it is."""
    same = str(values["least"]) == str(values["most"])
    return (exactly if same else between) % {"least": values["least"], "most": values["most"]}


def _visits_said(values: Values) -> str:
    most = int(values["most"])
    exactly = ngettext("came exactly %(least)s time", "came exactly %(least)s times", most)
    between = ngettext("came from %(least)s to %(most)s time", "came from %(least)s to %(most)s times", most)
    return _within(values, exactly, between)


def _age_said(values: Values) -> str:
    most = int(values["most"])
    exactly = ngettext("are now %(least)s year old", "are now %(least)s years old", most)
    between = ngettext("are from %(least)s to %(most)s year old", "are from %(least)s to %(most)s years old", most)
    return _within(values, exactly, between)


def _kind_of_piece() -> forms.Field:
    return _choice(gettext_lazy("kind"), PieceKind.choices)


def _called(kind: str) -> str:
    return str(PieceKind(kind).label)


_ALL = (
    Condition(
        "kind", gettext_lazy("bought a kind of piece"), BOUGHT,
        {"kind": _kind_of_piece, "least": lambda: _whole(gettext_lazy("times, at least"))},
        lambda v, _t: Q(**{f"activity__kept_{v['kind']}__gte": int(v["least"])}),
        lambda v: _("bought at least %(times)s: %(kind)s") % {"times": _times(int(v["least"])), "kind": _called(v["kind"])},
    ),
    Condition(
        "spent", gettext_lazy("spent in all"), BOUGHT, {"sum": lambda: _money(gettext_lazy("₽, at least"))},
        lambda v, _t: Q(activity__spent__gte=Decimal(str(v["sum"]))),
        lambda v: _("spent at least %(sum)s in all") % {"sum": writing.roubles(v["sum"])},
    ),
    Condition(
        "spent_lately", gettext_lazy("spent lately"), BOUGHT,
        {"sum": lambda: _money(gettext_lazy("₽, at least")), "days": lambda: _whole(gettext_lazy("in the last days"))},
        _spent_lately,
        lambda v: _("spent at least %(sum)s in the last %(days)s")
        % {"sum": writing.roubles(v["sum"]), "days": _days(int(v["days"]))},
    ),
    Condition(
        "bought", gettext_lazy("bought between two days"), BOUGHT, {"first": lambda: _day(FIRST), "last": lambda: _day(LAST)},
        _bought, lambda v: _("bought between %(first)s and %(last)s") % _between(v),
    ),
    Condition(
        "article", gettext_lazy("bought an article"), BOUGHT,
        {"article": lambda: forms.CharField(label=gettext_lazy("article, or its beginning"), min_length=3, max_length=40)},
        _bought_article, lambda v: _("bought the article %(article)s") % {"article": v["article"].upper()},
    ),
    Condition(
        "first_kind", gettext_lazy("began with a kind"), BOUGHT, {"kind": _kind_of_piece},
        lambda v, _t: Q(activity__first_kind=v["kind"]),
        lambda v: _("began with: %(kind)s") % {"kind": _called(v["kind"])},
    ),
    Condition(
        "favourite", gettext_lazy("mostly buys a kind"), BOUGHT, {"kind": _kind_of_piece},
        lambda v, _t: Q(activity__favourite_kind=v["kind"]),
        lambda v: _("mostly buy: %(kind)s") % {"kind": _called(v["kind"])},
    ),
    Condition(
        "services", gettext_lazy("brought pieces for service"), BOUGHT,
        {"least": lambda: _whole(gettext_lazy("times, at least"))},
        lambda v, _t: Q(activity__services__gte=int(v["least"])),
        lambda v: _("brought something for service at least %(times)s") % {"times": _times(int(v["least"]))},
    ),
    Condition(
        "visits", gettext_lazy("number of visits"), COMES,
        {"least": lambda: _whole(FIRST, 1), "most": lambda: _whole(LAST, 1, 100_000)},
        lambda v, _t: Q(activity__visit_days__range=(int(v["least"]), int(v["most"]))),
        _visits_said,
    ),
    Condition(
        "never", gettext_lazy("has never come"), COMES, {},
        lambda _v, _t: Q(activity__isnull=True), lambda _v: _("have never bought or brought anything"),
    ),
    Condition(
        "weekday", gettext_lazy("visits on a weekday"), COMES,
        {
            "weekday": lambda: _choice(gettext_lazy("weekday"), [(str(n + 1), name) for n, name in WEEKDAYS.items()]),
            "least": lambda: _whole(gettext_lazy("times, at least")),
        },
        lambda v, _t: Q(**{f"activity__visits_on_{int(v['weekday'])}__gte": int(v["least"])}),
        lambda v: _("came at least %(times)s on a %(day)s")
        % {"times": _times(int(v["least"])), "day": str(WEEKDAYS[int(v["weekday"]) - 1]).lower()},
    ),
    Condition(
        "first_visit", gettext_lazy("first came between two days"), COMES,
        {"first": lambda: _day(FIRST), "last": lambda: _day(LAST)},
        lambda v, _t: Q(activity__first_day__range=_span(v)),
        lambda v: _("first came between %(first)s and %(last)s") % _between(v),
    ),
    Condition(
        "last_visit", gettext_lazy("last came between two days"), COMES,
        {"first": lambda: _day(FIRST), "last": lambda: _day(LAST)},
        lambda v, _t: Q(activity__last_day__range=_span(v)),
        lambda v: _("last came between %(first)s and %(last)s") % _between(v),
    ),
    Condition(
        "again_within", gettext_lazy("came again soon after the first time"), COMES,
        {"days": lambda: _whole(gettext_lazy("days"))}, _again_within,
        lambda v: _("came again within %(days)s of the first time") % {"days": _days(int(v["days"]))},
    ),
    Condition(
        "silent", gettext_lazy("silent"), COMES, {"days": lambda: _whole(gettext_lazy("days already, at least"), 0)},
        lambda v, t: Q(rhythm__silent_from__lte=t - timedelta(days=int(v["days"]))),
        lambda v: _("have been silent for at least %(days)s") % {"days": _days(int(v["days"]))}
        if int(v["days"]) else _("are silent"),
    ),
    Condition(
        "expected", gettext_lazy("expected soon"), COMES, {"days": lambda: _whole(gettext_lazy("in the coming days"))},
        lambda v, t: Q(rhythm__expected_on__range=(t, t + timedelta(days=int(v["days"]) - 1))),
        lambda v: _("are expected in the coming %(days)s") % {"days": _days(int(v["days"]))},
    ),
    Condition(
        "group", gettext_lazy("group by recency, frequency and money"), COMES,
        {"group": lambda: _choice(gettext_lazy("group"), list(GROUP_NAMES.items()))}, _group,
        lambda v: _("are in the group “%(group)s”") % {"group": GROUP_NAMES[v["group"]]},
    ),
    Condition(
        "store_visited", gettext_lazy("has been to a store"), COMES, {"store": _StoreField}, _in_store,
        lambda v: _("have been to %(store)s") % {"store": _store_name(v)},
    ),
    Condition(
        "home", gettext_lazy("home store"), CARD, {"store": _StoreField},
        lambda v, _t: Q(home_store=v["store"]), lambda v: _("have their home in %(store)s") % {"store": _store_name(v)},
    ),
    Condition(
        "birthday", gettext_lazy("birthday soon"), CARD, {"days": lambda: _whole(gettext_lazy("in the coming days"), 1, 366)},
        _birthday, lambda v: _("have a birthday in the coming %(days)s") % {"days": _days(int(v["days"]))},
    ),
    Condition(
        "birth_month", gettext_lazy("birthday in a month"), CARD,
        {"month": lambda: _choice(gettext_lazy("month"), [(str(n), name) for n, name in MONTHS.items()])}, _birth_month,
        lambda v: _("have a birthday in this month of the year: %(month)s") % {"month": str(MONTHS[int(v["month"])]).lower()},
    ),
    Condition(
        "age", gettext_lazy("age"), CARD, {"least": lambda: _whole(FIRST, 0, 120), "most": lambda: _whole(LAST, 0, 120)},
        _age, _age_said,
    ),
    Condition(
        "ring_size", gettext_lazy("ring size"), CARD,
        {"least": lambda: _millimetres(FIRST), "most": lambda: _millimetres(LAST)},
        lambda v, _t: Q(ring_size__range=(Decimal(str(v["least"])), Decimal(str(v["most"])))),
        lambda v: _within(
            {bound: writing.shortest(v[bound]) for bound in ("least", "most")},
            _("wear a ring of %(least)s mm"), _("wear a ring of %(least)s–%(most)s mm"),
        ),
    ),
    Condition(
        "metal", gettext_lazy("likes a metal"), CARD, {"metal": lambda: _choice(gettext_lazy("metal"), Metal.choices)},
        lambda v, _t: Q(metal=v["metal"]), lambda v: _("like %(metal)s") % {"metal": Metal(v["metal"]).label},
    ),
    Condition(
        "consent", gettext_lazy("agreed to"), CARD, {"purpose": lambda: _choice(gettext_lazy("purpose"), Purpose.choices)},
        _agreed, lambda v: _("agreed to: %(purpose)s") % {"purpose": Purpose(v["purpose"]).label},
    ),
    Condition(
        "incomplete", gettext_lazy("the card lacks something"), CARD, {},
        lambda _v, _t: Q(state=CardState.INCOMPLETE) | Q(~agrees_to_data()), lambda _v: _("have an incomplete card"),
    ),
    Condition(
        "lacks", gettext_lazy("the card lacks a fact"), CARD,
        {"field": lambda: _choice(gettext_lazy("fact"), [("phone", gettext_lazy("phone")), ("email", gettext_lazy("e-mail")),
                                                         ("birth_date", gettext_lazy("birth date")),
                                                         ("data", gettext_lazy("the consent to personal data"))])},
        _lacks, lambda v: _("gave no consent to personal data") if v["field"] == "data" else _("have no %(field)s on the card")
        % {"field": _label([("phone", _("phone")), ("email", _("e-mail")), ("birth_date", _("birth date"))], v["field"])},
    ),
    Condition(
        "registered", gettext_lazy("registered between two days"), CARD,
        {"first": lambda: _day(FIRST), "last": lambda: _day(LAST)},
        lambda v, _t: Q(registered_on__range=_span(v)),
        lambda v: _("were registered between %(first)s and %(last)s") % _between(v),
    ),
)  # fmt: skip
CONDITIONS = {condition.name: condition for condition in _ALL}
