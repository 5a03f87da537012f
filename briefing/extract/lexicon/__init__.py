"""The lexicon files as data: read, checked, merged with the user's, and the word lists built from them."""
