"""Who won before."""

from wsisctl.contest.model import Contest
from wsisctl.demo.export import Export
from wsisctl.demo.mixer import Dice
from wsisctl.demo.real import names
from wsisctl.demo.real.gaps import Scene
from wsisctl.demo.real.projects import deadline, theme
from wsisctl.demo.real.size import Size
from wsisctl.demo.real.words import lists
from wsisctl.times import written

_COLUMNS = ("year", "category", "title", "entity", "country")


def past_winners(contest: Contest, size: Size) -> Export:
    """One winner a year and category."""
    this_year = int(written(deadline(contest), contest.zone)[:4])
    titles = past_titles(contest, size)
    types = tuple(contest.stakeholder_types)
    records = []
    for number, title in enumerate(titles):
        age, place = divmod(number, len(contest.categories))
        dice = Dice("past winner", contest.id, number)
        entity = names.entity(types, names.draw_country(dice), dice)
        records.append(
            {
                "year": this_year - 1 - age,
                "category": contest.categories[place].id,
                "title": title,
                "entity": entity.spelled(dice),
                "country": entity.country.code,
            }
        )
    return Export.of(_COLUMNS, records)


def past_titles(contest: Contest, size: Size) -> tuple[str, ...]:
    """Their titles: no two are equal, and none is that of an honest project by chance."""
    titles = list(lists("titles")["past"])
    for number in range(len(titles), len(contest.categories) * size.earlier_editions):
        dice = Dice("past title", contest.id, number)
        category = contest.categories[number % len(contest.categories)]
        country = names.draw_country(dice)
        scene = Scene(theme(contest, category), country, dice.pick(country.cities), 0)
        titles.append(f"{names.title(scene, dice).strip()} {_ROMAN[number % len(_ROMAN)]}")
    return tuple(dict.fromkeys(titles))


_ROMAN = ("I", "II", "III", "Plus", "Next", "Phase One")
