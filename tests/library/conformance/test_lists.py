from ..test_lists import *  # noqa: F403
