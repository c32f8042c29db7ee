"""Write the `rules` part of schemas/contest.schema.json anew, from the rules' own settings."""

import json
from pathlib import Path

from wsisctl.rules.fit import rules_schema

PATH = Path(__file__).resolve().parent.parent / "schemas" / "contest.schema.json"

schema = json.loads(PATH.read_text(encoding="utf-8"))
schema["properties"]["rules"]["properties"] = rules_schema()
PATH.write_text(json.dumps(schema, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
