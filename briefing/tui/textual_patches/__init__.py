"""Private parts of Textual, used or replaced, each with its reason."""
