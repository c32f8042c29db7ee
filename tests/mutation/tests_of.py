"""Which tests are run against the mutants of which module: those that should catch them first."""

_RULES = "tests/test_rules.py"
_AMENDMENTS = "tests/test_amendments.py"
_SCHEMA = "tests/test_definitions.py"
"""Unknown and wrong settings are refused, and the schema is that of the rules."""
_PAGES = "tests/test_rule_pages.py"
"""The example on each rule's page."""

TESTS_OF: dict[str, tuple[str, ...]] = {
    "wsisctl/rules/card.py": (_RULES, _SCHEMA, _PAGES),
    "wsisctl/rules/deadline.py": (_RULES, _AMENDMENTS, _SCHEMA, _PAGES),
    "wsisctl/rules/eligibility.py": (_RULES, _SCHEMA, _PAGES),
    "wsisctl/rules/engine.py": (_RULES, "tests/test_decisions.py"),
    "wsisctl/rules/fit.py": (_SCHEMA, _RULES),
    "wsisctl/rules/form.py": (_RULES, _SCHEMA, _PAGES),
    "wsisctl/rules/language.py": (_RULES, _SCHEMA, _PAGES),
    "wsisctl/rules/specimen.py": (_PAGES,),
    "wsisctl/rules/trial.py": (_PAGES,),
    "wsisctl/rules/uniqueness.py": (_RULES, _SCHEMA, _PAGES),
}
