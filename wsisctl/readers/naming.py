"""By which names columns are known: our own, and those that people read on the form."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from wsisctl.names import name_key

_SIGNS = re.compile(r"[\s_:*.\-–—]+")
_LONGEST_LABEL = 1000
"""Characters. Longer text is a remark or a record, and to look for an aside in it takes long."""
_ASIDE = re.compile(r"\s*[(（][^()（）]*[)）]\s*\*?\s*$")


@dataclass(frozen=True)
class Naming:
    """What the columns of a kind of record may be called."""

    fields: tuple[str, ...] = ()
    """Our own names."""
    labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What else people call them, folded, to our names."""

    ids: tuple[str, ...] = ()
    """Those of our names whose columns hold ids."""

    written: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What a person said that columns are, by the text of the header; empty for one that is none of ours."""

    @classmethod
    def of(cls, fields: Iterable[str], labels: Iterable[tuple[str, str]] = ()) -> "Naming":
        """From our names, and pairs of a label and our name; a label of two fields is nobody's."""
        ours = tuple(dict.fromkeys(fields))
        meant: dict[str, set[str]] = {}
        for label, name in [*((name, name) for name in ours), *labels]:
            meant.setdefault(folded(label), set()).add(name)
        certain = {
            label: name
            for label, names in meant.items()
            if label and len(names) == 1
            for name in names
        }
        return cls(ours, MappingProxyType(certain))

    def with_columns(self, written: Mapping[str, str]) -> "Naming":
        """The same, but for columns of which a person said what they are."""
        return replace(self, written=MappingProxyType(dict(written)))

    def meant(self, text: str) -> str:
        """Our name for what stands in a header; empty where it is not known."""
        if text in self.written:
            return self.written[text]
        if text in self.fields:
            return text
        if len(text) > _LONGEST_LABEL:
            return ""
        without = _ASIDE.sub("", text)
        found = self.labels.get(folded(text), "")
        return found or (self.labels.get(folded(without), "") if without != text else "")

    def number_meant(self, cells: Sequence[str]) -> int:
        """How many different columns a row names, if it is a header."""
        return len({name for cell in cells if (name := self.meant(cell.strip()))})


def folded(text: str) -> str:
    """A label without case and without the signs that people leave out: `Project-ID *` is `project id`."""
    return " ".join(_SIGNS.sub(" ", name_key(text)).split())


NO_NAMES = Naming()
"""Of a file of which nothing is known: its first row is its header."""
