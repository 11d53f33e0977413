"""States of a services' list, by the words that workshops use."""

import re

from imports.models import Outcome
from imports.specs import Verdict
from workshop.models import ServiceStatus

_ = r"(?<!\w)"
STEMS = (
    (ServiceStatus.CANCELLED, rf"{_}(?:отмен|аннулир|отказ|cancel|refus|void)"),
    (ServiceStatus.HANDED_OUT, rf"{_}(?:выдан|выдал|забрал|получен клиент|закрыт|заверш[её]н|передан клиент|отдан|handed|issued|closed|collected|picked up|delivered|completed?\b)"),
    (ServiceStatus.READY, rf"{_}(?:готов|выполнен|сделан|исполнен|отремонтирован|ready|done|finished|repaired)"),
    (ServiceStatus.IN_WORK, rf"{_}(?:в (?:работе|ремонте|производстве|процессе|мастерской|изготовлении)|у мастера|работа(?:ем|ют|ется)|ремонтируется|изготавливается|начат|in (?:progress|work|repair|production|process)|at the master|working|processing|under repair|started)"),
    (ServiceStatus.RECEIVED, rf"{_}(?:нов(?:ый|ая|ое|ые|ой)?\b|открыт|принят|при[её]м(?:ка)?\b|поступил|зарегистрирован|оформлен|received|new\b|open(?:ed)?\b|accepted|registered|taken in|created)"),
)  # fmt: skip
DENIED = re.compile(
    r"(?<!\w)(?:не|ни|нет|без|недо\w*|not|no|non|un\w+|isn't|never|почти|ещ[её] не|частично|ожида\w*|жд[её]\w*|скоро|к выдаче|до|wait\w*|partly|almost|pending|ready to \w+)(?!\w)"
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
    found = {status for status, stem in STEMS if re.search(stem, said)}
    return found.pop() if len(found) == 1 else None


def _own_words(status: ServiceStatus) -> set[str]:
    return {str(status.value), str(status.value).replace("_", " "), str(status.label).lower()}


def unknown_status(text: str, client: int | None, key: str) -> Verdict:
    """What a row becomes whose status is no known word (or none): a person says what it means."""
    return Verdict(Outcome.CONFLICT, UNKNOWN, client, key, changes={"status": ["", text]} if text else {})
