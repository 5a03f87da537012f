from ..test_reviews import *  # noqa: F403
