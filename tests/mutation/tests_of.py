"""Which tests are run against the mutants of which module: those that should catch them first."""

_RULES = "tests/test_rules.py"
_AMENDMENTS = "tests/test_amendments.py"
_LANGUAGE = "tests/test_language.py"
_EVIDENCE = "tests/test_evidence_rules.py"
_SCHEMA = "tests/test_definitions.py"
"""Unknown and wrong settings are refused, and the schema is that of the rules."""
_PAGES = "tests/test_rule_pages.py"
"""The example on each rule's page."""

TESTS_OF: dict[str, tuple[str, ...]] = {
    "wsisctl/rules/card.py": (_RULES, _SCHEMA, _PAGES),
    "wsisctl/rules/deadline.py": (_RULES, _AMENDMENTS, _SCHEMA, _PAGES),
    "wsisctl/rules/eligibility.py": (_RULES, _SCHEMA, _PAGES),
    "wsisctl/rules/engine.py": (_RULES, "tests/test_decisions.py"),
    "wsisctl/rules/fit.py": (_SCHEMA, _RULES, _LANGUAGE),
    "wsisctl/rules/foreign.py": (_LANGUAGE,),
    "wsisctl/rules/form.py": (_RULES, _EVIDENCE, _SCHEMA, _PAGES),
    "wsisctl/rules/goals.py": (_EVIDENCE, _SCHEMA, _PAGES),
    "wsisctl/rules/impact.py": (_EVIDENCE, _SCHEMA, _PAGES),
    "wsisctl/rules/language.py": (_LANGUAGE, _RULES, _SCHEMA, _PAGES),
    "wsisctl/rules/passages.py": (_EVIDENCE, _LANGUAGE, _SCHEMA),
    "wsisctl/rules/photo.py": (_EVIDENCE, _RULES, _SCHEMA, _PAGES),
    "wsisctl/rules/progress.py": (_EVIDENCE, _SCHEMA, _PAGES),
    "wsisctl/rules/specimen.py": (_PAGES,),
    "wsisctl/rules/trial.py": (_PAGES,),
    "wsisctl/rules/uniqueness.py": (_RULES, _SCHEMA, _PAGES),
}
