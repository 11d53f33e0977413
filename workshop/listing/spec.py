"""The services' list: its columns and reasons."""

from django.utils.translation import gettext_lazy as _

from clients import selectors as clients_selectors
from clients.writing import dates
from imports import storebook
from imports.above import FromAbove
from imports.specs import Column, ListSpec
from purchases.listing import headings, waiting
from purchases.listing import reading as purchases_reading
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
        Column("number", _("Ticket"), ("номер", "квитанция", "№", "номер квитанции", "ticket", "number", "номер заявки", "номер заказа", "заявки", "заявка", "заказа", "заказ наряд", "n"), r"квит|номер|ticket", r"тел|phone|карт|card|паспорт"),
        *WHO,
        Column("accepted_on", _("Taken in"), ("дата", "дата приема", "принято", "date", "дата обращения", "accepted on", "принят", "дата создания", "created", "created at", "created on", "date in", "date received"), r"^дата(?! рожд)|date$", r"рожд|birth|выда|готов|оконч|закры|план|срок|изменен|оплат|due|ready|closed|updat", dates.is_day, shy=True),
        Column("kind", _("Kind of work"), ("вид работы", "услуга", "вид услуги", "работа", "service", "вид работ", "kind", "kind of work", "вид ремонта", "ремонт", "что сделать", "что делаем", "что делать", "что нужно", "вид сервиса", "заявленный дефект", "дефект"), r"услуг|работ|service|неисправн|поломк|дефект|\bissue\b", r"статус|status|стоим|цена|сумм|дата|номер|мастер|исполнит|price|cost"),
        Column("size_from", _("Size now"), ("размер был", "размер", "размер до", "size from", "size"), r"размер (был|до|из)"),
        Column("size_to", _("Size wanted"), ("размер стал", "размер после", "нужный размер", "size to", "новый размер"), r"размер (стал|после|нов|нуж)"),
        Column("description", _("The piece"), ("изделие", "описание", "piece", "description"), r"издел|описан"),
        Column("status", _("Status"), ("статус", "состояние", "status"), r"статус|status", r"оплат|payment|клиент|customer|достав|deliver"),
        Column("price", _("Price"), ("сумма", "цена", "стоимость", "price"), r"сумм|цена|стоим|price|cost", r"издел|оцен|деклар|объявл|залог|металл|материал|предопл|аванс|оплач|declared|value|paid|prepa"),
        CURRENCY,
        STORE,
    ),
    needs=(("accepted_on",), ("kind",)),
    handler=ServicesHandler,
    finish=waiting.sweep,
    days=("accepted_on", "birth_date"),
    is_row=purchases_reading.is_row,
    above=FromAbove(
        heading=headings.heading,
        known=storebook.known_names,
        implied=("store", "full_name", "phone"),
        carried=("store", "number", "accepted_on", *(column.name for column in WHO)),
        beside=("kind",),
    ),
    figures=("price",),
    vocabularies=(storebook.STORES, STATUSES, currency("price")),
    reasons=REASONS,
    decisions=DECISIONS,
    facts=clients_selectors.facts_of_card,
    writes=(ServiceRequest,),
)  # fmt: skip
