"""Frozen data types shared by all rooms: sources, the facts found in them, comparisons, reviews, settings, progress.

This room imports no other room. Every offset counts characters of :attr:`Source.text`, end exclusive.
"""
