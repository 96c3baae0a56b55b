"""Playing the past through a watch: which alerts it would have sent, and when. Sends nothing, writes nothing."""
