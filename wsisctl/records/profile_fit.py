"""Whether a profile speaks of what there is: fields of its kind of record, and values that they may have."""

from collections.abc import Collection, Iterator

from wsisctl.contest.model import Contest
from wsisctl.readers.profile import Profile
from wsisctl.records.choices import choices
from wsisctl.suggest import suggestion
from wsisctl.wording import listed, shortened
from wsisctl.yaml_file import KeyPath, Problem, YamlFile, refuse

_OTHER_VALUES = (
    "say one that the definition of the contest has; of a category its official name will do too"
)


def refuse_unfit(profile: Profile, fields: Collection[str], contest: Contest) -> None:
    """Raise UnusableInput for every field that is none, and every value that its field never has.

    `fields` are those of the profile's kind of record in this contest.
    """
    no_fields, no_values = list(_fields(profile, fields)), list(_values(profile, contest))
    if not no_fields and not no_values:
        return
    hint = f"the fields of {profile.kind} are {', '.join(fields)}" if no_fields else _OTHER_VALUES
    document = YamlFile(profile.name, profile.content, text_only=True)
    refuse(document, [*no_fields, *no_values], hint=hint)


def _fields(profile: Profile, fields: Collection[str]) -> Iterator[Problem]:
    for written, name in profile.columns.items():
        if name and name not in fields:
            yield Problem(("columns", written), _no_field(name, profile, fields))
    for name in profile.constants:
        if name not in fields:
            yield Problem(("constants", name), _no_field(name, profile, fields), at_key=True)
    for name in profile.values:
        if name not in fields and profile.columns.get(name) != "":  # it keeps its own name
            yield Problem(("values", name), _no_field(name, profile, fields), at_key=True)


def _no_field(name: str, profile: Profile, fields: Collection[str]) -> str:
    return f"'{shortened(name)}' is no field of {profile.kind}{suggestion(name, fields)}"


def _values(profile: Profile, contest: Contest) -> Iterator[Problem]:
    if profile.kind == "past-winners":  # an earlier contest may have had other categories
        return
    known = choices(contest)
    said: list[tuple[str, KeyPath, str]]
    said = [(name, ("constants", name), value) for name, value in profile.constants.items()]
    for name, meant in profile.values.items():
        said += [(name, ("values", name, written), value) for written, value in meant.items()]
    for name, path, value in said:
        allowed = dict.fromkeys(known.get(name, {}).values())
        if allowed and value and not _is_among(value, name, allowed, contest):
            yield Problem(path, f"'{shortened(value)}' is no {name}{_nearest(value, allowed)}")


def _is_among(value: str, name: str, allowed: Collection[str], contest: Contest) -> bool:
    return value in allowed or (name == "category" and contest.category_of(value) is not None)


def _nearest(value: str, allowed: Collection[str]) -> str:
    return suggestion(value, allowed) or f"; expected one of {listed(allowed)}"
