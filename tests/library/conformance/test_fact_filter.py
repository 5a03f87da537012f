from ..test_fact_filter import *  # noqa: F403
