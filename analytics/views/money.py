"""Money: the six unit figures, what was spent and how many came in, and calculators."""

from datetime import timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from analytics.figures import calculators, sources, units
from analytics.forms import CalculatorForm, CampaignForm, ChurnForm, ExpenseForm, MarginForm, ProfitForm, VisitorsForm
from analytics.models import Expense
from analytics.pages import Asked
from analytics.resources import ExpenseResource
from imports.exports import export_rows, export_table, page_of
from stores.bases.reading import from_replica
from stores.policies import CrmRequest, managers
from stores.selectors import counter
from stores.texts import writing

VISITOR_DAYS = 14
# In the session until the next page: what was deleted, as its form says it.
DELETED = "deleted_expense"


@require_GET
@managers
@from_replica
def money(request: CrmRequest) -> HttpResponse:
    asked = Asked(request, default="12-months")
    margin = MarginForm(request.GET if "margin" in request.GET else None)
    gross = margin.cleaned_data["margin"] if margin.is_valid() else None
    told = units.units(asked.store, asked.period, margin=gross)
    heard = sources.by_source(asked.store, asked.period)
    if "export" in request.GET:
        return export_table(request, "units", [_("figure"), _("value")], _flat(told) + _sources(heard))
    context = {**asked.context(), "units": told, "margin": margin, "sources": heard, "one": _one_buyer(told)}
    return render(request, "analytics/money/money.html", context)


class Bar(NamedTuple):
    """A sum of one buyer beside the largest of them, in per cent."""

    name: str
    sum: float
    width: int
    is_cost: bool = False


def _one_buyer(told: dict[str, Any]) -> dict[str, Any] | None:
    """What a new buyer costs and brings; None while the one or the other is not known."""
    cost, first, life = told["cost_per_buyer"], told["average_first"], told["life"]["revenue"]
    if not cost or first is None or life is None:
        return None
    sums = [(_("costs to win"), cost), (_("spends on the first day"), first), (_("spends over all time"), life)]
    if told["margin"] is not None:
        sums.append((_("of it margin"), told["margin"]))
    longest = max(sum_ for _name, sum_ in sums)
    bars = [Bar(name, sum_, round(100 * sum_ / longest), is_cost=not at) for at, (name, sum_) in enumerate(sums)]
    return {"bars": bars, "cost": cost, "first": first, "life": life, "times": life / cost}


def _flat(told: dict[str, Any]) -> list[list[object]]:
    rows: list[list[object]] = []
    for name, value in told.items():
        parts = value.items() if isinstance(value, dict) else [("", value)]
        rows += [[f"{name} {part}".strip(), worth] for part, worth in parts]
    return rows


def _sources(told: dict[str, Any]) -> list[list[object]]:
    names = {"clients": _("clients"), "revenue": _("revenue"), "cost": _("Spent on it")}
    rows = [*told["rows"], {**told["unknown"], "name": _("not known")}]
    return [[f"{row['name']}: {words}", row[name]] for row in rows for name, words in names.items()]


@require_http_methods(["GET", "POST"])
@managers
def expenses(request: CrmRequest) -> HttpResponse:
    """What was spent, by month, and a line to add."""
    here = counter(request)
    form = ExpenseForm(request.POST or None, stores=here.stores, whole_chain=here.sees_chain)
    if request.method == "POST" and form.is_valid():
        form.instance.by = request.user
        form.save()
        messages.success(request, _("The expense is noted."))
        return redirect("analytics:expenses")
    listed = _expenses_of(request)
    if "export" in request.GET:
        return export_rows(request, "expenses", ExpenseResource, listed)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "page": page_of(request, listed), "deleted": request.session.pop(DELETED, None)}
    return render(request, "analytics/money/expenses.html", context, status=status)


def _expenses_of(request: CrmRequest) -> Any:
    here = counter(request)
    noted = Expense.objects.select_related("store", "by")
    return noted if here.sees_chain else noted.filter(store__in=here.stores)


@require_POST
@managers
def forget_expense(request: CrmRequest, pk: int) -> HttpResponse:
    expense = get_object_or_404(_expenses_of(request), pk=pk)
    expense.delete()
    request.session[DELETED] = {
        "month": f"{expense.month:%Y-%m}", "channel": expense.channel, "purpose": expense.purpose, "amount": str(expense.amount),
        "store": expense.store_id or "",
    }  # fmt: skip
    words = _("Deleted: %(what)s, %(sum)s.") % {"what": expense, "sum": writing.money(expense.amount)}
    messages.success(request, words)
    return redirect("analytics:expenses")


@require_http_methods(["GET", "POST"])
@managers
def visitors(request: CrmRequest) -> HttpResponse:
    """Door counters of one store, the last two weeks in one form."""
    here = counter(request)
    asked = Asked(request)
    store = asked.store or here.store
    days = [asked.today - timedelta(days=n) for n in range(VISITOR_DAYS)]
    form = VisitorsForm(request.POST or None, store=store, days=days) if store else None
    if store and form and request.method == "POST" and form.is_valid() and form.write():
        messages.success(request, _("The visitors are noted."))
        return redirect(f"{request.path}?store={store.pk}")
    status = 422 if request.method == "POST" else 200
    return render(request, "analytics/money/visitors.html", {**asked.context(), "form": form, "store": store}, status=status)


CALCULATORS: dict[str, type[CalculatorForm]] = {"profit": ProfitForm, "campaign": CampaignForm, "churn": ChurnForm}


@require_GET
@managers
def calculate(request: CrmRequest) -> HttpResponse:
    """Three sums with the numbers of the address, or the usual ones."""
    forms = {name: form.of(request.GET) for name, form in CALCULATORS.items()}
    return render(request, "analytics/money/calculators.html", {"forms": forms, "told": _told(forms)})


def _told(forms: dict[str, CalculatorForm]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if said := forms["profit"].said():
        told["profit"] = calculators.profit(
            said["purchases"], said["price"], lead_cost=said["lead_cost"], purchase_cost=said["purchase_cost"]
        )
    if said := forms["campaign"].said():
        told["campaign"] = calculators.campaign(
            said["audience"], said["response"], said["average"], again=said["again"], average_again=said["average_again"]
        )
    if said := forms["churn"].said():
        rows = calculators.churn(said["clients"], said["value"], said["rate"], said["years"])
        better = calculators.churn_loss(said["clients"], said["value"], said["better_rate"], said["years"])
        total = sum((row.amount for row in rows), Decimal(0))
        told["churn"] = {"rows": rows, "total": total, "better": better, "saved": total - better}
    return told
