"""Extract persons: spans of their names, titles and appositions, and which names are one person."""
