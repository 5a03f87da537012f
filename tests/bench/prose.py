"""Made-up news prose for the benchmarks: sentences of our own, filled with names, numbers and dates by chance.

English as a parser meets it, with quotes and who said them, counts of things and who has them, so that the language
model and our components find about as much in it as in a pile of wire reports. The same seed makes the same texts.
"""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_SEEDS: Final = Path(__file__).parents[2] / "seeds"
_NATIONS: Final = (
    "the United States", "Japan", "South Korea", "North Korea", "Germany", "Poland", "France", "Italy", "Norway",
    "Sweden", "Finland", "Turkey", "Greece", "Australia", "India", "Philippines", "Ukraine", "Romania", "Spain",
)  # fmt: skip
_ADJECTIVES: Final = (
    "American", "Japanese", "South Korean", "German", "Polish", "French", "Italian", "Norwegian", "Swedish", "Finnish",
    "Turkish", "Greek", "Australian", "Indian", "Philippine", "Ukrainian", "Romanian", "Spanish",
)  # fmt: skip
_SERVICES: Final = ("Air Force", "Navy", "Army", "Coast Guard", "Marine Corps", "Ministry of Defence", "General Staff")
_THINGS: Final = (
    "F-16 fighters", "B-52H bombers", "patrol boats", "Leopard 2 tanks", "destroyers", "cruise missiles", "troops",
    "soldiers", "sailors", "transport aircraft", "helicopters", "drones", "Patriot batteries", "artillery pieces",
    "F-35A jets", "submarines", "minesweepers", "armoured vehicles", "ballistic missiles", "tankers",
)  # fmt: skip
_NUMBERS: Final = (
    "two",
    "three",
    "four",
    "six",
    "a dozen",
    "about 20",
    "more than 300",
    "12",
    "24",
    "1,500",
    "40",
    "8",
)
_PLACES: Final = (
    "Guam", "Okinawa", "Ramstein Air Base", "the Baltic Sea", "Rzeszow", "Bodo", "the Yellow Sea", "Constanta",
    "the Black Sea", "Souda Bay", "Darwin", "Manila", "Gdansk", "Tromso", "the Sea of Japan", "Kadena Air Base",
)  # fmt: skip
_FIRST: Final = (
    "Anna", "Peter", "Maria", "John", "Kenji", "Olga", "Lars", "Elena", "Marek", "Ruth", "Samuel", "Ingrid", "Tomas",
    "Helen", "David", "Yuki", "Carlos", "Sofia", "Erik", "Nadia",
)  # fmt: skip
_LAST_START: Final = ("Hal", "Brod", "Kest", "Lind", "Mor", "Nak", "Ost", "Pel", "Rask", "Sorn", "Tor", "Vel", "Wark")
_LAST_END: Final = ("berg", "dale", "en", "er", "ford", "gren", "ic", "man", "ova", "sen", "son", "ski", "ura", "wick")
_RANKS: Final = ("General", "Admiral", "Colonel", "Defence Minister", "Captain", "Lieutenant General", "Major")
_TOPICS: Final = (
    "the exercise", "the deployment", "the agreement", "the new base", "air defence", "the port call", "the budget",
    "the rotation of forces", "maritime security", "the joint patrol", "the supply of ammunition", "the inspection",
)  # fmt: skip
_MONTHS: Final = ("January", "March", "April", "June", "July", "September", "October", "December")
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_SENTENCES: Final = (
    "{number} {things} from {nation} arrived at {place} on {day}, the {adjective} {service} said.",
    "{rank} {person} told reporters that {topic} would go on until the end of {month}.",
    "“We have seen what {topic} can do, and we will not step back from it,” {person} said.",
    "The {adjective} {service} sent {number} {things} to {place} after talks about {topic} broke down.",
    "According to a statement of the {adjective} {service}, {number} {things} took part in {topic} near {place}.",
    "It was not clear on {day} whether {nation} would agree to {topic}, although officials had spoken of progress.",
    "“This is a matter of months, not of years,” said {rank} {person}, who leads the {adjective} part of {topic}.",
    "Critics at home have called {topic} expensive and slow; supporters say that nothing else has worked so far.",
    "In {month} 2024 the two governments signed a paper on {topic}, and {number} {things} were ordered a week later.",
    "He added that {number} {things} had been moved from {place} to {place2} in the course of the night.",
    "Aid workers in {place} described long queues, broken roads and a harbour that had been closed since {day}.",
    "{nation} and {nation2} have trained together near {place} every year since 2011, mostly without much notice.",
    "“Nobody asked for {topic},” she said. “It was decided in {place}, and we heard of it from the newspapers.”",
    "A spokeswoman of the {adjective} {service} declined to say how many {things} would stay at {place}.",
    "The plan, first reported by the {adjective} press on {day}, foresees {number} {things} and a staff of 60.",
    "Analysts pointed out that {place} lies within reach of the {adjective} coast and is hard to defend in winter.",
    "Before that, {person} had served for nine years at {place}, where he was in charge of {topic}.",
    "{person} of the {adjective} parliament wrote that {topic} had cost $42 million in {month} alone.",
    "Two days earlier the {adjective} {service} had lost one of its {things} in bad weather off {place}.",
    "If the weather holds, the ships are to leave {place} on {day} and to meet the {adjective} group at sea.",
    "Residents said they had grown used to the noise, which begins before dawn and seldom ends before noon.",
    "The minister's office confirmed the visit, but gave no date and did not answer further questions by e-mail.",
)
_WORDS: Final = 300


class Prose:
    """Texts of about 300 words, one after the other."""

    def __init__(self, seed: int = 11) -> None:
        self.random = random.Random(seed)
        self.seeds = [path.read_text("utf-8") for path in sorted(_SEEDS.glob("*.txt"))]

    def texts(self, n: int, words: int = _WORDS) -> Iterator[str]:
        """So many texts; every twentieth is a sample of those that come with the program, with a line of its own."""
        for number in range(n):
            if number % 20 == 19:
                sample = self.seeds[number // 20 % len(self.seeds)].rstrip()
                yield f"{sample}\n\n{self._sentence({})} It was text {number}.\n"
            else:
                yield self.text(words)

    def text(self, words: int = _WORDS) -> str:
        """One text: a headline, a date line, paragraphs of two or three sentences."""
        pick = self.random.choice
        people = [self._name() for _ in range(3)]
        known = {"topic": pick(_TOPICS), "nation": pick(_NATIONS), "place": pick(_PLACES)}
        parts = [f"{pick(_ADJECTIVES)} {pick(_SERVICES)} on {known['topic']} near {known['place']}", "\n\n"]
        parts.append(f"By {self._name()}, {self.random.randint(1, 28)} {pick(_MONTHS)} 2025\n\n")
        have, sentence = 0, 0
        while have < words:
            said = self._sentence({**({} if self.random.random() < 0.6 else known), "person": pick(people)})
            have += len(said.split())
            sentence += 1
            parts.append(said + ("\n\n" if sentence % 3 == 0 else " "))
        return "".join(parts).rstrip() + "\n"

    def _sentence(self, known: dict[str, str]) -> str:
        pick = self.random.choice
        chosen = {
            "number": pick(_NUMBERS), "things": pick(_THINGS), "nation": pick(_NATIONS), "nation2": pick(_NATIONS),
            "place": pick(_PLACES), "place2": pick(_PLACES), "day": pick(_DAYS), "month": pick(_MONTHS),
            "adjective": pick(_ADJECTIVES), "service": pick(_SERVICES), "rank": pick(_RANKS), "topic": pick(_TOPICS),
            "person": self._name(),
        }  # fmt: skip
        said = pick(_SENTENCES).format(**{**chosen, **known})
        return said[0].upper() + said[1:]

    def _name(self) -> str:
        pick = self.random.choice
        return f"{pick(_FIRST)} {pick(_LAST_START)}{pick(_LAST_END)}"
