from ..test_other_scripts import *  # noqa: F403
