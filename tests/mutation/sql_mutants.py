"""From a page of SQL to every way in which one thing in it may be wrong. By its words, whatever the page is.

Each comparison, join, reason and order; each `and` and `or`, `distinct`, condition, number and text.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tests.mutation.mutants import Mutant

_TOKEN = re.compile(
    r"""(?P<gap>\s+|--[^\n]*|/\*.*?\*/)
    |(?P<text>'(?:[^']|'')*')
    |(?P<name>"(?:[^"]|"")*")
    |(?P<word>[A-Za-z_][A-Za-z_0-9]*)
    |(?P<number>[0-9]+(?:\.[0-9]+)?)
    |(?P<sign><=|>=|<>|!=|==|\|\||::|->|.)""",
    re.VERBOSE | re.DOTALL,
)
_SIGNS = {
    "<": ("<=", ">="), "<=": ("<", ">"), ">": (">=", "<="), ">=": (">", "<"),
    "=": ("<>",), "<>": ("=",), "!=": ("=",), "==": ("<>",),
    "+": ("-",), "-": ("+",),
}  # fmt: skip
_WORDS = {
    "and": ("or",), "or": ("and",), "true": ("false",), "false": ("true",),
    "asc": ("desc",), "desc": ("asc",), "min": ("max",), "max": ("min",),
    "arg_min": ("arg_max",), "arg_max": ("arg_min",), "bool_and": ("bool_or",), "bool_or": ("bool_and",),
    "least": ("greatest",), "greatest": ("least",), "first": ("last",), "last": ("first",),
    "lag": ("lead",), "lead": ("lag",), "semi": ("anti",), "anti": ("semi",), "right": ("left",),
    "full": ("inner",), "inner": ("left",), "intersect": ("except",), "except": ("intersect",),
    "rtrim": ("ltrim",), "ltrim": ("rtrim",), "exists": ("not exists",), "in": ("not in",),
}  # fmt: skip
"""What stands for something of the same shape that says otherwise."""
_ENDS = frozenset({"group", "order", "union", "qualify", "window", "limit", "having", "intersect", "except"})  # fmt: skip
_KINDS_OF_JOIN = frozenset(
    {"left", "right", "full", "inner", "cross", "semi", "anti", "asof", "outer", "positional"}
)
_LONG = 60


@dataclass(frozen=True)
class Token:
    """A word, number, text or sign, and where it stands."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """The place after it."""
        return self.start + len(self.text)

    @property
    def word(self) -> str:
        """Small letters for a word of the language; a quoted name, a text or a comment is none."""
        return self.text.lower() if self.kind in {"word", "sign"} else ""


@dataclass(frozen=True)
class Edit:
    """Another text in the place of a part of the page."""

    start: int
    end: int
    text: str


Change = tuple[int, str, tuple[Edit, ...]]
"""Where it begins, what it is, and how it is made."""


def tokens_of(source: str) -> list[Token]:
    """Everything but white space and comments."""
    return [
        Token(str(found.lastgroup), found[0], found.start())
        for found in _TOKEN.finditer(source)
        if found.lastgroup != "gap"
    ]


def sql_mutants_of(path: str, source: str) -> Iterator[Mutant]:
    """Every mutant of a page of SQL, from top to bottom."""
    tokens = tokens_of(source)
    lines = source.splitlines()
    told = Counter[tuple[str, str]]()
    for start, what, edits in sorted(_changes(source, tokens), key=lambda change: change[:2]):
        line = source.count("\n", 0, start) + 1
        text = lines[line - 1].strip()
        told[text, what] += 1
        number = told[text, what]
        named = what if number == 1 else f"{what}, number {number}"
        yield Mutant(path, line, text, named, _edited(source, edits))


def _edited(source: str, edits: Iterable[Edit]) -> str:
    for edit in sorted(edits, key=lambda edit: -edit.start):
        source = source[: edit.start] + edit.text + source[edit.end :]
    return source


def _changes(source: str, tokens: Sequence[Token]) -> Iterator[Change]:
    for at, token in enumerate(tokens):
        before = tokens[at - 1].word if at else ""
        after = tokens[at + 1].word if at + 1 < len(tokens) else ""
        yield from _of_sign(tokens, at)
        yield from _of_value(tokens, at)
        yield from _of_word(token.word, before, after, tokens, at)
        yield from _of_join(token.word, before, after, tokens, at)
    yield from _of_cases(source, tokens)
    yield from _of_lists(source, tokens)
    yield from _of_conditions(source, tokens)


def _instead(tokens: Sequence[Token], at: int, text: str) -> Change:
    """Another text for a token; what it is called has the neighbours, since a line may have several."""
    token = tokens[at]
    around = " ".join(each.text for each in tokens[max(0, at - 1) : at + 2])
    edit = Edit(token.start, token.end, text)
    return token.start, f"{token.text} → {text or 'nothing'} in: {around}", (edit,)


def _of_sign(tokens: Sequence[Token], at: int) -> Iterator[Change]:
    token = tokens[at]
    if token.kind == "sign":
        yield from (_instead(tokens, at, other) for other in _SIGNS.get(token.text, ()))


def _of_value(tokens: Sequence[Token], at: int) -> Iterator[Change]:
    token = tokens[at]
    if token.kind == "number" and token.text.isdigit():
        yield _instead(tokens, at, str(int(token.text) + 1))
    if token.kind == "text":
        yield _instead(tokens, at, f"{token.text[:-1]}?'")


def _of_word(
    word: str, before: str, after: str, tokens: Sequence[Token], at: int
) -> Iterator[Change]:
    if word == "is":
        yield _instead(tokens, at + 1, "") if after == "not" else _instead(tokens, at, "is not")
    elif word == "not" and before not in {"is", "if"}:
        yield _instead(tokens, at, "")
    elif word == "between":
        if before != "not":
            yield _instead(tokens, at, "not between")
        yield from _of_ends(tokens, at)
    elif word == "distinct" and before not in {"is", "not"}:
        yield _instead(tokens, at, "")
    elif word == "union":
        yield _instead(tokens, at + 1, "") if after == "all" else _instead(tokens, at, "union all")
    elif _is_said_otherwise(word, before, after) and not _is_of_between(tokens, at):
        yield from (_instead(tokens, at, other) for other in _WORDS[word])


def _is_said_otherwise(word: str, before: str, after: str) -> bool:
    if word == "right":
        return after == "join"  # else it is the function
    if word in {"in", "exists"}:
        return before != "not"  # else the `not` is taken away
    return word in _WORDS


def _is_of_between(tokens: Sequence[Token], at: int) -> bool:
    """Whether this is an `and` between the two ends of a span."""
    depth = 0
    if tokens[at].word != "and":
        return False
    for token in reversed(tokens[:at]):
        depth += {")": 1, "(": -1}.get(token.text, 0)
        if depth < 0 or (depth == 0 and token.word in {"and", "or", "when", "where", "on"}):
            return False
        if depth == 0 and token.word == "between":
            return True
    return False


def _of_ends(tokens: Sequence[Token], at: int) -> Iterator[Change]:
    """Each end of a span one sooner and one later, where it is a name."""
    middle = next(n for n in range(at + 1, len(tokens)) if tokens[n].word == "and")
    last = middle + 1
    while last + 2 < len(tokens) and tokens[last + 1].text == ".":
        last += 2
    for end in (middle - 1, last):
        if tokens[end].kind == "word":
            yield from (
                _instead(tokens, end, f"{tokens[end].text} {more}") for more in ("+ 1", "- 1")
            )


def _of_join(
    word: str, before: str, after: str, tokens: Sequence[Token], at: int
) -> Iterator[Change]:
    """Another kind of join: one that keeps more rows, or fewer."""
    if word == "left" and after == "join":
        others = ("",) if before == "asof" else ("", "right")
        yield from (_instead(tokens, at, other) for other in others)
    elif word == "cross" and after == "join":
        last = at + 2
        if last + 1 < len(tokens) and tokens[last + 1].word == "as":
            last += 2
        start, what, edits = _instead(tokens, at, "left")
        end = tokens[last].end
        yield start, f"{what} {tokens[last].text} on false", (*edits, Edit(end, end, " on false"))
    elif word == "join" and before not in _KINDS_OF_JOIN:
        yield _instead(tokens, at, "left join")


def _of_cases(source: str, tokens: Sequence[Token]) -> Iterator[Change]:
    """Each branch of a `case` left out, turned round, and tried after the next one."""
    for branches in _cases(tokens):
        for start, then, end in branches:
            said = _said(source[start:end])
            condition = start + len("when"), then
            yield start, f"dropped: {said}", (Edit(*condition, " false "),)
            turned = f" not ({source[slice(*condition)]}) "
            yield start, f"turned round: {said}", (Edit(*condition, turned),)
        for (start, _, end), (next_start, _, next_end) in pairwise(branches):
            one, other = source[start:end], source[next_start:next_end]
            edits = (Edit(start, end, other), Edit(next_start, next_end, one))
            yield start, f"swapped: {_said(one)}, and the next", edits


def _cases(tokens: Sequence[Token]) -> Iterator[list[tuple[int, int, int]]]:
    """Of each `case` its branches: where `when` begins, where `then` does, and where the branch ends."""
    open_cases: list[list[list[int]]] = []
    last = 0
    for token in tokens:
        if token.word == "case":
            open_cases.append([])
        elif token.word in {"when", "else", "end"} and open_cases:
            branches = open_cases[-1]
            if branches and len(branches[-1]) == 2:
                branches[-1].append(last)
            if token.word == "when":
                branches.append([token.start])
            if token.word == "end":
                yield [(start, then, end) for start, then, end in open_cases.pop()]
        elif token.word == "then" and open_cases:
            open_cases[-1][-1].append(token.start)
        last = token.end


def _said(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= _LONG else f"{said[: _LONG // 2]}…{said[-_LONG // 2 :]}"


def _of_lists(source: str, tokens: Sequence[Token]) -> Iterator[Change]:
    """What rows are ordered or parted by, one item less; an order the other way round."""
    for at, token in enumerate(tokens[:-1]):
        if token.word not in {"order", "partition"} or tokens[at + 1].word != "by":
            continue
        items = _items(tokens, at + 2)
        whole = Edit(token.start, items[-1][-1].end, "")
        for place, item in enumerate(items):
            start, end = item[0].start, item[-1].end
            said = source[start:end]
            if len(items) == 1:
                yield token.start, f"without: {token.word} by {said}", (whole,)
            else:
                # with the comma before it, or after the first
                edit = Edit(items[place - 1][-1].end, end, "") if place else Edit(start, items[1][0].start, "")  # fmt: skip
                yield start, f"without {said} in: {token.word} by", (edit,)
            if token.word == "order" and item[-1].word not in {"asc", "desc", "all", "first", "last"}:  # fmt: skip
                yield start, f"{said} → {said} desc", (Edit(end, end, " desc"),)


def _items(tokens: Sequence[Token], at: int) -> list[list[Token]]:
    """The items of a list up to where the depth of parentheses, or a word, ends it."""
    items: list[list[Token]] = [[]]
    for token in _up_to_the_end(tokens, at, _ENDS | {"rows", "range"}):
        if token[0] == 0 and token[1].text == ",":
            items.append([])
        else:
            items[-1].append(token[1])
    return items


def _up_to_the_end(
    tokens: Sequence[Token], at: int, ends: frozenset[str]
) -> Iterator[tuple[int, Token]]:
    depth = 0
    for token in tokens[at:]:
        if depth == 0 and (token.text in {")", ";"} or token.word in ends):
            return
        yield depth, token
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(token.text, 0)


def _of_conditions(source: str, tokens: Sequence[Token]) -> Iterator[Change]:
    """Each condition on rows or groups gone."""
    for at, token in enumerate(tokens):
        if token.word not in {"where", "having", "qualify"}:
            continue
        condition = [each for _, each in _up_to_the_end(tokens, at + 1, _ENDS)]
        start, end = condition[0].start, condition[-1].end
        yield token.start, f"without: {token.word} {_said(source[start:end])}", (Edit(start, end, "true"),)  # fmt: skip
