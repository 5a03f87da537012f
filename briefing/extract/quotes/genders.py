"""Tell the gender of the persons a document names by titles, given names and nouns beside them."""

import re
from collections import Counter

from briefing.extract.entities.doc_mentions import Mentions
from briefing.extract.lexicon.reporting_verbs import Reporting
from briefing.extract.nlp.token_columns import View


def genders_of(view: View, mentions: Mentions, words: Reporting) -> dict[str, str]:
    """Gender of each person by name: "m", "f" or an empty string.

    Args:
        view: The document's columns.
        mentions: Its mentions.
        words: Titles, given names and nouns that tell a gender.
    """
    votes: dict[str, Counter[str]] = {}
    for n, mention in enumerate(mentions.all):
        if mention.type != "PERSON":
            continue
        vote = votes.setdefault(str(mention.name), Counter())
        first, last = mentions.spans[n]
        for i in range(max(0, first - 1), last):
            word = view.words[i].lower().rstrip(".")
            vote["m"] += 5 * (word in words.male_titles) + 3 * (word in words.men)
            vote["f"] += 5 * (word in words.female_titles) + 3 * (word in words.women)
    for name, vote in votes.items():
        given = re.findall(r"[^\W\d_][\w’'-]+", name)
        if given:  # a lone word may be a surname: "Warren"
            sure = 4 if len(given) > 1 else 1
            vote["m"] += sure * (given[0] in words.male_names)
            vote["f"] += sure * (given[0] in words.female_names)
    return {name: ("m" if v["m"] > v["f"] else "f" if v["f"] > v["m"] else "") for name, v in votes.items()}
