"""The words of `rules` and `explain` in English and Chinese.

What a rule's card says of itself, findings and settings are not labels: they stand as they are.
"""

from types import MappingProxyType

from wsisctl.contest.model import Label
from wsisctl.reports.labels import Labels

DECIDED_BY: Labels = MappingProxyType(
    {
        "machine": Label("machine", "数据判定"),
        "evidence": Label("evidence", "证据核查"),
        "panel": Label("panel", "专家组评定"),
        "output": Label("output", "产出文件"),
        "context": Label("context", "背景说明"),
    }
)
DECIDES: Labels = MappingProxyType(
    {
        "machine": Label("the data alone decide", "仅凭数据即可判定"),
        "evidence": Label("a person decides on the evidence shown", "由工作人员根据所示证据决定"),
        "panel": Label("the expert group decides", "由专家组决定"),
        "output": Label("it calls for a document, list or notice", "要求提供文件、名单或通知"),
        "context": Label("it binds nothing", "不具约束力"),
    }
)
ENFORCERS: Labels = MappingProxyType(
    {
        "rule": Label("rule {code} ({name})", "规则 {code}（{name}）"),
        "reason": Label("reason {code} ({name})", "不计票原因 {code}（{name}）"),
        "stage": Label("stage {code}", "阶段 {code}"),
        "document": Label("document {code} ({name})", "文件 {code}（{name}）"),
    }
)
CLAUSE_HEAD = Label("{id} ({decided_by}): {where}", "{id}（{decided_by}）：{where}")
ENFORCED_BY = Label("enforced by: {what}", "执行：{what}")
BINDS_NOTHING = Label("binds nothing", "不具约束力")
WITH_SETTINGS = Label("{what} with {settings}", "{what}，设置：{settings}")
FOUND = Label("found: {what}", "结果：{what}")
BETWEEN = Label("; ", "；")
COMMA = Label(", ", "，")
SUMMARY = Label("Summary", "概览")
CLAUSES = Label("Contest {contest}: {clauses}.", "{contest} 届：共 {clauses}。")
SO_MANY_CLAUSES = Label("clause", "{number} 条")
SO_MANY = Label("{number} {name}: {meaning}.", "{name} {number} 条：{meaning}。")

NOT_RUN = Label("{code}: not run yet", "{code}：尚未运行")
NOT_KNOWN = Label(
    "{code}: not known, since the result is not as its stage wrote it",
    "{code}：未知，结果文件与该阶段写出的不符",
)
COUNTED = Label("{code}: {what}", "{code}：{what}")
OUT_OF_DATE = Label(" (out of date)", "（已过时）")
STAGE_OUT_OF_DATE = Label(
    "{stage} is out of date: {files} changed since it ran.",
    "{stage} 已过时：{files} 在运行后有变更。",
)
NO_FINDINGS = Label("0 findings", "0 项")
FINDINGS: Labels = MappingProxyType(
    {
        "error": Label("error", "{number} 项不合规"),
        "review": Label("review", "{number} 项待审议"),
        "warning": Label("warning", "{number} 项提醒"),
    }
)
SUBMISSIONS = Label("submission", "{number} 个项目")
REJECTED_VOTES = Label("rejected vote", "{number} 票不计入")
COUNTS: Labels = MappingProxyType(
    {
        "validate": Label("open review", "{number} 个项目待审议"),
        "nominate": Label("open question", "{number} 项待决"),
        "tally": Label("open tie", "{number} 项并列待决"),
        "select-winners": Label("open question", "{number} 项待决"),
    }
)
IN_SUBMISSIONS = Label("{what} in {submissions}", "{what}，涉及 {submissions}")

CLAUSE = Label("clause", "条款")
TITLE = Label("{code} ({kinds})", "{code}（{kinds}）")
KINDS: Labels = MappingProxyType(
    {
        "rule": Label("rule", "规则"),
        "reason why a vote is not counted": Label("reason why a vote is not counted", "不计票原因"),
    }
)
CHECKS = Label("What it checks", "审核内容")
WHY = Label("Why", "理由")
EXAMPLE = Label("An example that fails", "不合规示例")
TOLD = Label("What is found in it in {contest}", "{contest} 届的审核结果")
MEND = Label("How to mend it", "处理办法")
SETTINGS = Label("Settings", "设置")
NEEDS = Label("Needs the fields", "所需栏目")
IN_CONTEST = Label("In {contest}", "{contest} 届")
NOT_USED = Label("Not used in {contest}", "{contest} 届未使用")
BY_CLAUSE = Label("clause {id} ({where}): {text}", "条款 {id}（{where}）：{text}")
BY_NO_CLAUSE = Label("no clause of the letter asks for it", "征集函没有相应条款")
SEVERITY = Label("severity: {severity}", "性质：{severity}")
WITH = Label("settings: {settings}", "设置：{settings}")

SAYS = Label("What it says", "条款内容（英文释义）")
ORIGINAL = Label("In the letter's own words", "征集函原文")
DECIDED = Label("decided by {name}: {meaning}", "{name}：{meaning}")
ENFORCES = Label("Who decides, and what enforces it", "判定方式与执行")
PLACE = Label("{contest}: {where}", "{contest}：{where}")
PAGES = Label("More about", "更多说明")
