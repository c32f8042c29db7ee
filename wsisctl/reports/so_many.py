"""So many of something, in either language."""

from wsisctl.contest.model import Label
from wsisctl.wording import counted

NOMINEES = Label("nominee", "{number} 个项目")


def so_many(language: str, label: Label, number: int) -> str:
    """English knows one and many, Chinese a place for the number: `Label("vote", "{number} 票")`."""
    if language == "zh":
        return label.zh.format(number=number)
    return counted(number, label.en)
