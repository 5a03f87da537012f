"""Extract mentions of entities: candidates from gazetteer, patterns and the model, conflicts, canonical names."""
