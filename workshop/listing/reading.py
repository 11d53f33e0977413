"""Works and sizes of a services' list, understood."""

import re
from collections.abc import Mapping
from decimal import Decimal

from stores.texts import writing
from workshop.models import ServiceKind

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


def service_kind(text: str) -> ServiceKind:
    return next((kind_of for kind_of, stem in SERVICE_STEMS if re.search(stem, text.lower())), ServiceKind.OTHER)


def ring_size(text: str) -> Decimal | None:
    """A size to the nearest quarter, as rings are made."""
    size = writing.read_size(text)
    return writing.to_quarter(size) if size else None


def description(values: Mapping[str, str], labels: Mapping[str, str]) -> str:
    """The piece as the list describes it, with what stands in the columns of sizes and is no size."""
    said = [values.get("description", "").strip()]
    said += [f"{label}: {values[name]}" for name, label in labels.items() if values.get(name) and ring_size(values[name]) is None]
    return "; ".join(filter(None, said))[:300]
