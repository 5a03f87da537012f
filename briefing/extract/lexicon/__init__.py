"""The lexicon files: reading, checking, merging with the user's, and the word lists built from them."""
