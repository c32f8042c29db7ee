"""Every sentence of the letters to those who submitted, in English and Chinese.

A letter leaves the house. So nothing of a finding's own message stands here, which is written for
staff: it may name another entity, a file, or the person who decided.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from wsisctl.contest.model import Label

SUBMISSION = Label("Submission: {id}", "项目编号：{id}")
PROJECT = Label("Project: {title}", "项目名称：{title}")
GREETING = Label("Dear {name},", "尊敬的{name}：")
NOBODY = Label("project coordinator", "项目协调人")
THANKS = Label(
    "Thank you for submitting this project to {contest}. We have checked it against the rules of the "
    "call for submissions.",
    "感谢您向“{contest}”提交本项目。我们已按照作品征集函的规定对其进行了审核。",
)
CANNOT_TAKE_PART = Label(
    "As it stands, the project cannot take part, for this reason:",
    "按目前提交的资料，本项目不能参赛，原因如下：",
)
CANNOT_TAKE_PART_FOR = Label(
    "As it stands, the project cannot take part, for these reasons:",
    "按目前提交的资料，本项目不能参赛，原因如下：",
)
QUESTION = Label(
    "Before it is decided whether the project can take part, we should like to ask you:",
    "在决定本项目能否参赛之前，我们希望向您了解以下情况：",
)
FURTHER_QUESTION = Label("We should also like to ask you:", "此外，我们还希望向您了解以下情况：")
NO_BOX = Label("the submission as a whole", "提交的全部资料")
IN_YOUR_TEXT = Label("In your submission: “{text}”", "您提交的内容：“{text}”")
CLAUSE = Label("The rule ({id}, {where}): {text}", "相关规定（{id}，{where}）：{text}")
EXTENDED = Label(
    "Extended to {closes} by the amendment of {on}.", "根据 {on} 的修订，截止时间延长至 {closes}。"
)
MOVED = Label(
    "Moved to {closes} by the amendment of {on}.", "根据 {on} 的修订，截止时间改为 {closes}。"
)
TO_DO = Label("What you can do: {text}", "您可以：{text}")
DEADLINE = Label(
    "Submissions close at {closes}, by the clock of {zone}. What reaches us later cannot be taken into "
    "account.",
    "提交截止时间为 {closes}（以 {zone} 时间为准）。逾期提交将不被接受。",
)
ANSWER = Label(
    "Nothing has been decided on what we ask you. Please answer as soon as you can.",
    "对于以上询问的事项，目前尚未作出任何决定。请您尽早答复。",
)
PARAPHRASE = Label(
    "Rules are given in an English paraphrase; the text of the call letter decides.",
    "相关规定为英文释义，以征集函中文原文为准。",
)
CLOSING = Label("With kind regards,", "顺致敬意！")
SENDER = Label("The secretariat of {contest}", "{contest}秘书处")

LIMITS: Mapping[tuple[bool, bool], Label] = MappingProxyType(
    {
        (True, True): Label("{min} to {max} words", "{min} 至 {max} 个词"),
        (True, False): Label("at least {min} words", "至少 {min} 个词"),
        (False, True): Label("at most {max} words", "至多 {max} 个词"),
    }
)
"""By whether there is a least number and whether there is a greatest."""
PERIODS: Mapping[tuple[bool, bool], Label] = MappingProxyType(
    {
        (True, True): Label("from {opens} to {closes}", "{opens} 至 {closes}"),
        (True, False): Label("from {opens}", "{opens} 起"),
        (False, True): Label("until {closes}", "{closes} 为止"),
    }
)


@dataclass(frozen=True)
class Sentences:
    """What a letter says of one rule.

    They may name {box}, {value}, what stands in it, and what the rule measures.
    """

    wrong: Label
    """Where it is certain."""
    to_do: Label
    question: Label | None = None
    """While nobody has decided; only of rules that need a person's judgement."""
    answer: Label | None = None
    """What to do about the question."""


_TELL_US = Label(
    "tell us if this is a mistake, and what speaks for it.", "如有误，请告知我们并说明理由。"
)
ANY_QUESTION = Label(
    "We could not tell from the submission whether it meets this rule: {rule}. It concerns {box}.",
    "根据提交的资料，我们无法确定其是否符合以下规定：{rule}。涉及栏目：{box}。",
)
ANY_ANSWER = Label(
    "tell us how the project meets the rule, or complete the submission.",
    "说明本项目如何符合该规定，或补充资料。",
)
ANY_RULE = Sentences(
    Label(
        "The submission does not meet this rule: {rule}. It concerns {box}.",
        "提交的资料不符合以下规定：{rule}。涉及栏目：{box}。",
    ),
    Label(
        "mend the submission, or tell us if this is a mistake.",
        "更正提交的资料；如有误，请告知我们。",
    ),
)
"""For a rule that has no sentences of its own."""

RULES: Mapping[str, Sentences] = MappingProxyType(
    {
        "required-field": Sentences(
            Label("{box} is empty.", "栏目{box}没有填写。"),
            Label(
                "fill it in; incomplete submissions are not accepted.",
                "填写该栏目；不完整的提交将不予接受。",
            ),
        ),
        "category": Sentences(
            Label(
                "“{value}” does not name exactly one category of the contest.",
                "“{value}”不是本届大赛的某一个类别。",
            ),
            Label("choose exactly one of the contest's categories.", "在大赛的类别中选择一个。"),
        ),
        "entity-type": Sentences(
            Label(
                "“{value}” is none of the types of stakeholder that can take part.",
                "“{value}”不属于可以参赛的利益攸关方类别。",
            ),
            Label("choose the type that fits: {types}.", "选择相符的类别：{types}。"),
        ),
        "sdgs": Sentences(
            Label(
                "“{value}” does not name Sustainable Development Goals by their numbers alone.",
                "“{value}”不全是可持续发展目标的编号。",
            ),
            Label(
                "give the numbers of the goals, such as 1;9;16.", "填写目标的编号，例如 1;9;16。"
            ),
        ),
        "word-count": Sentences(
            Label(
                "{box} has {words}; {limits} are asked for.",
                "{box}有 {words} 个词，要求为 {limits}。",
            ),
            Label(
                "lengthen or shorten the text until it has {limits}.",
                "增减文字，使其符合 {limits}的要求。",
            ),
        ),
        "deadline": Sentences(
            Label(
                "The time of submission on our records is “{value}”; submissions are accepted {period}, "
                "by the clock of {zone}.",
                "我们记录的提交时间为“{value}”，而接受提交的时间为 {period}（以 {zone} 时间为准）。",
            ),
            Label(
                "tell us if the time on our records is wrong; otherwise, nothing can be done.",
                "如我们记录的时间有误，请告知我们；否则无法补救。",
            ),
        ),
        "status": Sentences(
            Label(
                "The work is neither completed nor at the end of a major phase.",
                "项目工作既未完成，重点阶段也未结束。",
            ),
            _TELL_US,
            Label(
                "Is the work completed, or has a major phase of it ended?",
                "项目工作是否已完成，或其重点阶段是否已结束？",
            ),
            Label(
                "tell us what has been completed, since when, and what shows it.",
                "说明已完成的工作、完成时间及相关证明。",
            ),
        ),
        "language": Sentences(
            Label(
                "{box} is not written in the language of the contest.",
                "{box}未使用大赛规定的语文。",
            ),
            Label(
                "give the text in the language of the contest.", "以大赛规定的语文提交该部分内容。"
            ),
            Label(
                "It seems that {box} is not, or only in part, written in the language of the contest. "
                "Is that so?",
                "{box}似乎没有或只有部分使用大赛规定的语文。是否如此？",
            ),
            Label(
                "give the text in the language of the contest, or tell us if we are mistaken.",
                "以大赛规定的语文提交该部分内容；如我们有误，请告知。",
            ),
        ),
        "same-project": Sentences(
            Label(
                "The same project has been submitted more than once.", "同一项目提交了不止一次。"
            ),
            _TELL_US,
            Label(
                "The project looks like one that was submitted before this one. Is it the same project?",
                "本项目与先前提交的某个项目相似。两者是否为同一项目？",
            ),
            Label(
                "tell us whether it is, or what is particular to this project.",
                "告知我们两者是否相同，或说明本项目的独特之处。",
            ),
        ),
        "past-winner": Sentences(
            Label("The project has won in an earlier contest.", "本项目曾在以往大赛中获奖。"),
            _TELL_US,
            Label(
                "The project looks like one that won in an earlier contest. Is it the same project?",
                "本项目与以往大赛的某个获奖项目相似。两者是否为同一项目？",
            ),
            Label(
                "tell us whether it is, or what is particular to this project.",
                "告知我们两者是否相同，或说明本项目的独特之处。",
            ),
        ),
        "withdrawn": Sentences(
            Label("The submission has been withdrawn.", "本项目已撤回。"), _TELL_US
        ),
        "one-per-entity": Sentences(
            Label(
                "The entity has submitted another project in the same category before this one.",
                "同一实体此前已在同一类别下提交了另一个项目。",
            ),
            Label(
                "withdraw the earlier one if this one is to take its place, or enter this one in another "
                "category.",
                "如以本项目参赛，请撤回先前提交的项目；或将本项目改报其他类别。",
            ),
        ),
    }
)
