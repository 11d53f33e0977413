"""Whose cards are one person's: the house's likeness beside splink (EM-trained Fellegi-Sunter), on one base of known truth.

The weights of ``clients.sameness.likeness`` were looked at on another seed than the one that is measured.
"""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

import pandas
import splink.comparison_library as compare_by
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from benchmarks.errors import Base
from benchmarks.measure import tell_share, timed
from clients.models import Pair
from clients.sameness import likeness
from clients.sameness.likeness import Facts
from clients.sameness.pairs import CROWD, blocks
from clients.writing import names
from clients.writing.names import PersonName

SEED = 2019
PEOPLE = 30_000
Pairs = set[tuple[int, int]]


def run(scale: float) -> bool:
    base = Base(PEOPLE, SEED)
    true = base.true_pairs()
    found: dict[str, tuple[Pairs, Pairs]] = {}
    seconds = [timed(lambda: found.update(ours=_ours(base))), timed(lambda: found.update(peer=_peer(base)))]
    (same, all_ours), (sure, all_peers) = found["ours"], found["peer"]
    held = [
        tell_share("linkage-precision", scale, _precision(same, true), _precision(sure, true), at_least=0.99),
        tell_share("linkage-recall", scale, _recall(all_ours, true), _recall(all_peers, true), at_least=0.95),
        tell_share("linkage-recall-same", scale, _recall(same, true), _recall(sure, true), at_least=0.75),
        tell_share("linkage-precision-all", scale, _precision(all_ours, true), _precision(all_peers, true), at_least=0.9),
        tell_share("linkage-pairs-a-second", scale, *(len(true) / spent for spent in seconds), at_least=0),
    ]
    return all(held)


def _precision(found: Collection[tuple[int, int]], true: Pairs) -> float:
    return len(true.intersection(found)) / max(1, len(found))


def _recall(found: Collection[tuple[int, int]], true: Pairs) -> float:
    return len(true.intersection(found)) / len(true)


def _ours(base: Base) -> tuple[Pairs, Pairs]:
    """Pairs proposed as the same person, and all proposed."""
    facts = [Facts(PersonName(card.last, card.first, card.middle), card.born, card.phone, card.email) for card in base.cards]
    words: dict[str, list[int]] = defaultdict(list)
    for place, card in enumerate(facts):
        for word in blocks(card):
            words[word].append(place)
    met = {(a, b) for places in words.values() if 2 <= len(places) <= CROWD for a in places for b in places if a < b}
    said = {(a, b): likeness.compare(facts[a], facts[b]).kind for a, b in met}
    return {pair for pair, kind in said.items() if kind == Pair.Kind.SAME}, {pair for pair, kind in said.items() if kind}


def _peer(base: Base) -> tuple[Pairs, Pairs]:
    """The same of splink on the same folded names: what is sure enough, and all from a probability of a half."""
    rows = [
        {
            "unique_id": place, "surname": names.key(card.last) or None, "first_name": names.key(card.first) or None,
            "middle": names.key(card.middle) or None, "born": card.born.isoformat() if card.born else None,
            "phone": card.phone, "email": card.email,
        }
        for place, card in enumerate(base.cards)
    ]  # fmt: skip
    linker = Linker(DuckDBAPI().register(pandas.DataFrame(rows)), _settings(), log_level=50)
    sure = [block_on("phone", "first_name"), block_on("surname", "first_name", "born")]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=2_000_000, seed=1)
    for rule in (block_on("born"), block_on("phone"), block_on("surname", "first_name")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule, record_sample_proportion=1.0)
    found: Any = linker.inference.predict(threshold_match_probability=0.5).as_pandas_dataframe()
    pairs = {
        (min(a, b), max(a, b)): probability
        for a, b, probability in found[["unique_id_l", "unique_id_r", "match_probability"]].itertuples(index=False)
    }
    return _as_sure_as_demanded(pairs, base.true_pairs()), set(pairs)


def _as_sure_as_demanded(pairs: dict[tuple[int, int], float], true: Pairs) -> Pairs:
    """The most pairs, from the likeliest down, of which 0.99 are true: a threshold chosen in hindsight, in the peer's favour."""
    order = sorted(pairs, key=lambda pair: -pairs[pair])
    right, best = 0, 0
    for place, pair in enumerate(order, start=1):
        right += pair in true
        best = place if right >= 0.99 * place else best
    return set(order[:best])


def _settings() -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            compare_by.NameComparison("surname").configure(term_frequency_adjustments=True),
            compare_by.NameComparison("first_name").configure(term_frequency_adjustments=True),
            compare_by.NameComparison("middle"),
            compare_by.DateOfBirthComparison("born", input_is_string=True),
            compare_by.DamerauLevenshteinAtThresholds("phone", [1]),
            compare_by.EmailComparison("email"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("born"), block_on("phone"), block_on("email"), block_on("surname", "first_name"),
        ],
    )  # fmt: skip
