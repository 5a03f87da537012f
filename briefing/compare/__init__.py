"""What several sources say of one claim: agreement, contradiction, altered quotations, copies."""
