from ..test_files import *  # noqa: F403
