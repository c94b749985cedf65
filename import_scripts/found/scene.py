"""Who is present, and whom *he*, *she*, *the chairman* or *my father* means, sentence by sentence.

An unnamed role counts like a name: in "The chairman came in. He rubbed his hands" *he* is the chairman, not whoever was named
before. A pronoun that may mean two people means nobody: no card is better than a wrong one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from import_scripts.found.names import Named, Person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from import_scripts.found.segments import Sentence
    from import_scripts.found.words import Lexicon

_TOKEN: Final = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_DETERMINERS: Final = frozenset(
    """the a an my our his her their this that another one le la un une mon ma notre son sa leur ce cet cette el la un una mi
    nuestro nuestra su este esta ese esa aquel aquella""".split()
)
_OWN: Final = frozenset({"my", "our", "mon", "ma", "notre", "mi", "nuestro", "nuestra"})
_LATE: Final = re.compile(r"\b(?:it|this|that|he|she)\s+(?:was|is)\s+$", re.IGNORECASE)
_LONGEST_ROLE: Final = 4
"""Words between a determiner and the role it belongs to: "a tall thin old man"."""


@dataclass
class Somebody:
    """Somebody in a scene: a named person, or an unnamed one by their role ("the chairman")."""

    label: str
    sex: str = ""
    person: Person | None = None
    own: bool = False
    """Kin of the author ("my father"): a person without a name."""
    labels: set[str] = field(default_factory=set)
    last: int = 0
    """Number of the sentence in which they were last meant."""

    @property
    def name(self) -> str:
        """The name where there is one, else the role."""
        return self.person.name if self.person else self.label


@dataclass(frozen=True, slots=True)
class Meant:
    """A stretch that means somebody: offsets, who, and how (full, surname, given, pronoun, role)."""

    start: int
    end: int
    who: Somebody
    how: str
    sure: bool = True


@dataclass
class SceneSentence:
    """What a sentence says of people: everybody meant, in order, and whom it is about."""

    sentence: Sentence
    meant: list[Meant] = field(default_factory=list)
    subject: Meant | None = None
    ambiguous: bool = False


class Scene:
    """Follows a chapter from sentence to sentence."""

    def __init__(self, text: str, words: Lexicon, named: Sequence[Named], quoted: Sequence[tuple[int, int]] = ()) -> None:
        self._text = text
        self._words = words
        self._named = list(named)
        self._quoted = list(quoted)
        self._present: list[Somebody] = []
        self._people: dict[int, Somebody] = {}
        self._number = 0
        self._focus: Somebody | None = None

    def read(self, sentences: Sequence[Sentence]) -> list[SceneSentence]:
        """Return what each sentence says of people."""
        found, at = [], 0
        paragraph = -1
        for number, sentence in enumerate(sentences):
            self._number = number
            while at < len(self._named) and self._named[at].end <= sentence.start:
                at += 1
            here = []
            ahead = at
            while ahead < len(self._named) and self._named[ahead].start < sentence.end:
                here.append(self._named[ahead])
                ahead += 1
            one = self._sentence(sentence, here, new_paragraph=sentence.paragraph != paragraph)
            paragraph = sentence.paragraph
            found.append(one)
        return found

    # --- one sentence ------------------------------------------------------------------------------------------------

    def _sentence(self, sentence: Sentence, named: Sequence[Named], *, new_paragraph: bool) -> SceneSentence:
        one = SceneSentence(sentence)
        grammar = self._words.grammar
        names = {name.start: name for name in named}
        tokens = [
            match for match in _TOKEN.finditer(self._text, sentence.start, sentence.end) if not self._is_quoted(match.start())
        ]
        before_focus = self._focus
        position = 0
        while position < len(tokens):
            token = tokens[position]
            name = next((names[start] for start in names if start <= token.start() < names[start].end), None)
            if name is not None:
                who = self._known(name.person)
                previous = one.meant[-1] if one.meant else None
                if previous and previous.how == "role" and not previous.who.person and self._apposed(previous.end, name.start):
                    self._merge(previous.who, who)
                    one.meant[-1] = Meant(previous.start, name.end, who, name.how)
                else:
                    self._late(one, name, who, before_focus)
                    one.meant.append(Meant(name.start, name.end, who, name.how))
                while position < len(tokens) and tokens[position].start() < name.end:
                    position += 1
                continue
            lower = token.group().lower()
            role_end = self._role(tokens, position)
            if role_end:
                meant = self._role_meant(tokens, position, role_end, one)
                if meant is not None:
                    one.meant.append(meant)
                position = role_end
                continue
            sex = "m" if lower in grammar["he"] else "f" if lower in grammar["she"] else ""
            if sex:
                who, sure = self._pronoun(sex, one, before_focus)
                if who is not None:
                    one.meant.append(Meant(token.start(), token.end(), who, "pronoun", sure))
                else:
                    one.ambiguous = True
            position += 1
        one.subject = self._subject(one)
        for meant in one.meant:
            self._touch(meant.who)
        if one.subject is not None:
            self._focus = one.subject.who
        return one

    def _is_quoted(self, at: int) -> bool:
        return any(start <= at < end for start, end in self._quoted)

    def _known(self, person: Person) -> Somebody:
        who = self._people.get(id(person))
        if who is None:
            who = self._people[id(person)] = Somebody(person.name, person.sex, person)
            who.labels = set(person.titles)
        return who

    def _apposed(self, end: int, start: int) -> bool:
        """Whether a role and a name stand side by side: "The Mayor, Petrov", "the old printer Markov"."""
        return re.fullmatch(r",?\s+(?:of\s+\w+,\s+)?", self._text[end:start]) is not None

    def _merge(self, role: Somebody, who: Somebody) -> None:
        who.labels.add(role.label)
        who.sex = who.sex or role.sex
        if role in self._present:
            self._present.remove(role)

    def _late(self, one: SceneSentence, name: Named, who: Somebody, focus: Somebody | None) -> None:
        """Late naming: "A lean man came out. It was Belov." names the one just described."""
        if focus is None or focus.person is not None or focus.last < self._number - 1 or one.meant:
            return
        if _LATE.search(self._text[max(one.sentence.start, name.start - 16) : name.start]):
            focus.person, focus.label = name.person, name.person.name
            self._merge(focus, who)
            focus.labels |= who.labels

    def _role(self, tokens: Sequence[re.Match[str]], position: int) -> int:
        """Return the position after a role that begins here ("the old chairman", "my father"), else 0."""
        first = tokens[position].group()
        if first.lower() not in _DETERMINERS:
            return 0
        grammar = self._words.grammar
        roles = grammar["roles_m"] | grammar["roles_f"] | grammar["kin"]
        for ahead in range(position + 1, min(position + 2 + _LONGEST_ROLE, len(tokens))):
            word = tokens[ahead].group().lower()
            if self._text[tokens[ahead - 1].end() : tokens[ahead].start()].strip(" -,"):
                return 0
            if word in roles:
                following = tokens[ahead + 1].group().lower() if ahead + 1 < len(tokens) else ""
                if following in roles and not self._text[tokens[ahead].end() : tokens[ahead + 1].start()].strip(" "):
                    continue
                return ahead + 1
            if word in _DETERMINERS or word in grammar["he"] or word in grammar["copula"]:
                return 0
        return 0

    def _role_meant(
        self, tokens: Sequence[re.Match[str]], position: int, end: int, one: SceneSentence
    ) -> Meant | None:
        grammar = self._words.grammar
        role = tokens[end - 1].group().lower()
        first = tokens[position].group().lower()
        sex = "f" if role in grammar["roles_f"] or (role in grammar["kin"] and role in grammar["kin_f"]) else "m"
        start, stop = tokens[position].start(), tokens[end - 1].end()
        label = self._text[start:stop]
        if first in grammar["he"] | grammar["she"] and role in grammar["kin"] and one.meant:
            # "his father": somebody else than the one spoken of, and seldom in the scene.
            return None
        subject = one.meant[0] if one.meant else None
        between = self._text[subject.end : start] if subject is not None else ""
        if subject is not None and first in {"a", "an", "un", "une", "una", "the"} and (
            re.fullmatch(r"\s*,?\s*(?:(?:is|was|were|became|remained|seemed|est|était|fut|era|es|fue)\s+|also\s+)*", between)
            or re.fullmatch(r",\s*", between)
        ):
            subject.who.labels.add(role)
            return None  # "Pindy, a carpenter": says what they are, names nobody else
        if role[0] != tokens[end - 1].group()[0] and first == "the" and self._focus is not None and self._focus.person:
            return Meant(start, stop, self._focus, "role")  # "The Commissar": an office of somebody named
        for somebody in reversed(self._present):
            if role in {word.lower() for word in somebody.labels} | {somebody.label.lower()} and first not in {"a", "an", "another", "un", "une", "una"}:
                return Meant(start, stop, somebody, "role")
        somebody = Somebody(label, sex, None, own=first in _OWN, labels={role})
        return Meant(start, stop, somebody, "role")

    def _pronoun(self, sex: str, one: SceneSentence, focus: Somebody | None) -> tuple[Somebody | None, bool]:
        """Whom a pronoun means: the subject of this sentence, the one spoken of before, else the only one who fits."""
        for meant in one.meant:
            if meant.who.sex in {"", sex}:
                meant.who.sex = meant.who.sex or sex
                return meant.who, meant.sure
        recent = [who for who in reversed(self._present) if who.sex in {"", sex} and who.last >= self._number - 4]
        if focus is not None and focus.sex in {"", sex} and focus.last >= self._number - 6:
            rivals = [who for who in recent if who is not focus and who.last >= self._number - 1]
            focus.sex = focus.sex or sex
            return focus, not rivals
        if not recent:
            return None, False
        nearest = recent[0]
        nearest.sex = nearest.sex or sex
        rivals = [who for who in recent[1:] if who.last >= self._number - 2]
        return nearest, not rivals

    def _subject(self, one: SceneSentence) -> Meant | None:
        """Whom the sentence is about: who stands first, but for names after *of*, *by*, *with* before a later subject."""
        if not one.meant:
            return None
        first = one.meant[0]
        if len(one.meant) > 1 and first.how in {"full", "surname", "given"}:
            before = self._text[one.sentence.start : first.start]
            second = one.meant[1]
            if re.fullmatch(r"\s*(?:\w+\s+){0,4}(?:of|by|with|to|from|for|like|than|against)\s+(?:\w+\s+)?", before) and second.how != "pronoun":
                return second
        return first

    def _touch(self, who: Somebody) -> None:
        who.last = self._number
        if who in self._present:
            self._present.remove(who)
        self._present.append(who)
        del self._present[:-12]
