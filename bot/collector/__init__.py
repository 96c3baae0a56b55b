"""The collector: fetches feeds and articles politely and safely, and decides what their answers mean."""
