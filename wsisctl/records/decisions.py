"""What people decided: `decisions.yaml`, one entry with who, when and why for each decision."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeVar

from wsisctl.contest.model import Contest
from wsisctl.contest.schema import load_schema, schema_problems
from wsisctl.errors import UnusableInput
from wsisctl.readers.files import InputFile
from wsisctl.records.id_cells import ruined
from wsisctl.records.same_members import SameMember, contradicting
from wsisctl.records.seed import Cut as Cut
from wsisctl.records.seed import Seed, seed_of_definition, term_of
from wsisctl.records.signed import Signed
from wsisctl.suggest import suggestion
from wsisctl.wording import counted, shortened
from wsisctl.yaml_file import KeyPath, Problem, YamlFile, date_problem, read_yaml, refuse

CUTS_OF_STAGE = {"nominate": ("quota",), "tally": ("honoured", "pool"), "select": ("winner",)}
"""The cuts that a tie-break of each stage may be for."""


@dataclass(frozen=True)
class Review:
    """A person's verdict on a review finding."""

    submission_id: str
    rule: str
    verdict: Literal["confirm", "dismiss"]
    signed: Signed


@dataclass(frozen=True)
class Withdrawal:
    """A submission that was taken back."""

    submission_id: str
    signed: Signed


@dataclass(frozen=True)
class Choice:
    """The submissions chosen for a category, as its nominees or as its winners."""

    category: str
    submission_ids: tuple[str, ...]
    signed: Signed


@dataclass(frozen=True)
class TieBreak:
    """In which order the contenders of a tie come, or that a lot gives it."""

    cut: Cut
    category: str
    order: tuple[str, ...] | None
    """None where a lot is drawn."""
    signed: Signed


@dataclass(frozen=True)
class Decisions:
    """All recorded decisions; none contradicts another."""

    reviews: Mapping[tuple[str, str], Review]
    """By submission and rule."""
    withdrawals: Mapping[str, Withdrawal]
    nominations: Mapping[str, Choice]
    """By category."""
    winners: Mapping[str, Choice]
    """By category; an empty choice means that nobody wins."""
    tie_breaks: Mapping[tuple[Cut, str], TieBreak]
    """By cut and category."""
    same_members: tuple[SameMember, ...] = ()
    """As they stand in the files, each once."""
    seed: Seed | None = None
    """Of all lots, from a decision or from the definition."""


NO_DECISIONS = Decisions({}, {}, {}, {}, {})


def read_decisions(files: Sequence[InputFile], contest: Contest, rules: Iterable[str]) -> Decisions:
    """Read all decisions files together; without one, nothing was decided.

    Raises UnusableInput for an entry that is incomplete, names an unknown category, rule or cut,
    allows itself more than the definition does, or contradicts another entry.
    """
    known_rules = set(rules)
    decided: list[tuple[dict[str, Any], Signed]] = []
    for file in sorted(files, key=lambda file: file.name):
        document = read_yaml(file.path, file.name, text_only=True)
        entries = document.data if document.data not in (None, "") else []
        refuse(
            document, _shape_problems(entries), hint="`wsisctl schema decisions` shows each kind"
        )
        refuse(document, _sense_problems(entries, contest, known_rules))
        decided += [(entry, _signed(document, index, entry)) for index, entry in enumerate(entries)]
    decisions = _collect(decided, contest)
    _refuse_two_orders(decisions)
    for one, other in contradicting(decisions.same_members):
        _refuse_unless(False, one.signed.place, other.signed.place)
    _refuse_late_seed(decisions, contest)
    return decisions


def _shape_problems(entries: Any) -> list[Problem]:
    schema = load_schema("decisions")
    if not isinstance(entries, list):
        return [Problem((), "expected a list of decisions, each beginning with '- '")]
    problems = []
    for index, entry in enumerate(entries):
        kind = entry.get("kind") if isinstance(entry, dict) else None
        known = [name for name in schema["$defs"] if name != "signed-text"]
        if not isinstance(kind, str) or kind not in known:
            written = f"'{shortened(str(kind))}'" if kind else "no kind"
            message = f"{written} stands here{suggestion(str(kind), known)}"
            problems.append(Problem((index, "kind"), message))
            continue
        part = {"$ref": f"#/$defs/{kind}", "$defs": schema["$defs"]}
        problems += [
            Problem((index, *problem.path), problem.message, at_key=problem.at_key)
            for problem in schema_problems(entry, part)
        ]
    return problems


def _sense_problems(
    entries: list[dict[str, Any]], contest: Contest, rules: set[str]
) -> list[Problem]:
    """Names and dates that mean nothing, and choices beyond what the definition allows."""
    problems = []
    for index, entry in enumerate(entries):
        complaints = {
            "rule": _unknown("rule", entry.get("rule"), rules),
            "category": _unknown_category(entry.get("category"), contest),
        }
        problems += [
            Problem((index, key), f"'{shortened(entry[key])}' {complaint}")
            for key, complaint in complaints.items()
            if complaint
        ]
        if message := date_problem(entry["on"]):
            problems.append(Problem((index, "on"), message))
        problems += _ruined_ids(index, entry)
        problems += _frame_problems(index, entry, contest)
    return problems


def _ruined_ids(index: int, entry: dict[str, Any]) -> list[Problem]:
    places: list[tuple[KeyPath, str]] = [((index, "submission_id"), entry.get("submission_id", ""))]
    for key in ("submission_ids", "order", "member_ids"):
        places += [((index, key, place), item) for place, item in enumerate(entry.get(key, ()))]
    found = ((path, text, ruined(text)) for path, text in places)
    return [Problem(path, f"'{text}' {lost.what}") for path, text, lost in found if lost]


def _unknown(what: str, word: str | None, known: Iterable[str]) -> str:
    return "" if word is None or word in known else f"is no {what}{suggestion(word, known)}"


def _unknown_category(word: str | None, contest: Contest) -> str:
    if word is None or contest.category_of(word):
        return ""
    return _unknown("category", word, [category.id for category in contest.categories])


def _frame_problems(index: int, entry: dict[str, Any], contest: Contest) -> list[Problem]:
    """What the definition does not allow a decision to do."""
    panel = contest.panel
    number = len(entry.get("submission_ids", ()))
    path: KeyPath = (index, "submission_ids")
    if entry["kind"] == "winner" and not panel.fewest_winners <= number <= panel.most_winners:
        allowed = f"{panel.fewest_winners} to {panel.most_winners}"
        given = counted(number, "winner")
        return [Problem(path, f"{given}; this contest allows {allowed} in a category")]
    if entry["kind"] == "nominate" and panel.quota is not None and number > panel.quota:
        given = counted(number, "nominee")
        return [Problem(path, f"{given}; this contest allows {panel.quota} in a category")]
    if entry["kind"] == "tie-break" and entry["cut"] not in CUTS_OF_STAGE[entry["stage"]]:
        expected = " or ".join(CUTS_OF_STAGE[entry["stage"]])
        return [
            Problem((index, "cut"), f"stage {entry['stage']} has no such cut; expected {expected}")
        ]
    return []


def _collect(decided: list[tuple[dict[str, Any], Signed]], contest: Contest) -> Decisions:
    def of_kind(kind: str) -> list[tuple[dict[str, Any], Signed]]:
        return [(entry, signature) for entry, signature in decided if entry["kind"] == kind]

    def choice(entry: dict[str, Any], signature: Signed) -> Choice:
        category = contest.category_of(entry["category"]) or ""
        return Choice(category, tuple(entry["submission_ids"]), signature)

    def tie_break(entry: dict[str, Any], signature: Signed) -> TieBreak:
        category = contest.category_of(entry["category"]) or ""
        order = tuple(entry["order"]) if "order" in entry else None
        return TieBreak(entry["cut"], category, order, signature)

    def seed(entry: dict[str, Any], signature: Signed) -> Seed:
        return Seed(entry["seed"], signature)

    return Decisions(
        reviews=_by_key(
            [Review(e["submission_id"], e["rule"], e["verdict"], s) for e, s in of_kind("review")],
            key=lambda item: (item.submission_id, item.rule),
            content=lambda item: item.verdict,
        ),
        withdrawals=_by_key(
            [Withdrawal(entry["submission_id"], s) for entry, s in of_kind("withdraw")],
            key=lambda item: item.submission_id,
            content=lambda _: None,
        ),
        nominations=_by_key(
            [choice(*pair) for pair in of_kind("nominate")],
            key=lambda item: item.category,
            content=lambda item: sorted(item.submission_ids),
        ),
        winners=_by_key(
            [choice(*pair) for pair in of_kind("winner")],
            key=lambda item: item.category,
            content=lambda item: sorted(item.submission_ids),
        ),
        tie_breaks=_by_key(
            [tie_break(*pair) for pair in of_kind("tie-break")],
            key=lambda item: (item.cut, item.category),
            content=lambda item: item.order,
        ),
        same_members=_same_members(of_kind("same-member")),
        seed=_one_seed([seed(*pair) for pair in of_kind("lot-seed")], contest),
    )


def _same_members(decided: list[tuple[dict[str, Any], Signed]]) -> tuple[SameMember, ...]:
    items = [SameMember(tuple(e["member_ids"]), e["verdict"], s) for e, s in decided]
    by_key = _by_key(
        items,
        key=lambda item: frozenset(item.member_ids),
        content=lambda item: item.verdict,
    )
    return tuple(by_key.values())


def _signed(document: YamlFile, index: int, entry: Mapping[str, str]) -> Signed:
    line = document.position((index,)).line
    return Signed(entry["by"], entry["on"], entry["reason"], f"{document.name}:{line}")


def _one_seed(declared: list[Seed], contest: Contest) -> Seed | None:
    """The one that was declared first; two different ones raise UnusableInput."""
    of_definition = seed_of_definition(contest)
    seeds = [*([of_definition] if of_definition else []), *declared]
    for seed in seeds[1:]:
        _refuse_unless(seed.text == seeds[0].text, seeds[0].signed.place, seed.signed.place)
    return min(seeds, key=lambda seed: seed.signed.on, default=None)


def _refuse_late_seed(decisions: Decisions, contest: Contest) -> None:
    """Who declares a seed when the contenders or their votes are known can choose among them."""
    for tie_break in decisions.tie_breaks.values():
        seed, term = decisions.seed, term_of(tie_break.cut, contest)
        if tie_break.order is None and seed and term.too_late(seed):
            raise UnusableInput(
                f"{tie_break.signed.place}: no lot can be drawn for {tie_break.cut} with the seed at "
                f"{seed.signed.place}: it was declared on {seed.signed.on}, and {term.what} on {term.day}",
                hint="the seed must be declared on a day before that; give the order instead",
            )


def _refuse_two_orders(decisions: Decisions) -> None:
    """What two kinds of decision, or two cuts, say of the same contenders must be the same."""
    for (cut, category), tie_break in decisions.tie_breaks.items():
        other = decisions.tie_breaks.get(("pool", category))
        if tie_break.order is None:  # the tally sees whether a lot and an order agree
            continue
        if cut == "honoured" and other and set(other.order or ()) == set(tie_break.order):
            agree = other.order == tie_break.order
            _refuse_unless(agree, tie_break.signed.place, other.signed.place)
        winners = decisions.winners.get(category)
        if cut == "winner" and winners:
            agree = winners.submission_ids == tie_break.order[:1]
            _refuse_unless(agree, tie_break.signed.place, winners.signed.place)


def _refuse_unless(agree: bool, first: str, second: str) -> None:
    if not agree:
        raise UnusableInput(
            f"{second}: this decision contradicts the one at {first}",
            hint="keep the one that holds and take the other out",
        )


class _HasSignature(Protocol):
    @property
    def signed(self) -> Signed: ...


_Key = TypeVar("_Key")
_Decision = TypeVar("_Decision", bound=_HasSignature)


def _by_key(
    decisions: list[_Decision],
    key: Callable[[_Decision], _Key],
    content: Callable[[_Decision], object],
) -> Mapping[_Key, _Decision]:
    """Each decision by what it decides; two that decide it differently raise UnusableInput."""
    by_key: dict[_Key, _Decision] = {}
    for decision in decisions:
        first = by_key.setdefault(key(decision), decision)
        agree = content(first) == content(decision)
        _refuse_unless(agree, first.signed.place, decision.signed.place)
    return by_key
