"""Sayings: direct speech with who says it, by sieves from the surest to the least sure.

A tag names the speaker ("said Lvov"), a clause before the words does ("Lvov rose: …"), the speaker of the paragraph
goes on, or two speakers take turns. Words quoted inside the author's own sentence, titles, slogans, letters and
placards are told apart.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from import_scripts.found.segments import word_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from import_scripts.found.book import ReadBook, ReadChapter
    from import_scripts.found.marks import Quoted
    from import_scripts.found.scene import Meant, Somebody
    from import_scripts.found.words import Lexicon

How: TypeAlias = Literal["tag", "before", "action", "same", "turn", "narrator", "role", "group", ""]
AUTHOR: Final = "I"
_CLAUSE: Final = re.compile(
    r"[;:…]|\b(?:whereupon|while|when|until|whilst|quand|lorsque|cuando|mientras)\b|, (?:but|and)\b(?= [A-Z]| s?he\b)"
)
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_STOP: Final = re.compile(
    r"[;:!?…]|(?<!\bProf)(?<!\bDr)(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bSt)(?<!\bGen)(?<!\bCol)(?<!\bCapt)(?<!\b[A-Z])\."
)
_OTHERS: Final = frozenset({"i", "we", "they", "je", "nous", "ils", "yo", "nosotros"})
_LONGEST_TAG: Final = 140
_TAG_WORDS: Final = 7
CARD: Final = 0.8
"""Confidence from which a saying becomes a card."""
UNASKED: Final = 0.9
"""Confidence from which it goes into the deck without being asked about."""
SHORTEST: Final = 3
LONGEST: Final = 120
_MARK: Final = 2
"""Characters of an opening mark before the words of a paragraph of speech."""
_TELLS: Final = 0.6
"""Confidence from which a tag tells whose turns a dialogue has."""
_TOLD_TWICE: Final = 0.88
_TOLD: Final = 0.82
_TOLD_ONCE: Final = 0.8
_GUESS: Final = 0.6
_ENDS: Final = frozenset(",.!?;:…—-")


@dataclass(frozen=True, slots=True)
class Saying:
    """Direct speech: its parts by offsets, the speaker (`I` is the author, None is not told) and how sure that is."""

    chapter: int
    parts: tuple[tuple[int, int], ...]
    speaker: str | None
    key: str
    named: bool
    how: How
    confidence: float
    fragment: bool = False
    written: bool = False
    addressee: str | None = None

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.parts[0][0]

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.parts[-1][1]


@dataclass
class _Turn:
    """Words of one speaker in one paragraph, while speakers are looked for."""

    quotes: list[Quoted]
    who: Somebody | None = None
    author: bool = False
    how: How = ""
    confidence: float = 0.0
    fragment: bool = False
    written: bool = False
    group: bool = False
    alone: bool = False
    addressee: Somebody | None = None
    to_author: bool = False


def find_sayings(book: ReadBook) -> list[Saying]:
    """Return the sayings of a book, the surest first."""
    found = [
        saying
        for number, chapter in enumerate(book.chapters)
        for saying in _Speakers(book.words, number, chapter).find()
    ]
    return sorted(found, key=lambda saying: (-saying.confidence, saying.chapter, saying.start))


_Party: TypeAlias = "tuple[Somebody | None, bool]"
"""Who speaks: somebody, or the author."""


class _Speakers:
    """Tells who speaks in one chapter."""

    def __init__(self, words: Lexicon, number: int, chapter: ReadChapter) -> None:
        self._words = words
        self._number = number
        self._chapter = chapter
        self._text = chapter.text
        self._meant = [meant for scene in chapter.scenes for meant in scene.meant]
        self._starts = [meant.start for meant in self._meant]
        self._quoted_at = [one.start for one in chapter.quotes]
        self._named_at = [named.start for named in chapter.named]
        self._somebody = {id(meant.who.person): meant.who for meant in self._meant if meant.who.person}

    def _meant_in(self, start: int, end: int) -> list[Meant]:
        return self._meant[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def find(self) -> list[Saying]:
        turns = self._turns()
        self._take_turns(turns)
        return [self._saying(turn) for turn in turns]

    # --- cutting -----------------------------------------------------------------------------------------------------

    def _turns(self) -> list[_Turn]:
        turns: list[_Turn] = []
        by_paragraph: dict[int, list[Quoted]] = {}
        for one in self._chapter.quotes:
            by_paragraph.setdefault(one.paragraph, []).append(one)
        for paragraph, quotes in by_paragraph.items():
            here: list[_Turn] = []
            for number, one in enumerate(quotes):
                previous = quotes[number - 1] if number else None
                following = quotes[number + 1] if number + 1 < len(quotes) else None
                turn = self._tagged(one, previous, following, paragraph)
                last = here[-1] if here else None
                if last is not None and not turn.fragment and not last.fragment and self._goes_on(last, turn, one):
                    last.quotes.append(one)
                    if turn.confidence > last.confidence:
                        last.addressee, last.to_author = turn.addressee, turn.to_author
                        last.who, last.author, last.how, last.confidence = (
                            turn.who,
                            turn.author,
                            turn.how,
                            turn.confidence,
                        )
                    continue
                here.append(turn)
            for turn in here[1:]:
                first = here[0]
                if not turn.how and not turn.fragment and first.how and not first.fragment:
                    factor = 0.95 if self._nobody_else(first, turn) else 0.7
                    turn.who, turn.author, turn.how, turn.confidence = (
                        first.who,
                        first.author,
                        "same",
                        first.confidence * factor,
                    )
            turns += here
        return turns

    def _nobody_else(self, first: _Turn, turn: _Turn) -> bool:
        """Whether only the speaker is meant between two stretches of speech in a paragraph."""
        start, end = first.quotes[-1].end, turn.quotes[0].start
        others = [meant for meant in self._meant_in(start, end) if meant.who is not first.who]
        between = self._text[start:end]
        words = {word.lower() for word in _WORD.findall(between)}
        return not others and end - start < 160 and not words & (self._words.grammar["group"] | _OTHERS)

    def _goes_on(self, last: _Turn, turn: _Turn, one: Quoted) -> bool:
        """Whether words go on after a tag, as in: “I know,” said Lvov, “that it is so.”."""
        between = self._text[last.quotes[-1].end : one.start]
        if word_count(between) > 14:
            return False
        narrated = self._text[last.quotes[-1].end - 1] in ".!?…" and between.lstrip(' ”"’»')[:1].isupper()
        if narrated and between.rstrip(' “"‘«').endswith((":", ",")):
            return False  # “… plotting.” He grew thoughtful, then added: “…”
        same = turn.who is last.who or turn.who is None or last.who is None
        if turn.how and last.how and turn.author != last.author:
            same = False
        return same and not re.search(r"[.!?]\s+[^\W\d_a-z][^.!?]{25,}[.:]\s", between)

    # --- tags --------------------------------------------------------------------------------------------------------

    def _tagged(self, one: Quoted, previous: Quoted | None, following: Quoted | None, paragraph: int) -> _Turn:
        part = self._chapter.parts[paragraph]
        left = previous.end + 1 if previous else part.start
        right = following.start - 1 if following else part.end
        before = self._text[left : max(left, one.start - 1)]
        after_start = min(one.end + 1, right)
        after = self._text[after_start : min(right, after_start + _LONGEST_TAG)]
        turn = _Turn([one])
        turn.alone = not _WORD.search(before) and not _WORD.search(after)
        words = word_count(self._text[one.start : one.end])
        opens = self._text[one.start]
        comes_in_clause = bool(before.strip()) and before.rstrip()[-1:] not in ":,—–.!?…;”»-)"
        turn.fragment = (
            (opens.islower() and previous is None and comes_in_clause)
            or (comes_in_clause and (words <= 4 or opens.islower()))
            or self._coined(before)
            or (words <= 3 and self._text[one.end - 1] not in ".!?…,—" and comes_in_clause)
        )
        turn.written = self._is_written(before)
        last = list(_WORD.finditer(before))[-1:]
        if last and self._says(last[0].group()) and before.rstrip()[-1:] in ",:":
            self._before(turn, before, left, has_previous=previous is not None)
        if turn.confidence < 0.9:
            self._after(turn, after, after_start)
        if not turn.how and not self._goes_on_small(after):
            self._before(turn, before, left, has_previous=previous is not None)
        if not turn.how and previous is None and not _WORD.search(before):
            self._led_in(turn, paragraph)
        return turn

    def _led_in(self, turn: _Turn, paragraph: int) -> None:
        """A paragraph of the author's that ends with a colon: whoever "whispers:" there speaks in the next."""
        if not paragraph:
            return
        part = self._chapter.parts[paragraph - 1]
        lead = self._text[part.start : part.end].rstrip(" —–-")
        if lead.endswith(":") and not self._is_written(lead) and not self._quoted_in(part.end - 60, part.end):
            self._before(turn, lead, part.start, has_previous=False)

    def _quoted_in(self, start: int, end: int) -> bool:
        before = bisect_left(self._quoted_at, end)
        return before > 0 and self._chapter.quotes[before - 1].end > start

    def _goes_on_small(self, after: str) -> bool:
        """Whether the sentence goes on after the quoted words, which are then a part of it: “…” floated over them."""
        following = after.lstrip()[:1]
        return following.islower()

    def _coined(self, before: str) -> bool:
        last = [word.lower() for word in _WORD.findall(before)[-4:]]
        return not before.rstrip().endswith(":") and any("coined" in self._words.kinds_of(word) for word in last)

    def _is_written(self, before: str) -> bool:
        sentence = re.split(r"(?<=[.!?])\s", before)[-1] if before.strip() else ""
        words = [word.lower() for word in _WORD.findall(sentence)[-12:]]
        return (
            sum("written" in self._words.kinds_of(word) for word in words) >= 1
            and before.rstrip()[-1:] == ":"
            and not any(word in {"said", "cried", "shouted", "replied", "answered"} for word in words)
        )

    def _says(self, word: str) -> bool:
        return "speech" in self._words.kinds_of(word.lower())

    def _verb(self, tokens: Sequence[re.Match[str]]) -> re.Match[str] | None:
        """Return the first verb of saying, unless it is passive: who "was told" does not speak."""
        for at, token in enumerate(tokens):
            if self._says(token.group()) and not (
                at
                and tokens[at - 1].group().lower() in self._words.grammar["passive"]
                and not token.group().endswith("ing")
            ):
                return token
        return None

    def _after(self, turn: _Turn, after: str, offset: int) -> None:
        """A tag after the words: “…,” said Lvov."""
        if turn.quotes[0].style == "dash":
            return
        if re.match(r"\s*[—–-]?\s*$", after) or not after.strip():
            return
        clause = _STOP.split(after.lstrip(" ,—–-"), maxsplit=1)[0]
        shift = len(after) - len(after.lstrip(" ,—–-"))
        if cut := _CLAUSE.search(clause):
            clause = clause[: cut.start()]
        tokens = list(_WORD.finditer(clause))[: _TAG_WORDS + 4]
        verb = self._verb(tokens[:_TAG_WORDS])
        if verb is None:
            if any(self._says(token.group()) for token in tokens[:_TAG_WORDS]):
                turn.group, turn.how, turn.confidence = True, "group", 0.9  # "he was told": by somebody
            return
        first = tokens[0].group()
        subject = first.lower() in self._words.subjects or self._names_somebody(offset + shift + tokens[0].start())
        ends = self._text[turn.quotes[0].end - 1]
        small = first.lower() in self._words.subjects and first != "I"
        if first[0].isupper() and (ends == "." or (ends in "!?…" and (small or not subject))):
            return  # a new sentence that says what happened next
        reach = next((token.end() for token in tokens if token.start() > verb.end() + 30), len(clause))
        self._speaker(turn, clause[:reach], offset + shift, verb.start(), verb.end(), "tag")

    def _before(self, turn: _Turn, before: str, offset: int, *, has_previous: bool) -> None:
        """A clause before the words: Lvov answered: “…”; or a sentence of what the speaker did."""
        stripped = before.rstrip(" \n—–")
        if not _WORD.search(stripped):
            return
        at = max((match.end() for match in re.finditer(r"[.!?…][”’»\"]?\s+(?=[\w“])", stripped)), default=0)
        sentence = stripped[at:]
        ends = stripped[-1]
        tokens = list(_WORD.finditer(sentence))
        if has_previous and at == 0 and tokens and not self._text[turn.quotes[0].start].isupper():
            return
        verb = next((token for token in reversed(tokens[-16:]) if self._says(token.group())), None)
        if (
            verb is not None
            and (place := tokens.index(verb))
            and tokens[place - 1].group().lower() in self._words.grammar["passive"]
            and not verb.group().endswith("ing")
        ):
            return
        if verb is not None and (ends in ":," or len(tokens) - tokens.index(verb) <= 4):
            self._speaker(turn, sentence, offset + at, verb.start(), verb.end(), "before")
        elif ends == ":" or (ends in ".!" and not has_previous):
            self._speaker(turn, sentence, offset + at, 0, len(sentence), "action", weaker=0.92 if ends == ":" else 0.84)

    def _names_somebody(self, at: int) -> bool:
        before = bisect_right(self._starts, at)
        return before > 0 and at < self._meant[before - 1].end

    def _speaker(
        self, turn: _Turn, clause: str, offset: int, verb_start: int, verb_end: int, how: How, weaker: float = 1.0
    ) -> None:
        """Who speaks in a clause with a verb of saying: the nearest before the verb, else the first after it."""
        grammar = self._words.grammar
        people = self._meant_in(offset, offset + len(clause))
        plain = [(match.start(), match.group().lower()) for match in _WORD.finditer(clause)]
        before_verb = [(at, word) for at, word in plain if at < verb_start]
        after_verb = [(at, word) for at, word in plain if at >= verb_end]
        if how == "action":
            chosen = people[0] if people else None
            if chosen is not None and self._oblique(chosen):
                chosen, weaker = people[0], 0.6
            if chosen is not None and chosen.start - offset > 40:
                weaker = min(weaker, 0.6)
            if any(word in {"i", "we", "je", "nous", "yo"} for _, word in plain[:3]) and (
                chosen is None or plain[0][1] in {"i", "we"}
            ):
                self._author(turn, how, 0.6)
                return
        else:
            left = [meant for meant in people if meant.end - offset <= verb_start]
            right = [
                meant for meant in people if meant.start - offset >= verb_end and meant.start - offset - verb_end < 30
            ]
            subject_i = any(word in {"i", "je", "yo"} for _, word in before_verb[-3:]) or any(
                word in {"i", "je", "yo"} for _, word in after_verb[:1]
            )
            if subject_i and not any(meant.start - offset > _last(before_verb, {"i", "je", "yo"}) for meant in left):
                self._author(turn, how, 0.95)
                return
            nominative = [meant for meant in left if not self._oblique(meant)]
            if (
                before_verb
                and before_verb[-1][1] in {"he", "she"}
                and not any(meant.start - offset == before_verb[-1][0] for meant in left)
            ):
                return  # "He asked about Lvov: …": whoever *he* is, not Lvov
            if how == "before":
                cut = max((match.end() for match in _CLAUSE.finditer(clause, 0, verb_start)), default=0)
                nominative = [meant for meant in nominative if meant.start - offset >= cut] or nominative
            right = [meant for meant in right if not self._oblique(meant)]
            subject_word = before_verb[-1][1] if before_verb else ""
            if subject_word in grammar["group"] | {"they", "we", "ils", "elles", "nous"}:
                turn.group, turn.how, turn.confidence = True, "group", 0.9
                return
            chosen = (
                nominative[0]
                if nominative and how == "before"
                else (nominative[-1] if nominative else (right[0] if right else None))
            )
            words_left = {word for _, word in before_verb[-4:]} | (
                {word for _, word in after_verb[:3]} if not left else set()
            )
            if chosen is None and words_left & (grammar["group"] | grammar["they"]):
                turn.group, turn.how, turn.confidence = True, "group", 0.9
                return
        if chosen is None:
            return
        sure = (0.97 if chosen.how in {"full", "surname", "given"} else 0.86 if chosen.sure else 0.5) * weaker
        if chosen.how == "pronoun" and self._other_spoken_of(turn, chosen):
            sure = min(sure, 0.6)
        if chosen.who.person is None:
            sure = min(sure, 0.9)
        if how != "action":
            turn.addressee, turn.to_author = self._addressee(clause, offset, verb_end, people, chosen)
        if sure > turn.confidence:
            turn.who, turn.how, turn.confidence, turn.author = chosen.who, how, sure, False

    def _other_spoken_of(self, turn: _Turn, chosen: Meant) -> bool:
        """Whether *he* may be another: the sentence before told what its subject did to *him*."""
        start = turn.quotes[0].start
        part = self._chapter.parts[turn.quotes[0].paragraph]
        before = self._text[max(part.start, start - 220) : start - 1].rstrip(' “"«‘')
        if chosen.start < start:
            before = self._text[max(part.start, chosen.start - 160) : chosen.start]
        sentence = re.split(r"(?<=[.!?…])\s+", before)[-1] if before.strip() else ""
        words = {word.lower() for word in _WORD.findall(sentence)}
        return bool(words & {"him", "lui"}) if chosen.who.sex == "m" else False

    def _addressee(
        self, clause: str, offset: int, verb_end: int, people: Sequence[Meant], speaker: Meant
    ) -> tuple[Somebody | None, bool]:
        """Return to whom something is said, and whether it is the author: "said Lvov to Ivin", "asked me"."""
        after = clause[verb_end : verb_end + 40]
        if re.match(r"\s+(?:to\s+)?(?:me|us)\b", after):
            return None, True
        if re.match(r"\s+(?:\w+\s+)?(?:\w+\s+)?to\s+(?:me|us)\b", after):
            return None, True
        for meant in people:
            if meant.start - offset < verb_end or meant.who is speaker.who or meant.start - offset - verb_end > 40:
                continue
            between = clause[verb_end : meant.start - offset]
            if re.fullmatch(r"\s+", between) or re.fullmatch(r"[\s\w]*\bto\s+", between):
                return meant.who, False
        return None, False

    def _oblique(self, meant: Meant) -> bool:
        """Whether somebody is no subject here: *him*, *his*, after a preposition, a possessive."""
        word = self._text[meant.start : meant.end].lower()
        if meant.how == "pronoun" and word in {
            "him",
            "his",
            "her",
            "hers",
            "himself",
            "herself",
            "lui",
            "son",
            "sa",
            "le",
        }:
            return True
        before = self._text[max(0, meant.start - 12) : meant.start].lower()
        after = self._text[meant.end : meant.end + 2]
        return re.search(
            r"\b(?:to|of|from|with|at|by|for|about|against|after|over|like|than|on|told|asked|à|de|con|a)\s+$", before
        ) is not None or after in {
            "’s",
            "'s",
        }

    def _author(self, turn: _Turn, how: How, confidence: float) -> None:
        if confidence > turn.confidence:
            turn.author, turn.who, turn.how, turn.confidence = True, None, how, confidence

    # --- turns -------------------------------------------------------------------------------------------------------

    def _take_turns(self, turns: Sequence[_Turn]) -> None:
        """Give untagged paragraphs of a dialogue to the two who speak in turn."""
        spoken = [turn for turn in turns if not turn.fragment and not turn.written]
        for run in self._dialogues(spoken):
            self._alternate(run)

    def _dialogues(self, spoken: Sequence[_Turn]) -> list[list[_Turn]]:
        """Return the runs of paragraphs that are speech, each by one speaker, with nothing told between them."""
        runs: list[list[_Turn]] = []
        last = -2
        for turn in spoken:
            paragraph = turn.quotes[0].paragraph
            opens = turn.quotes[0].start - self._chapter.parts[paragraph].start <= _MARK
            if opens and paragraph == last + 1:
                runs[-1].append(turn)
            elif opens and paragraph > last:
                runs.append([turn])
            elif paragraph == last and runs:
                runs.append([])  # a second speaker in one paragraph: whose turn comes next cannot be told
            last = paragraph
            if not opens:
                runs.append([])
        return [run for run in runs if len(run) > 1]

    def _alternate(self, run: Sequence[_Turn]) -> None:
        """Fill the gaps of a dialogue of two: each has every second turn, as far as all that is told agrees."""
        sides: list[list[_Party]] = [[], []]
        for at, turn in enumerate(run):
            if (turn.who or turn.author) and turn.confidence >= _TELLS:
                sides[at % 2].append((turn.who, turn.author))
            named = self._addressed(turn)
            if named is not None:
                sides[1 - at % 2].append((named, False))
            elif turn.to_author:
                sides[1 - at % 2].append((None, True))
        for side, other in ((0, 1), (1, 0)):
            known, opposite = set(sides[side]), set(sides[other])
            if len(known) != 1 or known & opposite or len(opposite) > 1:
                continue
            who, author = known.pop()
            sure = _TOLD_TWICE if len(sides[side]) > 1 and opposite else _TOLD if len(sides[side]) > 1 else _TOLD_ONCE
            if not opposite and len(sides[side]) == 1:
                sure = _GUESS
            for turn in run[side::2]:
                if not turn.how or (turn.confidence < sure and turn.who in {who, None} and not turn.group):
                    turn.who, turn.author, turn.how, turn.confidence = who, author, turn.how or "turn", sure

    def _addressed(self, turn: _Turn) -> Somebody | None:
        """Return the named person whom the words speak to: "Yes, Lvov, I believe you."."""
        for one in turn.quotes:
            first = bisect_left(self._named_at, one.start)
            for named in self._chapter.named[first : bisect_left(self._named_at, one.end)]:
                before = self._text[max(one.start, named.start - 2) : named.start]
                after = self._text[named.end : min(one.end, named.end + 1)]
                if (before == ", " and (after in _ENDS or not after)) or (not before.strip() and after in {",", "!"}):
                    return self._somebody.get(id(named.person))
        return None

    def _saying(self, turn: _Turn) -> Saying:
        who = turn.who
        speaker = AUTHOR if turn.author else (who.name if who else None)
        person = who.person if who else None
        to = turn.addressee.name if turn.addressee else None
        return Saying(
            chapter=self._number,
            parts=tuple((one.start, one.end) for one in turn.quotes),
            speaker=speaker,
            key=person.key if person else "",
            named=person is not None,
            how="role" if who and person is None else turn.how,
            confidence=round(turn.confidence, 3) if speaker else 0.0,
            fragment=turn.fragment,
            written=turn.written,
            addressee=AUTHOR if turn.to_author else to,
        )


def _last(words: Sequence[tuple[int, str]], wanted: set[str]) -> int:
    return max((at for at, word in words if word in wanted), default=-1)


def is_card(saying: Saying, text: str) -> bool:
    """Whether a saying would become a card: a named speaker told surely, whole words of a good length."""
    words = sum(word_count(text[start:end]) for start, end in saying.parts)
    return (
        saying.named
        and not saying.fragment
        and not saying.written
        and saying.confidence >= CARD
        and SHORTEST <= words <= LONGEST
    )


def in_deck(saying: Saying, text: str) -> bool:
    """Whether a saying is sure enough to be learnt without being asked about: its speaker is named in the tag."""
    return is_card(saying, text) and saying.confidence >= UNASKED
