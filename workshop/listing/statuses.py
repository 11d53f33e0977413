"""States of a services' list, by the words that workshops use."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from clients.writing import dates
from imports.models import Outcome
from imports.specs import Verdict
from imports.vocabulary import ASKED, Vocabulary, unknown
from workshop.models import ServiceStatus

# Beginnings of words, unless a word's end is told by ``\\b``.
STEMS = {
    ServiceStatus.CANCELLED: r"отмен|аннулир|отказ|cancel|refus|void",
    ServiceStatus.HANDED_OUT: (
        r"выдан|выдал|забрал|получен клиент|закрыт|передан клиент|отдан|handed|issued|closed|collected|picked up|delivered"
    ),
    ServiceStatus.READY: r"готов[аоы]?\b|выполнен|сделан|исполнен|отремонтирован|к выдаче|ready|done|finished|repaired",
    ServiceStatus.IN_WORK: (
        r"в (?:работ[еу]|ремонте?|производств[ео]|процессе|мастерской|изготовлении)\b|у мастера|работа(?:ем|ют|ется)"
        r"|ремонтируется|изготавливается|начат|in (?:progress|work|repair|production|process)|at the master|working"
        r"|processing|under repair|started"
    ),
    ServiceStatus.RECEIVED: (
        r"нов(?:ый|ая|ое|ые|ой)?\b|открыт|принят|при[её]м(?:ка)?\b|поступил|зарегистрирован|оформлен"
        r"|received|new\b|open(?:ed)?\b|accepted|registered|taken in|created"
    ),
}
DENIED = re.compile(
    r"(?<!\w)(?:не|ни|нет|без|неуспешн\w*|безуспешн\w*|неудач\w*|недо\w*|почти|ещ[её] не|частично|ожида\w*|жд[её]\w*|скоро"
    r"|not|no|non|un(?!der)\w+|isn't|never|wait\w*|partly|almost|pending|being|re)(?!\w)"
    # The question mark of somebody who does not know, and what is done to a hand-out, not to the piece.
    r"|\?|отмен\w*\W+(?:выдач|при[её]м)|(?:выдач|при[её]м)\w*\W+(?:был\w*\W+)?отмен"
)
# To whom, or from whom: handed out to a goldsmith it is not handed out, received by its owner it is not taken in.
TO_A_MASTER = re.compile(
    r"мастер|завод|\bцех|ювелир|производств|поставщик|подрядчик|\bв ремонт|workshop|master|factory|supplier|vendor|jewel"
    r"|goldsmith|courier|lab\b|курьер|достав"
)
FROM_ITS_OWNER = re.compile(r"из ремонт|клиент|покупател|заказчик|владел|customer|client|owner|мастер|workshop|factory|supplier")
UNKNOWN = "status"
# What was taken in before this, in a list that tells no states, has been handed out; its rows say that they were taken so.
LONG_AGO = timedelta(days=365)
ASSUMED = "no states, taken in over a year ago"


def status_of(text: str) -> ServiceStatus | None:
    """What a list's word means; None for one that nobody knows, that says the opposite, or that says two things."""
    said = " ".join(text.lower().replace("_", " ").split())
    exact = next((status for status in ServiceStatus if said in _own_words(status)), None)
    if exact or not said:
        return exact
    if DENIED.search(said):
        return None
    found = {status for status, stem in STEMS.items() if re.search(rf"(?<!\w)(?:{stem})", said)}
    one = found.pop() if len(found) == 1 else None
    elsewhere = {ServiceStatus.HANDED_OUT: TO_A_MASTER, ServiceStatus.RECEIVED: FROM_ITS_OWNER}.get(one) if one else None
    return None if elsewhere and elsewhere.search(said) else one


def _own_words(status: ServiceStatus) -> set[str]:
    return {str(status.value), str(status.value).replace("_", " "), *both_languages(status.label)}


def both_languages(label: str | Promise) -> set[str]:
    """A label of Carat's own as it goes out, in whatever language a person had."""
    said = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            said.add(str(label).lower())
    return said


def unknown_status(text: str, client: int | None, key: str) -> Verdict:
    """What a row becomes whose status is no known word (or none): a person says what it means."""
    return Verdict(Outcome.CONFLICT, unknown(UNKNOWN, text), client, key, changes={"status": ["", text]} if text else {})


def is_lately(values: Mapping[str, str]) -> bool:
    """Whether a service was taken in so lately that its piece may still lie here. A day that nobody can read is no old one."""
    day = dates.parse(values.get("accepted_on", ""), timezone.localdate())
    return day is None or not is_long_ago(day, timezone.localdate())


def is_long_ago(accepted_on: date, today: date) -> bool:
    return today - accepted_on > LONG_AGO


STATUSES = Vocabulary(
    "status",
    lambda list_import: lambda text: str(status_of(text) or ""),
    lambda list_import: dict(ServiceStatus.choices),
    reason=UNKNOWN,
    empty=ASKED,
    absent=is_lately,
    of_file=_("In which state are the pieces of this file?"),
)
