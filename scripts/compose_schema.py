"""Write anew what the schemas of a definition take from elsewhere.

The `rules` part of contest.schema.json comes from the rules' own settings; contest-folder.schema.json, which
must stand alone, has the definitions that both share from contest.schema.json.
"""

import json
from pathlib import Path
from typing import Any

from wsisctl.rules.fit import rules_schema

SCHEMAS = Path(__file__).resolve().parent.parent / "schemas"


def _read(name: str) -> Any:
    return json.loads((SCHEMAS / name).read_text(encoding="utf-8"))


def _write(name: str, schema: Any) -> None:
    text = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
    (SCHEMAS / name).write_text(text, encoding="utf-8")


contest, folder = _read("contest.schema.json"), _read("contest-folder.schema.json")
contest["properties"]["rules"]["properties"] = rules_schema()
folder["$defs"] = contest["$defs"]
_write("contest.schema.json", contest)
_write("contest-folder.schema.json", folder)
