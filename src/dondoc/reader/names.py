"""Under which names a register may hold the agency that a document names: completed, shortened, old and new."""

from __future__ import annotations

from datetime import date

from dondoc.reader.find.lexicon import fold, lexicon
from dondoc.reader.find.resolve import place_of, resolve, write_out
from dondoc.reader.model import Agency
from dondoc.reader.reform import ReformFact, Surety

__all__ = ["added_place", "agency_forms", "full_name", "new_form", "surety_of", "without_place", "write_out"]

# A paper of a department calls the department itself by the first word of its name.
_OF_THE_ISSUER = frozenset({"sở", "bộ", "ban", "cục", "chi cục", "tổng cục", "viện", "trung tâm", "phòng", "trường"})


def agency_forms(name: str, *, issuer: str | None, home: str | None, on: date | None) -> tuple[str, ...]:
    """The names to look an agency up by, the best first; the name as written is one of them where it can be meant.

    ``issuer`` is whose document names it ("Sở" is a department of the issuer's place), ``home`` the body whose
    register it is: there the place is often left out. ``on`` is the document's day: what had ended by then is sought
    under the name of what follows first, then under its own. A class of agencies or a person is sought as written.
    """
    written = " ".join(name.split())
    if issuer and fold(written) in _OF_THE_ISSUER and fold(issuer).startswith(f"{fold(written)} "):
        written = " ".join(issuer.split())
    agency = resolve(written, issuer=issuer or home, on=on)
    if agency.several or (agency.key is None and not agency.relative):
        return (written,)
    plain = agency.was or agency.name
    own = [] if _is_strange(agency, written, issuer, home) else [written]
    if agency.was is None:
        return _once(*own, *_shorter(plain, home))
    return _once(*_shorter(agency.name, home), *own, *_shorter(plain, home))


def new_form(name: str, *, issuer: str | None, home: str | None) -> str:
    """The name under which an unknown agency is entered: as written, but completed where another's paper names it."""
    written = " ".join(name.split())
    agency = resolve(written, issuer=issuer or home, on=None)
    return agency.name if _is_strange(agency, written, issuer, home) else written


def _is_strange(agency: Agency, written: str, issuer: str | None, home: str | None) -> bool:
    """Whether the name alone would mean another agency here: "Văn phòng" in a paper of the Government is not ours."""
    completed = fold(agency.was or agency.name) != fold(write_out(written)) and not agency.post and not agency.several
    return completed and bool(issuer) and place_of(issuer) != place_of(home)


def without_place(name: str, home: str | None) -> str:
    """A name without the place of the body whose register it is: "Sở Y tế tỉnh Hà Trung" is "Sở Y tế" in Hà Trung."""
    place = place_of(home)
    if place is None:
        return name
    for end in (f" {place[0]} {place[1]}", f" {place[1]}"):
        if fold(name).endswith(fold(end)):
            return name[: -len(end)]
    return name


def surety_of(fact: ReformFact, name: str) -> Surety:
    """How sure it is that a fact of the reform ended an agency of this name on its day.

    What is read of a place ("tỉnh Hậu Giang") is not read of each agency there: their day is to be checked.
    """
    of_a_place = not fact.open and fold(name) != fold(fact.old)
    return "day" if of_a_place and fact.surety == "read" else fact.surety


def added_place(name: str, *, home: str | None) -> str:
    """What `full_name` adds at the end of a name that leaves the register's own place out: " thành phố Cần Thơ"."""
    full, written = full_name(name, home=home), write_out(name)
    return full[len(written) :] if fold(full).startswith(fold(written)) else ""


def full_name(name: str, *, home: str | None) -> str:
    """A name of a register written out and with the place of the body whose register it is, where it names none."""
    agency = resolve(name, issuer=home, on=None)
    return write_out(name) if agency.several or agency.post or agency.key is None else agency.name


def _shorter(name: str, home: str | None) -> list[str]:
    """A name, without the place of the register's own body, and each of these with a usual short form in it."""
    place = place_of(home)
    forms = [name, without_place(name, home)]
    if place is not None and fold(name).endswith(fold(f" {place[0]} {place[1]}")):
        bare = name[: -len(f" {place[0]} {place[1]}")]
        forms += [f"{bare} {place[1]}", f"{bare} {place[0]}"]
    short = [
        form.replace(full, abbreviation)
        for form in forms
        for abbreviation, full in lexicon().abbreviations.items()
        if full in form
    ]
    return [*forms, *short]


def _once(*forms: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form for form in forms if form))
