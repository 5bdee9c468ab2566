"""Reports in the making: their sections and passages, who wrote which sentence, what agencies reported for them."""

from dondoc.office.queries.compilations.earlier import last_issued
from dondoc.office.queries.compilations.offers import Offer, offers
from dondoc.office.queries.compilations.owners import owners, owners_of
from dondoc.office.queries.compilations.rows import (
    CompilationRow,
    NoSuchCompilation,
    Overwritten,
    PassageRow,
    SectionRow,
    Source,
    VersionRow,
    compilation,
    compilations,
    of_office,
    passage_of,
    section_of,
)

__all__ = [
    "CompilationRow",
    "NoSuchCompilation",
    "Offer",
    "Overwritten",
    "PassageRow",
    "SectionRow",
    "Source",
    "VersionRow",
    "compilation",
    "compilations",
    "last_issued",
    "of_office",
    "offers",
    "owners",
    "owners_of",
    "passage_of",
    "section_of",
]
