"""Which column of ours a name in a header may mean: a proposal to a person, never a match."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher, get_close_matches
from itertools import islice

from wsisctl.readers.naming import Naming, folded
from wsisctl.suggest import squashed

LIKENESS_OF_COLUMNS = 0.7
"""How much alike a column's name and what the one meant may be called must be: `recusal` and `recused` are."""
_MOST_COLUMNS = 500
"""So many columns of a file are looked at: to compare names takes long, and nobody has more."""
_LONGEST = 100
_SHORTEST = 3
_LIKEST = 3

Scored = tuple[float, str]
"""How sure a guess is, and our name."""


def guesses(
    written: Iterable[str], wanted: Collection[str], naming: Naming, likeness: float
) -> dict[str, str]:
    """By what stands in the header, the column wanted that it may mean; each of those at most once.

    A name is like one of those that the wanted one is called by, or is a part of them in words, as
    `E-mail` is of `Coordinator's e-mail`. Where two fit equally well there is no guess.
    """
    labels = {squashed(label): name for label, name in naming.labels.items() if name in wanted}
    labels |= {squashed(name): name for name in wanted}
    parts: dict[str, set[str]] = {}
    for label, name in naming.labels.items():
        for part in _parts(label.split()) if name in wanted else ():
            parts.setdefault(part, set()).add(name)
    found: dict[str, list[Scored]] = {}
    for text in islice(written, _MOST_COLUMNS):
        score, name = _likest(squashed(folded(text[:_LONGEST])), labels, parts, likeness)
        if name:
            found.setdefault(name, []).append((score, text))
    return dict(_best(found))


def _best(found: Mapping[str, list[Scored]]) -> Iterator[tuple[str, str]]:
    """Of several columns that may mean the same, the likest one; none where two are so."""
    for name, columns in found.items():
        (best, text), *others = sorted(columns, key=lambda item: -item[0])
        if not others or others[0][0] < best:
            yield text, name


def _likest(
    key: str, labels: Mapping[str, str], parts: Mapping[str, Collection[str]], likeness: float
) -> Scored:
    if len(key) < _SHORTEST:
        return 0, ""
    close = get_close_matches(key, labels, n=_LIKEST, cutoff=likeness)
    scored = [(SequenceMatcher(None, label, key).ratio(), labels[label]) for label in close]
    if scored:
        best = max(score for score, _ in scored)
        return best, _only({name for score, name in scored if score == best})
    return 0, _only(parts.get(key, ()))


def _parts(words: Sequence[str]) -> Iterator[str]:
    """Any of the words that stand one after the other, as one."""
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            yield squashed("".join(words[start:end]))


def _only(names: Collection[str]) -> str:
    return next(iter(names)) if len(names) == 1 else ""
