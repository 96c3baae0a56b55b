"""What is said and how it looks: words for facts, messages within Discord's limits, console and HTML previews."""
