"""What the full-text indexes of a library hold beside what they find: ``overwritten`` of the table ``removal``.

What is taken out by its words alone stays in them until they are merged.
"""

from typing import Final

SOME: Final = 1
"""Sources as they were before they were extracted anew, perhaps."""
TO_MERGE: Final = 2
"""Something that is to stay in no file: the removal is not finished."""
ONCE: Final = 3
"""Nothing."""
TO_SETTLE: Final = 4
"""Nothing; but what was cut out of them may still stand in the log of changes."""
REPLACED: Final = {ONCE: SOME, TO_SETTLE: TO_MERGE}
"""What becomes of these once something is taken out by its words alone."""
