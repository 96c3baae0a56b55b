-- The bitcoin network's figures as last read from a live source; the capacity model falls back to dated defaults.
CREATE TABLE network_figures (
    name TEXT PRIMARY KEY,              -- price_usd, difficulty, fee_btc_per_block, hashrate_eh_per_s, difficulty_change_pct
    value REAL NOT NULL,
    observed_at TEXT NOT NULL,
    source_url TEXT NOT NULL
) STRICT;
