"""Extract quotations: their marks, their attribution, and who the speaker is."""
