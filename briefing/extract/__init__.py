"""Sources to mentions and facts. Importing this package does not import spaCy; its pipeline modules do."""
