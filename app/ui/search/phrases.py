"""Phrases: a search in words, for a title, a summary and a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from app.library.rows import PhotoSearch
from app.ui.search.dates import days_in_words, tr
from app.ui.search.grammar import everyone, read, with_people
from app.ui.search.known import Known, labels
from app.ui.search.tokens import quoted

Say = Callable[[str], str]


def in_words(search: PhotoSearch, names: Mapping[int, str], known: Known) -> str:
    """Anna & Ben without Carl, 2017 to 2019, in Holiday. Typed into the search field, it means
    this search again: where a name would be misread, names stand in quotes."""
    search = _plainer(search)
    plain = _in_words(search, names, known, str)
    is_typable = all(known.names.get(names.get(one, "")) == one for one in everyone(search))
    if not is_typable or read(plain, known).search == search:
        return plain
    return _in_words(search, names, known, quoted)


def called(person: int, names: Mapping[int, str]) -> str:
    """The name of somebody, or words for somebody without one."""
    return names.get(person) or tr("Unnamed person")


def folder_label(folder: Path, known: Known) -> str:
    """What a directory is called."""
    return known.labels.get(folder) or labels([folder])[folder]


def people_in_words(search: PhotoSearch, names: Mapping[int, str], say: Say = str) -> str:
    """Only Anna & Ben without Carl; empty where the search names nobody."""
    search = _plainer(search)
    both = [say(called(one, names)) for one in search.all_of]
    either = [say(called(one, names)) for one in search.any_of]
    parts = [_listed(both), f" {tr('or')} ".join(either)]
    text = f" {tr('with')} ".join(part for part in parts if part)
    if search.only:
        text = f"{tr('only')} {text}" if text else tr("nobody")
    if search.none_of:
        out = _listed([say(called(one, names)) for one in search.none_of])
        text = f"{text} {tr('without')} {out}".strip()
    return text


def summary(search: PhotoSearch, names: Mapping[int, str]) -> str:
    """with Anna, Ben · one of Carl, Dora · without Emil; who is in the photos and who is not."""
    parts = [
        f"{word} {', '.join(called(one, names) for one in people)}"
        for word, people in (
            (tr("with"), search.all_of),
            (tr("one of"), search.any_of),
            (tr("without"), search.none_of),
        )
        if people
    ]
    return " · ".join(parts)


def sentence(search: PhotoSearch, names: Mapping[int, str], known: Known) -> str:
    """No photo shows Anna & Ben together in 2019."""
    who = people_in_words(search, names)
    if len(search.all_of) > 1 and not (search.any_of or search.none_of or search.only):
        who = tr("{0} together").format(who)
    text = tr("No photo shows {0}").format(who) if who else tr("There is no photo")
    return text + _when_and_where(search, known) + "."


def _plainer(search: PhotoSearch) -> PhotoSearch:
    """The same with everybody in `all_of` where there is only one to choose from."""
    if len(search.any_of) != 1:
        return search
    return with_people(search, search.any_of[0], "all_of")


def _when_and_where(search: PhotoSearch, known: Known) -> str:
    days, text = days_in_words((search.since, search.until)), ""
    if days and search.since is not None and search.until is not None:
        has_two = f" {tr('to')} " in days
        text = f" {tr('from') if has_two else tr('in')} {days}"
    elif days:
        text = f" {days}"
    if search.folder is not None:
        text += f" {tr('in')} {folder_label(search.folder, known)}"
    return text


def _in_words(search: PhotoSearch, names: Mapping[int, str], known: Known, say: Say) -> str:
    who = people_in_words(search, names, say)
    begins_with_name = bool(search.all_of or search.any_of) and not search.only
    days = days_in_words((search.since, search.until))
    if days and say is quoted:
        days = f"{tr('in')} {days}"  # somebody may be called 2019
    where = ""
    if search.folder is not None:
        where = f"{tr('in')} {say(folder_label(search.folder, known))}"
    parts = [part for part in (who, days, where) if part]
    text = ", ".join(parts)
    return text if begins_with_name else text[:1].upper() + text[1:]


def _listed(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return " & ".join([", ".join(names[:-1]), names[-1]])


def looser(search: PhotoSearch, names: Mapping[int, str]) -> list[tuple[str, PhotoSearch]]:
    """What could be left out of a search, in words, and what is left of it then."""
    found: list[tuple[str, PhotoSearch]] = []
    if search.since is not None or search.until is not None:
        found.append((tr("the dates"), replace(search, since=None, until=None)))
    if search.folder is not None:
        found.append((tr("the folder"), replace(search, folder=None)))
    if search.only and everyone(search):
        found.append((tr("“only”"), replace(search, only=False)))
    for person in everyone(search):
        rest = with_people(search, person, "")
        if not everyone(rest) or (person in search.any_of and rest.any_of):
            continue  # nobody would be left; one of several to choose from narrows nothing
        words = called(person, names)
        is_out = person in search.none_of
        found.append((tr("“without {0}”").format(words) if is_out else words, rest))
    return found
