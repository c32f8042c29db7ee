"""Adding to `decisions.yaml`: what people wrote there stays as it is, to the byte.

New entries go behind the last one, each on a line of its own. Only a sign that there are none yet
(`[]`, `null`, `~`) gives way to them, and a last line without an end gets one.
"""

import re
from collections.abc import Mapping, Sequence

import yaml

from wsisctl.errors import Refused, UnusableInput
from wsisctl.yaml_file import Loader, YamlFile

Entry = Mapping[str, str | Sequence[str]]
"""A decision as the file holds it."""

_ORDER = (
    "kind", "submission_id", "rule", "member_ids", "verdict", "stage", "cut", "category",
    "submission_ids", "order", "lot", "seed", "by", "on", "reason",
)  # fmt: skip
"""In which order the contract writes the keys."""
_PLAIN = re.compile(r"[^\W\d_](?:[\w ./()@'-]*[\w.)'])?")
_OTHERWISE_READ = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NO_ENTRIES = re.compile(r"\[[ \t]*\]|null|~")
_LINE_END = re.compile(r"\r\n|\n|\r")
_OF_THE_DOCUMENT = (
    yaml.StreamStartToken, yaml.DirectiveToken, yaml.DocumentStartToken, yaml.TagToken,
    yaml.AnchorToken,
)  # fmt: skip
_HOW_TO_WRITE = "let each entry begin on a line of its own with '- ', and end the last line; then run this again"


def entry_line(entry: Entry) -> str:
    """The entry as one line, which every reader of YAML reads as the same texts."""
    keys = sorted(entry, key=_ORDER.index)
    return f"- {{{', '.join(f'{key}: {_written(key, entry[key])}' for key in keys)}}}"


def _written(key: str, value: str | Sequence[str]) -> str:
    if not isinstance(value, str):
        return f"[{', '.join(map(_scalar, value))}]"
    bare = key == "lot" or (key == "on" and _DAY.fullmatch(value))
    return value if bare else _scalar(value)


def _scalar(text: str) -> str:
    """Plain where nobody could take it for anything but this text; else quoted."""
    if _PLAIN.fullmatch(text) and text.casefold() not in _OTHERWISE_READ:
        return text
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if character.isprintable():
        return character
    code = ord(character)
    named = {"\n": "\\n", "\t": "\\t"}
    spelled = f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
    return named.get(character, spelled if code < 0x10000 else f"\\U{code:08x}")


def with_entries(content: bytes, name: str, entries: Sequence[Entry]) -> bytes:
    """The file's bytes with the entries behind those that stand there.

    Raises UnusableInput for what is no YAML, and Refused where what people wrote would have to be
    changed, or would then be read as something else.
    """
    before = YamlFile(name, content, text_only=True).data
    text = content.decode("utf-8-sig")
    mark = content[: len(content) - len(text.encode())]
    added = mark + _with_lines(text, name, [entry_line(entry) for entry in entries]).encode()
    try:
        after = YamlFile(name, added, text_only=True).data
    except UnusableInput as error:
        raise _cannot_be_added_to(name) from error
    if after != [*(before or []), *map(_as_read, entries)]:
        raise _cannot_be_added_to(name)
    return added


def _as_read(entry: Entry) -> dict[str, str | list[str]]:
    return {key: value if isinstance(value, str) else list(value) for key, value in entry.items()}


def _cannot_be_added_to(name: str) -> Refused:
    return Refused(
        f"{name}: nothing can be added without changing what stands there", hint=_HOW_TO_WRITE
    )


def _with_lines(text: str, name: str, lines: Sequence[str]) -> str:
    tokens = list(yaml.scan(text, Loader=Loader))
    first = next(item for item in tokens if not isinstance(item, _OF_THE_DOCUMENT))
    if isinstance(first, yaml.ScalarToken | yaml.FlowSequenceStartToken):
        text = _without_sign_of_none(text, name, tokens, first)
        tokens = list(yaml.scan(text, Loader=Loader))
    place = next(
        (item.start_mark.index for item in tokens if isinstance(item, yaml.DocumentEndToken)),
        len(text),
    )
    indent = next(
        (item.start_mark.column for item in tokens if isinstance(item, yaml.BlockEntryToken)), 0
    )
    found = _LINE_END.search(text)
    end = found[0] if found else "\n"
    begun = end if place and text[place - 1] not in "\r\n" else ""
    new = "".join(f"{' ' * indent}{line}{end}" for line in lines)
    return f"{text[:place]}{begun}{new}{text[place:]}"


def _without_sign_of_none(
    text: str, name: str, tokens: Sequence[yaml.Token], first: yaml.Token
) -> str:
    """The text without its `[]`, and without that line where nothing else stands on it."""
    last = tokens[tokens.index(first) + 1] if text[first.start_mark.index] == "[" else first
    start, end = first.start_mark.index, last.end_mark.index
    if not _NO_ENTRIES.fullmatch(text[start:end]):
        line, column = first.start_mark.line + 1, first.start_mark.column + 1
        raise Refused(
            f"{name}:{line}:{column}: no list with a line for each entry, to which one could be added",
            hint=_HOW_TO_WRITE,
        )
    before, behind = text[:start], text[end:]
    rest = behind.lstrip(" \t")
    line_end = _LINE_END.match(rest)
    if before[-1:] in ("", "\r", "\n") and (line_end or not rest):
        behind = rest[line_end.end() :] if line_end else ""
    return before + behind
