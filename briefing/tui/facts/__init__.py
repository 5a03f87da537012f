"""Facts in the reader: their fields, drafts of new ones, and what is known of one."""
