"""Text recognition in pictures: pages of scans and photographs, on this machine."""
