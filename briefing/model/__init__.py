"""The words of the field as frozen types: what is read, what is found in it, what is said about it.

This room imports no other room. Every offset counts characters of :attr:`Source.text`, end exclusive.
"""
