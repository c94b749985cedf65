"""Who is present, and whom *he*, *she*, *the chairman* or *my father* means, sentence by sentence.

An unnamed role counts like a name: in "The chairman came in. He rubbed his hands" *he* is the chairman, not whoever
was named before. A pronoun that may mean two people means nobody: no card is better than a wrong one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from import_scripts.found.names import Named, Person
    from import_scripts.found.segments import Sentence
    from import_scripts.found.words import Lexicon

_TOKEN: Final = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_DETERMINERS: Final = frozenset(
    """the a an my our his her their this that another one le la un une mon ma notre son sa leur ce cet cette el la un
    una mi nuestro nuestra su este esta ese esa aquel aquella""".split()
)
_OWN: Final = frozenset({"my", "our", "mon", "ma", "notre", "mi", "nuestro", "nuestra"})
_LATE: Final = re.compile(
    r"\b(?:it|this|that|he|she|c['’]|ce)\s*(?:was|is|était|est|fut|era|es)\s+(?:(?:the|le|la|el)\s+(?:[\w-]+\s+)?)?$",
    re.IGNORECASE,
)
_NAMED_AFTER: Final = re.compile(
    r"[^.;:!?]*\b(?:is|was|est|était|fut|es|era)\b(?:\s+|[^.;:!?]*,\s+)(?:[^\W\d_]+\.?\s+)?(?:named\s+|called\s+)?",
    re.IGNORECASE,
)
_NAMED_LAST: Final = re.compile(
    r"^[^.;:!?]{0,90}\b(?:was|were|is)\s+(?:(?:another|an?|the|our|my|also|one)\b[^.;:!?]{0,90}[,–—]\s*)?(?:[^\W\d_]+\.?\s+)?$"
)
_BE_AND: Final = re.compile(
    r"\b(?:is|was|were|sat|stood|lay|came|entered|était|étaient|era|eran|estaba)\s+(?:[^\W\d_]+\.?\s+)?$", re.IGNORECASE
)
_SAYS_WHAT: Final = re.compile(
    r"\s*,?\s*(?:(?:is|was|were|became|remained|seemed|est|était|fut|era|es|fue)\s+|also\s+|once\s+)*|,\s*|\s*[—–]\s*"
)
_I_ASKED: Final = re.compile(r"\s*(?:I|We)\b[^.;:]*\b(?:if|whether)\b[^.;:]*")
_LOOKS_AHEAD: Final = re.compile(r"[^.;:]*\b(?:his|her|son|sa|ses|su|sus)\b[^,.;:]*,\s+")
_FRONTED: Final = re.compile(
    r"\s*(?:(?:by|at|on|in|near|behind|beside|among|amongst|between|under|above|with|opposite|next|there|here|then|another|last|first|"
    r"près|devant|parmi|entre|junto|detrás|allí)\b)",
    re.IGNORECASE,
)
_COMPARED: Final = re.compile(
    r"\s*(?:like|unlike|besides|with|after|before|against|from|for|to|comme|avec|con|como)\s+(?:[^\W\d_]+\.?\s+)?",
    re.IGNORECASE,
)
_DESCRIBED_FIRST: Final = re.compile(
    r"(?:,|\s(?:of|in|with|by|from|without)\s)[^.;:!?]*[,)]\s(?:s?he)\s", re.IGNORECASE
)
_HAS_NO_VERB: Final = re.compile(
    r"(?!\s+[a-z]+ed\b)(?:(?!\b(?:is|was|were|had|has|came|comes|went|entered|stood|sat|rose|said|asked|told|took|ran|got|gave|made|stepped|walked|"
    r"appeared|approached|opened|met|spoke|began|who|I|we|me)\b).)*",
    re.DOTALL,
)
"""A description alone: "A short, stocky figure, with a big head set down in his shoulders."."""
_SAID_OF: Final = re.compile(
    r",\s+(?:he|she|il|elle)\s+(?:\w+\s+)?(?:said|thought|told|added|explained|believed|felt|remarked)\b"
)
_WHICH_ONE: Final = re.compile(r",?\s+(?:who|whom|whose|that|in|with|of|from|at|on|to|by)\b|\s+I\b")
_LATTER: Final = re.compile(r"the\s+(latter|former)\b(?!\s+[a-z]+(?:[’']s)\b)", re.IGNORECASE)
_PICTURE: Final = re.compile(r"\s*(?:imagine|picture|fancy|figurez-vous|imaginez|imaginad|figúrense)\b", re.IGNORECASE)
_LIKE_AN_ADJECTIVE: Final = re.compile(r" [a-z]")
_BY_NAME: Final = frozenset({"full", "surname", "given"})
_INDEFINITE: Final = frozenset({"a", "an", "another", "one", "un", "une", "una"})
_LONGEST_ROLE: Final = 4
"""Words between a determiner and the role it belongs to: "a tall thin old man"."""


@dataclass(eq=False)
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

    def __init__(
        self, text: str, words: Lexicon, named: Sequence[Named], quoted: Sequence[tuple[int, int]] = ()
    ) -> None:
        self._text = text
        self._words = words
        self._named = list(named)
        self._roles = words.roles | words.grammar["kin"]
        self._quoted = list(quoted)
        self._quoted_starts = [start for start, _ in self._quoted]
        self._present: list[Somebody] = []
        self._people: dict[int, Somebody] = {}
        self._number = 0
        self._focus: Somebody | None = None
        self._last_named: list[Somebody] = []
        """Whom the last sentence with names named, in order."""

    def read(self, sentences: Sequence[Sentence]) -> list[SceneSentence]:
        """Return what each sentence says of people."""
        found, at = [], 0
        for sentence in sentences:
            if not self._is_quoted(sentence.start + 1) or not self._is_quoted(sentence.end - 2):
                self._number += 1  # what is said between two sentences of the author's takes nobody away
            while at < len(self._named) and self._named[at].end <= sentence.start:
                at += 1
            here = []
            ahead = at
            while ahead < len(self._named) and self._named[ahead].start < sentence.end:
                here.append(self._named[ahead])
                ahead += 1
            one = self._sentence(sentence, here)
            found.append(one)
        return found

    # --- one sentence ------------------------------------------------------------------------------------------------

    def _sentence(self, sentence: Sentence, named: Sequence[Named]) -> SceneSentence:
        one = SceneSentence(sentence)
        grammar = self._words.grammar
        names = {name.start: name for name in named}
        quoted = self._has_quoted(sentence.start, sentence.end)
        he, she = grammar["he"], grammar["she"]
        tokens = [
            match
            for match in _TOKEN.finditer(self._text, sentence.start, sentence.end)
            if not quoted or not self._is_quoted(match.start())
        ]
        before_focus = self._focus
        position = 0
        while position < len(tokens):
            token = tokens[position]
            name = (
                next((names[start] for start in names if start <= token.start() < names[start].end), None)
                if names
                else None
            )
            if name is not None and _LIKE_AN_ADJECTIVE.match(self._text, name.end) and self._after_article(name.start):
                name = None  # "the Makhno movement" means no person
            if name is not None:
                who = self._known(name.person)
                previous = one.meant[-1] if one.meant else None
                if (
                    previous
                    and previous.how == "role"
                    and not previous.who.person
                    and self._apposed(previous.end, name.start)
                ):
                    self._merge(previous.who, who)
                    one.meant[-1] = Meant(previous.start, name.end, who, name.how)
                else:
                    who = self._late(one, name, who, before_focus)
                    one.meant.append(Meant(name.start, name.end, who, name.how))
                while position < len(tokens) and tokens[position].start() < name.end:
                    position += 1
                continue
            lower = token.group().lower()
            if lower == "the" and (which := _LATTER.match(self._text, token.start())):
                meant = self._latter(which)
                if meant is not None:
                    one.meant.append(meant)
                    position += 2
                    continue
            role_end = self._role(tokens, position) if lower in _DETERMINERS else 0
            if role_end:
                meant = self._role_meant(tokens, position, role_end, one)
                if meant is not None:
                    one.meant.append(meant)
                position = role_end
                continue
            sex = "m" if lower in he else "f" if lower in she else ""
            if sex:
                other, sure = self._pronoun(sex, one, before_focus)
                if other is not None:
                    one.meant.append(Meant(token.start(), token.end(), other, "pronoun", sure))
                else:
                    one.ambiguous = True
            position += 1
        one.subject = self._subject(one)
        for meant in one.meant:
            self._touch(meant.who)
        if one.subject is not None and not _SAID_OF.match(self._text, one.subject.end):
            self._focus = one.subject.who
        by_name = [meant.who for meant in one.meant if meant.how in _BY_NAME]
        if by_name:
            self._last_named = by_name
        return one

    def _latter(self, which: re.Match[str]) -> Meant | None:
        """Return whom "the latter" or "the former" means: the last or first named in the sentence before."""
        if not self._last_named:
            return None
        who = self._last_named[-1 if which[1].lower() == "latter" else 0]
        return Meant(which.start(), which.end(), who, "epithet", sure=len(self._last_named) < 3)

    def _has_quoted(self, start: int, end: int) -> bool:
        before = bisect_left(self._quoted_starts, end)
        return before > 0 and self._quoted[before - 1][1] > start

    def _is_quoted(self, at: int) -> bool:
        before = bisect_right(self._quoted_starts, at)
        return before > 0 and at < self._quoted[before - 1][1]

    def _after_article(self, at: int) -> bool:
        return (
            self._text[max(0, at - 4) : at].lower() in {"the ", " an "}
            or self._text[max(0, at - 3) : at].lower() == " a "
        )

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
        who.labels.add(role.label.lower().split()[-1])
        who.sex = who.sex or role.sex
        if role in self._present:
            self._present.remove(role)

    def _late(self, one: SceneSentence, name: Named, who: Somebody, focus: Somebody | None) -> Somebody:
        """Return whom a name means; late naming gives it to a role met before.

        "A lean man came out. It was Belov."; "The director was an excellent old man, General Belov."
        """
        role = None
        if not one.meant:
            unnamed = focus is not None and focus.person is None and focus.last >= self._number - 2
            if unnamed and _LATE.search(self._text[max(one.sentence.start, name.start - 32) : name.start]):
                role = focus
        else:
            first = one.meant[0]
            unnamed = first.how == "role" and first.who.person is None and first.start - one.sentence.start < 3
            if unnamed and _NAMED_AFTER.fullmatch(self._text, first.end, name.start):
                role = first.who
        if role is None or role.own or (role.sex and who.sex and role.sex != who.sex):
            return who
        self._merge(role, who)
        role.person, role.label, role.labels, role.sex = (
            name.person,
            name.person.name,
            role.labels | who.labels,
            who.sex or role.sex,
        )
        self._people[id(name.person)] = role
        return role

    def _role(self, tokens: Sequence[re.Match[str]], position: int) -> int:
        """Return the position after a role that begins here ("the old chairman", "my father"), else 0."""
        grammar = self._words.grammar
        roles = self._roles
        for ahead in range(position + 1, min(position + 2 + _LONGEST_ROLE, len(tokens))):
            word = tokens[ahead].group().lower()
            if self._text[tokens[ahead - 1].end() : tokens[ahead].start()].strip(" -,"):
                return 0
            if word in roles:
                following = tokens[ahead + 1].group() if ahead + 1 < len(tokens) else ""
                beside = bool(following) and self._text[tokens[ahead].end() : tokens[ahead + 1].start()] == " "
                if beside and following.lower() in roles:
                    continue
                if beside and word in grammar["like_an_adjective"] and self._is_noun(following):
                    return 0  # "our chief paper", "the German army": nobody
                return ahead + 1
            if word in _DETERMINERS or word in grammar["he"] or word in grammar["copula"] or word in grammar["between"]:
                return 0
        return 0

    def _is_noun(self, word: str) -> bool:
        """Whether a word after a role may be the noun it stands before: no verb, no small word, no name."""
        grammar = self._words.grammar
        small = word in grammar["person_verbs"] or word in grammar["between"] or word in grammar["copula"]
        said = "speech" in self._words.kinds_of(word)
        return word[0].islower() and not small and not said and not re.search(r"(?:ed|ly)$", word)

    def _role_meant(self, tokens: Sequence[re.Match[str]], position: int, end: int, one: SceneSentence) -> Meant | None:
        grammar = self._words.grammar
        role = tokens[end - 1].group().lower()
        first = tokens[position].group().lower()
        sex = "f" if role in grammar["roles_f"] or (role in grammar["kin"] and role in grammar["kin_f"]) else "m"
        start, stop = tokens[position].start(), tokens[end - 1].end()
        label = self._text[start:stop]
        if first in grammar["he"] | grammar["she"] and role in grammar["kin"] and one.meant:
            # "his father": somebody else than the one spoken of, and seldom in the scene.
            return None
        if role in grammar["only_indefinite"] and first not in _INDEFINITE:
            return None  # "the figure of", "his figure": nobody by themselves
        subject = one.meant[0] if one.meant else None
        if subject is not None and first in _INDEFINITE | {"the"} and self._says_what_they_are(subject, start):
            subject.who.labels.add(role)
            return None
        for somebody in reversed(self._present):
            if first not in _INDEFINITE and role in somebody.labels:
                return Meant(start, stop, somebody, "role")
        focus = self._focus
        if self._means_the_focus(tokens, position, end, one, sex):
            return Meant(start, stop, focus, "epithet", sure=first in _INDEFINITE) if focus else None
        if focus is not None and focus.person is not None and focus.sex in {"", sex}:
            if first in {"our", "this", "notre", "ce", "cet", "nuestro", "este", "ese"} and role not in grammar["kin"]:
                return Meant(start, stop, focus, "epithet")
            if first in _INDEFINITE and _PICTURE.match(self._text, one.sentence.start, start):
                return Meant(start, stop, focus, "epithet")
        after_of = self._text[max(one.sentence.start, start - 3) : start] in {"of ", " de"}
        if first in _INDEFINITE and (subject is not None or after_of):
            return None  # "he met an old man": nobody whom the next sentence would call *he* without saying so
        own = first in _OWN and role in grammar["kin"]
        return Meant(start, stop, Somebody(label, sex, None, own=own, labels={role}), "role")

    def _means_the_focus(
        self, tokens: Sequence[re.Match[str]], position: int, end: int, one: SceneSentence, sex: str
    ) -> bool:
        """Whether a description means the person just spoken of.

        "A solid, jolly man, with a fur hat on his head, he hurried …", "It tells the story of the man."
        """
        focus = self._focus
        if focus is None or focus.person is None or focus.sex not in {"", sex} or focus.last < self._number - 2:
            return False
        first, role = tokens[position].group().lower(), tokens[end - 1].group().lower()
        stop = tokens[end - 1].end()
        if first in _INDEFINITE:
            end = one.sentence.end
            described = _DESCRIBED_FIRST.match(self._text, stop, end) or _HAS_NO_VERB.fullmatch(self._text, stop, end)
            return not one.meant and described is not None
        if first not in {"the", "this", "that"} or role not in self._words.grammar["anybody"]:
            return False
        return _WHICH_ONE.match(self._text, stop, one.sentence.end) is None

    def _says_what_they_are(self, subject: Meant, start: int) -> bool:
        """Whether a role says what the subject is: "Pindy, a carpenter", "he was the editor"."""
        between = self._text[subject.end : start]
        return (
            re.fullmatch(
                r"\s*,?\s*(?:(?:is|was|were|became|remained|seemed|est|était|fut|era|es|fue)\s+|also\s+|once\s+)*|,\s*|\s*[—–]\s*",
                between,
            )
            is not None
        )

    def _pronoun(self, sex: str, one: SceneSentence, focus: Somebody | None) -> tuple[Somebody | None, bool]:
        """Whom a pronoun means: the subject of this sentence, the one spoken of before, else the only one who fits."""
        for meant in one.meant:
            if meant.how != "pronoun" and _COMPARED.fullmatch(self._text, one.sentence.start, meant.start):
                continue
            if meant.how in _BY_NAME and _SAID_OF.match(self._text, meant.end):
                continue  # "Shaw, he said, was a good man": somebody else says it
            if meant.who.sex in {"", sex}:
                meant.who.sex = meant.who.sex or sex
                return meant.who, meant.sure
        recent = [who for who in reversed(self._present) if who.sex in {"", sex} and who.last >= self._number - 4]
        if focus is not None and focus.sex in {"", sex} and focus.last >= self._number - 6:
            rivals = [who for who in recent if who is not focus and who.last >= max(focus.last, self._number - 1)]
            focus.sex = focus.sex or sex
            return focus, not rivals
        if not recent:
            return None, False
        nearest = recent[0]
        nearest.sex = nearest.sex or sex
        rivals = [who for who in recent[1:] if who.last >= self._number - 2]
        return nearest, not rivals and focus is not None  # without anybody spoken of before, *he* is a guess

    def _subject(self, one: SceneSentence) -> Meant | None:
        """Return whom the sentence is about: who stands first, but for names after *of*, *by*, *with*."""
        if not one.meant:
            return None
        first = one.meant[0]
        if _I_ASKED.fullmatch(self._text, one.sentence.start, first.start):
            return None  # "I asked whether Lvov had come. He replied": not Lvov
        names = [meant for meant in one.meant if meant.how in _BY_NAME]
        if (
            names
            and first.how in {"pronoun", "role"}
            and names[-1] is one.meant[-1]
            and _NAMED_LAST.search(self._text[one.sentence.start : names[-1].start])
            and re.match(r"\s*[.!…,;]", self._text[names[-1].end :][:3])
        ):
            return names[-1]  # "His counterpart was another Swiss, also a watchmaker, Markov."
        if (
            names
            and names[0] is not first
            and _FRONTED.match(self._text, one.sentence.start, first.start)
            and _BE_AND.search(self._text[max(one.sentence.start, names[0].start - 24) : names[0].start])
        ):
            return names[0]  # "By his side was Markov, an old printer …": who stands after the verb is spoken of
        if len(one.meant) > 1 and first.how == "pronoun" and one.meant[1].how in _BY_NAME:
            # "Idolised by his army, Makhno …": the pronoun looks ahead.
            before = self._text[one.sentence.start : one.meant[1].start]
            if (
                re.fullmatch(r"[^.;:]*\b(?:his|her|son|sa|ses|su|sus)\b[^,.;:]*,\s+", before)
                and first.start > one.sentence.start
            ):
                return one.meant[1]
        if first.how in _BY_NAME and one.ambiguous and _COMPARED.fullmatch(self._text, one.sentence.start, first.start):
            return None  # "Like Orlov he was stubborn": of somebody else, nobody knows whom
        if len(one.meant) > 1 and first.how in _BY_NAME:
            before = self._text[one.sentence.start : first.start]
            second = one.meant[1]
            if _COMPARED.fullmatch(before):
                return second
            if second.how != "pronoun" and re.fullmatch(
                r"\s*(?:\w+\s+){0,4}(?:of|by|with|to|from|for|like|than|against)\s+(?:\w+\s+)?", before
            ):
                return second
        return first

    def _touch(self, who: Somebody) -> None:
        who.last = self._number
        if who in self._present:
            self._present.remove(who)
        self._present.append(who)
        del self._present[:-12]
