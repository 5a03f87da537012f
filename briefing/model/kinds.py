"""Names of entity types, fact kinds and verdicts: lists and searches need these, and start without pydantic."""

from typing import Literal

EntityType = Literal[
    "PERSON", "ORG", "NATION", "PLACE", "AIRCRAFT", "SHIP", "VEHICLE", "WEAPON", "EVENT", "DATE", "QUANTITY", "MONEY"
]
ENTITY_TYPES: tuple[EntityType, ...] = (
    "PERSON", "ORG", "NATION", "PLACE", "AIRCRAFT", "SHIP", "VEHICLE", "WEAPON", "EVENT", "DATE", "QUANTITY", "MONEY",
)  # fmt: skip
Category = Literal["aircraft", "ship", "personnel", "munition", "vehicle", "other"]
ParticipantKind = Literal["nation", "organisation", "person", "unit"]
SpeakerKind = Literal["person", "organisation", "document"]
FactKind = Literal["count", "participant", "quote"]
ReviewState = Literal["unreviewed", "accepted", "rejected", "edited", "unsure"]
Confidence = Literal["high", "medium", "low"]
"""How far a rule is trusted: ``high`` states it outright, ``medium`` infers it, ``low`` guesses from what is near."""
Format = Literal[
    "text", "markdown", "html", "pdf", "docx", "odt", "epub", "rtf", "mail", "feed", "mhtml",
    "csv", "xlsx", "pptx", "subtitles", "chat", "reference", "picture",
]  # fmt: skip
