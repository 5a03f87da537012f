from ..test_entities_cards import *  # noqa: F403
