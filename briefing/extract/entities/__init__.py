"""Mentions of entities: candidates from gazetteer, patterns and the model, conflicts settled, canonical names."""
