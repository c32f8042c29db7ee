"""Every heading, column name and fixed sentence of the documents, in English and Chinese.

The Chinese follows the words of the call letters. What comes from outside, a finding's own message
and the paraphrase of a clause are not labels: they stand as they are.
"""

from collections.abc import Mapping
from types import MappingProxyType

from wsisctl.contest.model import Label

Labels = Mapping[str, Label]

# Every document.

OUT_OF_DATE = Label(
    "OUT OF DATE: since this result was computed, there have been changes in: {files}. Run the stage again.",
    "已过时：本结果计算之后，以下内容有变更：{files}。请重新运行该阶段。",
)
INTERNAL = Label(
    "Internal document of the contest's secretariat; not for publication.",
    "大赛秘书处内部文件，不得对外公布。",
)
BASED_ON = Label(
    "Drawn up from {result}. A reference in parentheses names the clause of the call letter on which "
    "a statement rests.",
    "根据 {result} 编制。括号内的编号为相关内容所依据的征集函条款。",
)
CLAUSES = Label("The clauses", "条款")
CLAUSE = Label("{id} ({where})", "{id}（{where}）")
PARAPHRASE = Label(
    "Clauses are given in an English paraphrase; the text of the call letter decides.",
    "条款内容为英文释义，以征集函中文原文为准。",
)
ORIGINAL = Label(
    "Clauses are given in the call letter's own words.",
    "条款内容为征集函中文原文。",
)
ORIGINAL_IN_PART = Label(
    "Clauses are given in the call letter's own words where these are at hand, else in an English "
    "paraphrase; the text of the call letter decides.",
    "条款内容为征集函中文原文；未收录原文的，为英文释义，以征集函中文原文为准。",
)
AMENDMENTS = Label("Amendments", "规则修订")
AMENDED = Label(
    "The rules of this contest were amended after the call letter; this document follows the rules "
    "as amended.",
    "大赛规则在征集函发出之后有以下修订；本文件以修订后的规则为准。",
)
CORRECTIONS = Label("Corrections: {number}", "更正：{number} 处")
EXPORTS_STAY = Label(
    "Fields that people put right in the records. The exports stay as they were received.",
    "以下栏目已由人工更正。收到的原始数据保持不变。",
)
CORRECTED = Label(
    "Corrected: {field}: '{before}' → '{after}', by {by} on {on}. Reason: {reason}",
    "已更正：{field}：“{before}”→“{after}”。经办人：{by}；日期：{on}；理由：{reason}",
)
OVERVIEW = Label("Overview", "概览")
TOTALS = Label("Totals", "总计")
CRITERIA = Label("Criteria", "评审标准")
WITHOUT = Label("Categories without nominees: {categories}.", "没有提名项目的类别：{categories}。")
COMMA = Label(", ", "、")
CATEGORY = Label("{id} · {name}", "{id} · {name}")
NOTHING_OPEN = Label(
    "Nothing is open in this document.",
    "本文件没有待决事项。",
)
STILL_OPEN = Label(
    "Open in this document: {number}. Each is set out in its category, with what is to be done.",
    "本文件待决事项：{number} 项。各项及处理办法见相应类别。",
)

# Validation.

VALIDATION = Label("{contest}: validation of the submissions", "{contest}：提交项目资格审核结果")
WHO_IS_ELIGIBLE = Label(
    "Any error makes a submission ineligible. Without an error, a review that nobody has decided "
    "leaves it to be reviewed. Warnings alone leave it eligible.",
    "存在任何一项不合规问题的项目，没有资格参赛；没有不合规问题、但有问题尚待人工审议的项目，列为待审议；"
    "仅有提醒的项目，仍有资格参赛。",
)
ALL_ACCOUNTED_FOR = Label(
    "Submissions: {submissions} = {eligible} eligible + {ineligible} ineligible + {review} to be reviewed.",
    "提交项目：{submissions} 个 = 有资格 {eligible} 个 + 没有资格 {ineligible} 个 + 待审议 {review} 个。",
)
BY_RULE = Label("Findings by rule", "按规则汇总")
BY_RULE_CLAUSES = Label("What the clauses say", "相关条款")
NOTHING_FOUND = Label("No rule found anything.", "各项规则均未发现问题。")
INELIGIBLE = Label("Ineligible submissions: {number}", "没有资格参赛的项目：{number} 个")
TO_BE_REVIEWED = Label("Submissions to be reviewed: {number}", "待审议的项目：{number} 个")
ELIGIBLE_WITH_FINDINGS = Label(
    "Eligible submissions with findings: {number}", "有资格参赛但有提醒的项目：{number} 个"
)
ELIGIBLE = Label("Eligible submissions: {number}", "有资格参赛的项目：{number} 个")
NOBODY = Label("None.", "无。")
SUBMISSION = Label("{id} · {title}", "{id} · {title}")
OF_ENTITY = Label("Entity: {text}", "实体：{text}")
OF_COUNTRY = Label("Country: {text}", "国家：{text}")
OF_CATEGORY = Label("Category: {text}", "类别：{text}")
WITH_VERDICT = Label("Verdict: {text}", "审核结果：{text}")
FINDING = Label("{severity}: {name} [{rule}]{clauses}", "{severity}：{name} [{rule}]{clauses}")
IN_FIELD = Label("Field: {field}", "栏目：{field}")
FIELD_NAME = Label("{name} [{field}]", "{name} [{field}]")
HELP = Label("Help: {text}", "处理办法：{text}")
SOURCE = Label("Where: {file}, row {row}", "出处：{file} 第 {row} 行")
DECIDED = Label(
    "Decision: {verdict} by {by} on {on}. Reason: {reason}",
    "决定：{verdict}。决定人：{by}；日期：{on}；理由：{reason}",
)
TO_BE_DECIDED = Label(
    "Decision: none yet. It is recorded in decisions.yaml:",
    "决定：尚未作出，应记入 decisions.yaml：",
)
COMPARED_WITH = Label("Compared with: {text}", "对照对象：{text}")
SIMILARITY = Label("Similarity: {number} %", "相似度：{number}%")
SETS = Label(
    "Sets of submissions that look like one project: {number}",
    "疑似同一项目的提交项目：{number} 组",
)
WHAT_A_SET_IS = Label(
    "The primary of a set is the one that was submitted first. Each other is compared with it and has "
    "a finding below, with the passages side by side; what is one project, people decide.",
    "每组以最早提交者为主项目，其余项目均与其对照，并在下文各有一项问题，附对照段落；是否为同一项目，由人工决定。",
)
SET = Label("Set of {project}", "{project} 所在组")

# Shortlist.

SHORTLIST = Label("{contest}: shortlist of nominated projects", "{contest}：提名项目名单")
HOW_NOMINATED = Label("How the list comes about", "提名办法")
ONLY_ELIGIBLE = Label(
    "Only eligible submissions can be nominated.", "只有有资格参赛的项目才能获得提名。"
)
QUOTA = Label(
    "Quota: {nominees} per category{clauses}.", "名额：每个类别提名 {nominees}{clauses}。"
)
NO_QUOTA = Label(
    "There is no quota: only a recorded decision nominates{clauses}.",
    "没有规定名额：只有记录在案的决定才能提名{clauses}。",
)
SCORING = Label(
    "Scores: the mean of each panelist's criteria from {lowest} to {highest}, then the mean of the "
    "panelists, unweighted and exact, shown with three decimals. Equal scores share a rank.",
    "评分：先计算每位专家各项标准得分（{lowest} 至 {highest} 分）的平均值，再计算各位专家的平均值，不加权，"
    "精确计算，显示三位小数。得分相同者名次并列。",
)
NOMINATED_BY = Label("Basis: {basis}{clauses}.", "依据：{basis}{clauses}。")
NOMINATED_OF = Label(
    "Nominated: {number}; places: {quota}{clauses}.",
    "提名项目：{number} 个；名额：{quota} 个{clauses}。",
)
NOMINATED = Label("Nominated: {number}.", "提名项目：{number} 个。")

# Tally.

TALLY = Label("{contest}: result of the public vote", "{contest}：网上公开投票结果")
THE_VOTE = Label("The vote", "投票情况")
WINDOW = Label(
    "Voting was open from {opens} to {closes}, both inclusive, by the clock of {zone}{clauses}.",
    "投票时间：{opens} 至 {closes}，含起止时刻，以 {zone} 时间为准{clauses}。",
)
BALANCE = Label(
    "Votes read: {read} = {counted} counted + {rejected} rejected.",
    "读入票数：{read} 票 = 有效 {counted} 票 + 不计入 {rejected} 票。",
)
SAME_EMAIL = Label(
    "Members who share an e-mail address, and of whom nobody has decided whether they are one person: "
    "groups {groups}, members {members}, votes counted beside one of the same group in the same category "
    "{in_common}. Each is in {file}.",
    "使用同一电子邮箱、尚未决定是否为同一人的会员：{groups} 组，{members} 名，同组会员在同一类别内均计入的投票 "
    "{in_common} 票。明细见 {file}。",
)
SECOND_VOTE: Labels = MappingProxyType(
    {
        "first": Label(
            "Of several otherwise valid votes of one member in one category, the first counts{clauses}.",
            "同一会员在同一类别有多张其他方面均有效的投票时，以第一张为准{clauses}。",
        ),
        "last": Label(
            "Of several otherwise valid votes of one member in one category, the last counts{clauses}.",
            "同一会员在同一类别有多张其他方面均有效的投票时，以最后一张为准{clauses}。",
        ),
        "none": Label(
            "Of several otherwise valid votes of one member in one category, none counts{clauses}.",
            "同一会员在同一类别有多张其他方面均有效的投票时，均不计入{clauses}。",
        ),
    }
)
REJECTED = Label("Rejected votes by reason", "不计入的投票：按原因分列")
ONE_REASON = Label(
    "Each rejected vote has one reason: the first that applies, in the order of this table.",
    "每张不计入的投票只记一项原因，即按下表顺序最先适用的一项。",
)
CUTS = Label("Where the cuts fall", "名次界线")
HONOURED = Label(
    "Honoured: the first {place} of each category by votes{clauses}.",
    "受嘉奖项目：每个类别得票数位居前 {place} 名的项目{clauses}。",
)
POOL = Label(
    "The panel's pool: the first {place} of each category by votes, among whom the expert group "
    "chooses the winner{clauses}.",
    "候选项目：每个类别得票数位居前 {place} 名的项目，由专家组从中选出获奖项目{clauses}。",
)
RANKING = Label(
    "Nominees with equal votes share a rank. A tie across a cut is resolved by a recorded decision only.",
    "得票数相同者名次并列。并列跨越名次界线时，只能由记录在案的决定确定先后。",
)
VOTES_COUNTED = Label("Votes counted: {votes}.", "有效票：{votes} 票。")
ALL_IN = Label(
    "Cut of the {cut}: none, all nominees are in; nominees {number}, places {place}{clauses}.",
    "{cut}界线：无，提名项目全部进入；提名项目 {number} 个，名额 {place} 个{clauses}。",
)
CUT_FALLS = Label(
    "Cut of the {cut}: after place {place}{clauses}; fewest votes inside {inside}, most votes outside "
    "{outside}, margin {margin}.",
    "{cut}界线：在第 {place} 名之后{clauses}；界内最低 {inside} 票，界外最高 {outside} 票，相差 {margin} 票。",
)
CUT_OPEN = Label(
    "Cut of the {cut}: after place {place}{clauses}, still open; {certain} of {place} places are certain.",
    "{cut}界线：在第 {place} 名之后{clauses}，待决；{place} 个名额中已确定 {certain} 个。",
)
TIE_OPEN = Label(
    "Undecided tie across place {place} ({cut}){clauses}; votes of each: {votes}",
    "待决：并列跨越第 {place} 名界线（{cut}）{clauses}，各得 {votes} 票",
)
TIE_RESOLVED = Label(
    "Tie across place {place} ({cut}){clauses}, resolved by a recorded decision; votes of each: {votes}",
    "已决：并列跨越第 {place} 名界线（{cut}）{clauses}，各得 {votes} 票，已由记录在案的决定确定先后",
)
TIE_BY_LOT = Label(
    "Tie across place {place} ({cut}){clauses}, resolved by a lot that a recorded decision called for; votes "
    "of each: {votes}",
    "已决：并列跨越第 {place} 名界线（{cut}）{clauses}，各得 {votes} 票，已依记录在案的决定抽签确定先后",
)
REDO_THE_LOT = Label(
    "The lot: the order of the SHA-256 of seed|category|project, the lowest first. `wsisctl tally` prints its steps.",
    "抽签办法：对种子、类别和项目编号取散列值，由小到大排列，任何人均可复核；各个步骤见计票时的输出。",
)

# Selection.

SELECTION = Label("{contest}: selection of the winners", "{contest}：获奖项目评选结果")
EMBARGO = Label("Internal until the ceremony: under embargo", "颁奖典礼之前为内部文件：暂缓公布")
EMBARGO_UNTIL = Label(
    "Nothing that tells winners from champions may be made public before the {phase}{clauses}.",
    "在{phase}之前，任何可据以区分获奖者与冠军的内容均不得对外公布{clauses}。",
)
ANNOUNCED = Label(
    "Its time: {opens}, by the clock of {zone}{clauses}.",
    "时间：{opens}，以 {zone} 时间为准{clauses}。",
)
NOT_ANNOUNCED = Label("No date for it has been named{clauses}.", "具体日期尚未公布{clauses}。")
UNTIL_THEN_CALLED = Label(
    "Until then all honoured projects alike are called “{title}”{clauses}.",
    "在此之前，所有受嘉奖项目一律称为“{title}”{clauses}。",
)
NO_EMBARGO = Label(
    "The definition of this contest names no embargo; the document is internal all the same.",
    "大赛规则未规定暂缓公布的期限；本文件仍为内部文件。",
)
HOW_SELECTED = Label("How the winners are chosen", "评选办法")
WINNERS_ALLOWED = Label(
    "Winners per category: at least {least}, at most {most}; score sheets name one, any other number "
    "takes a recorded decision{clauses}.",
    "每个类别的获奖项目：最少 {least} 个，最多 {most} 个；评分只产生一个，其他数目须有记录在案的决定{clauses}。",
)
TITLES = Label(
    "The winning project is titled “{winner}”, the other honoured projects “{champion}”{clauses}.",
    "获奖项目冠以“{winner}”称号，其余受嘉奖项目冠以“{champion}”称号{clauses}。",
)
SELECTED_BY = Label("Basis: {basis}{clauses}.", "依据：{basis}{clauses}。")
NO_WINNER = Label(
    "No project wins this category, by a recorded decision{clauses}.",
    "根据记录在案的决定，本类别没有获奖项目{clauses}。",
)
UNDER_EMBARGO = Label("internal until the ceremony{clauses}", "颁奖典礼之前为内部文件{clauses}")
INTERNAL_RELEASE = Label("internal", "内部文件")
WINNER = Label("Winner", "获奖者")
CHAMPION = Label("Champion", "冠军")

# What is open, and what to do.

OPEN = Label(
    "Unresolved ({cut}, place {place}){clauses}: {why}",
    "待决（{cut}，第 {place} 名）{clauses}：{why}",
)
OPEN_WITHOUT_PLACE = Label("Unresolved ({cut}){clauses}: {why}", "待决（{cut}）{clauses}：{why}")
WHY_EQUAL_SCORES = Label(
    "equal scores for the last {0} of {1} places", "{1} 个名额中的最后 {0} 个得分相同"
)
WHY_EQUAL_HIGHEST = Label("equal highest scores", "最高得分相同")
WHY_TIE_IN_VOTE = Label("an open tie in the vote, each with {0}", "投票结果并列待决，各得 {0} 票")
WHY_NOT_ELIGIBLE = Label(
    "named at {0}, but not among the eligible submissions of {1}",
    "在 {0} 中被点名，但不在类别 {1} 有资格参赛的项目之列",
)
WHY_NOT_IN_POOL = Label(
    "named as winner at {0}, but not in the pool", "在 {0} 中被定为获奖项目，但不在候选项目之列"
)
WHY_NOTHING = Label("no scores and no decision", "既无评分，也无决定")
WHY_NO_QUOTA = Label(
    "this contest has no quota: only a recorded decision nominates, and there is none",
    "本届大赛没有规定名额，只有记录在案的决定才能提名，而目前尚无决定",
)
WHY_NO_SCORE = Label("no panelist has scored it", "没有专家为其评分")
WHY_ALL_RECUSED = Label("every panelist has recused themselves", "所有专家均已回避")

BREAK_THE_TIE = Label(
    "To do: the order of exactly these projects is decided and recorded in decisions.yaml:",
    "处理办法：就上述项目的先后次序作出决定（不多不少，逐一列出），并记入 decisions.yaml：",
)
NAME_THE_ELIGIBLE = Label(
    "To do: mend that entry of decisions.yaml; it may name eligible submissions of the category only:",
    "处理办法：更正 decisions.yaml 中的该条目，只能列入该类别有资格参赛的项目：",
)
NAME_FROM_THE_POOL = Label(
    "To do: mend that entry of decisions.yaml; it may name projects of the panel's pool only:",
    "处理办法：更正 decisions.yaml 中的该条目，只能列入候选项目：",
)
NOMINATE = Label(
    "To do: the nominees of the category are decided and recorded in decisions.yaml:",
    "处理办法：就该类别的提名项目作出决定，并记入 decisions.yaml：",
)
SCORE_OR_NOMINATE = Label(
    "To do: complete or mend the score sheets; or all nominees of the category are decided and "
    "recorded in decisions.yaml:",
    "处理办法：补齐或更正评分表；或就该类别的全部提名项目作出决定，并记入 decisions.yaml：",
)
SCORE_OR_CHOOSE = Label(
    "To do: complete or mend the score sheets; or the winner is decided and recorded in decisions.yaml:",
    "处理办法：补齐或更正评分表；或就获奖项目作出决定，并记入 decisions.yaml：",
)

# Columns. An English CSV has the keys themselves as its columns, as the result files do.

COLUMNS: Labels = MappingProxyType(
    {
        "number": Label("Number", "数目"),
        "what": Label("What", "项目"),
        "category": Label("Category", "类别"),
        "category_name": Label("Name of the category", "类别名称"),
        "submission_id": Label("Submission", "项目编号"),
        "title": Label("Title", "项目名称"),
        "entity": Label("Entity", "实体"),
        "country": Label("Country", "国家"),
        "verdict": Label("Verdict", "审核结果"),
        "severity": Label("Severity", "性质"),
        "rule": Label("Rule", "规则"),
        "rule_name": Label("What it looks at", "审核内容"),
        "clause": Label("Clause", "条款"),
        "says": Label("What the clause says", "条款内容"),
        "field": Label("Field", "栏目"),
        "file": Label("File", "文件"),
        "row": Label("Row", "行"),
        "message": Label("Finding", "问题"),
        "help": Label("Help", "处理办法"),
        "decision": Label("Decision", "决定"),
        "decided_by": Label("Decided by", "决定人"),
        "decided_on": Label("Decided on", "决定日期"),
        "decision_reason": Label("Reason of the decision", "决定理由"),
        "findings": Label("Findings", "问题数"),
        "submissions": Label("Submissions", "涉及项目数"),
        "status": Label("Status", "状态"),
        "rank": Label("Rank", "名次"),
        "score": Label("Score", "得分"),
        "nominees": Label("Nominees", "提名项目"),
        "quota": Label("Quota", "名额"),
        "basis": Label("Basis", "依据"),
        "unresolved": Label("Unresolved", "待决"),
        "why": Label("Why unresolved", "待决原因"),
        "criterion": Label("Criterion", "标准"),
        "column": Label("Column of the score sheet", "评分表列名"),
        "votes": Label("Votes", "票数"),
        "standing": Label("Standing", "结果"),
        "code": Label("Code", "代码"),
        "reason_name": Label("Why it is not counted", "不计入的原因"),
        "rejected": Label("Rejected", "不计入票数"),
        "honoured": Label("Honoured", "受嘉奖"),
        "pool": Label("In the pool", "候选"),
        "honour": Label("Honour", "称号"),
        "winners": Label("Winners", "获奖项目"),
        "champions": Label("Champions", "冠军项目"),
        "record": Label("Record", "记录编号"),
        "from": Label("From", "原内容"),
        "to": Label("To", "更正为"),
        "by": Label("By", "经办人"),
        "on": Label("On", "日期"),
        "reason": Label("Reason", "理由"),
        "place": Label("Place in the definition", "规则位置"),
        "before": Label("Before", "修订前"),
        "after": Label("After", "修订后"),
        "source": Label("Source", "来源"),
        "compared_with": Label("Compared with", "对照对象"),
        "similarity": Label("Similarity, %", "相似度（%）"),
        "passages": Label("Passages", "段落"),
        "here": Label("Here", "本项目"),
        "there": Label("There", "对照对象"),
        "stands_there": Label("What stands there", "栏目内容"),
        "role": Label("In the set", "组内角色"),
        "release": Label("Release", "公布限制"),
    }
)

NUMBERS: Labels = MappingProxyType(
    {
        "read": Label("rows read", "读入行数"),
        "merged": Label("of these, equal rows merged", "其中合并的相同行"),
        "submissions": Label("submissions", "提交项目"),
        "eligible": Label("eligible", "有资格参赛"),
        "ineligible": Label("ineligible", "没有资格参赛"),
        "review": Label("to be reviewed", "待审议"),
        "findings": Label("findings", "发现的问题"),
        "confirmed": Label("reviews confirmed by a decision", "经决定确认的审议事项"),
        "dismissed": Label("reviews dismissed by a decision", "经决定排除的审议事项"),
    }
)

# Codes of the result files, as people read them.

VERDICTS: Labels = MappingProxyType(
    {
        "eligible": Label("eligible", "有资格参赛"),
        "ineligible": Label("ineligible", "没有资格参赛"),
        "review": Label("to be reviewed", "待审议"),
    }
)
SEVERITIES: Labels = MappingProxyType(
    {
        "error": Label("error", "不合规"),
        "review": Label("review", "待审议"),
        "warning": Label("warning", "提醒"),
    }
)
DECISIONS: Labels = MappingProxyType(
    {"confirm": Label("confirmed", "确认"), "dismiss": Label("dismissed", "排除")}
)
ROLES: Labels = MappingProxyType(
    {"primary": Label("primary", "主项目"), "other": Label("looks like it", "疑似相同")}
)
BASES: Labels = MappingProxyType(
    {
        "scores": Label("the score sheets of the expert group", "专家组评分"),
        "decision": Label("a recorded decision", "记录在案的决定"),
    }
)
SHORT_BASES: Labels = MappingProxyType(
    {"scores": Label("scores", "评分"), "decision": Label("decision", "决定")}
)
STATES: Labels = MappingProxyType(
    {"nominated": Label("nominated", "获得提名"), "unresolved": Label("unresolved", "待决")}
)
STANDINGS: Labels = MappingProxyType(
    {
        "honoured": Label("honoured", "受嘉奖"),
        "pool": Label("in the pool", "候选"),
        "tie": Label("tie, undecided", "并列待决"),
        "tie-resolved": Label("tie, decided", "并列已决"),
    }
)
CUT_NAMES: Labels = MappingProxyType(
    {
        "quota": Label("quota", "提名名额"),
        "honoured": Label("honoured", "受嘉奖"),
        "pool": Label("panel's pool", "候选"),
        "honoured-pool": Label("honoured and of the panel's pool", "受嘉奖和候选"),
        "winner": Label("winner", "获奖项目"),
    }
)
PHASES: Labels = MappingProxyType(
    {"announcement": Label("announcement of the winners at the ceremony", "颁奖典礼宣布获奖者")}
)
OTHER_PHASE = Label("opening of the phase “{id}”", "“{id}”阶段开始")
FIELDS: Labels = MappingProxyType(
    {
        "submission_id": Label("Submission", "项目编号"),
        "submitted_at": Label("Time of submission", "提交时间"),
    }
)
RULES: Labels = MappingProxyType(
    {
        "required-field": Label("Required boxes are filled in", "必填栏目是否填写"),
        "category": Label("One category of the contest", "所选类别"),
        "entity-type": Label("Stakeholder type", "利益攸关方类别"),
        "sdgs": Label("Sustainable Development Goals", "可持续发展目标"),
        "word-count": Label("Number of words", "字数"),
        "photo": Label("One photo", "照片"),
        "deadline": Label("Submission deadline", "提交截止日期"),
        "status": Label("Status of the work", "工作进展"),
        "language": Label("Language of the texts", "项目语文"),
        "sdg-examples": Label("Links to each goal named", "与所列可持续发展目标的联系"),
        "impact-figures": Label("Impact in figures", "定量影响"),
        "same-project": Label("The same project twice", "同一项目是否重复提交"),
        "past-winner": Label("Winner of an earlier contest", "以往大赛的获奖项目"),
        "organization-spelling": Label("Spelling of an organization", "机构名称的不同写法"),
        "withdrawn": Label("Withdrawn", "已撤回"),
        "one-per-entity": Label("One project per entity and category", "每个实体每个类别一个项目"),
    }
)
REASONS: Labels = MappingProxyType(
    {
        "malformed": Label("It cannot be read", "投票记录无法识别"),
        "repeated_row": Label("The same row stands there already", "投票记录重复"),
        "outside_window": Label("Cast before or after the voting", "不在投票时间内"),
        "unregistered": Label("The voter is no registered member", "投票者不是注册会员"),
        "incomplete_profile": Label("The voter's profile is incomplete", "会员信息不完整"),
        "not_nominated": Label("The project is not nominated", "项目未获提名"),
        "wrong_category": Label("The project is of another category", "类别不符"),
        "own_project": Label("For a project of the voter's own entity", "投给本实体的项目"),
        "incomplete_ballot": Label("The ballot leaves categories out", "未对所有类别投票"),
        "second_vote": Label("Not the member's one vote in the category", "同一类别重复投票"),
    }
)
