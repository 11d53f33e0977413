"""The card about a person, what they agreed to, and where each of its facts came from."""

import re
from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Trim
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from clients.fields import E164Field
from clients.models.consents import Consent, Purpose
from clients.models.hearing import HeardFrom
from clients.models.sameness import Surname
from clients.models.trust import ContactProof
from clients.writing import addresses, dates, emails, names, phones
from clients.writing.names import PersonName, person_key
from clients.writing.person import REQUIRED
from stores.models import Store


class CardState(models.TextChoices):
    COMPLETE = "complete", _("complete")
    INCOMPLETE = "incomplete", _("incomplete")
    MERGED = "merged", _("merged")
    ERASED = "erased", _("erased")


LIVE = (CardState.COMPLETE, CardState.INCOMPLETE)


class NoEmail(models.TextChoices):
    """Why somebody who was asked has no e-mail on their card."""

    NONE = "none", _("has no e-mail")
    DECLINED = "declined", _("did not want to give it")


class Metal(models.TextChoices):
    YELLOW = "yellow", _("yellow gold")
    ROSE = "rose", _("rose gold")
    WHITE = "white", _("white gold")
    SILVER = "silver", _("silver")
    PLATINUM = "platinum", _("platinum")


def agrees_to_data() -> models.Exists:
    """Of a card: whether its newest word about personal data is a yes."""
    words = Consent.objects.filter(purpose=Purpose.PERSONAL_DATA)
    newer = words.filter(client=models.OuterRef("client"), given=False, pk__gt=models.OuterRef("pk"))
    return models.Exists(words.filter(~models.Exists(newer), client=models.OuterRef("pk"), given=True))


class ClientQuerySet(models.QuerySet["Client"]):
    def live(self) -> Self:
        """Cards that stand for a person: neither merged into another nor erased."""
        return self.filter(state__in=LIVE)

    def complete(self) -> Self:
        return self.filter(state=CardState.COMPLETE)

    def incomplete(self) -> Self:
        return self.filter(state=CardState.INCOMPLETE)

    def with_data_word(self) -> Self:
        """With what each card said about personal data, in one query for all."""
        words = Consent.objects.filter(purpose=Purpose.PERSONAL_DATA)
        return self.prefetch_related(models.Prefetch("consents", queryset=words))

    def agreed_to(self, purpose: str) -> Self:
        """Whose newest word on the purpose is yes; who was never asked did not agree."""
        newest = Consent.objects.filter(client=models.OuterRef("pk"), purpose=purpose).order_by("-pk").values("given")
        return self.alias(agreed=models.Subquery(newest[:1])).filter(agreed=True)

    def without_email(self) -> Self:
        """Cards that lack the e-mail alone, because the client was asked and has none or keeps it to themselves."""
        named = self.exclude(last_name="").exclude(Q(first_name="") | Q(first_name__regex=r"^.\.$"))
        return named.incomplete().exclude(no_email="").filter(birth_date__isnull=False, phone__isnull=False)

    def without_data_consent(self) -> Self:
        """Whose data are kept without a consent that holds: never asked, or taken back."""
        return self.filter(~agrees_to_data())

    def lacking(self) -> Self:
        """Cards that are not whole: a fact is missing, or the consent to personal data is."""
        return self.filter(Q(state=CardState.INCOMPLETE) | Q(state=CardState.COMPLETE) & ~agrees_to_data())

    def of_stores(self, stores: models.QuerySet[Store] | list[Store]) -> Self:
        """Cards whose home is one of the stores, and those whose home nobody knows."""
        return self.filter(Q(home_store__in=stores) | Q(home_store=None))


class Client(models.Model):
    """A person and the card about them. ``phone`` is E.164, ``email`` lower case; both null when missing."""

    state = models.CharField(_("state"), max_length=10, choices=CardState, default=CardState.COMPLETE)
    last_name = models.CharField(_("surname"), max_length=80, blank=True)
    first_name = models.CharField(_("first name"), max_length=80, blank=True)
    middle_name = models.CharField(_("patronymic"), max_length=80, blank=True)
    birth_date = models.DateField(_("birth date"), null=True, blank=True)
    phone = E164Field(_("phone"), null=True, blank=True)  # null is "missing" for UNIQUE
    email = models.CharField(_("e-mail"), max_length=254, null=True, blank=True)  # noqa: DJ001 — as phone
    no_email = models.CharField(_("why no e-mail"), max_length=8, choices=NoEmail, blank=True, default="", db_default="")
    no_email_at = models.DateTimeField(_("asked for an e-mail"), null=True, blank=True, editable=False)
    no_email_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False,
        editable=False, verbose_name=_("asked by"),
    )  # fmt: skip
    home_store = models.ForeignKey(
        Store,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="clients",
        db_index=False,
        verbose_name=_("home store"),
    )
    registered_on = models.DateField(_("registered"), null=True, blank=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False,
        verbose_name=_("registered by"),
    )  # fmt: skip
    heard_from = models.ForeignKey(
        HeardFrom, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False,
        verbose_name=_("how they heard of us"),
    )  # fmt: skip
    ring_size = models.DecimalField(
        _("ring size"), max_digits=4, decimal_places=2, null=True, blank=True, help_text=_("Inner diameter in mm.")
    )
    language = models.CharField(
        _("is written to in"),
        max_length=5,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
        db_default=settings.LANGUAGE_CODE,
    )
    metal = models.CharField(_("likes metal"), max_length=10, choices=Metal, blank=True)
    likes = models.CharField(_("likes and wears"), max_length=300, blank=True)
    postal_address = models.CharField(
        _("postal address"), max_length=addresses.LONGEST, blank=True, default="", db_default="",
        help_text=_("Index, town, street, house, flat."),
    )  # fmt: skip
    note = models.TextField(_("note"), blank=True)
    as_written = models.JSONField(
        default=dict, blank=True, editable=False, help_text="What a list said where it could not be understood, by field."
    )
    reached_through = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reaches", verbose_name=_("reached through")
    )
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="absorbed")
    created_at = models.DateTimeField(auto_now_add=True)
    # Keys derived from the facts above by ``prepare``; searched and matched by, never shown.
    name_key = models.CharField(max_length=250, blank=True, editable=False)
    person_key = models.CharField(max_length=190, blank=True, editable=False)
    phone_reversed = models.CharField(max_length=20, blank=True, editable=False)
    birthday = models.PositiveSmallIntegerField(null=True, editable=False, help_text="Month × 100 + day.")

    objects = ClientQuerySet.as_manager()
    history = HistoricalRecords(
        excluded_fields=["name_key", "person_key", "phone_reversed", "birthday"],
        no_db_index=["home_store", "registered_by", "no_email_by", "heard_from", "reached_through", "merged_into"],
    )

    class Meta:
        verbose_name = pgettext_lazy("a person who buys", "client")
        verbose_name_plural = pgettext_lazy("people who buy", "clients")
        ordering = ["name_key", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=CardState.values), name="client_state_known"),
            models.CheckConstraint(
                condition=~Q(state=CardState.COMPLETE)
                | (~Q(last_name="") & ~Q(first_name="") & Q(last_name=Trim("last_name"), first_name=Trim("first_name"))),
                name="client_complete_has_a_name",
                violation_error_message=_("A complete card has a surname and a first name."),
            ),
            models.CheckConstraint(
                condition=~Q(state=CardState.COMPLETE) | Q(birth_date__isnull=False, birth_date__gt=date(1900, 1, 1)),
                name="client_complete_has_a_birth_date",
                violation_error_message=_("A complete card has a birth date."),
            ),
            models.CheckConstraint(
                condition=~Q(state=CardState.COMPLETE) | Q(phone__isnull=False, phone__regex=r"^\+[0-9]{8,15}$"),
                name="client_complete_has_a_phone",
                violation_error_message=_("A complete card has a phone."),
            ),
            models.CheckConstraint(
                condition=~Q(state=CardState.COMPLETE) | Q(email__isnull=False, email__regex=emails.SHAPE),
                name="client_complete_has_an_email",
                violation_error_message=_("A complete card has an e-mail."),
            ),
            models.CheckConstraint(
                condition=Q(no_email="", no_email_at__isnull=True)
                | Q(no_email__in=NoEmail.values, no_email_at__isnull=False, email__isnull=True),
                name="client_without_email_says_why_and_when",
                violation_error_message=_("Who has an e-mail on the card has no reason to have none."),
            ),
            models.CheckConstraint(
                condition=Q(phone__isnull=True) | Q(phone__regex=r"^\+[0-9]{8,15}$"), name="client_phone_is_e164"
            ),
            models.UniqueConstraint(
                fields=["phone"],
                condition=Q(state__in=["complete", "incomplete"]),
                name="client_phone_once",
                violation_error_message=_("This phone is on another card."),
            ),
            models.CheckConstraint(
                condition=Q(state=CardState.MERGED, merged_into__isnull=False)
                | ~Q(state=CardState.MERGED) & Q(merged_into__isnull=True),
                name="client_merged_into_another",
            ),
        ]
        indexes: ClassVar = [
            # Plain indexes that serve prefixes and order alike: on PostgreSQL these columns have the collation "C".
            models.Index(fields=["name_key", "phone"], name="client_by_name"),
            models.Index(fields=["name_key", "phone_reversed"], name="client_by_name_and_ending"),
            models.Index(fields=["person_key"], name="client_by_person", condition=~Q(person_key="")),
            models.Index(fields=["phone_reversed"], name="client_by_phone_ending"),
            models.Index(fields=["email"], name="client_by_email"),
            models.Index(fields=["birth_date", "first_name"], name="client_by_birth_date"),
            models.Index(fields=["birthday", "home_store"], condition=Q(state="complete"), name="client_by_birthday"),
            models.Index(fields=["home_store", "-id"], condition=Q(state="incomplete"), name="client_to_complete"),
            models.Index(
                fields=["birthday", "home_store"],
                condition=Q(state="incomplete") & ~Q(no_email=""),
                name="client_without_email_by_day",
            ),
            models.Index(fields=["home_store", "id"], include=["birthday"], condition=Q(state__in=LIVE), name="client_at_home"),
        ]

    def __str__(self) -> str:
        return self.full_name or str(_("No name"))

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.prepare()
        self.refuse_impossible()
        super().save(*args, **kwargs)
        if self.state in LIVE:
            Surname.objects.note([names.key(self.last_name)])

    def refuse_impossible(self) -> None:
        """What the database cannot tell of a complete card. Raises ValidationError at the field.

        Lists read every fact with the same functions before they write in bulk.
        """
        if self.state != CardState.COMPLETE:
            return
        problems = {}
        if self.birth_date and dates.birth_date_problem(self.birth_date, timezone.localdate()) in ("future", "too_old"):
            problems["birth_date"] = _("Nobody living was born on this day.")
        if self.phone and self.phone.startswith("+") and phones.normalise(self.phone) != self.phone:
            problems["phone"] = _("There is no such phone number.")
        if self.email and "@" in self.email and emails.normalise(self.email) is None:
            problems["email"] = _("This is not an e-mail.")
        for field in ("last_name", "first_name"):
            if re.search(r"[<>=@\d]", getattr(self, field)):
                problems[field] = _("This does not look like a name.")
        if problems:
            raise ValidationError(problems)

    def prepare(self) -> "Client":
        """Put the writing right and derive the search keys; bulk writers call it themselves."""
        self.last_name, self.first_name, self.middle_name = names.meant(PersonName(*map(names.tidy, self.name)))
        self.phone = phones.as_kept(self.phone or "") or None
        self.email = (self.email or "").strip().lower() or None
        self.postal_address = addresses.normalise(self.postal_address)
        if self.email:
            self.no_email, self.no_email_at, self.no_email_by = "", None, None
        self.name_key = names.full_key(self.name)[:250]
        self.person_key = person_key(self.name, self.birth_date)
        self.phone_reversed = (self.phone or "").lstrip("+")[::-1]
        self.birthday = self.birth_date.month * 100 + self.birth_date.day if self.birth_date else None
        return self

    @property
    def name(self) -> PersonName:
        return PersonName(self.last_name, self.first_name, self.middle_name)

    @property
    def full_name(self) -> str:
        return " ".join(filter(None, self.name))

    @property
    def address_name(self) -> str:
        """How the client is spoken to: first name and patronymic, as is polite in Russian."""
        return " ".join(filter(None, (self.first_name, self.middle_name)))

    @property
    def phone_shown(self) -> str:
        return phones.national(self.phone) if self.phone else ""

    @property
    def takes_sms(self) -> bool:
        return bool(self.phone) and phones.is_mobile(self.phone or "")

    @property
    def missing(self) -> list[str]:
        """Names of the required facts that the card lacks; an initial is no first name."""
        return [field for field in REQUIRED if not getattr(self, field) or self._is_initial(field)]

    @property
    def to_ask(self) -> list[str]:
        """What the client is still to be asked for: what is missing, but for an e-mail that they were asked for once."""
        return [field for field in self.missing if field != "email" or not self.no_email]

    @property
    def missing_shown(self) -> str:
        """What the card lacks, in words, the consent to personal data too. One query, none where the consents are prefetched."""
        named = [str(self._meta.get_field(field).verbose_name) for field in self.missing]  # type: ignore[union-attr]
        return ", ".join([*named, self.data_consent_missing] if self.data_consent_missing else named)

    @property
    def data_consent_missing(self) -> str:
        """What it has instead of a consent to personal data that holds, in words; else empty. As ``missing_shown``."""
        word = next((word for word in self.consents.all() if word.purpose == Purpose.PERSONAL_DATA), None)
        if self.state not in LIVE or (word and word.given):
            return ""
        return gettext("the consent to personal data: taken back") if word else gettext("the consent to personal data")

    @property
    def asked_for_data(self) -> bool:
        """Whether the client was ever asked for the consent to keep their data; who stands for nobody need not be. One query."""
        return self.state not in LIVE or any(word.purpose == Purpose.PERSONAL_DATA for word in self.consents.all())

    @property
    def doubts(self) -> list[ContactProof]:
        """The newest words about its contacts that are doubts, the phone first. One query; a second for further ones."""
        newest: dict[tuple[str, str], ContactProof] = {}
        for proof in self.proofs.all():
            newest.setdefault((proof.field, proof.value), proof)
        doubts = [proof for proof in newest.values() if proof.state == ContactProof.State.DOUBTFUL]
        own = [proof for proof in doubts if proof.value == getattr(self, proof.field)]
        return sorted([*own, *self._doubted_beside(doubts)], key=lambda proof: proof.field, reverse=True)

    def _doubted_beside(self, doubts: "list[ContactProof]") -> "list[ContactProof]":
        """Those that a manager asks for again and that are further contacts now."""
        said = [proof for proof in doubts if proof.reason == ContactProof.INVENTED and proof.value != getattr(self, proof.field)]
        if not said:
            return []
        kept = set(self.contacts_beside.kept().filter(value__in=[proof.value for proof in said]).values_list("value", flat=True))
        return [proof for proof in said if proof.value in kept]

    def _is_initial(self, field: str) -> bool:
        return field == "first_name" and names.is_initial(self.first_name)
