"""Spreadsheets and tables as text."""
