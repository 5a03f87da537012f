"""The brief for other programs: reference managers, graphs of people and bodies, maps, word processors."""
