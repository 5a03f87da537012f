"""PDF documents: from positioned characters to paragraphs and tables."""
