"""States of a services' list, by the words that workshops use."""

import re

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import override

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
    r"(?<!\w)(?:не|ни|нет|без|недо\w*|почти|ещ[её] не|частично|ожида\w*|жд[её]\w*|скоро"
    r"|not|no|non|un(?!der)\w+|isn't|never|wait\w*|partly|almost|pending)(?!\w)"
)
UNKNOWN = "status"


def status_of(text: str) -> ServiceStatus | None:
    """What a list's word means; None for one that nobody knows, that says the opposite, or that says two things."""
    said = " ".join(text.lower().replace("_", " ").split())
    exact = next((status for status in ServiceStatus if said in _own_words(status)), None)
    if exact or not said:
        return exact
    if DENIED.search(said):
        return None
    found = {status for status, stem in STEMS.items() if re.search(rf"(?<!\w)(?:{stem})", said)}
    return found.pop() if len(found) == 1 else None


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


STATUSES = Vocabulary(
    "status",
    lambda list_import: lambda text: str(status_of(text) or ""),
    lambda list_import: dict(ServiceStatus.choices),
    reason=UNKNOWN,
    empty=ASKED,
)
