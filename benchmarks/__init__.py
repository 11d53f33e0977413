"""Ratios against a named peer measured in the same run, on one data set (docs/benchmarks.md)."""
