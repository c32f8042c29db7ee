"""Which tests are run against the mutants of which file: those that should catch them first."""

from tests.support import REPOSITORY

_RULES = "tests/test_rules.py"
_AMENDMENTS = "tests/test_amendments.py"
_LANGUAGE = "tests/test_language.py"
_EVIDENCE = "tests/test_evidence_rules.py"
_NAMES = ("tests/test_organization_spelling.py", "tests/test_past_winner.py")
_WINNERS = ("tests/test_past_winner.py", "tests/test_organization_spelling.py")
_SAME_PROJECT = "tests/test_same_project.py"
_SCHEMA = "tests/test_definitions.py"
"""Unknown and wrong settings are refused, and the schema is that of the rules."""
_PAGES = "tests/test_rule_pages.py"
"""The example on each rule's page."""

_COUNT = (
    "tests/test_count_edges.py",
    "tests/test_recount.py::test_both_counts_agree",
)
"""What both counters say where a second or a letter decides, and of contests that are trouble."""

TESTS_OF: dict[str, tuple[str, ...]] = {
    "wsisctl/likeness/acronyms.py": _NAMES,
    "wsisctl/likeness/countries.py": _NAMES,
    "wsisctl/likeness/letters.py": _NAMES,
    "wsisctl/likeness/mentions.py": _WINNERS,
    "wsisctl/likeness/name_forms.py": _NAMES,
    "wsisctl/likeness/names.py": _NAMES,
    "wsisctl/likeness/passages.py": (_SAME_PROJECT,),
    "wsisctl/likeness/texts.py": (_SAME_PROJECT,),
    "wsisctl/likeness/titles.py": _WINNERS,
    "wsisctl/likeness/typos.py": _NAMES,
    "wsisctl/likeness/vocabulary.py": _NAMES,
    "wsisctl/rules/bonds.py": (_SAME_PROJECT, _RULES),
    "wsisctl/rules/card.py": (_RULES, _SCHEMA, _PAGES),
    "wsisctl/rules/deadline.py": (_RULES, _AMENDMENTS, _SCHEMA, _PAGES),
    "wsisctl/rules/eligibility.py": (_RULES, *_WINNERS, _SCHEMA, _PAGES),
    "wsisctl/rules/engine.py": (_RULES, "tests/test_decisions.py"),
    "wsisctl/rules/fit.py": (_SCHEMA, _RULES, _LANGUAGE, _EVIDENCE),
    "wsisctl/rules/foreign.py": (_LANGUAGE,),
    "wsisctl/rules/form.py": (_RULES, _EVIDENCE, _SCHEMA, _PAGES),
    "wsisctl/rules/goals.py": (_EVIDENCE, _SCHEMA, _PAGES),
    "wsisctl/rules/impact.py": (_EVIDENCE, _SCHEMA, _PAGES),
    "wsisctl/rules/language.py": (_LANGUAGE, _RULES, _SCHEMA, _PAGES),
    "wsisctl/rules/organizations.py": (*_NAMES, _RULES, _SCHEMA, _PAGES),
    "wsisctl/rules/passages.py": (_EVIDENCE, _LANGUAGE, _SCHEMA),
    "wsisctl/rules/past_winners.py": _WINNERS,
    "wsisctl/rules/photo.py": (_EVIDENCE, _RULES, _SCHEMA, _PAGES),
    "wsisctl/rules/progress.py": (_EVIDENCE, _SCHEMA, _PAGES),
    "wsisctl/rules/same_project.py": (_SAME_PROJECT, _RULES, _SCHEMA, _PAGES),
    "wsisctl/rules/specimen.py": (_PAGES,),
    "wsisctl/rules/trial.py": (_PAGES,),
    "wsisctl/rules/uniqueness.py": (_RULES, _SCHEMA, _PAGES),
}
TESTS_OF |= {
    path.relative_to(REPOSITORY).as_posix(): _COUNT
    for path in sorted((REPOSITORY / "wsisctl" / "voting").glob("*.sql"))
}
