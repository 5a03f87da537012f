"""Words of pictures: pages of scans and photographs, recognised on this machine."""
