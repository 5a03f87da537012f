"""The operator rules, in the order in which they are asked.

From the surest to the weakest: a name inside the count ("two Norwegian F-35As") or right behind it ("from the 28th Bomb
Wing"), the owner before it ("Russia's two carriers"), another member of the same list, the subject of a verb of having
or sending, a label at the head of the line, the side that is struck, the same type elsewhere in the text, the lexicon's
only user that the text names, the text's own side and the one it fights.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from briefing.extract.counts.candidates import Draft
from briefing.extract.counts.operator_adjacent import Stated
from briefing.extract.counts.operator_agents import Agents
from briefing.extract.counts.operator_candidates import Owners
from briefing.extract.counts.operator_deals import Deals
from briefing.extract.counts.operator_elsewhere import Elsewhere
from briefing.extract.counts.operator_frames import Framed
from briefing.extract.counts.operator_holders import Holders
from briefing.extract.counts.operator_home import Home, home_of
from briefing.extract.counts.operator_targets import Opponents, Sides
from briefing.extract.nlp.token_columns import View
from briefing.extract.rule import Rule


class Readers:
    """The readers of one document that the rules ask."""

    def __init__(self, view: View, owners: Owners, drafts: list[Draft]) -> None:
        self.drafts = drafts
        owners.take_home(home_of(owners))
        self.home = Home(view, owners)
        self.agents = Agents(view, owners, drafts)
        self.stated = Stated(view, owners, self.agents)
        self.sides = Sides(view, owners, drafts, self.agents)
        self.deals = Deals(view, owners, drafts)
        self.framed = Framed(view, owners, drafts)
        self.holders = Holders(view, owners, self.agents)
        self.opponents = Opponents(owners, self.holders, self.sides)
        self.elsewhere = Elsewhere(view, owners, drafts, self.agents, self.sides)


def _anything(readers: Readers, draft: Draft) -> bool:  # noqa: ARG001
    """Every count."""
    return True


def _no_civilians(readers: Readers, draft: Draft) -> bool:  # noqa: ARG001
    """Things, and people that only armed forces have."""
    return draft.thing.category != "personnel" or draft.thing.fielded


def _civilians(readers: Readers, draft: Draft) -> bool:
    """People of no profession of arms."""
    return not _no_civilians(readers, draft)


def _armed(readers: Readers, draft: Draft) -> bool:
    """What nations, services and armed groups field, crews apart."""
    crews = readers.stated.lists.flying_crews
    return _no_civilians(readers, draft) and draft.thing.fielded and draft.thing.key not in crews


OwnerRule = Rule[[Readers, Draft], str]
_SENDER: Final[OwnerRule] = Rule(
    "sender", lambda o, d: o.agents.sender(d), "high",
    (("The Royal Navy has sent two minehunters to the Gulf.", "Royal Navy"),
     ("Iran fired about 200 ballistic missiles on Tuesday.", "Iran")),
)  # fmt: skip
_HOLDER: Final[OwnerRule] = Rule(
    "holder", lambda o, d: o.holders.holder(d), "medium",
    (("The Mission for Talan has 40 observers. It employs 12 drivers.", "Mission for Talan"),),
)  # fmt: skip
_LIST: Final[OwnerRule] = Rule(
    "list", lambda o, d: o.elsewhere.list(d), "medium",
    (("Three U.S. Navy cruisers and two frigates sailed.", "U.S. Navy"),),
)  # fmt: skip
_GOES_ON: Final[OwnerRule] = Rule(
    "same as before", lambda o, d: o.elsewhere.goes_on(d), "medium",
    (("Nine Chinese ships came on Monday. Four of the ships left.", "China"),),
)  # fmt: skip
_SAME_NAME: Final[OwnerRule] = Rule(
    "same name", lambda o, d: o.elsewhere.same_name(d), "medium",
    (("Two Swedish Gripens left. Later two Gripens returned.", "Sweden"),),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """Rules that are run together over the counts that are ``of`` a sort, and what is done ``then``."""

    rules: tuple[OwnerRule, ...]
    of: Callable[[Readers, Draft], bool]
    then: Callable[[Readers], None] | None = None


STEPS: Final[tuple[Step, ...]] = (
    Step(
        (
            Rule("of many", lambda o, d: o.stated.many(d), "medium", ()),
            Rule(
                "force inside", lambda o, d: o.stated.force_inside(d), "high",
                (("Three Royal Navy frigates joined.", "Royal Navy"),),
            ),
            Rule(
                "named inside", lambda o, d: o.stated.inside(d), "high",
                (("Three Norwegian F-35As joined.", "Norway"),),
            ),
            Rule(
                "named behind", lambda o, d: o.stated.behind(d), "high",
                (("Nine vessels of the PLA Navy were seen.", "People's Liberation Army Navy"),),
            ),
            Rule(
                "named before", lambda o, d: o.stated.before(d), "high",
                (("Russia's two newest frigates sailed.", "Russia"),),
            ),
        ),
        _anything,
        lambda o: o.elsewhere.prepare(),
    ),
    Step(
        (
            Rule(
                "belongs", lambda o, d: o.framed.belongs(d), "high",
                (("Two tugs belonged to the Chilean Navy.", "Chilean Navy"),
                 ("All nine jets on the apron are Danish.", "Denmark")),
            ),
            Rule(
                "gapped", lambda o, d: o.framed.gapped(d), "high",
                (("Sweden took part with six jets, Finland with four helicopters.", "Finland"),
                 ("Two jets are Dutch, and Berlin sent two helicopters -- Rome one tanker.", "Italy")),
            ),
        ),
        _anything,
    ),
    Step(
        (
            Rule(
                "opponent", lambda o, d: o.opponents.opponent(d), "medium",
                (("Fighting the army of Kenya, Al-Shabaab fled. Its men shot down two drones.", "Kenya"),),
            ),
        ),
        _anything,
    ),
    Step(
        (
            Rule(
                "its", lambda o, d: o.holders.its(d), "medium",
                (("Chile sent help. Two of its helicopters were hit.", "Chile"),),
            ),
        ),
        _anything,
    ),
    Step(
        (
            Rule(
                "buyer", lambda o, d: o.deals.buyer(d), "medium",
                (("The sale of two tugs to Chile is off.", "Chile"),
                 ("The yard delivered two tugs to the Chilean Navy.", "Chilean Navy")),
            ),
        ),
        _no_civilians,
    ),
    Step((_SENDER, _HOLDER), _civilians),
    Step(
        (
            _GOES_ON,
            Rule("several", lambda o, d: o.framed.several(d), "medium", ()),
            Rule(
                "apposed", lambda o, d: o.framed.apposed(d), "medium",
                (("Two vessels, BRP Tala and BRP Lapu, were hit.", "Philippines"),),
            ),
            Rule(
                "container", lambda o, d: o.framed.container(d), "medium",
                (("A Chilean flotilla of three ships is expected.", "Chile"),
                 ("An Argentine Navy helicopter with four people on board was lost.", "Argentine Navy")),
            ),
        ),
        _anything,
    ),
    Step(
        (
            _LIST,
            _SENDER,
            _HOLDER,
            Rule(
                "downed", lambda o, d: o.opponents.downed(d, o.home), "medium",
                (("The frigate shot down two drones near the port. Hezbollah said nothing.", "Hezbollah"),),
            ),
            Rule(
                "label", lambda o, d: o.stated.label(d), "high",
                (("* POLAND: 12 T-72M1 and 40 lorries.\n* SPAIN: 20 T-72M2.", "Poland"),),
            ),
            Rule(
                "struck", lambda o, d: o.sides.struck(d), "medium",
                (("Strikes against ISIL went on. Near Mosul, one strike destroyed two vehicles.", "ISIL"),),
            ),
        ),
        _no_civilians,
    ),
    Step(
        (
            _SAME_NAME,
            Rule(
                "type", lambda o, d: o.elsewhere.of_type(d), "medium",
                (("The Finnish Air Force said Russian aircraft came close. The first was an Il-20M.", "Russia"),),
            ),
            _GOES_ON,
            _SENDER,
            Rule(
                "same sort", lambda o, d: o.elsewhere.same_sort(d), "medium",
                (("Three Dutch frigates lay in port. Two air defence frigates had sailed before.", "Netherlands"),),
            ),
            _LIST,
        ),
        _armed,
    ),
    Step(
        (
            Rule(
                "member", lambda o, d: o.home.member(d), "medium",
                (("The Swedish Air Force met at Luleå. Two Airmen spoke.", "Swedish Air Force"),),
            ),
            Rule(
                "own side", lambda o, d: "" if o.elsewhere.crowd(d) else o.home.own_side(d), "medium",
                (("The Kenyan army sent help to Lamu. Nine soldiers had been killed there.", "Kenya"),),
            ),
            Rule(
                "other side", lambda o, d: o.home.other_side(d, o.sides.struck_ones()), "medium",
                (("Hezbollah fled. Ten militants were killed.", "Hezbollah"),),
            ),
            Rule(
                "losses", lambda o, d: o.home.losses(d, o.drafts), "medium",
                (("The Kenyan army lost a post. Nine soldiers were wounded and four lorries were burnt.", "Kenya"),),
            ),
            Rule(
                "ship's company", lambda o, d: o.home.company(d), "medium",
                (("The Italian frigate Fasan sailed. With some 170 sailors aboard, it is due on Monday.", "Italy"),),
            ),
        ),
        _anything,
    ),
    Step(
        (
            Rule(
                "subject", lambda o, d: o.elsewhere.subject(d, o.holders), "medium",
                (("Israel was on alert as 60 jets waited.", "Israel"),),
            ),
        ),
        _armed,
    ),
    Step(
        (
            Rule(
                "title", lambda o, d: o.elsewhere.titled(d), "medium",
                (("Airline to buy nine jets\n\nLufthansa said it would buy nine jets.", "Lufthansa"),),
            ),
        ),
        _anything,
    ),
    Step(
        (
            Rule("about", lambda o, d: o.elsewhere.about(d), "low", ()),
            Rule(
                "headline", lambda o, d: o.elsewhere.headline(d), "low",
                (("Kenyan ships at sea\n\nTwo frigates left on Monday. Norway and Sweden watched.", "Kenya"),),
            ),
            _LIST,
        ),
        _armed,
    ),
)  # fmt: skip
"""Whose the counted things are, from the surest rules to the weakest."""
