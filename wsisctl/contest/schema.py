"""A document against a JSON Schema, with messages for people and places in the file."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from wsisctl.shipped import schema_text
from wsisctl.suggest import suggestion
from wsisctl.wording import shortened
from wsisctl.yaml_file import Problem

_KINDS = {
    "string": "text",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
    "null": "null",
}
_LONG_COMPLAINT = 200


def load_schema(name: str) -> dict[str, Any]:
    """The JSON Schema called `name` (the file's stem before `.schema.json`)."""
    schema: dict[str, Any] = json.loads(schema_text(name))
    return schema


def schema_problems(data: object, schema: Mapping[str, Any]) -> list[Problem]:
    """Every place where `data` does not fit `schema`."""
    validator = Draft202012Validator(schema)
    return [problem for error in validator.iter_errors(data) for problem in _problems(error)]


def _problems(error: ValidationError) -> Iterable[Problem]:
    path = tuple(error.absolute_path)
    instance: Any = error.instance
    schema: Mapping[str, Any] = error.schema if isinstance(error.schema, Mapping) else {}
    match error.validator:
        case "additionalProperties":
            known = schema.get("properties", {})
            for key in instance:
                if key not in known:
                    message = f"unknown key '{shortened(key)}'{suggestion(key, known)}"
                    yield Problem((*path, key), message, at_key=True)
        case "required":
            missing = [key for key in schema["required"] if key not in instance]
            yield Problem(path, f"missing: {', '.join(missing)}")
        case "oneOf" if all("required" in choice for choice in schema["oneOf"]):
            keys = [key for choice in schema["oneOf"] for key in choice["required"]]
            given = [key for key in keys if key in instance]
            many = f"{' and '.join(given)} contradict each other; give one of them"
            yield Problem(path, many if given else f"missing: {' or '.join(keys)}")
        case "uniqueItems":
            for place, item in enumerate(instance):
                if item in instance[:place]:
                    yield Problem((*path, place), f"{_shown(item)} stands here twice")
        case _:
            yield Problem(path, _complaint(str(error.validator), error, schema))


def _complaint(keyword: str, error: ValidationError, schema: Mapping[str, Any]) -> str:
    """What stands there and what was expected, by the schema's keyword."""
    value: Any = schema[keyword]
    here = _shown(error.instance)
    expected: dict[str, Callable[[], str]] = {
        "type": lambda: f"{here} stands here; expected {_kinds(value)}",
        "enum": lambda: f"{here} is unknown{suggestion(_word(error.instance), map(_word, value))}",
        "anyOf": lambda: (
            f"{here} stands here; expected {schema.get('description', 'another shape')}"
        ),
        "minimum": lambda: f"{here} stands here; expected at least {value}",
        "maximum": lambda: f"{here} stands here; expected at most {value}",
        "minItems": lambda: f"empty; expected {schema.get('description', 'at least one')}",
        "minProperties": lambda: f"empty; expected {schema.get('description', 'at least one')}",
        "not": lambda: str(schema.get("description", f"{here} is not allowed here")),
        "minLength": lambda: "empty; expected a text",
        "pattern": lambda: f"{here} stands here; expected {schema.get('description', value)}",
    }
    return expected[keyword]() if keyword in expected else shortened(error.message, _LONG_COMPLAINT)


def _word(value: object) -> str:
    """As it is written in the file."""
    return json.dumps(value) if value is None or isinstance(value, bool) else str(value)


def _shown(value: object) -> str:
    if isinstance(value, (Mapping, list)):
        return _KINDS["object" if isinstance(value, Mapping) else "array"]
    return shortened(json.dumps(value, ensure_ascii=False))


def _kinds(value: str | list[str]) -> str:
    kinds = [value] if isinstance(value, str) else value
    expected = " or ".join(_KINDS.get(kind, kind) for kind in kinds)
    return f"{expected} (in quotes)" if kinds == ["string"] else expected
