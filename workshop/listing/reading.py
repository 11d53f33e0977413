"""Works and states of a services' list, understood."""

import re

from workshop.models import ServiceKind, ServiceStatus

SERVICE_STEMS = (
    (ServiceKind.RESIZING, r"размер|увелич|уменьш|расширен|resiz|size"),
    (ServiceKind.ENGRAVING, r"гравир|engrav"),
    (ServiceKind.APPRAISAL, r"оцен|экспертиз|apprais"),
    (ServiceKind.CHAIN_REPAIR, r"(ремонт|починк|пайк|запай|repair|solder).*(цеп|chain|брасл|bracelet)|chain repair"),
    (ServiceKind.CLEANING, r"чист|clean"),
    (ServiceKind.RHODIUM, r"родир|родий|rhod"),
    (ServiceKind.POLISHING, r"полир|polish"),
    (ServiceKind.STONE_SETTING, r"закреп|вставк|камн|камен|крапан|set(ting)? (the )?stone|stone|prong"),
    (ServiceKind.SOLDERING, r"пайк|запай|спаять|solder"),
    (ServiceKind.REPAIR, r"ремонт|починк|замок|застеж|repair"),
)
STATUS_STEMS = (
    (ServiceStatus.CANCELLED, r"отмен|отказ|cancel"),
    (ServiceStatus.HANDED_OUT, r"выдан|закрыт|handed|issued|closed"),
    (ServiceStatus.READY, r"готов|ready|done"),
    (ServiceStatus.IN_WORK, r"работ|мастер|work"),
    (ServiceStatus.RECEIVED, r"принят|прием|received|new"),
)


def service_kind(text: str) -> ServiceKind:
    return next((kind_of for kind_of, stem in SERVICE_STEMS if re.search(stem, text.lower())), ServiceKind.OTHER)


def service_status(text: str) -> ServiceStatus:
    """The status by its name; what a list says nothing of was handed out long ago."""
    found = next((status for status, stem in STATUS_STEMS if re.search(stem, text.lower())), None)
    return found or ServiceStatus.HANDED_OUT
