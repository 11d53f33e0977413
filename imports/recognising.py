"""Which column of a list is which of a spec's, by its header and by what stands below it. Public to apps to the right."""

import re
from collections.abc import Iterable, Mapping, Sequence

from imports.specs import ListSpec, filled, normalise_header


def recognise(headers: Iterable[str], spec: ListSpec) -> dict[str, int]:
    """Columns of the spec found in a header row, as name → position. Whole writings win over
    patterns, and among whole writings those that the column names first."""
    normalised = _in_usual_words([normalise_header(header) for header in headers], spec)
    found: dict[str, int] = {}
    taken: set[int] = set()
    for exact in (True, False):
        for column in spec.columns:
            free = [at for at, header in enumerate(normalised) if header and at not in taken]
            hits = [at for at in free if (normalised[at] in column.whole if exact else column.matches(normalised[at]))]
            if hits and column.name not in found:
                best = min(hits, key=lambda at: column.whole.index(normalised[at])) if exact else hits[0]
                found[column.name] = best
                taken.add(best)
    return found


def _in_usual_words(headers: list[str], spec: ListSpec) -> list[str]:
    """The headers of a program that says another thing by a usual word."""
    said: dict[str, str] = {}
    for sign, words in spec.dialects.items():
        said |= words if sign in headers else {}
    return [said.get(header, header) for header in headers]


def fullest(columns: Mapping[str, int], headers: Sequence[str], rows: Sequence[Sequence[str]], spec: ListSpec) -> dict[str, int]:
    """The columns with another of the same name where that one says all that they do and more («Полное наименование» is said of
    firms alone)."""
    told = [{at for at, row in enumerate(rows) if place < len(row) and filled(row[place])} for place in range(len(headers))]
    found = dict(columns)
    normalised = _in_usual_words([normalise_header(header) for header in headers], spec)
    for name, at in columns.items():
        column = spec.column(name)
        free = [place for place, said in enumerate(normalised) if said and place not in found.values()]
        same = [place for place in free if normalised[place] in column.whole or column.matches(normalised[place])]
        found[name] = next((place for place in same if told[place] > told[at]), at)
    return found


def unequivocal(
    columns: Mapping[str, int], headers: Sequence[str], rows: Sequence[Sequence[str]], spec: ListSpec
) -> dict[str, int]:
    """The columns without those of sums whose header stands twice, above figures that differ: a person says which is meant."""
    normalised = [normalise_header(header) for header in headers]

    def differs(at: int, other: int) -> bool:
        told = [(row[at].strip(), row[other].strip()) for row in rows if max(at, other) < len(row)]
        return any(one and two and one != two for one, two in told)

    def is_clear(name: str, at: int) -> bool:
        twins = [place for place, said in enumerate(normalised) if place != at and said == normalised[at]]
        return name not in spec.figures or not any(differs(at, twin) for twin in twins)

    return {name: at for name, at in columns.items() if is_clear(name, at)}


# Headers of numbers that are neither phones nor addresses, however they look.
OTHER_NUMBERS = re.compile(r"инн|снилс|паспорт|карт|код|номер|счет|\bid\b|\binn\b|card|code|number|passport")
MOST_LOOK_SO = 0.8


def voted(columns: Mapping[str, int], headers: Sequence[str], rows: Sequence[Sequence[str]], spec: ListSpec) -> dict[str, int]:
    """The columns as the first cells below them have it, too: one whose cells all contradict its header is looked for where
    nobody else stands, and where two exchanged their places; what has no header is taken for what its cells are.
    """
    judged = {column.name: column.looks for column in spec.columns if column.looks}
    below = [[filled(row[place]) for row in rows if place < len(row) and filled(row[place])] for place in range(len(headers))]
    wrong = {n: at for n, at in columns.items() if n in judged and below[at] and not any(map(judged[n], below[at]))}
    free = {at for at in range(len(headers)) if at not in columns.values() or at in wrong.values()}
    found = dict(columns)
    for name, looks in judged.items():
        if name in columns and name not in wrong:
            continue
        never, shy = spec.column(name).never, spec.column(name).shy
        if shy and name not in wrong:
            continue
        places = [
            at
            for at in (sorted(wrong.values()) if shy else sorted(free))
            if at in free
            and below[at]
            and _may_hold(headers[at], named=name in wrong, other=at in wrong.values())
            and (at in wrong.values() or not (never and re.search(never, normalise_header(headers[at]))))
        ]
        best = next((at for at in places if sum(map(looks, below[at])) >= MOST_LOOK_SO * len(below[at])), None)
        if best is not None:
            found = {n: at for n, at in found.items() if at != best} | {name: best}
            free.discard(best)
    return found


def _may_hold(header: str, *, named: bool, other: bool) -> bool:
    """Whether a column may be another than its header says: it says nothing, or too little."""
    said = normalise_header(header)
    return not said or other or (named and not OTHER_NUMBERS.search(said))
