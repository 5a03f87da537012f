"""The doctor: whether everything the program needs is there and well, and what to do where it is not."""
