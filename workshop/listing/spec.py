"""The services' list: its columns and reasons."""

from django.utils.translation import gettext_lazy as _

from clients import selectors as clients_selectors
from imports import storebook
from imports.specs import Column, ListSpec
from purchases.listing import reading as purchases_reading
from purchases.listing import waiting
from purchases.listing.spec import CURRENCY, DECISIONS, REASONS, STORE, WHO
from purchases.listing.words import currency
from workshop.listing.handler import ServicesHandler
from workshop.listing.statuses import STATUSES
from workshop.models import ServiceRequest

SERVICES = ListSpec(
    kind="services",
    label=_("Services"),
    columns=(
        Column("own_request", _("Carat request №")),
        Column("number", _("Ticket"), ("номер", "квитанция", "№", "номер квитанции", "ticket", "number", "номер заявки", "n"), r"квитанц|номер|ticket"),
        *WHO,
        Column("accepted_on", _("Taken in"), ("дата", "дата приема", "принято", "date", "дата обращения", "accepted on"), r"^дата(?! рожд)|date$"),
        Column("kind", _("Kind of work"), ("вид работы", "услуга", "вид услуги", "работа", "service", "вид работ", "kind", "kind of work"), r"услуг|работ|service|неисправн|поломк|\bissue\b"),
        Column("size_from", _("Size now"), ("размер был", "размер", "размер до", "size from", "size"), r"размер (был|до|из)"),
        Column("size_to", _("Size wanted"), ("размер стал", "размер после", "нужный размер", "size to", "новый размер"), r"размер (стал|после|нов|нуж)"),
        Column("description", _("The piece"), ("изделие", "описание", "piece", "description"), r"издел|описан"),
        Column("status", _("Status"), ("статус", "состояние", "status"), r"статус|status"),
        Column("price", _("Price"), ("сумма", "цена", "стоимость", "price"), r"сумм|цена|price"),
        CURRENCY,
        STORE,
    ),
    needs=(("accepted_on",), ("kind",)),
    handler=ServicesHandler,
    finish=waiting.sweep,
    days=("accepted_on", "birth_date"),
    is_row=purchases_reading.is_row,
    vocabularies=(storebook.STORES, STATUSES, currency("price")),
    reasons=REASONS,
    decisions=DECISIONS,
    facts=clients_selectors.facts_of_card,
    writes=(ServiceRequest,),
)  # fmt: skip
