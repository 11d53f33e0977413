"""The counter's pages about people: register, complete, correct, consents."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients import selectors, services
from clients.forms import CardConsentsForm, CardForm, CardOccasionForm, CompleteForm, ConsentsMixin, RegisterForm, SayingForm
from clients.models import Client, ContactConflict, Occasion, Purpose
from clients.resources import ToCompleteResource
from clients.sameness import matching
from clients.searching import understood
from clients.services import ContactDetails, PhoneTakenError
from clients.writing import emails
from imports.exports import export_rows, page_of
from stores import lookups
from stores.lookups import shows_contacts
from stores.models import Store
from stores.opened import ChangedMeanwhileError
from stores.policies import CrmRequest, everybody
from stores.selectors import counter, store_of

# In the session until the next look at a card: the day that was removed, as its form says it.
FORGOTTEN = "forgotten_day"


@require_http_methods(["GET", "POST"])
@everybody
@shows_contacts(when="phone")
def register(request: CrmRequest) -> HttpResponse:
    store = store_of(request)
    form = RegisterForm(request.POST or None, initial=understood.fields(request.GET.get("q", "")))
    if request.method == "GET":
        return render(request, "clients/register.html", {"form": form, "next": request.GET.get("next", "")})
    if not form.is_valid():
        return _refused(request, form)
    try:
        client = _register(request, form, store)
    except PhoneTakenError as taken:
        return _phone_taken(request, form, taken.holder)
    messages.success(request, _("%(name)s is registered.") % {"name": client.full_name})
    if (
        form.bringing
        and (friend := form.cleaned_data["friend"])
        and (why := form.bringing.brought(client.pk, friend, request.user))
    ):
        messages.warning(request, why)
    return _onward(request, client)


def _register(request: CrmRequest, form: RegisterForm, store: Store) -> Client:
    details, consents = form.details(), form.consents()
    said = {name: form.cleaned_data[name] for name in ("no_email", "heard_from")}
    if form.cleaned_data["behind"]:
        holder = get_object_or_404(Client.objects.live(), pk=form.cleaned_data["behind"], phone=details.phone)
        return services.register_behind(holder, details, by=request.user, store=store, consents=consents, **said)
    return services.register(details, by=request.user, store=store, consents=consents, **said)


def _phone_taken(request: CrmRequest, form: RegisterForm, holder: Client) -> HttpResponse:
    """The same person is already there: land on that card. Somebody else has the phone: say so and offer the ways."""
    details = form.details()
    if services.same_person(holder, details):
        services.complete_card(holder, found=details, by=request.user, no_email=form.cleaned_data["no_email"])
        services.record_consents(holder, form.consents(), by=request.user, where=counter(request).store)
        messages.info(request, _("This client already has a card; here it is, with what was missing filled in."))
        return _onward(request, holder)
    form.add_error("phone", _("This phone is on the card of %(name)s.") % {"name": holder.full_name})
    return _refused(request, form, holder=holder)


def _refused(request: CrmRequest, form: RegisterForm, **more: object) -> HttpResponse:
    context = {"form": form, "next": request.POST.get("next", ""), **more}
    return render(request, "clients/register.html", context, status=422)


def _onward(request: CrmRequest, client: Client) -> HttpResponse:
    if request.POST.get("next") in ("purchases:sell", "workshop:take_in"):
        return redirect(f"{reverse(request.POST['next'])}?client={client.pk}")
    return redirect("pages:card", pk=client.pk)


@require_POST
@everybody
def matches(request: CrmRequest) -> HttpResponse:
    """Cards that may be the visitor's, while they are being typed; posted, for addresses stand in logs."""
    details = SayingForm(request.POST).details()
    found = matching.propose(details.name, birth_date=details.birth_date, phone=details.phone, email=details.email)
    erased = services.erased_on(details)
    if found and lookups.is_over(request, "matches"):
        found = []  # the registration itself goes on
    return render(request, "clients/_matches.html", {"proposals": found, "erased": erased})


@require_POST
@everybody
def meant(request: CrmRequest) -> HttpResponse:
    """What the e-mail that is being typed was probably meant to be, to stand beside its field."""
    return render(request, "clients/_meant.html", {"meant": emails.meant(request.POST.get("email", "")[: emails.LONGEST])})


@require_POST
@everybody
def same_person(request: CrmRequest, pk: int) -> HttpResponse:
    """«This is the same person»: open that card with what it lacked filled in from the form."""
    client = _live(pk)
    said, words = SayingForm(request.POST), ConsentsMixin(request.POST)
    details = said.details()
    if words.is_valid():
        yeses = {purpose: given for purpose, given in words.consents().items() if given}
        services.record_consents(client, yeses, by=request.user, where=counter(request).store)
    for field, errors in said.errors.items():
        messages.warning(request, f"{said[field].label}: {errors[0]}")
    return _complete(request, client, details, said.cleaned_data.get("no_email", ""))


@require_POST
@everybody
@shows_contacts()
def complete(request: CrmRequest, pk: int) -> HttpResponse:
    client = _live(pk)
    form = CompleteForm(request.POST, client=client)
    if not form.is_valid():
        return render(request, "clients/complete.html", {"client": client, "form": form}, status=422)
    return _complete(request, client, form.details(), form.cleaned_data.get("no_email", ""))


def _complete(request: CrmRequest, client: Client, details: ContactDetails, no_email: str = "") -> HttpResponse:
    try:
        done = services.complete_card(client, found=details, by=request.user, no_email=no_email)
    except PhoneTakenError as taken:
        text = _("This phone is on the card of %(name)s; it was not written here.") % {"name": taken.holder.full_name}
        messages.error(request, text)
        return _onward(request, client)
    if done.differing:
        messages.warning(request, _("Some answers differ from the card: they wait there for a decision."))
    if done.filled:
        messages.success(request, _("Filled in. Thank you!"))
    elif not done.differing:
        messages.info(request, _("The card had all this already."))
    return _onward(request, client)


@require_http_methods(["GET", "POST"])
@everybody
@shows_contacts()
def edit(request: CrmRequest, pk: int) -> HttpResponse:
    client = get_object_or_404(Client, pk=pk) if request.method == "POST" else _live(pk)
    form = CardForm(request.POST or None, client=client)
    if request.method == "POST" and form.is_valid():
        try:
            services.correct_card(client, edit=form.edit(), by=request.user)
            messages.success(request, _("The card is saved."))
            return redirect("pages:card", pk=client.pk)
        except PhoneTakenError as taken:
            form.add_error("phone", _("This phone is on the card of %(name)s.") % {"name": taken.holder.full_name})
        except ChangedMeanwhileError as changed:
            form.ask(changed)
        except Client.DoesNotExist:
            form.add_error(
                None, _("The card was merged or erased meanwhile, and nothing was saved. What you typed stands below.")
            )
    status = 422 if request.method == "POST" else 200
    return render(request, "clients/edit.html", {"client": client, "form": form}, status=status)


@require_POST
@everybody
def consents(request: CrmRequest, pk: int) -> HttpResponse:
    client = _live(pk)
    form = CardConsentsForm(request.POST, client=client)
    form.is_valid()
    if "sure" not in request.POST and (gone := form.taken_back()):
        said = [(name, value) for name, values in request.POST.lists() if name.startswith("consent_") for value in values]
        context = {"client": client, "form": form, "gone": [Purpose(purpose) for purpose in gone], "said": said}
        return render(request, "clients/take_back.html", {**context, "ends_all": Purpose.PERSONAL_DATA in gone})
    try:
        services.change_consents(client, form.edit(), by=request.user, where=counter(request).store)
        messages.success(request, _("The consents are written down."))
    except ChangedMeanwhileError:
        messages.error(request, _("Nothing was written: this page was opened before the card changed. Tick once more."))
    return redirect("pages:card", pk=client.pk)


@require_POST
@everybody
def about_data(request: CrmRequest, pk: int) -> HttpResponse:
    """The answer of a card that was never asked for the consent to keep its data; the question goes from the page."""
    client = _live(pk)
    if request.POST.get("agrees") not in ("0", "1"):
        return HttpResponseBadRequest()
    services.answer_about_data(client, agrees=request.POST["agrees"] == "1", by=request.user, where=counter(request).store)
    return render(request, "clients/_data_answered.html", {"agrees": request.POST["agrees"] == "1"})


@require_POST
@everybody
def occasion(request: CrmRequest, pk: int) -> HttpResponse:
    """Write down a day that the client keeps every year."""
    client = _live(pk)
    form = CardOccasionForm(request.POST, client=client)
    if form.is_valid():
        (day, year), kind = form.cleaned_data["day"], form.cleaned_data["kind"]
        try:
            services.keep_occasion(client, kind, day=day, year=year, by=request.user, seen=form.seen())
            messages.success(request, _("The day is written down."))
            return redirect("pages:card", pk=pk)
        except ChangedMeanwhileError:
            form.ask_about(client.occasions.get(kind=kind))
    return render(request, "clients/occasion.html", {"client": client, "form": form}, status=422)


@require_POST
@everybody
def forget_occasion(request: CrmRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Occasion.objects.select_related("kind"), pk=pk)
    services.forget_occasion(pk)
    request.session[FORGOTTEN] = {
        "client": found.client_id, "kind": found.kind_id, "name": str(found.kind), "day": found.shown,
    }  # fmt: skip
    messages.success(
        request, _("Removed: %(kind)s, %(day)s. The card can bring it back now.") % {"kind": found.kind, "day": found.shown}
    )
    return redirect("pages:card", pk=found.client_id)


@require_POST
@everybody
def decide(request: CrmRequest, pk: int) -> HttpResponse:
    conflict = get_object_or_404(ContactConflict, pk=pk)
    if request.POST.get("take") not in ("0", "1"):
        return HttpResponseBadRequest()
    try:
        services.decide_conflict(conflict, take=request.POST["take"] == "1", by=request.user)
        messages.success(request, _("Decided."))
    except PhoneTakenError as taken:
        messages.error(request, _("This phone is on the card of %(name)s.") % {"name": taken.holder.full_name})
    return redirect("pages:card", pk=conflict.client_id)


@require_GET
@everybody
@shows_contacts()
def to_complete(request: CrmRequest) -> HttpResponse:
    """Cards of my stores that are not whole, with what each lacks; ``?export`` gives them as a workbook."""
    stores = counter(request).stores
    found = selectors.to_complete(stores)
    if "export" in request.GET:
        return export_rows(request, "to-complete", ToCompleteResource, found)
    page = page_of(request, found, count=selectors.completeness(stores).incomplete)
    return render(request, "clients/to_complete.html", {"page": page})


def _live(pk: int) -> Client:
    client = Client.objects.live().filter(pk=pk).first()
    if client is None:
        raise Http404
    return client
