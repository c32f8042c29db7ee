"""Every clause and what enforces it, and the page of one clause."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from wsisctl.contest.clauses import amendments_of, settings_of
from wsisctl.contest.model import ALWAYS_IN_FORCE, STAGES, Clause, Contest, Label
from wsisctl.folder.bites import Bite, Bites
from wsisctl.reports import labels, page_labels
from wsisctl.reports.amendments import amendment_lines
from wsisctl.reports.report import Block, Entry, Heading, Lines, Report, Section, Table
from wsisctl.reports.so_many import so_many

_COLUMNS = ("clause", "decided_by", "enforced_by", "says", "where", "settings")


def clauses_report(contest: Contest, language: str = "en", bites: Bites | None = None) -> Report:
    """What `rules` shows (contract, Results); inside a contest folder also how often each bit."""
    pages = [_Words(contest, clause, language, bites) for clause in contest.clauses]
    columns = (*_COLUMNS, "bit") if bites else _COLUMNS
    return Report(
        [page.document for page in pages],
        Table(columns, tuple(page.row for page in pages)),
        tuple(Entry(page.head, page.body) for page in pages),
        tuple(_summary(contest, language, bites)),
    )


def clause_page(clause: Clause, contest: Contest, language: str = "en") -> Report:
    """The page of one clause, in the paraphrase and in the letter's own words."""
    page = _Words(contest, clause, language, None)
    document: dict[str, Any] = {
        "code": clause.id,
        "kind": "clause",
        "contest": contest.id,
        "where": clause.where,
        "says": clause.says,
        "original": clause.original,
        "decided_by": clause.decided_by,
        "enforced_by": list(clause.enforced_by),
        "settings": settings_of(clause, contest),
    }
    enforced_by = " ".join(clause.enforced_by)
    shown = document | {"enforced_by": enforced_by, "settings": page.settings}
    say = page.say
    name = contest.name.in_language(language)
    blocks: list[Block] = [
        Heading(say(page_labels.TITLE, code=clause.id, kinds=say(page_labels.CLAUSE)), level=1),
        Lines((say(page_labels.PLACE, contest=name, where=clause.where),)),
        Section(say(page_labels.SAYS), (clause.says,)),
        *([Section(say(page_labels.ORIGINAL), (clause.original,))] if clause.original else []),
        Section(say(page_labels.ENFORCES), (page.who, *page.enforcers, *page.amended)),
    ]
    explained = [
        f"`wsisctl explain {name}`"
        for name in clause.enforced_by
        if name in {*contest.rules, *ALWAYS_IN_FORCE, *contest.voting.reasons}
    ]
    if explained:
        blocks.append(Section(say(page_labels.PAGES), tuple(explained)))
    return Report(document, Table(("key", "value"), tuple(shown.items())), tuple(blocks))


class _Words:
    """A clause in words of one language."""

    def __init__(
        self, contest: Contest, clause: Clause, language: str, bites: Bites | None
    ) -> None:
        self._contest, self._clause, self._language = contest, clause, language
        self._bites = bites.by_enforcer if bites else None

    def say(self, label: Label, **values: object) -> str:
        """The label in this language, its places filled in."""
        return label.filled(self._language, **values)

    @property
    def document(self) -> dict[str, Any]:
        """As JSON."""
        clause = self._clause
        document = {
            "clause": clause.id,
            "decided_by": clause.decided_by,
            "enforced_by": list(clause.enforced_by),
            "settings": settings_of(clause, self._contest),
            "says": clause.text(self._language),
        }
        if self._bites is not None:
            document["bit"] = {name: _bite_document(bite) for name, bite in self._bitten}
        return document

    @property
    def row(self) -> tuple[str, ...]:
        """As CSV."""
        clause = self._clause
        row = (
            clause.id,
            clause.decided_by,
            " ".join(clause.enforced_by),
            clause.text(self._language),
            clause.where,
            self.settings,
        )
        return row if self._bites is None else (*row, self.bit)

    @property
    def head(self) -> str:
        """The clause, who decides, and where it stands."""
        clause = self._clause
        decided_by = self.say(page_labels.DECIDED_BY[clause.decided_by])
        label = page_labels.CLAUSE_HEAD
        return self.say(label, id=clause.id, decided_by=decided_by, where=clause.where)

    @property
    def body(self) -> tuple[str, ...]:
        """What it says, what enforces it, and how often that bit."""
        enforced = [self.say(page_labels.ENFORCED_BY, what=text) for text in self.enforcers]
        bit = [self.say(page_labels.FOUND, what=self.bit)] if self.bit else []
        enforced = enforced or [self.nothing]
        return (self._clause.text(self._language), *enforced, *self.amended, *bit)

    @property
    def who(self) -> str:
        """Who decides, and what that means."""
        decided_by = self._clause.decided_by
        name = self.say(page_labels.DECIDED_BY[decided_by])
        meaning = self.say(page_labels.DECIDES[decided_by])
        return self.say(page_labels.DECIDED, name=name, meaning=meaning)

    @property
    def nothing(self) -> str:
        """Of a clause that nothing enforces."""
        return self.say(page_labels.BINDS_NOTHING)

    @property
    def enforcers(self) -> list[str]:
        """What enforces it, each with its settings."""
        told = []
        for name in self._clause.enforced_by:
            what, settings = self._enforcer(name), self._settings(name)
            with_settings = page_labels.WITH_SETTINGS
            told.append(self.say(with_settings, what=what, settings=settings) if settings else what)
        return told

    @property
    def amended(self) -> tuple[str, ...]:
        """The amendments that changed what it sets, or how it is enforced."""
        return amendment_lines(amendments_of(self._clause, self._contest))

    @property
    def settings(self) -> str:
        """The settings of all that enforces it, on one line."""
        told = ((name, self._settings(name)) for name in self._clause.enforced_by)
        between = self.say(page_labels.BETWEEN)
        return between.join(f"{name} ({settings})" for name, settings in told if settings)

    @property
    def bit(self) -> str:
        """How often what enforces it bit, on one line; empty where nothing is counted."""
        return self.say(page_labels.BETWEEN).join(
            self._bit(name, bite) for name, bite in self._bitten
        )

    @property
    def _bitten(self) -> Iterator[tuple[str, Bite]]:
        for name in self._clause.enforced_by:
            if self._bites is not None and name in self._bites:
                yield name, self._bites[name]

    def _settings(self, enforcer: str) -> str:
        alone = replace(self._clause, enforced_by=(enforcer,))
        return shown_settings(settings_of(alone, self._contest))

    def _enforcer(self, name: str) -> str:
        contest = self._contest
        if name in contest.documents:
            kind, label = "document", contest.documents[name].name
        elif name in STAGES:
            kind, label = "stage", Label(name)
        elif name in contest.rules or name in ALWAYS_IN_FORCE:
            kind, label = "rule", labels.RULES[name]
        else:
            kind, label = "reason", labels.REASONS[name]
        called = label.in_language(self._language)
        return self.say(page_labels.ENFORCERS[kind], code=name, name=called)

    def _bit(self, name: str, bite: Bite) -> str:
        if bite.state == "not run":
            return self.say(page_labels.NOT_RUN, code=name)
        if bite.count is None:
            return self.say(page_labels.NOT_KNOWN, code=name)
        what = (
            self._findings(bite)
            if bite.severities is not None
            else self._number(page_labels.COUNTS.get(name, page_labels.REJECTED_VOTES), bite.count)
        )
        told = self.say(page_labels.COUNTED, code=name, what=what)
        return told if bite.state == "current" else told + self.say(page_labels.OUT_OF_DATE)

    def _findings(self, bite: Bite) -> str:
        if not bite.count:
            return self.say(page_labels.NO_FINDINGS)
        told = self.say(page_labels.COMMA).join(
            self._number(label, (bite.severities or {})[severity])
            for severity, label in page_labels.FINDINGS.items()
            if severity in (bite.severities or {})
        )
        submissions = self._number(page_labels.SUBMISSIONS, bite.submissions or 0)
        return self.say(page_labels.IN_SUBMISSIONS, what=told, submissions=submissions)

    def _number(self, label: Label, number: int) -> str:
        return so_many(self._language, label, number)


def _bite_document(bite: Bite) -> dict[str, Any]:
    document: dict[str, Any] = {"stage": bite.stage, "state": bite.state, "count": bite.count}
    if bite.severities is not None:
        kinds = page_labels.FINDINGS
        document["severities"] = {kind: bite.severities.get(kind, 0) for kind in kinds}
        document["submissions"] = bite.submissions
    return document


def _summary(contest: Contest, language: str, bites: Bites | None) -> Iterator[Block]:
    def say(label: Label, **values: object) -> str:
        return label.filled(language, **values)

    number = Counter[str](clause.decided_by for clause in contest.clauses)
    clauses = so_many(language, page_labels.SO_MANY_CLAUSES, len(contest.clauses))
    told = [say(page_labels.CLAUSES, contest=contest.id, clauses=clauses)]
    told += (
        say(
            page_labels.SO_MANY,
            number=number[code],
            name=say(page_labels.DECIDED_BY[code]),
            meaning=say(meaning),
        )
        for code, meaning in page_labels.DECIDES.items()
        if number[code]
    )
    for stage, changed in (bites.changed if bites else {}).items():
        files = say(page_labels.COMMA).join(changed)
        told.append(say(page_labels.STAGE_OUT_OF_DATE, stage=stage, files=files))
    yield Heading(say(page_labels.SUMMARY))
    yield Lines(tuple(told))


def shown_settings(settings: Mapping[str, Any]) -> str:
    """Settings on one line: `short_description: min 150, max 200; impact: min 50`."""
    return "; ".join(f"{name}: {_value(value)}" for name, value in settings.items())


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_value(item)}" for name, item in value.items())
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "none" if value is None else str(value)
