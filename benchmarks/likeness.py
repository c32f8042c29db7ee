"""How many edited copies `same-project` finds, how many honest projects it takes for one, and its speed.

    .venv/bin/python -m benchmarks.likeness          precision and recall
    .venv/bin/python -m benchmarks.likeness speed    1,300, 10,000 and 50,000 submissions

Projects are those of `projects.txt`, in plain prose, and those of the demo, which are put together from
templates. Copies are made of them by edits that know nothing of how they are looked for. Everything
follows from a seed; the figures in the documentation are of seeds that nothing was adjusted to.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from functools import cache
from pathlib import Path

from wsisctl.commands.shell import open_contest
from wsisctl.demo.mixer import Dice
from wsisctl.demo.real.projects import projects
from wsisctl.demo.real.size import REAL
from wsisctl.demo.real.words import lists
from wsisctl.findings import Source
from wsisctl.records.record import Record
from wsisctl.records.submissions import Submission
from wsisctl.rules.card import Context
from wsisctl.rules.same_project import SAME_PROJECT
from wsisctl.times import ClockReading, Instant

BOX = "short_description"
SETTINGS = {"compare": ["title", BOX]}
HELD_OUT = range(200, 210)
"""Seeds of the figures; others are for trying things out."""


@dataclass(frozen=True)
class Project:
    """What is entered."""

    title: str
    entity: str
    text: str


Edit = Callable[[Project, Dice], Project]


# --- What there is to copy -----------------------------------------------------------------------


@cache
def material() -> Mapping[str, tuple[str, ...]]:
    """The lists of `projects.txt`."""
    found: dict[str, list[str]] = defaultdict(list)
    name = ""
    for line in Path(__file__).with_name("projects.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[]")
        elif not line.startswith("#"):
            found[name].append(line)
    return {name: tuple(lines) for name, lines in found.items()}


def prose() -> tuple[Project, ...]:
    """The projects written by hand."""
    return tuple(
        Project(*(part.strip() for part in line.split("|"))) for line in material()["projects"]
    )


@cache
def demo(size: int = 1_300) -> tuple[Project, ...]:
    """The honest projects of a demo of this size."""
    entered = projects(open_contest("2021"), replace(REAL, submissions=size))
    return tuple(
        Project(project.scene.title, project.entity.name, project.cells[BOX]) for project in entered
    )


# --- Edits ---------------------------------------------------------------------------------------


def renamed(project: Project, dice: Dice) -> Project:
    """Another title and another entity, in the text too."""
    names = lists("titles")
    title = f"{dice.pick(names['quality'])} {dice.pick(names['word'])} {dice.pick(names['brand'])}"
    entity = f"{dice.pick(names['brand'])} {dice.pick(('Society', 'Bureau', 'Partners'))}"
    text = project.text.replace(project.title, title).replace(project.entity, entity)
    return Project(title, entity, text)


def reworded(percent: int) -> Edit:
    """So many of a hundred words give way to a synonym, or to any other word where none is known."""

    def edit(project: Project, dice: Dice) -> Project:
        words = [
            _other_word(word, dice) if dice.chance(percent * 10) else word
            for word in project.text.split()
        ]
        return replace(project, text=" ".join(words))

    return edit


def reordered(project: Project, dice: Dice) -> Project:
    """The sentences in another order."""
    return replace(project, text=" ".join(dice.shuffled(_sentences(project.text))))


def extended(project: Project, dice: Dice) -> Project:
    """With a paragraph of three sentences more, in front, in between or at the end."""
    sentences = _sentences(project.text)
    place = dice.pick((0, len(sentences) // 2, len(sentences)))
    sentences[place:place] = dice.shuffled(material()["new"])[:3]
    return replace(project, text=" ".join(sentences))


def cut(project: Project, dice: Dice) -> Project:
    """A third of the sentences is gone."""
    sentences = _sentences(project.text)
    gone = set(dice.shuffled(range(len(sentences)))[: len(sentences) // 3])
    kept = [sentence for place, sentence in enumerate(sentences) if place not in gone]
    return replace(project, text=" ".join(kept))


def in_turn(*edits: Edit) -> Edit:
    """One edit after the other."""

    def edit(project: Project, dice: Dice) -> Project:
        for step in edits:
            project = step(project, dice)
        return project

    return edit


def _sentences(text: str) -> list[str]:
    return [f"{part.strip().rstrip('.')}." for part in text.split(". ")]


@cache
def _synonyms() -> Mapping[str, str]:
    pairs = "; ".join(material()["synonyms"]).split("; ")
    return dict(pair.split("=") for pair in pairs)


@cache
def _vocabulary() -> tuple[str, ...]:
    return tuple(sorted({word for project in prose() for word in project.text.split()}))


def _other_word(word: str, dice: Dice) -> str:
    bare = word.strip(".,;:").casefold()
    return word.replace(word.strip(".,;:"), _synonyms().get(bare) or dice.pick(_vocabulary()), 1)


EDITS: Mapping[str, Edit] = {
    "renamed": renamed,
    "renamed, sentences reordered": in_turn(renamed, reordered),
    "renamed, reworded 15 %": in_turn(renamed, reordered, reworded(15)),
    "renamed, reworded 30 %": in_turn(renamed, reordered, reworded(30)),
    "renamed, reworded 45 %": in_turn(renamed, reordered, reworded(45)),
    "renamed, a paragraph added": in_turn(renamed, extended),
    "renamed, a third cut": in_turn(renamed, cut),
    "renamed, cut, extended, reworded 20 %": in_turn(
        renamed, cut, extended, reordered, reworded(20)
    ),
}
"""Every copy has another title and another entity; equal ones are found anyway."""


# --- Honest neighbours ---------------------------------------------------------------------------


def _with_boilerplate(project: Project, place: int) -> Project:
    paragraphs = material()["boilerplate"]
    return replace(project, text=f"{project.text} {paragraphs[place % len(paragraphs)]}")


def _of_one_entity(one: Project, other: Project, place: int) -> tuple[Project, Project]:
    about = material()["about"][place % len(material()["about"])].replace("{entity}", one.entity)
    return (
        replace(one, text=f"{one.text} {about}"),
        replace(other, entity=one.entity, text=f"{other.text} {about}"),
    )


def _under_headings(project: Project, _: int) -> Project:
    """As a template asks for it."""
    sentences = _sentences(project.text)
    third = max(1, len(sentences) // 3)
    parts = (sentences[:third], sentences[third : 2 * third], sentences[2 * third :])
    headings = (
        "Background and problem statement (please describe the situation before the project):",
        "Objectives, target groups and main activities (please be specific):",
        "Results achieved so far and lessons learned (quantitative and qualitative):",
    )
    return replace(
        project,
        text=" ".join(
            f"{heading} {' '.join(part)}" for heading, part in zip(headings, parts, strict=True)
        ),
    )


def honest(kind: str) -> tuple[Project, ...]:
    """The projects in prose, which share what honest projects share."""
    written = prose()
    if kind == "the lines about their entity, two by two":
        pairs = zip(written[::2], written[1::2], strict=True)
        return tuple(
            project for place, pair in enumerate(pairs) for project in _of_one_entity(*pair, place)
        )
    shared: Mapping[str, Callable[[Project, int], Project]] = {
        "nothing": lambda project, _: project,
        "a paragraph of their programme": _with_boilerplate,
        "the headings of a template": _under_headings,
    }
    return tuple(shared[kind](project, place) for place, project in enumerate(written))


HONEST = (
    "nothing",
    "a paragraph of their programme",
    "the headings of a template",
    "the lines about their entity, two by two",
)


# --- Contests ------------------------------------------------------------------------------------


def submissions(projects: Sequence[Project]) -> tuple[Submission, ...]:
    """Entered one after the other."""
    return tuple(
        Submission(
            f"{place:06}",
            Record(
                {"title": project.title, "entity": project.entity, BOX: project.text},
                Source("generated", place + 2),
            ),
            None,
            ClockReading(Instant(place)),
        )
        for place, project in enumerate(projects)
    )


@cache
def context() -> Context:
    """Of the edition whose rule it is."""
    return Context(open_contest("2021"))


def found(projects: Sequence[Project]) -> Mapping[int, int]:
    """The places of those found to be like another, with the place of that other."""
    faults = SAME_PROJECT.check(submissions(projects), SETTINGS, context())
    return {
        int(fault.submission.id): int(fault.evidence.compared_with or -1)
        for fault in faults
        if fault.evidence
    }


@dataclass(frozen=True)
class Score:
    """What was found of what was to be found, and what else was found."""

    copies: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    honest: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)


def whole_contest(seed: int, score: Score) -> None:
    """The demo's honest projects and those in prose, then a copy of each in prose and a tenth of the rest."""
    dice = Dice("likeness", seed)
    shared = HONEST[seed % len(HONEST)]
    written = honest(shared)
    others = (*demo(), *written)
    models = [*range(seed % 10, len(demo()), 10), *range(len(demo()), len(others))]
    copies = []
    for model in models:
        kind = dice.pick(tuple(EDITS))
        source = "prose" if model >= len(demo()) else "demo"
        copies.append((f"{source}: {kind}", EDITS[kind](others[model], dice)))
    hits = found([*others, *(copy for _, copy in copies)])
    for place, (kind, _) in enumerate(copies, len(others)):
        score.copies[kind] += 1
        score.right[kind] += place in hits
    for kind, places in (
        ("demo", range(len(demo()))),
        (f"prose: share {shared}", range(len(demo()), len(others))),
    ):
        score.honest[kind] += len(places)
        score.wrong[kind] += sum(place in hits for place in places)


def contests_of_two(seed: int, score: Score) -> None:
    """Nothing but a project and its copy, or two honest ones: no other texts to weigh words by."""
    for kind, edit in EDITS.items():
        for model in prose():
            copy = edit(model, Dice("two", seed, kind, model.title))
            score.copies[kind] += 1
            score.right[kind] += bool(found([model, copy]))
    for kind in HONEST:
        projects = honest(kind)
        for place in range(0, len(projects), 2):
            partner = place + 1 if kind == HONEST[-1] else (place + 1 + seed) % len(projects)
            if partner != place:
                score.honest[f"share {kind}"] += 1
                score.wrong[f"share {kind}"] += bool(found([projects[place], projects[partner]]))


def measure(name: str, contest: Callable[[int, Score], None]) -> None:
    """Print what was found with the seeds held out."""
    score = Score()
    for seed in HELD_OUT:
        contest(seed, score)
    print(f"\n{name}\n\n| copies | number | found |\n|---|--:|--:|")
    for kind, number in sorted(score.copies.items()):
        print(f"| {kind} | {number} | {_percent(score.right[kind], number)} |")
    print("\n| honest projects | number | taken for a copy |\n|---|--:|--:|")
    for kind, number in sorted(score.honest.items()):
        print(f"| {kind} | {number} | {score.wrong[kind]} |")
    right, wrong = score.right.total(), score.wrong.total()
    print(
        f"\nRecall {_percent(right, score.copies.total())}, "
        f"precision {_percent(right, right + wrong)}."
    )


def smaller_contests() -> None:
    """Print how many honest projects are taken for a copy where fewer share their templates."""
    print("\n| honest projects of the demo | taken for a copy |\n|--:|--:|")
    for size in (50, 100, 300, 600):
        print(f"| {size} | {len(found(demo(size)))} |")


def _percent(part: int, whole: int) -> str:
    return f"{part * 100 / whole:.1f} %"


# --- Speed ---------------------------------------------------------------------------------------


def as_big_as(size: int) -> list[Project]:
    """So many projects of the demo, every fortieth of them an edited copy of an earlier one."""
    projects = list(demo(size))
    edits = tuple(EDITS.values())
    for place in range(39, size, 40):
        model = projects[place // 2]
        projects[place] = edits[place // 40 % len(edits)](model, Dice("speed", place))
    return projects


def speed(path: Path) -> None:
    """Print what the rule takes for the projects in a file."""
    entered = submissions([Project(*item) for item in json.loads(path.read_text("utf-8"))])
    settings, known = SETTINGS, context()
    begun = time.process_time()
    hits = len(list(SAME_PROJECT.check(entered, settings, known)))
    took = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"| {len(entered):,} | {hits:,} | {took:.2f} | {peak} |", flush=True)


def all_speeds() -> None:
    """Print the table, each size in a process of its own, which has not invented the projects."""
    print("| submissions | found | CPU s | peak MiB |", flush=True)
    print("|--:|--:|--:|--:|", flush=True)
    with tempfile.TemporaryDirectory(prefix="wsisctl-benchmark-") as folder:
        for size in (1_300, 10_000, 50_000):
            path = Path(folder) / f"{size}.json"
            path.write_text(json.dumps([astuple(item) for item in as_big_as(size)]), "utf-8")
            command = (sys.executable, "-m", "benchmarks.likeness", "speed", path)
            subprocess.run(command, check=True)


def main(arguments: Sequence[str]) -> None:
    """Print the tables."""
    match arguments:
        case []:
            measure("A contest as big as a real one", whole_contest)
            smaller_contests()
            measure("Contests of two submissions", contests_of_two)
        case ["speed"]:
            all_speeds()
        case ["speed", path]:
            speed(Path(path))
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
