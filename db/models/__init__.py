"""The results of queries: plain frozen dataclasses that know neither SQL nor the screen.

Each is imported from its own module when first asked for: making a dataclass costs about half a millisecond, and the
first paint needs only a few of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from db.models.keys import GUIDE_EDITION, AnnotationKind, AnnotationState, Rating, ReviewKind, SearchKind

if TYPE_CHECKING:
    from db.models.annotation import Anchor, Annotation
    from db.models.candidate import Candidate, CandidateState
    from db.models.chronicle import CanonicalChapter, Counts, Event, Publication
    from db.models.citation import Citation
    from db.models.figure import (
        FIGURE_COLUMNS,
        FIGURE_FIELDS,
        Alias,
        Figure,
        FigureField,
        FigureName,
        FigureTraits,
        Tie,
    )
    from db.models.found import SearchHit
    from db.models.glance import Glance
    from db.models.link import LinkDecisions, NameSuggestion, UncertainMention
    from db.models.mention import Mention, MentionInContext, QuotationPlace
    from db.models.place import Place, ReadingPosition
    from db.models.quotation import Quotation
    from db.models.review import CardState, DayStudied, Review
    from db.models.term import ContentPage, Membership, Pronunciation, Term, TermAlias, TermMention
    from db.models.text import Chapter, Edition, Note, PageLabel, Passage, TextSummary

_MODULES: Final = {
    "annotation": "Anchor Annotation",
    "candidate": "Candidate CandidateState",
    "chronicle": "CanonicalChapter Counts Event Publication",
    "citation": "Citation",
    "figure": "FIGURE_COLUMNS FIGURE_FIELDS Alias Figure FigureField FigureName FigureTraits Tie",
    "found": "SearchHit",
    "glance": "Glance",
    "link": "LinkDecisions NameSuggestion UncertainMention",
    "mention": "Mention MentionInContext QuotationPlace",
    "place": "Place ReadingPosition",
    "quotation": "Quotation",
    "review": "CardState DayStudied Review",
    "term": "ContentPage Membership Pronunciation Term TermAlias TermMention",
    "text": "Chapter Edition Note PageLabel Passage TextSummary",
}
__all__ = [
    "FIGURE_COLUMNS",
    "FIGURE_FIELDS",
    "GUIDE_EDITION",
    "Alias",
    "Anchor",
    "Annotation",
    "AnnotationKind",
    "AnnotationState",
    "Candidate",
    "CandidateState",
    "CanonicalChapter",
    "CardState",
    "Chapter",
    "Citation",
    "ContentPage",
    "Counts",
    "DayStudied",
    "Edition",
    "Event",
    "Figure",
    "FigureField",
    "FigureName",
    "FigureTraits",
    "Glance",
    "LinkDecisions",
    "Membership",
    "Mention",
    "MentionInContext",
    "NameSuggestion",
    "Note",
    "PageLabel",
    "Passage",
    "Place",
    "Pronunciation",
    "Publication",
    "Quotation",
    "QuotationPlace",
    "Rating",
    "ReadingPosition",
    "Review",
    "ReviewKind",
    "SearchHit",
    "SearchKind",
    "Term",
    "TermAlias",
    "TermMention",
    "TextSummary",
    "Tie",
    "UncertainMention",
]
_WHERE: Final = {name: module for module, names in _MODULES.items() for name in names.split()}


def __getattr__(name: str) -> Any:  # what PEP 562 asks for
    """Import the module that holds a noun (PEP 562)."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"db.models.{_WHERE[name]}"), name)
