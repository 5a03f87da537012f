"""Read a pile of sources in a terminal and come out with a checked, cited brief."""

__version__ = "0.2.0"
