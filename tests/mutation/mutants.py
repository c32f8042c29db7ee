"""From a module's source to every way in which one of its comparisons or defaults may be wrong."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Change = Callable[[], None]

_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_SIGNS = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
    ast.In: "in", ast.NotIn: "not in", ast.Is: "is", ast.IsNot: "is not",
}  # fmt: skip
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {ast.Add: ast.Sub, ast.Sub: ast.Add}
_WORDS = {
    "error": "warning", "review": "error", "warning": "error",
    "any": "all", "all": "any", "min": "max", "max": "min",
}  # fmt: skip
"""Severities, and functions whose opposite has the same shape."""


@dataclass(frozen=True)
class Mutant:
    """A module with one thing wrong in it."""

    path: str
    """From the top of the repository, with `/`."""
    line: int
    text: str
    """The line as it stands in the source."""
    what: str
    """The change, such as `<` → `<=`."""
    source: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}"


def mutants_of(path: str, source: str) -> Iterator[Mutant]:
    """Every mutant of a module, from top to bottom."""
    lines = source.splitlines()
    for number in range(len(list(_sites(ast.parse(source))))):
        tree = ast.parse(source)
        line, what, change = list(_sites(tree))[number]
        change()
        yield Mutant(path, line, lines[line - 1].strip(), what, ast.unparse(tree))


def _sites(tree: ast.AST) -> Iterator[tuple[int, str, Change]]:
    """Line, description and the change itself, of everything that can be wrong below a node."""
    for node in _below(tree):
        match node:
            case ast.Compare():
                yield from _comparisons(node)
            case ast.BoolOp(op=op):
                other = ast.Or() if isinstance(op, ast.And) else ast.And()
                yield node.lineno, _arrow(op, other), _setting(node, "op", other)
            case ast.BinOp(op=op) if type(op) in _ARITHMETIC:
                wrong = _ARITHMETIC[type(op)]()
                yield node.lineno, _arrow(op, wrong), _setting(node, "op", wrong)
            case ast.If() | ast.IfExp() | ast.While():
                yield from _condition(node, "test", node.test)
            case ast.comprehension():
                for place, condition in enumerate(node.ifs):
                    yield from _condition(node.ifs, place, condition)
            case ast.Constant():
                yield from _constant(node)
            case ast.Name(id=name) if name in _WORDS:
                yield node.lineno, f"{name} → {_WORDS[name]}", _setting(node, "id", _WORDS[name])


def _below(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes that decide something: no annotations, no decorators, no docstrings."""
    yield node
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "ctx", "decorator_list"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _says_only(child) and not _is_type(child):
                yield from _below(child)


def _says_only(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_type(node: ast.AST) -> bool:
    """An alias such as `Verdict = Literal[…]`."""
    return isinstance(node, ast.Subscript) and ast.unparse(node.value) in {"Literal", "Callable"}


def _comparisons(node: ast.Compare) -> Iterator[tuple[int, str, Change]]:
    for place, op in enumerate(node.ops):
        for wrong in _COMPARISONS[type(op)]:
            what = f"{_SIGNS[type(op)]} → {_SIGNS[wrong]}"
            yield node.lineno, what, _setting(node.ops, place, wrong())


def _condition(
    holder: object, place: str | int, condition: ast.expr
) -> Iterator[tuple[int, str, Change]]:
    """A condition that is a comparison, or joined of several, is mutated part by part already."""
    if isinstance(condition, ast.Compare | ast.BoolOp):
        return
    if isinstance(condition, ast.UnaryOp) and isinstance(condition.op, ast.Not):
        yield condition.lineno, "not x → x", _setting(holder, place, condition.operand)
    else:
        negated = ast.UnaryOp(ast.Not(), condition)
        yield condition.lineno, "x → not x", _setting(holder, place, negated)


def _constant(node: ast.Constant) -> Iterator[tuple[int, str, Change]]:
    value = node.value
    if isinstance(value, bool):
        yield node.lineno, f"{value} → {not value}", _setting(node, "value", not value)
    elif isinstance(value, int):
        yield node.lineno, f"{value} → {value + 1}", _setting(node, "value", value + 1)
    elif value in _WORDS:
        yield node.lineno, f"'{value}' → '{_WORDS[value]}'", _setting(node, "value", _WORDS[value])


def _setting(holder: object, place: str | int, value: object) -> Change:
    def change() -> None:
        if isinstance(holder, list) and isinstance(place, int):
            holder[place] = value
        else:
            setattr(holder, str(place), value)

    return change


def _arrow(one: ast.AST, other: ast.AST) -> str:
    return f"{type(one).__name__.lower()} → {type(other).__name__.lower()}"
