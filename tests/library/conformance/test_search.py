from ..test_search import *  # noqa: F403
