"""What `--out` may replace, and what it must leave as it is (contract, Commands)."""

import json
import os
import resource
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.support import (
    REPOSITORY,
    SELECTION,
    VOTE_COLUMNS,
    Result,
    member,
    nominee,
    sheet,
    submission,
    vote,
    write_csv,
    wsisctl,
)
from wsisctl import __version__

CONTEST = ("--contest", "2021")
STAGES: Mapping[str, tuple[str, ...]] = {
    "validate": ("submissions.csv",),
    "nominate": ("--submissions", "submissions.csv", "--scores", "scores.csv"),
    "tally": ("--votes", "votes.csv", "--members", "members.csv", "--nominees", "nominees.csv"),
    "select-winners": ("--tally", "tally.json", "--scores", "selection.csv"),
}
FILES: Mapping[str, tuple[str, ...]] = {
    "validate": ("validation.json",),
    "nominate": ("nominees.csv", "nominees.json"),
    "tally": (
        "margins.csv",
        "margins.json",
        "rejected-votes.csv",
        "same-emails.csv",
        "standings.csv",
        "tally.json",
    ),
    "select-winners": ("results.json",),
}
MANIFEST = "manifest.json"

Snapshot = Mapping[str, bytes | str]


def snapshot(folder: Path) -> Snapshot:
    """Everything in a folder, hidden files and links as links."""

    def content(path: Path) -> bytes | str:
        if path.is_symlink():
            return f"-> {path.readlink()}"
        return "folder" if path.is_dir() else path.read_bytes()

    return {str(path.relative_to(folder)): content(path) for path in sorted(folder.rglob("*"))}


def run(stage: str, folder: Path, *further: str | Path) -> Result:
    """The stage on the inputs in `folder`, with results in its `out`."""
    return wsisctl(stage, *CONTEST, *STAGES[stage], "--out", "out", *further, cwd=folder)


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inputs")
    write_csv(folder / "submissions.csv", [submission("a"), submission("b"), submission("c")])
    write_csv(folder / "scores.csv", [sheet("ana", "a", 5), sheet("ana", "b", 4), sheet("ana", "c", 3)])  # fmt: skip
    votes = [vote("v1", "m1", "a"), vote("v2", "m2", "a"), vote("v3", "m1", "b")]
    write_csv(folder / "votes.csv", votes, VOTE_COLUMNS)
    write_csv(folder / "members.csv", [member("m1"), member("m2")])
    write_csv(folder / "nominees.csv", [nominee("a"), nominee("b")])
    scores = {"a": 3, "b": 4}
    write_csv(folder / "selection.csv", [sheet("ana", name, score, SELECTION) for name, score in scores.items()])  # fmt: skip
    assert run("tally", folder).status == 0
    shutil.move(folder / "out" / "tally.json", folder)
    shutil.rmtree(folder / "out")
    return folder


@pytest.fixture
def work(inputs: Path, tmp_path: Path) -> Path:
    """A folder with inputs for every stage."""
    shutil.copytree(inputs, tmp_path / "contest")
    return tmp_path / "contest"


# --- What is written ----------------------------------------------------------------------------


@pytest.mark.parametrize("stage", STAGES)
def test_without_out_nothing_is_written(stage: str, work: Path) -> None:
    before = snapshot(work)
    assert wsisctl(stage, *CONTEST, *STAGES[stage], cwd=work).status == 0
    assert snapshot(work) == before


@pytest.mark.parametrize("stage", STAGES)
def test_out_is_created_with_its_parents_and_holds_these_files(stage: str, work: Path) -> None:
    before = snapshot(work)
    result = run(stage, work, "--out", "new/and/deep")
    assert result.status == 0, result.err
    written = sorted(path.name for path in (work / "new" / "and" / "deep").iterdir())
    assert written == sorted([*FILES[stage], MANIFEST])
    shutil.rmtree(work / "new")
    assert snapshot(work) == before


@pytest.mark.parametrize("stage", STAGES)
def test_every_json_fits_its_schema_and_is_what_format_json_shows(stage: str, work: Path) -> None:
    result = run(stage, work, "--format", "json")
    documents = {path.stem: path for path in (work / "out").glob("*.json")}
    assert documents.keys() == {Path(name).stem for name in FILES[stage] if name.endswith(".json")} | {"manifest"}  # fmt: skip
    for name, path in documents.items():
        schema = json.loads((REPOSITORY / "schemas" / f"{name}.schema.json").read_text("utf-8"))
        Draft202012Validator.check_schema(schema)
        document = json.loads(path.read_bytes())
        assert list(Draft202012Validator(schema).iter_errors(document)) == []
    beside = {"manifest", "margins"}
    (shown,) = (path for name, path in documents.items() if name not in beside)
    assert result.out.encode() == shown.read_bytes()


@pytest.mark.parametrize(
    ("stage", "mark"),
    [
        *((stage, "") for stage in STAGES),
        pytest.param("validate", "\ufeff", id="definition with BOM"),
    ],
)
def test_the_manifest_has_the_sums_of_all_that_it_names(mark: str, stage: str, work: Path) -> None:
    text = (REPOSITORY / "contests" / "2021.yaml").read_text("utf-8")
    (work / "edition.yaml").write_text(mark + text, "utf-8")
    assert run(stage, work, "--contest", "edition.yaml").status == 0

    def sum_of(path: Path) -> str:
        return sha256(path.read_bytes()).hexdigest()

    read = sorted(word for word in STAGES[stage] if "." in word)
    manifest = json.loads((work / "out" / MANIFEST).read_text("utf-8"))
    assert manifest["stages"] == {
        stage: {
            "wsisctl": __version__,
            "definition": {"file": "edition.yaml", "sha256": sum_of(work / "edition.yaml")},
            "inputs": [{"file": name, "sha256": sum_of(work / name)} for name in read],
            "results": {name: sum_of(work / "out" / name) for name in FILES[stage]},
        }
    }


@pytest.mark.parametrize("stage", STAGES)
def test_a_rerun_gives_the_same_bytes(stage: str, work: Path) -> None:
    first = run(stage, work)
    before = snapshot(work)
    again = run(stage, work)
    assert (again, snapshot(work)) == (first, before)


def test_other_inputs_give_other_results_in_place_of_the_first(work: Path) -> None:
    run("nominate", work)
    write_csv(work / "scores.csv", [sheet("ana", "a", 3), sheet("ana", "b", 4), sheet("ana", "c", 5)])  # fmt: skip
    assert run("nominate", work).status == 0
    replaced = snapshot(work)
    shutil.rmtree(work / "out")
    run("nominate", work)
    assert snapshot(work) == replaced
    assert b"c,C1,Project c" in (work / "out" / "nominees.csv").read_bytes().splitlines()[1]


def test_results_are_written_with_status_1_too(work: Path) -> None:
    write_csv(work / "scores.csv", [sheet("ana", "a", 3)])
    assert run("nominate", work).status == 1
    assert sorted(path.name for path in (work / "out").iterdir()) == sorted(
        [*FILES["nominate"], MANIFEST]
    )


def test_a_result_that_was_deleted_is_written_again(work: Path) -> None:
    run("nominate", work)
    before = snapshot(work)
    (work / "out" / "nominees.csv").unlink()
    assert run("nominate", work).status == 0
    assert snapshot(work) == before


@pytest.mark.parametrize("order", [list(STAGES), list(STAGES)[::-1]], ids=["on", "back"])
def test_stages_share_a_folder(order: list[str], work: Path) -> None:
    alone: dict[str, bytes | str] = {}
    for stage in order:
        run(stage, work)
        alone |= snapshot(work / "out")
        shutil.rmtree(work / "out")
    for stage in order:
        assert run(stage, work).status == 0
    manifest = json.loads((work / "out" / MANIFEST).read_text("utf-8"))
    assert list(manifest["stages"]) == sorted(STAGES)
    together = dict(snapshot(work / "out"))
    together.pop(MANIFEST)
    alone.pop(MANIFEST)
    assert together == alone


def test_a_stage_may_read_what_an_earlier_one_wrote_there(work: Path) -> None:
    run("nominate", work)
    votes = ("--votes", "votes.csv", "--members", "members.csv", "--nominees", "out/nominees.csv")
    assert wsisctl("tally", *CONTEST, *votes, "--out", "out", cwd=work).status == 0
    assert wsisctl(
        *("select-winners", *CONTEST, "--tally", "out/tally.json", "--scores", "selection.csv"),
        *("--out", "out"),
        cwd=work,
    ).status == 1, "c was nominated and nobody scored it"  # fmt: skip


def test_other_files_there_are_left_alone(work: Path) -> None:
    (work / "out" / "sub").mkdir(parents=True)
    others = {"notes.txt": b"mine", ".hidden": b"", "sub/nominees.csv": b"x", "tally.json": b"{}"}
    for name, content in others.items():
        (work / "out" / name).write_bytes(content)
    assert run("nominate", work).status == 0
    after = snapshot(work / "out")
    assert {name: after[name] for name in others} == others
    assert after.keys() == {*others, "sub", MANIFEST, *FILES["nominate"]}


# --- What is in the way -------------------------------------------------------------------------


def refused(folder: Path, result: Result, before: Snapshot, named: str) -> None:
    """Nothing happened, and it is said why."""
    assert (result.status, result.out) == (4, ""), result.err
    assert snapshot(folder) == before
    assert named in result.err
    assert "Traceback" not in result.err


Prepare = Callable[[Path], object]


def _edited(name: str) -> Prepare:
    def prepare(out: Path) -> None:
        content = (out / name).read_bytes()
        (out / name).write_bytes(content + b" ")

    return prepare


def _link_to_a_copy(name: str) -> Prepare:
    """A link whose target has the sum that the manifest knows."""

    def prepare(out: Path) -> None:
        copy = out.parent / f"copy-of-{name}"
        shutil.move(out / name, copy)
        (out / name).symlink_to(copy)

    return prepare


def _dangling(out: Path) -> None:
    (out / "nominees.csv").unlink()
    (out / "nominees.csv").symlink_to("nowhere.csv")


def _folder(name: str) -> Prepare:
    def prepare(out: Path) -> None:
        (out / name).unlink()
        (out / name).mkdir()

    return prepare


def _manifest(content: bytes) -> Prepare:
    return lambda out: (out / MANIFEST).write_bytes(content)


def _other_sum(out: Path) -> None:
    manifest = json.loads((out / MANIFEST).read_bytes())
    manifest["stages"]["nominate"]["results"]["nominees.csv"] = "0" * 64
    (out / MANIFEST).write_text(json.dumps(manifest), "utf-8")


def _another_stages_manifest(out: Path) -> None:
    """The manifest knows of a folder's validation and not of these nominees."""
    manifest = json.loads((out / MANIFEST).read_bytes())
    entry = manifest["stages"].pop("nominate")
    manifest["stages"]["validate"] = {**entry, "results": {"validation.json": "0" * 64}}
    (out / MANIFEST).write_text(json.dumps(manifest), "utf-8")


IN_THE_WAY: Mapping[str, tuple[Prepare, str]] = {
    "the first file edited": (_edited("nominees.json"), "nominees.json"),
    "the last file edited": (_edited("nominees.csv"), "nominees.csv"),
    "a link": (_link_to_a_copy("nominees.csv"), "nominees.csv"),
    "a dangling link": (_dangling, "nominees.csv"),
    "a folder": (_folder("nominees.json"), "nominees.json"),
    "no manifest": (lambda out: (out / MANIFEST).unlink(), "nominees."),
    "a manifest with another sum": (_other_sum, "nominees.csv"),
    "a manifest of another stage": (_another_stages_manifest, "nominees."),
    "an empty manifest": (_manifest(b""), MANIFEST),
    "a broken manifest": (_manifest(b'{"wsisctl": "0.1.0", "stages": {'), MANIFEST),
    "a manifest of bytes": (_manifest(b"\xff\xfe\x00"), MANIFEST),
    "a manifest of something else": (_manifest(b'{"name": "app", "icons": []}'), MANIFEST),
    "a manifest that is a list": (_manifest(b"[]"), MANIFEST),
    "a manifest that is null": (_manifest(b"null"), MANIFEST),
    "a manifest without end": (_manifest(b"[" * 100_000), MANIFEST),
    "a manifest that is a link": (_link_to_a_copy(MANIFEST), MANIFEST),
    "a manifest that is a folder": (_folder(MANIFEST), MANIFEST),
}


@pytest.mark.parametrize("case", IN_THE_WAY)
def test_what_a_person_put_there_is_not_replaced(case: str, work: Path) -> None:
    """The inputs have changed, so that anything replaced would show."""
    run("nominate", work)
    prepare, named = IN_THE_WAY[case]
    prepare(work / "out")
    write_csv(work / "scores.csv", [sheet("ana", "a", 1), sheet("ana", "b", 2), sheet("ana", "c", 3)])  # fmt: skip
    before = snapshot(work)
    refused(work, run("nominate", work), before, named)


def test_an_edit_taken_back_is_no_edit(work: Path) -> None:
    run("nominate", work)
    written = (work / "out" / "nominees.csv").read_bytes()
    (work / "out" / "nominees.csv").write_bytes(b"mine")
    assert run("nominate", work).status == 4
    (work / "out" / "nominees.csv").write_bytes(written)
    assert run("nominate", work).status == 0


def test_an_edited_result_of_one_stage_does_not_stop_another(work: Path) -> None:
    run("validate", work)
    (work / "out" / "validation.json").write_bytes(b"mine")
    assert run("nominate", work).status == 0
    assert run("validate", work).status == 4
    assert (work / "out" / "validation.json").read_bytes() == b"mine"


NO_FOLDER: Mapping[str, Prepare] = {
    "out": lambda work: (work / "out").write_bytes(b"mine"),
    "out/sub": lambda work: (work / "out").write_bytes(b"mine"),
    "link": lambda work: (work / "link").symlink_to("votes.csv"),
    "dangling": lambda work: (work / "dangling").symlink_to("nowhere"),
    "x" * 300: lambda _: None,
}


@pytest.mark.parametrize("out", NO_FOLDER, ids=lambda name: name[:9])
def test_out_must_be_a_folder_or_nothing(out: str, work: Path) -> None:
    NO_FOLDER[out](work)
    before = snapshot(work)
    refused(work, run("validate", work, "--out", out), before, out)


# --- An input named as target -------------------------------------------------------------------


def _input_in_out(work: Path) -> None:
    (work / "out").mkdir()
    shutil.copy(work / "submissions.csv", work / "out" / "nominees.csv")


def _linked_from_outside(work: Path) -> None:
    _input_in_out(work)
    (work / "input.csv").symlink_to("out/nominees.csv")


def _hard_linked(work: Path) -> None:
    _input_in_out(work)
    os.link(work / "out" / "nominees.csv", work / "input.csv")


def _out_through_a_link(work: Path) -> None:
    _input_in_out(work)
    (work / "way").symlink_to("out")


def _as_manifest(work: Path) -> None:
    (work / "out").mkdir()
    shutil.copy(work / "submissions.csv", work / "out" / MANIFEST)


SAME_FILE: Mapping[str, tuple[Prepare, str, str]] = {
    "plainly": (_input_in_out, "out/nominees.csv", "out"),
    "by another path": (_input_in_out, "../contest/./out//nominees.csv", "out"),
    "out by another path": (_input_in_out, "out/nominees.csv", "out/../out/"),
    "by a link": (_linked_from_outside, "input.csv", "out"),
    "by a hard link": (_hard_linked, "input.csv", "out"),
    "out by a link": (_out_through_a_link, "out/nominees.csv", "way"),
    "as the manifest": (_as_manifest, "out/manifest.json", "out"),
}


@pytest.mark.parametrize("case", SAME_FILE)
def test_an_input_is_never_a_target(case: str, work: Path) -> None:
    prepare, given, out = SAME_FILE[case]
    prepare(work)
    before = snapshot(work)
    words = ("nominate", *CONTEST, "--submissions", given, "--out", out)
    refused(work, wsisctl(*words, cwd=work), before, "input")


def test_an_absolute_path_names_the_same_file(work: Path) -> None:
    _input_in_out(work)
    before = snapshot(work)
    given = work / "out" / "nominees.csv"
    words = ("nominate", *CONTEST, "--submissions", given, "--out", "out")
    refused(work, wsisctl(*words, cwd=work), before, "input")


def test_our_own_result_is_no_target_while_it_is_an_input(work: Path) -> None:
    """The manifest has its sum; read and replaced by one command it would be gone all the same."""
    run("nominate", work)
    before = snapshot(work)
    words = ("--submissions", "submissions.csv", "--scores", "out/nominees.csv", "--out", "out")
    refused(work, wsisctl("nominate", *CONTEST, *words, cwd=work), before, "input")


def test_a_definition_is_no_target(work: Path) -> None:
    (work / "out").mkdir()
    shutil.copy(REPOSITORY / "contests" / "2021.yaml", work / "out" / "validation.json")
    before = snapshot(work)
    result = run("validate", work, "--contest", "out/validation.json")
    refused(work, result, before, "validation.json")


# --- When it goes wrong -------------------------------------------------------------------------

FAILING: Mapping[str, tuple[int, tuple[str, ...]]] = {
    "an unknown option": (2, ("validate", "submissions.csv", *CONTEST, "--loud")),
    "no contest": (2, ("validate", "submissions.csv")),
    "two formats": (2, ("validate", "submissions.csv", *CONTEST, "--plain", "--format", "json")),
    "a file that is not there": (3, ("validate", "nowhere.csv", *CONTEST)),
    "the wrong file": (3, ("validate", "votes.csv", *CONTEST)),
    "no such contest": (3, ("validate", "submissions.csv", "--contest", "1999")),
    "a tally of scores": (3, ("select-winners", "--tally", "scores.csv", *CONTEST)),
    "votes for members": (
        3,
        (*("tally", "--votes", "votes.csv", "--members", "votes.csv"), "--nominees", "nominees.csv", *CONTEST),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FAILING)
@pytest.mark.parametrize("results", ["absent", "present"])
def test_a_failing_command_writes_nothing(results: str, case: str, work: Path) -> None:
    if results == "present":
        run("validate", work)
    before = snapshot(work)
    status, words = FAILING[case]
    result = wsisctl(*words, "--out", "out", cwd=work)
    assert (result.status, result.out) == (status, "")
    assert result.err
    assert snapshot(work) == before


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """As on a full disk, for root too: writing beyond so many bytes fails."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_leaves_the_earlier_results_and_no_drafts(work: Path) -> None:
    run("nominate", work)
    write_csv(work / "scores.csv", [sheet("ana", "a", 1), sheet("ana", "b", 2), sheet("ana", "c", 3)])  # fmt: skip
    before = snapshot(work)
    largest = (work / "out" / MANIFEST).stat().st_size
    assert largest < (work / "out" / "nominees.json").stat().st_size
    with files_no_larger_than(largest):
        result = run("nominate", work)
    refused(work, result, before, "out")


def test_a_read_only_folder_is_refused(work: Path) -> None:
    (work / "out").mkdir(mode=0o555)
    if os.access(work / "out", os.W_OK):
        pytest.skip("root may write anywhere")
    before = snapshot(work)
    refused(work, run("validate", work), before, "out")
