"""Gold data, metrics, reports and benchmarks that show what the product is worth."""
