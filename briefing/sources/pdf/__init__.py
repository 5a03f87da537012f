"""PDF documents: from characters with places to paragraphs and tables."""
