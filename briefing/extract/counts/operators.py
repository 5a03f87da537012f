"""Run the operator rules: the nation or service that owns, flies or fields what is counted."""

from briefing.extract.counts.calibration import kind_of, least, trusted
from briefing.extract.counts.candidates import Draft
from briefing.extract.counts.operator_candidates import Owners
from briefing.extract.counts.owner_rules import STEPS, OwnerRule, Readers
from briefing.extract.nlp.token_columns import View


class Operators:
    """Runs the operator rules over one document's counts; ``drafts`` in order of their place."""

    def __init__(self, view: View, owners: Owners, drafts: list[Draft], without: frozenset[str] = frozenset()) -> None:
        self.drafts = drafts
        self.without = without
        self.readers = Readers(view, owners, drafts)

    def resolve(self) -> None:
        """Set the operator of every draft that has one, and lower its confidence where it is inferred."""
        for step in STEPS:
            rules = [rule for rule in step.rules if rule.name not in self.without]
            drafts = [d for d in self.drafts if not d.operator and not d.nobodys and step.of(self.readers, d)]
            self._to_the_end(rules, drafts)
            if step.then is not None:
                step.then(self.readers)

    def _to_the_end(self, rules: list[OwnerRule], drafts: list[Draft]) -> None:
        """Run the rules in order; after one that finds something the first is asked again, until none does."""
        place = 0
        while place < len(rules):
            rule = rules[place]
            found = [draft for draft in drafts if not draft.operator and self._ask(rule, draft)]
            place = 0 if found and place else place + 1

    def _ask(self, rule: OwnerRule, draft: Draft) -> bool:
        name = rule.apply(self.readers, draft)
        if draft.nobodys and not draft.owner_by:
            draft.owner_by = rule.name
        if name:
            self._learn(draft, name, rule)
        return bool(name)

    def _learn(self, draft: Draft, name: str, rule: OwnerRule) -> None:
        draft.operator = name
        draft.owner_by = rule.name
        earned = trusted(kind_of(draft.thing.category), rule.name, rule.confidence)
        draft.confidence = least(draft.confidence, earned)
        self.readers.elsewhere.note(draft)
