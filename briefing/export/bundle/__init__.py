"""A brief with its sources and verdicts in one file: a zip in BagIt layout, verified by hash, imported by others."""

from briefing.export.bundle.bag import Bag, open_bag
from briefing.export.bundle.contents import BundledSource, bundled_sources
from briefing.export.bundle.packing import bundle

__all__ = ["Bag", "BundledSource", "bundle", "bundled_sources", "open_bag"]
