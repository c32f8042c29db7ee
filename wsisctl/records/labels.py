"""What people call the columns of records, besides our own names for them."""

from collections.abc import Iterator

from wsisctl.contest.model import Contest, Label

_USUAL: tuple[tuple[str, str], ...] = (
    ("submission_id", "Project ID; Project number; Submission number; 项目编号; 提交编号"),
    ("submitted_at", "Submission time; Submission date; Date of submission; Submitted on; Timestamp; 提交时间; 提交日期"),
    ("title", "Title of the project; Project; Project name; 项目名称; 项目"),
    ("category", "Action line; 类别; 行动方面"),
    ("entity", "Owner; Project owner; 项目所属实体; 实体"),
    ("country", "国家"),
    ("submitter_organization", "Submitted by; 提交方"),
    ("member_id", "Member number; User ID; 会员编号; 用户编号"),
    ("username", "User name; 用户名"),
    ("email", "E-mail; E-mail address; 电子邮件; 电子邮箱"),
    ("organization", "Organisation; Name of organization; 机构; 组织; 单位"),
    ("organization_type", "Organisation type; Type of organization; 机构类型; 组织类型"),
    ("vote_id", "Vote number; 投票编号"),
    ("cast_at", "Time of vote; Voting time; Voted at; Timestamp; 投票时间"),
    ("panelist", "Panellist; Expert; Juror; 专家; 评委"),
    ("recused", "Recusal; 回避"),
    ("comment", "Comments; Remarks; 评语; 意见"),
    ("year", "Edition; 年份"),
    ("name", "姓名; 名称"),
    ("same_as", "Same organization as; 等同于"),
    ("rank", "排名"),
    ("score", "得分"),
)  # fmt: skip
"""Our name, and labels with `;` between them."""


def labels(contest: Contest) -> Iterator[tuple[str, str]]:
    """Labels, each with our name for the column: the form's, the criteria's, and usual ones."""
    for name, told in _USUAL:
        yield from ((label.strip(), name) for label in told.split(";"))
    for box in contest.form:
        yield from _both(box.label, box.id)
    for criterion in (*contest.panel.nomination, *contest.panel.selection):
        yield from _both(criterion.name, criterion.id)


def _both(label: Label, name: str) -> Iterator[tuple[str, str]]:
    yield from ((text, name) for text in (label.en, label.zh) if text)
