from ..test_searches import *  # noqa: F403
