from ..test_workspaces import *  # noqa: F403
