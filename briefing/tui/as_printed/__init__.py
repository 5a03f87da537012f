"""What is in sight as it stands in the file: pages of PDFs and scans, tables with aligned columns."""
