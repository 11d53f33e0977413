"""The settings of the chain as pages show them: grouped as an owner thinks, each with what it does and what follows."""

import re
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from stores import opened, rules
from stores.deciding import ruling
from stores.forms import CrmForm, put
from stores.models import Employee, Role, RuleChange
from stores.opened import ChangedMeanwhileError, Edit
from stores.texts.fields import MoneyField
from stores.texts.visible import visible

SEAL = "stores.rules"
HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]+")
SENDER = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._&-]{0,10}|\+?[0-9]{3,15}")


class WholeField(forms.IntegerField):
    """A whole number between two bounds; out of them it says which."""

    def __init__(self, low: int, high: int, *, unit: str | Promise = "", **kwargs: Any) -> None:
        super().__init__(min_value=low, max_value=high, **kwargs)
        self.low, self.high, self.unit = low, high, unit
        words = lazy(self._words, str)()  # in the language of who reads them
        self.error_messages |= dict.fromkeys(("invalid", "min_value", "max_value", "required"), words)
        for check in self.validators:
            check.message = words  # type: ignore[attr-defined]

    def _words(self) -> str:
        return gettext("Type a whole number from %(low)s to %(high)s.") % {"low": self.low, "high": self.high}


class HostsField(forms.CharField):
    """Names of hosts, one a line, as people paste them: with the protocol, in capitals, in Cyrillic."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:
        hosts = [_bare(one) for one in re.split(r"[\s,;]+", str(super().clean(value))) if one]
        for host in hosts:
            if not HOST.fullmatch(host):
                raise ValidationError(_("“%(host)s” is no address of a site. Write it like example.ru."), params={"host": host})
        return sorted(set(hosts))


def _bare(text: str) -> str:
    host = re.sub(r"^\w+://", "", text.lower()).partition("/")[0].partition(":")[0]
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return host


class SumField(MoneyField):
    """A whole sum of roubles."""

    def prepare_value(self, value: Any) -> Any:
        return super().prepare_value(Decimal(value) if isinstance(value, int) else value)

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        return None if found is None else int(found)


class RulesForm(CrmForm):
    """A group of settings; it carries what stood there when it was opened, so that two admins see each other's words."""

    slug: ClassVar[str]
    title: ClassVar[Any]
    lead: ClassVar[Any]
    icon: ClassVar[str]

    def __init__(self, data: Any = None) -> None:
        self.standing = {name: rules.standing(name) for name in self.base_fields}
        super().__init__(data, initial=self.standing)
        self.seal = signing.dumps(self._plain(self.standing), salt=SEAL, compress=True)

    @property
    def names(self) -> list[str]:
        return list(self.base_fields)

    @staticmethod
    def _plain(values: dict[str, Any]) -> dict[str, Any]:
        return {name: opened.plain(value) for name, value in values.items()}

    def save(self, *, by: Employee) -> list[RuleChange] | None:
        """Write what the person changed. None where somebody else changed the same meanwhile: then they are asked."""
        edit = Edit(self._seen(), self.cleaned_data)
        try:
            changes = edit.onto(self.standing)
        except ChangedMeanwhileError as changed:
            self._let_stand(set(self.names) - set(edit.touched))
            for name in changed.fields:
                words = _("Somebody else set this to “%(now)s” meanwhile. Save once more to put yours in its place.")
                self.add_error(name, words % {"now": in_words(self.fields[name], self.standing[name])})
            return None
        return ruling.decide(changes, by=by)

    def _let_stand(self, names: set[str]) -> None:
        """What this person left alone is shown as the other wrote it."""
        data: Any = self.data
        self.data = data = data.copy()
        for name in names:
            if isinstance(self.fields[name], forms.MultipleChoiceField):
                data.setlist(name, self.standing[name])
            else:
                put(data, self[name], self.standing[name])

    def _seen(self) -> dict[str, Any]:
        try:
            seen: dict[str, Any] = signing.loads(str(self.data.get("opened", "")), salt=SEAL)
        except signing.BadSignature:
            seen = {}
        return seen


class ChainForm(RulesForm):
    slug, icon, title = "chain", "building-store", pgettext_lazy("settings", "The chain")
    lead = _("How the chain calls itself to clients, and where it leads them.")

    chain_name = forms.CharField(
        label=_("Name of the chain"), max_length=60,
        help_text=_(
            "Clients read it in messages, on their own page, on tickets and coupons; you on the sign-in page. Messages that are "
            "queued already keep the old one."
        ),
    )  # fmt: skip
    sms_sender = forms.CharField(
        label=_("Sender of SMS"), max_length=15,
        help_text=_(
            "The name from which SMS come: up to 11 Latin letters and digits, as your SMS contract has it. Operators throw away "
            "what comes under a name that they do not know: change it in the contract first. Obeyed by the next SMS."
        ),
    )  # fmt: skip
    link_hosts = HostsField(
        label=_("Own sites"),
        help_text=_(
            "One a line: example.ru. A link in a text to clients may lead there without a question; texts with a one-time code "
            "lead nowhere else. Carat's own address is always one of them."
        ),
    )  # fmt: skip

    def clean_sms_sender(self) -> str:
        sender = str(self.cleaned_data["sms_sender"]).strip()
        if not SENDER.fullmatch(sender):
            raise ValidationError(_("Up to 11 Latin letters and digits, or a number: other names no operator delivers."))
        return sender


class WritingForm(RulesForm):
    slug, icon, title = "messages", "message", _("Messages to clients")
    lead = _("When and how often clients are written to and called. Service messages and one-time codes have no hours, no cap.")

    quiet_from = WholeField(
        12, 24, label=_("Advertising until"), unit=_("o'clock"),
        help_text=_("In the evening of the client's store. What did not go by then goes in the morning, a greeting not at all."),
    )  # fmt: skip
    quiet_until = WholeField(
        0, 12, label=_("Advertising from"), unit=_("o'clock"),
        help_text=_("In the morning of the client's store. Calls keep to these hours too. Obeyed within a second."),
    )  # fmt: skip
    cap_week = WholeField(
        1, 50, label=_("At most in 7 days"),
        help_text=_(
            "Advertising messages and calls to one client together. With less some of what programs plan is not sent, and the "
            "list of messages says so; with more clients unsubscribe sooner."
        ),
    )  # fmt: skip
    cap_month = WholeField(
        1, 100, label=_("At most in 30 days"),
        help_text=_("The same over thirty days; not less than in seven."),
    )  # fmt: skip
    greets_without_email = forms.BooleanField(
        label=_("Greet those who have no e-mail"), required=False,
        help_text=_(
            "A card that lacks the e-mail alone is greeted by SMS on the days that it keeps, if the client agreed to that. Other "
            "advertising never goes to it. Off: such cards wait until they are completed."
        ),
    )  # fmt: skip
    reviews_on = forms.BooleanField(
        label=_("Ask how it was"), required=False,
        help_text=_(
            "One question after a purchase and after a piece was handed out. Off: no new questions go; answers to those that "
            "went still come."
        ),
    )  # fmt: skip
    codes_per_hour = WholeField(
        20, 100_000, label=_("One-time codes"), unit=_("an hour"),
        help_text=_(
            "To all clients together: what an attack can cost you. Where it is reached, clients who sign in for the first time "
            "wait; those known on their device do not."
        ),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        week, month = said.get("cap_week"), said.get("cap_month")
        if week and month and month < week:
            self.add_error("cap_month", _("Not less than in seven days: %(week)s or more.") % {"week": week})
        return said


class PricesForm(RulesForm):
    slug, icon, title = "prices", "tag", _("Prices")
    lead = _("What is taken for a slip of the finger, at the counter, in lists and from tills.")

    price_bound = SumField(
        label=_("No price is above"),
        help_text=_(
            "A larger number is a phone or a code: the counter refuses it, a list rejects the row, a till's document waits for a "
            "person. What was saved before stays."
        ),
    )  # fmt: skip
    price_asked_twice = SumField(
        label=_("The counter asks twice from"),
        help_text=_("A price above it is asked about once more before the receipt is saved. Too low, and sellers stop reading."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        bound, twice = said.get("price_bound"), said.get("price_asked_twice")
        if bound is not None and not 100_000 <= bound <= 9_000_000_000:
            self.add_error("price_bound", _("From 100 000 to 9 000 000 000."))
        if bound is not None and twice is not None and not 0 < twice <= bound:
            self.add_error("price_asked_twice", _("More than nothing, and not above the bound of prices."))
        return said


class SignInForm(RulesForm):
    slug, icon, title = "sign-in", "lock", _("Sign-in and safety")
    lead = _("Who proves who they are in two steps, when a session ends, and how much one person may look at.")

    second_factor_roles = forms.MultipleChoiceField(
        label=_("Two steps are a must for"),
        choices=[(role.value, role.label) for role in (Role.ADMIN, Role.MANAGER, Role.SELLER)],
        widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_(
            "Besides the password a code from an app or a passkey. Whoever is added has the days below to set it up; then every "
            "page leads there."
        ),
    )  # fmt: skip
    second_factor_grace_days = WholeField(
        1, 90, label=_("To set it up"), unit=_("days"),
        help_text=_("From the first day on which somebody is seen without. Who has begun keeps the day they were told."),
    )  # fmt: skip
    idle_minutes_seller = WholeField(
        5, 840, label=_("A seller's session ends after"), unit=_("min without an act"),
        help_text=_("What was typed on an open page comes back after signing in. After 14 hours a session ends in any case."),
    )  # fmt: skip
    idle_minutes_manager = WholeField(
        5, 840, label=_("A manager's session ends after"), unit=_("min without an act"), help_text=_("The same for managers."),
    )  # fmt: skip
    idle_minutes_admin = WholeField(
        5, 840, label=_("An admin's session ends after"), unit=_("min without an act"), help_text=_("The same for admins."),
    )  # fmt: skip
    pins_on = forms.BooleanField(
        label=_("Quick switch by PIN"), required=False,
        help_text=_(
            "On a shared device of a store sellers who signed in there today come back by name and PIN. Off: everybody signs in "
            "by password; PINs are kept and open nothing."
        ),
    )  # fmt: skip
    pin_lock_minutes = WholeField(
        1, 60, label=_("A shared device locks after"), unit=_("min without an act"),
        help_text=_("It asks who is there; what was typed stays on the page."),
    )  # fmt: skip
    lookups_per_hour = WholeField(
        30, 100_000, label=_("One employee looks at"), unit=_("cards and searches an hour"),
        help_text=_("Beyond it pages with contacts are refused until the hour is over, and the admin's page shows who it was."),
    )  # fmt: skip
    sign_in_failures_per_address = WholeField(
        10, 10_000, label=_("Wrong passwords from one address"), unit=_("in 15 min"),
        help_text=_("A store's people share an address. Beyond it strangers wait; devices on which one has signed in do not."),
    )  # fmt: skip


class KeptForm(RulesForm):
    slug, icon, title = "kept", "clock", _("How long things are kept")
    lead = _("Longer than needed is against the law on personal data; what is deleted does not come back.")

    passports_kept_days = WholeField(
        1, 1_095, label=_("Passport data"), unit=_("days after the ticket was closed"),
        help_text=_("Obeyed by tickets taken in or closed from now on. From which value it is asked for, terms of services say."),
    )  # fmt: skip
    list_files_kept_days = WholeField(
        1, 3_650, label=_("Files of lists"), unit=_("days"),
        help_text=_("The uploaded file goes by night, its rows with their outcomes stay. Fewer days delete more this night."),
    )  # fmt: skip


GROUPS: dict[str, type[RulesForm]] = {form.slug: form for form in (ChainForm, WritingForm, PricesForm, SignInForm, KeptForm)}
FIELDS: dict[str, forms.Field] = {name: field for form in GROUPS.values() for name, field in form.base_fields.items()}


def in_words(field: forms.Field | None, value: Any) -> str:
    """A setting's value as people read it."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(field, forms.MultipleChoiceField):
        labels = dict(field.choices)  # type: ignore[arg-type]
        return ", ".join(str(labels.get(one, one)) for one in value) or gettext("nobody")
    if isinstance(value, list):
        return ", ".join(value) or "—"
    if isinstance(field, SumField):
        return str(field.prepare_value(value))
    unit = getattr(field, "unit", "")
    return (f"{visible(str(value))}\N{NO-BREAK SPACE}{unit}" if unit else visible(str(value))) or "—"
