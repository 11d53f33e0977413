"""How clients heard of the chain, as lists write it: the chain's own answers, in either language."""

from clients.models import HeardFrom
from imports.models import ListImport
from imports.vocabulary import Reader, Vocabulary, fold


def answers() -> dict[str, int]:
    """The keys of all answers by their writings, in the order of the chain. One query."""
    known: dict[str, int] = {}
    for answer in HeardFrom.objects.all():
        for name in (answer.name, answer.name_en):
            if name:
                known.setdefault(fold(name), answer.pk)
    return known


def _opened(_list_import: ListImport) -> Reader:
    names = {answer.pk: answer.name for answer in HeardFrom.objects.all()}
    known = answers()
    return lambda text: names.get(known.get(fold(text), 0), "")


def _meanings(_list_import: ListImport) -> dict[str, str]:
    return {answer.name: str(answer) for answer in HeardFrom.objects.all()}


# A card may well do without an answer: rows do not wait for one.
HEARD = Vocabulary("heard_from", _opened, _meanings, may_be_nothing=True)
