"""The doctor: check everything the program needs, and say what to do where something is wrong."""
