"""The brief for other programs: reference managers, FollowTheMoney, maps, word processors."""
