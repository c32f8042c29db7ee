"""How a file is read: what a person said about it, and what was found."""

from dataclasses import dataclass, field, fields

from wsisctl.readers.profile import Profile
from wsisctl.wording import shortened

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "'|'"}
"""Between the cells of a text file; each with what messages call it."""


def named_separator(line: str) -> str:
    """The separator that a line such as `sep=;` names; empty for any other line."""
    said = line.rstrip("\r\n").strip('" ').lower()
    return said[4:] if said.startswith("sep=") and said[4:] in SEPARATORS else ""


@dataclass(frozen=True)
class ReadAs:
    """What a person said about how a file is to be read; what is empty is looked for in the file."""

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header_row: int = 0
    profile: Profile | None = field(default=None, hash=False)
    """What a person wrote about the columns and values of such files."""

    def __bool__(self) -> bool:
        """Whether anything was said."""
        return any(getattr(self, item.name) for item in fields(self))


NOTHING_SAID = ReadAs()


@dataclass(frozen=True)
class Dialect:
    """How a file was read."""

    format: str
    """`csv`, `json`, `jsonl`, `xlsx` or `parquet`."""
    packed: str = ""
    """`gzip` or `zip` where it came in one of these."""
    encoding: str = "utf-8"
    """Of a text file, by Python's name."""
    delimiter: str = ","
    sheet: str = ""
    """Of a workbook."""
    names_separator: bool = False
    """The line in which Excel names the separator stands above all rows, and is none."""
    header_row: int = 1
    """The row with the names of the columns: 1 unless there are others above it; 0 in JSON."""

    @property
    def told(self) -> tuple[str, ...]:
        """What a person should know of it, in a few words each."""
        said = [f"unpacked from {self.packed}"] * bool(self.packed)
        if self.encoding != "utf-8":
            said.append(f"encoding {self.encoding}")
        if self.format == "csv" and self.delimiter != ",":
            said.append(
                f"cells separated by {SEPARATORS.get(self.delimiter, repr(self.delimiter))}"
            )
        if self.sheet:
            said.append(f"sheet '{shortened(self.sheet)}'")
        if self.header_row > 1:
            said.append(f"header in row {self.header_row}")
        return tuple(said)

    @property
    def document(self) -> dict[str, str | int]:
        """All of it that such a format has."""
        asked = vars(self._in_full)
        said = {"format": self.format, "packed": self.packed, **asked}
        return {name: value for name, value in said.items() if value}

    @property
    def as_asked(self) -> ReadAs:
        """What to say so that the same file is read in the same way again; nothing where it is usual."""
        return self._in_full if self.told else NOTHING_SAID

    @property
    def _in_full(self) -> ReadAs:
        is_text = self.format in {"csv", "json", "jsonl"}
        return ReadAs(
            self.encoding if is_text else "",
            self.delimiter if self.format == "csv" else "",
            self.sheet,
            self.header_row,
        )
