"""Stores of the chain and the people who work in them."""

from collections.abc import Sequence
from copy import copy
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar, Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import AbstractUser, UserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.dates import WEEKDAYS
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField
from simple_history.models import HistoricalRecords
from timezone_field import TimeZoneField


class StoreQuerySet(models.QuerySet["Store"]):
    def open(self) -> Self:
        return self.filter(is_active=True)

    def visible_to(self, employee: "Employee") -> Self:
        """Stores whose lists, sums and exports the employee may see: an admin the chain, others their own."""
        return self if employee.is_chain_admin else self.filter(employees=employee)

    def named(self, text: str) -> "Store | None":
        """The store that a person or a list calls so: by its code or by its name, case aside."""
        wanted = " ".join(text.split())
        if not wanted:
            return None
        lowered = wanted.lower()
        # SQLite lowers ASCII only, so Cyrillic case is compared here; a chain has few stores.
        return next((s for s in self if lowered in (s.code.lower(), s.name.lower())), None)


class Store(models.Model):
    """One shop of the chain."""

    code = models.CharField(_("code"), max_length=60, unique=True, help_text=_("Short name for reports and commands."))
    name = models.CharField(_("name"), max_length=120)
    city = models.CharField(_("city"), max_length=80, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    phone = PhoneNumberField(_("phone"), max_length=30, blank=True)
    time_zone = TimeZoneField(_("time zone"), default=settings.CHAIN_TIME_ZONE)
    opens_at = models.TimeField(_("opens at"), default=time(10))
    closes_at = models.TimeField(_("closes at"), default=time(20))
    closed_weekdays = models.CharField(
        _("closed on weekdays"), max_length=7, blank=True, validators=[RegexValidator(r"^[1-7]*$")],
        help_text=_("Digits from 1 for Monday to 7 for Sunday: 67 is closed at the weekend."),
    )  # fmt: skip
    is_active = models.BooleanField(_("works"), default=True)

    objects = StoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("store")
        verbose_name_plural = _("stores")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opens_at__lt=models.F("closes_at")),
                name="store_opens_before_it_closes",
                violation_error_message=_("A store opens before it closes."),
            ),
            # The field keeps what it cannot read as it stands; the phone goes out in messages.
            models.CheckConstraint(
                condition=models.Q(phone="") | models.Q(phone__regex=r"^\+[0-9]{8,15}$"), name="store_phone_is_e164"
            ),
            models.UniqueConstraint(Lower("name"), name="store_name_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(str(self.time_zone))

    def today(self, now: datetime | None = None) -> date:
        """The store's local date at ``now``."""
        return (now or timezone.now()).astimezone(self.zone).date()

    @property
    def weekly_days_off(self) -> list[str]:
        """Names of weekdays on which the store is closed, in the current language."""
        return [str(WEEKDAYS[int(digit) - 1]) for digit in sorted(self.closed_weekdays)]

    def works_on(self, first: date, days: int = 60) -> list[date]:
        """Days from ``first`` on, so many looked at, on which the store is open. One query."""
        looked = [first + timedelta(days=ahead) for ahead in range(days)]
        off = set(self.days_off.filter(day__range=(first, looked[-1])).values_list("day", flat=True))
        return [day for day in looked if str(day.isoweekday()) not in self.closed_weekdays and day not in off]


class DayOff(models.Model):
    """A day on which a store does not work besides its weekly days off."""

    store = models.ForeignKey(Store, on_delete=models.CASCADE, related_name="days_off", verbose_name=_("store"))
    day = models.DateField(_("day"))
    why = models.CharField(_("why"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("day off")
        verbose_name_plural = _("days off")
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["store", "day"], name="day_off_once")]

    def __str__(self) -> str:
        return f"{self.store} {self.day}"


class Role(models.TextChoices):
    SELLER = "seller", _("seller")
    MANAGER = "manager", _("manager")
    ADMIN = "admin", _("admin")


class ChainRight(models.TextChoices):
    """What speaks for the whole chain, or carries its clients' contacts away: given to a person, apart from roles."""

    TEXTS = "texts", _("change texts of messages")
    PROGRAMS = "programs", _("change programs")
    TERMS = "terms", _("change the terms of loyalty")
    CARDS = "cards", _("merge and erase cards of other stores")
    EXPORTS = "exports", _("take clients' contacts out as files")


class EmployeeManager(UserManager["Employee"]):
    def create_superuser(
        self, username: str, email: str | None = None, password: str | None = None, **extra_fields: Any
    ) -> "Employee":
        return super().create_superuser(username, email, password, role=Role.ADMIN, **extra_fields)


class Employee(AbstractUser):
    """Somebody of the chain who signs in: a seller, a manager or an admin of one or more stores."""

    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.SELLER)
    middle_name = models.CharField(_("patronymic"), max_length=80, blank=True)
    stores = models.ManyToManyField(Store, verbose_name=_("works in"), related_name="employees", blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    # What an admin said of this person; of what is not said, the role tells (``may``).
    rights = models.JSONField(_("permissions of the chain"), default=dict, blank=True)
    session_epoch = models.PositiveIntegerField(default=0, editable=False)
    second_factor_due = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[EmployeeManager] = EmployeeManager()
    history = HistoricalRecords(
        excluded_fields=["password", "last_login", "session_epoch", "second_factor_due"], m2m_fields=[stores], inherit=False
    )

    class Meta:
        verbose_name = _("employee")
        verbose_name_plural = _("employees")
        ordering = ["last_name", "first_name", "username"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values),
                name="employee_role_known",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    @property
    def short_name(self) -> str:
        """``Анна К.``: what a colleague reads on a screen."""
        if self.first_name and self.last_name:
            return f"{self.first_name} {self.last_name[0]}."
        return self.first_name or self.last_name or self.username

    @property
    def is_chain_admin(self) -> bool:
        return self.role == Role.ADMIN

    def sees_chain(self) -> bool:
        """Whether sums over the whole chain are the employee's to see. One query unless an admin, however often it is asked."""
        return self._sees_chain

    @cached_property
    def _sees_chain(self) -> bool:
        if self.is_chain_admin:
            return True
        if self.role != Role.MANAGER:
            return False
        if self._brought_stores is not None:
            return all(is_theirs for _store, is_theirs in self._brought_stores)
        return not Store.objects.open().exclude(employees=self).exists()

    # Open stores by name and which of them are this person's, where the session brought them.
    _brought_stores: Sequence[tuple[Store, bool]] | None = None

    def knows_stores(self, stores: Sequence[tuple[Store, bool]]) -> None:
        """All open stores by name, each with whether it is this person's: nobody has to ask again."""
        self._brought_stores = stores

    @cached_property
    def visible_stores(self) -> list[Store]:
        """Open stores whose lists, sums and exports are this person's to see, by name. One query, if the session brought none."""
        if self._brought_stores is None:
            return list(Store.objects.open().visible_to(self))
        return [copy(store) for store, is_theirs in self._brought_stores if is_theirs or self.is_chain_admin]

    @cached_property
    def held(self) -> frozenset[str]:
        """The permissions of the chain that this person has: an admin all; others what an admin said, else a manager of all
        stores has them. One query at most."""
        if self.is_chain_admin:
            return frozenset(ChainRight.values)
        unsaid = set(ChainRight.values) - set(self.rights)
        by_role = unsaid if unsaid and self.role == Role.MANAGER and self.sees_chain() else set()
        return frozenset(by_role | {right for right in ChainRight.values if self.rights.get(right)})

    def may(self, right: str) -> bool:
        return right in self.held

    @property
    def takes_contacts_out(self) -> bool:
        return ChainRight.EXPORTS.value in self.held

    def get_session_auth_hash(self) -> str:
        """Sessions die when the password changes and when the employee leaves (``session_epoch``)."""
        return salted_hmac("stores.Employee.session", f"{self.password}:{self.session_epoch}", algorithm="sha256").hexdigest()


class ApiKey(models.Model):
    """Lets another system act as an employee; only a digest of the key is kept."""

    name = models.CharField(_("what for"), max_length=80)
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="api_keys", verbose_name=_("acts as"))
    beginning = models.CharField(max_length=12, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)

    class Meta:
        verbose_name = _("key for another system")
        verbose_name_plural = _("keys for other systems")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name


class LookUps(models.Model):
    """How often an employee was shown clients' contacts on one kind of page on one day, and how often refused."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="look_ups", verbose_name=_("employee"))
    day = models.DateField(_("day"))
    place = models.CharField(max_length=40)
    shown = models.PositiveIntegerField(_("shown"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)

    class Meta:
        verbose_name = _("look-ups of a day")
        verbose_name_plural = _("look-ups of days")
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["employee", "day", "place"], name="look_ups_once_a_day")]
        indexes = [models.Index(fields=["day"], name="look_ups_by_day")]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.day} {self.place}"


class ExportRecord(models.Model):
    """Who took which data out of Carat, and when. Append-only."""

    what = models.CharField(_("what"), max_length=80)
    rows = models.PositiveIntegerField(_("rows"))
    query = models.CharField(_("with"), max_length=500, blank=True)
    by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.what} ({self.rows})"


class Rule(models.Model):
    """What the chain decided otherwise than by default; ``stores.rules`` reads it, ``stores.deciding.ruling`` writes it."""

    name = models.CharField(max_length=40, primary_key=True)
    value = models.JSONField()

    class Meta:
        verbose_name = _("setting")
        verbose_name_plural = _("settings")

    def __str__(self) -> str:
        return self.name


class RuleChange(models.Model):
    """One change of one rule: what it was, what it is since. Append-only; null stands for the default."""

    name = models.CharField(max_length=40)
    was = models.JSONField(null=True)
    now = models.JSONField(null=True)
    by = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), auto_now_add=True)
    from_environment = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("change of a setting")
        verbose_name_plural = _("changes of settings")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["name", "-id"], name="rule_changes_by_name")]

    def __str__(self) -> str:
        return self.name


class ChainMark(models.Model):
    """A picture that has been the chain's mark, as pages and prints show it; which one is, the rule ``mark`` says."""

    digest = models.CharField(max_length=64, primary_key=True)
    png = models.BinaryField()

    class Meta:
        verbose_name = _("mark of the chain")
        verbose_name_plural = _("marks of the chain")

    def __str__(self) -> str:
        return self.digest[:12]


class Pin(models.Model):
    """The short number by which a seller comes back on a shared device of their store (``stores.recognising.pins``)."""

    employee = models.OneToOneField(Employee, primary_key=True, on_delete=models.CASCADE, related_name="pin")
    digest = models.CharField(max_length=128)
    # What devices have noted holds no more when this changes: signed out everywhere, or another PIN.
    stamp = models.CharField(max_length=16)
    failures = models.PositiveSmallIntegerField(default=0)
    failed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "PIN"
        verbose_name_plural = "PIN"

    def __str__(self) -> str:
        return str(self.employee_id)


class Notice(models.Model):
    """Something that happened and has no row of its own, left in its transaction for whoever tells other systems of it.

    Taken away as soon as it was told. ``said`` holds numbers, days and sums: no names, no contacts.
    """

    kind = models.CharField(max_length=20)
    said = models.JSONField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "notice"
        verbose_name_plural = "notices"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
