"""Which tests are run against the mutants of which module: those that should catch them first."""

_RULES = "tests/test_rules.py"
_AMENDMENTS = "tests/test_amendments.py"
_SCHEMA = "tests/test_definitions.py"
"""Unknown and wrong settings are refused, and the schema is that of the rules."""

TESTS_OF: dict[str, tuple[str, ...]] = {
    "wsisctl/rules/card.py": (_RULES, _SCHEMA),
    "wsisctl/rules/deadline.py": (_RULES, _AMENDMENTS, _SCHEMA),
    "wsisctl/rules/eligibility.py": (_RULES, _SCHEMA),
    "wsisctl/rules/engine.py": (_RULES, "tests/test_decisions.py"),
    "wsisctl/rules/fit.py": (_SCHEMA, _RULES),
    "wsisctl/rules/form.py": (_RULES, _SCHEMA),
    "wsisctl/rules/language.py": (_RULES, _SCHEMA),
    "wsisctl/rules/uniqueness.py": (_RULES, _SCHEMA),
}
