"""The benchmarks: `make bench` prints ratios measured in one run and keeps the figures."""
