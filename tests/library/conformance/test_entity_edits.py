from ..test_entity_edits import *  # noqa: F403
