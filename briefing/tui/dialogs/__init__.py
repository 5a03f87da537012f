"""Dialogs: screens that ask for something and answer with a value."""
