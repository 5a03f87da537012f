from ..test_suggest import *  # noqa: F403
