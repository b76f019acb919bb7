"""Benchmarks anyone can rerun: ``python3 dev.py bench NAME``. They print ratios and counts."""
