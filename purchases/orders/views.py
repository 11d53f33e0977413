"""Orders at the counter: the list, a new one, its page and what is done with it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients import selectors as clients_selectors
from clients.models import Client
from clients.typed import GONE
from imports.exports import export_rows, page_of
from purchases.models import Order, OrderStatus
from purchases.orders import acts, board, printed, story, telling
from purchases.orders.forms import CancelForm, CorrectOrderForm, OrderForm, OrderSaleForm, PaymentForm, RefundForm
from purchases.orders.refusals import REFUSALS, PrepaidMoreError, words_of
from stores.forms import CrmForm
from stores.lookups import shows_contacts
from stores.opened import ChangedMeanwhileError
from stores.policies import CrmRequest, everybody
from stores.selectors import counter, store_of, whole_number
from stores.texts import paper
from stores.texts.writing import money


@require_GET
@everybody
def orders(request: CrmRequest) -> HttpResponse:
    """Orders of my stores, open ones unless more is asked for; ``?export`` gives a workbook."""
    today = store_of(request).today()
    narrowed = board.OrderFilter(request.GET, board.orders_of(counter(request).stores), today=today)
    if "export" in request.GET:
        return export_rows(request, "orders", board.OrderResource, narrowed.qs)
    counted, due = board.counts(narrowed.but_for("status")), board.counts_due(narrowed.but_for("due"), today)
    context = {
        "page": page_of(request, narrowed.qs), "wanted": narrowed.asked, "today": today, "held": board.held_by(narrowed.qs),
        "statuses": [(status.value, status.label, counted[status.value]) for status in OrderStatus],
        "dues": [(name, words, due[name]) for name, words in board.DUE.items()],
    }  # fmt: skip
    return render(request, "purchases/orders.html", context)


@require_http_methods(["GET", "POST"])
@everybody
@shows_contacts(when="client")
def take(request: CrmRequest) -> HttpResponse:
    store = store_of(request)
    asked = (request.POST or request.GET).copy()
    client = _whose(whole_number(asked.get("client", "")), asked.get("whose", ""))
    if client:
        asked["client"] = str(client.pk)
    form = OrderForm(asked if request.method == "POST" else None, store=store, initial={"client": client})
    context = {"form": form, "client": client, "gone": GONE}
    if not form.is_valid():
        return render(request, "purchases/take_order.html", context, status=422 if form.is_bound else 200)
    try:
        order = acts.take(form.order(request.user), by=request.user, prepaid=form.prepayment())
    except REFUSALS as error:
        form.add_error(None, words_of(error))
        return render(request, "purchases/take_order.html", context, status=422)
    messages.success(request, _("Order № %(number)s is taken.") % {"number": order})
    return redirect("purchases:order", pk=order.pk)


def _whose(pk: int, said: str) -> Client | None:
    """The card, or the one that it became part of; of a person who was erased meanwhile, the one that is said instead.

    Raises Http404 where there was no such card.
    """
    client = clients_selectors.standing_for(pk)
    if client is None:
        get_object_or_404(Client, pk=pk)
        found = clients_selectors.find_clients(said, limit=2) if said.strip() else []
        client = found[0] if len(found) == 1 else None
    return client


@require_http_methods(["GET", "POST"])
@everybody
@shows_contacts()
def correct(request: CrmRequest, pk: int) -> HttpResponse:
    order = _mine(request, pk)
    form = CorrectOrderForm(request.POST or None, order=order)
    if not form.is_valid():
        return _correct_page(request, order, form)
    try:
        acts.correct(order, form.edit(), by=request.user)
    except ChangedMeanwhileError as changed:
        form.ask(changed)
        return _correct_page(request, order, form)
    except REFUSALS as error:
        form.add_error("price" if isinstance(error, PrepaidMoreError) else None, words_of(error))
        return _correct_page(request, order, form)
    messages.success(request, _("The order is corrected."))
    return redirect("purchases:order", pk=pk)


def _correct_page(request: CrmRequest, order: Order, form: CorrectOrderForm) -> HttpResponse:
    context = {"order": order, "form": form}
    return render(request, "purchases/correct_order.html", context, status=422 if form.is_bound else 200)


SIZES = {"a5": "A5", "80": _lazy("80 mm roll"), "58": _lazy("58 mm roll")}


@require_GET
@everybody
@shows_contacts()
def slip(request: CrmRequest, pk: int) -> HttpResponse:
    """What the client takes along, to print; ``?pdf`` as a file."""
    order, asked = _mine(request, pk), request.GET.get("size", "")
    size, payments = asked if asked in SIZES else "a5", order.payments.exclude(purpose__in=["spent", "unspent"])
    if "pdf" in request.GET:
        headers = {"Content-Disposition": f'inline; filename="order-{order.pk}.pdf"'}
        return HttpResponse(printed.pdf(order, list(payments), size), content_type="application/pdf", headers=headers)
    context = {
        "order": order, "payments": payments, "sizes": SIZES.items(), "size": size, "bars": paper.svg_bars(order.code),
    }  # fmt: skip
    return render(request, "purchases/order_slip.html", context)


def _mine(request: CrmRequest, pk: int) -> Order:
    """An order of my stores. Raises Http404 for any other."""
    return get_object_or_404(board.orders_of(counter(request).stores).select_related("purchase"), pk=pk)


@require_GET
@everybody
@shows_contacts()
def order(request: CrmRequest, pk: int) -> HttpResponse:
    return _page(request, _mine(request, pk))


def _page(request: CrmRequest, order: Order, status: int = 200, **forms: CrmForm) -> HttpResponse:
    """An order with its payments and what can be done with it; ``forms`` are those that were filled wrongly."""
    context = {
        "order": order,
        "payments": order.payments.select_related("seller"),
        "next_steps": [(step, OrderStatus(step).label) for step in acts.STEPS.get(order.status, ())],
        "payment": PaymentForm(auto_id="pay_%s"),
        "refund": RefundForm(auto_id="refund_%s"),
        "sale": OrderSaleForm(initial={"article": order.article, "price": order.price}, auto_id="sale_%s"),
        "cancelling": CancelForm(auto_id="cancel_%s"),
        "story": story.story_of(order),
        "is_told": order.status == OrderStatus.ARRIVED and telling.is_told(order),
        **forms,
    }
    return render(request, "purchases/order.html", context, status=status)


def _done(request: CrmRequest, order: Order, name: str, form: CrmForm, act: Callable[[], str]) -> HttpResponse:
    """Do it and say so; what is wrong or refused comes back with its form."""
    if not form.is_valid():
        return _page(request, order, status=422, **{name: form})
    try:
        said = act()
    except REFUSALS as error:
        form.add_error(None, words_of(error))
        return _page(request, _mine(request, order.pk), status=422, **{name: form})
    messages.success(request, said)
    return redirect("purchases:order", pk=order.pk)


@require_POST
@everybody
def pay(request: CrmRequest, pk: int) -> HttpResponse:
    order, form = _mine(request, pk), PaymentForm(request.POST, auto_id="pay_%s")

    def act() -> str:
        data = form.cleaned_data
        acts.pay(order, data["paid_by"], data["sum"], by=request.user, form_key=data["form_key"])
        return _("Prepaid: %(sum)s.") % {"sum": money(data["sum"])}

    return _done(request, order, "payment", form, act)


@require_POST
@everybody
def refund(request: CrmRequest, pk: int) -> HttpResponse:
    order, form = _mine(request, pk), RefundForm(request.POST, auto_id="refund_%s")

    def act() -> str:
        data, key = form.cleaned_data, form.cleaned_data["form_key"]
        acts.refund(order, data["paid_by"], data["sum"], reason=data["reason"], by=request.user, form_key=key)
        return _("Given back: %(sum)s.") % {"sum": money(data["sum"])}

    return _done(request, order, "refund", form, act)


@require_POST
@everybody
def sell(request: CrmRequest, pk: int) -> HttpResponse:
    order, form = _mine(request, pk), OrderSaleForm(request.POST, auto_id="sale_%s")

    def act() -> str:
        acts.sell(order, by=request.user, **form.sale())
        return _("The order is sold.")

    return _done(request, order, "sale", form, act)


@require_POST
@everybody
def cancel(request: CrmRequest, pk: int) -> HttpResponse:
    order, form = _mine(request, pk), CancelForm(request.POST, auto_id="cancel_%s")

    def act() -> str:
        back = acts.cancel(order, reason=form.cleaned_data["reason"], by=request.user, back_by=form.cleaned_data["paid_by"])
        return _("The order is cancelled. To give back: %(sum)s.") % {"sum": money(back)}

    return _done(request, order, "cancelling", form, act)


@require_POST
@everybody
def move(request: CrmRequest, pk: int) -> HttpResponse:
    order = _mine(request, pk)
    try:
        moved = acts.move(order, request.POST.get("status", ""), by=request.user)
    except REFUSALS as error:
        messages.error(request, words_of(error))
    else:
        messages.success(request, _("The order: %(status)s.") % {"status": moved.get_status_display()})
        if moved.status == OrderStatus.ARRIVED and not telling.is_told(moved):
            messages.warning(request, _("There is nowhere to write to this client: call them."))
    return redirect("purchases:order", pk=pk)
