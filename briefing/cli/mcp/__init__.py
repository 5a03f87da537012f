"""The library for other programs that speak the Model Context Protocol: read only, over standard input and output."""
