"""What is said once, to those whom a question meant at one moment."""

from typing import ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from campaigns.models.programs import MOST_HOLDOUT
from campaigns.models.touches import Variant, Way
from messaging import texts
from messaging.models import Topic
from stores.models import Store

ROUND = "1"
SOURCE = "campaign"


class CampaignState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("of a campaign", "draft")
    FROZEN = "frozen", pgettext_lazy("of a campaign", "ready to start")
    RUNNING = "running", pgettext_lazy("of a campaign", "running")
    PAUSED = "paused", pgettext_lazy("of a campaign", "paused")
    MEASURING = "measuring", pgettext_lazy("of a campaign", "waiting for its result")
    CLOSED = "closed", pgettext_lazy("of a campaign", "closed")
    CANCELLED = "cancelled", pgettext_lazy("of a campaign", "cancelled")


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def visible_to(self, stores: list[Store] | None) -> Self:
        """Those about clients of these stores alone; None sees all."""
        if stores is None:
            return self
        foreign = Store.objects.exclude(pk__in=[store.pk for store in stores])
        return self.exclude(stores=None).exclude(stores__in=foreign)


class Campaign(models.Model):
    """A question about clients, frozen at one moment, with what is said to them and what came of it.

    ``question`` is ``{"definition": …, "words": …}`` or ``{"ticked": [keys]}`` as lists ask it, ``sentence`` its words.
    ``stores`` empty is the chain. Who was chosen stands in touches of ``source``; ``judge_on`` is fixed when they are written.
    With a ``topic`` it is a newsletter: a letter of the blocks in ``body`` (``campaigns.letters.blocks``). ``…_b`` is a second
    wording for half of those who are written to; what is left empty of it is as in the first.
    """

    title = models.CharField(_("title"), max_length=80)
    question = models.JSONField(default=dict, editable=False)
    sentence = models.TextField(editable=False)
    stores = models.ManyToManyField(Store, related_name="+", blank=True, editable=False)
    store = models.ForeignKey(
        Store, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("calls clients without a home store")
    )
    way = models.CharField(_("contact by"), max_length=5, choices=Way, default=Way.CALL)
    occasion = models.CharField(
        _("why now"), max_length=120, help_text=_("New models, an address, an event: why the client hears from you today.")
    )
    occasion_until = models.DateField(_("until"))
    offer = models.CharField(_("what is offered"), max_length=200, blank=True)
    script = models.TextField(_("what to say in a call"), blank=True, max_length=2000)
    text = models.TextField(_("SMS"), blank=True, max_length=900, validators=[texts.validate_placeholders])
    subject = models.CharField(_("subject of the e-mail"), blank=True, max_length=120, validators=[texts.validate_placeholders])
    letter = models.TextField(_("text of the e-mail"), blank=True, max_length=5000, validators=[texts.validate_placeholders])
    paper = models.TextField(
        _("text of the letter on paper"), blank=True, default="", db_default="", max_length=3000,
        validators=[texts.validate_placeholders],
        help_text=_("For those whom neither an SMS nor an e-mail may reach and who agreed to letters on paper."),
    )  # fmt: skip
    topic = models.ForeignKey(
        Topic, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("what the letter is about"),
        help_text=_("Readers who have turned this topic off do not get it."),
    )  # fmt: skip
    body = models.JSONField(_("letter"), default=list, db_default=[], blank=True, editable=False)
    text_b = models.TextField(
        _("second SMS"), blank=True, default="", db_default="", max_length=900, validators=[texts.validate_placeholders]
    )
    subject_b = models.CharField(
        _("second subject"), blank=True, default="", db_default="", max_length=120, validators=[texts.validate_placeholders]
    )
    letter_b = models.TextField(
        _("second text of the e-mail"), blank=True, default="", db_default="", max_length=5000,
        validators=[texts.validate_placeholders],
    )  # fmt: skip
    holdout = models.PositiveSmallIntegerField(
        _("compared without a contact, %"), default=10, validators=[MaxValueValidator(MOST_HOLDOUT)]
    )
    window_days = models.PositiveSmallIntegerField(
        _("days in which a purchase counts"), default=30, validators=[MinValueValidator(7), MaxValueValidator(90)]
    )
    calls_a_day = models.PositiveSmallIntegerField(_("calls a day in a store"), default=20, validators=[MinValueValidator(1)])
    is_shared = models.BooleanField(_("shared out among the sellers at once"), default=True)
    state = models.CharField(_("state"), max_length=9, choices=CampaignState, default=CampaignState.DRAFT, editable=False)
    forecast = models.JSONField(default=dict, editable=False)
    result = models.JSONField(default=dict, editable=False)
    as_of = models.DateField(null=True, editable=False)
    judge_on = models.DateField(null=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    frozen_at = models.DateTimeField(null=True, editable=False)
    form_key = models.UUIDField(unique=True, editable=False, help_text="One filled form is one campaign.")

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=CampaignState.values), name="campaign_state_known"),
            models.CheckConstraint(condition=Q(holdout__lte=MOST_HOLDOUT), name="campaign_contacts_most"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "cancelled"]) | Q(as_of__isnull=False, judge_on__isnull=False),
                name="campaign_frozen_on_a_day",
            ),
            models.CheckConstraint(condition=Q(topic__isnull=True) | Q(way=Way.EMAIL), name="campaign_newsletter_by_email"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def source(self) -> str:
        """The name of its touches and messages, and the beginning of their occasion keys."""
        return f"{SOURCE}:{self.pk}"

    @property
    def is_draft(self) -> bool:
        return self.state == CampaignState.DRAFT

    @property
    def is_newsletter(self) -> bool:
        return self.topic_id is not None

    @property
    def ways(self) -> list[str]:
        """In the order in which a client is tried to be reached: the way that was chosen, then those that have words.

        Paper is the last: it goes to nobody whom an SMS or an e-mail may reach.
        """
        words = {Way.SMS: self.text, Way.EMAIL: self.letter, Way.POST: self.paper}
        written = [str(way) for way in words if words[way] and way != self.way]
        return [self.way, *(way for way in written if self.way != Way.EMAIL or way == Way.POST)]

    def wording(self, channel: str, variant: str = "") -> tuple[str, str]:
        """Subject and text of a message; of the second wording what there is of it."""
        is_second = variant == Variant.B
        if channel == Way.SMS:
            return "", (is_second and self.text_b) or self.text
        if channel == Way.POST:
            return "", self.paper
        return (is_second and self.subject_b) or self.subject, (is_second and self.letter_b) or self.letter

    @property
    def has_second(self) -> bool:
        """Whether messages of the way that was chosen have a second wording."""
        second = {Way.SMS: self.text_b, Way.EMAIL: self.subject_b or self.letter_b}
        return bool(second.get(Way(self.way)))
