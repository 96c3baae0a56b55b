-- The data dictionary: what each column of each table and view means. A test keeps it complete.
CREATE TABLE _columns (
    table_name TEXT NOT NULL,
    column_name TEXT NOT NULL,
    unit TEXT,
    meaning TEXT NOT NULL,
    example TEXT,
    PRIMARY KEY (table_name, column_name)
) STRICT, WITHOUT ROWID;

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('_columns', 'table_name', NULL, 'table or view', 'deals'),
    ('_columns', 'column_name', NULL, 'column', 'value_usd'),
    ('_columns', 'unit', NULL, 'unit of the value', 'USD/MW-year'),
    ('_columns', 'meaning', NULL, 'what it means', 'the committed initial term of this deal'),
    ('_columns', 'example', NULL, 'an example', '9700000000');

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('_schema_version', 'version', NULL, 'number of the schema step', '1'),
    ('_schema_version', 'name', NULL, 'name of the step', '0001'),
    ('_schema_version', 'applied_at', 'UTC', 'when the step was taken', '2025-11-01T00:00:00Z');

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('alert_messages', 'deal_id', 'deals.id', 'the deal', '12'),
    ('alert_messages', 'target', NULL, 'channel:<id> or webhook:<setting>', 'channel:5678'),
    ('alert_messages', 'watch_id', 'watches.id', 'the watch', '2'),
    ('alert_messages', 'message_id', NULL, 'Discord message', '777'),
    ('alert_messages', 'sent_at', 'UTC', 'when it was sent', '2025-11-03T12:05:03Z'),
    ('alert_messages', 'edited_at', 'UTC', 'last edit', NULL),
    ('alert_messages', 'rendering_hash', NULL, 'hash of what is shown; equal = no edit needed', 'ab12…'),
    ('alert_messages', 'deleted_at', 'UTC', 'when somebody deleted the message', NULL);

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('article_bands', 'band', 'hash', 'one band of the article''s fingerprint', '123456'),
    ('article_bands', 'article_id', 'articles.id', 'the article', '345');

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('articles', 'id', NULL, 'number of the row', '17'),
    ('articles', 'entry_id', 'entries.id', 'the entry it was read from', '501'),
    ('articles', 'feed_id', 'feeds.id', 'the feed', '3'),
    ('articles', 'url', NULL, 'address', 'https://example.com/a'),
    ('articles', 'canonical_url', NULL, 'address the page gives itself', 'https://example.com/a'),
    ('articles', 'title', NULL, 'title', 'IREN signs Microsoft'),
    ('articles', 'text', NULL, 'plain text as read; NULL after retention', NULL),
    ('articles', 'text_hash', NULL, 'hash of the words, kept when the text is forgotten', '9f86…'),
    ('articles', 'word_count', 'words', 'length of the text', '640'),
    ('articles', 'published_at', 'UTC', 'when it was published', '2025-11-03T12:00:00Z'),
    ('articles', 'fetched_at', 'UTC', 'when it was fetched', '2025-11-03T12:04:00Z'),
    ('articles', 'language', 'ISO 639-1', 'language of the text', 'en'),
    ('articles', 'publisher', NULL, 'who published it', 'Reuters'),
    ('articles', 'tier', NULL, 'filing, press_release, newswire, trade_press, blog or history', 'newswire'),
    ('articles', 'alerting', '0 or 1', 'whether it may raise alerts', '1'),
    ('articles', 'duplicate_of', 'articles.id', 'the article it copies', '340');

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('claims', 'id', NULL, 'number of the row', '17'),
    ('claims', 'mention_id', 'mentions.id', 'the mention', '78'),
    ('claims', 'deal_id', 'deals.id', 'the deal', '12'),
    ('claims', 'field', NULL, 'name of the field as in deals', 'value_usd'),
    ('claims', 'value', NULL, 'the value as a program reads it: plain number, ISO date, word', '9700000000'),
    ('claims', 'value_number', 'unit of the field', 'the value as a number, NULL for words and dates', '9700000000'),
    ('claims', 'qualifier', NULL, 'how firmly it is stated: exact, approx, at_least, up_to', 'at_least'),
    ('claims', 'sentence', NULL, 'the sentence that says so, at most 300 characters', 'The contract is worth $9.7 billion.'),
    ('claims', 'is_shown', '0 or 1', 'whether the deal shows this value', '1');

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('companies', 'key', NULL, 'permanent key', 'iren'),
    ('companies', 'name', NULL, 'name of the company', 'IREN'),
    ('companies', 'kind', NULL, 'what the company does', 'miner'),
    ('companies', 'ticker', NULL, 'stock symbol', 'IREN'),
    ('companies', 'exchange', NULL, 'stock exchange', 'NASDAQ');

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('company_names', 'normal_name', NULL, 'a name in lower case without legal suffixes', 'iris energy'),
    ('company_names', 'company_key', NULL, 'key in companies, else the name in lower case', 'iren');

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('corrections', 'id', NULL, 'number of the row', '17'),
    ('corrections', 'deal_id', 'deals.id', 'the deal', '12'),
    ('corrections', 'field', NULL, 'name of the field as in deals', 'value_usd'),
    ('corrections', 'value', 'JSON', 'what a person wrote; null = not stated after all', '"250"'),
    ('corrections', 'previous', 'JSON', 'what was shown before the correction', '"200"'),
    ('corrections', 'reason', NULL, 'why, in words', 'the exhibit says 250 MW'),
    ('corrections', 'made_by', NULL, 'who asked for it', 'operator'),
    ('corrections', 'made_at', 'UTC', 'when it was asked for', '2025-11-05T09:00:00Z'),
    ('corrections', 'state', NULL, 'proposed, accepted, declined or undone', 'accepted'),
    ('corrections', 'decided_by', NULL, 'who decided', 'operator'),
    ('corrections', 'decided_at', 'UTC', 'when it was decided', '2025-11-05T09:10:00Z');

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('deal_events', 'id', NULL, 'number of the row', '17'),
    ('deal_events', 'deal_id', 'deals.id', 'the deal', '12'),
    ('deal_events', 'at', 'ISO date or UTC', 'when it happened', '2025-11-03'),
    ('deal_events', 'precision', NULL, 'how exact the date is', 'day'),
    ('deal_events', 'kind', NULL, 'a status reached, or value, capacity, term, customer, correction, merge, split', 'signed'),
    ('deal_events', 'detail', NULL, 'what happened, in words', 'signed, as Reuters has it'),
    ('deal_events', 'article_id', 'articles.id', 'the article', '345'),
    ('deal_events', 'is_computed', '0 or 1', 'follows from the mentions, written anew with them', '1'),
    ('deal_events', 'recorded_at', 'UTC', 'when it was written', '2025-11-03T12:05:00Z');

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('deal_links', 'from_deal_id', 'deals.id', 'the newer deal', '14'),
    ('deal_links', 'to_deal_id', 'deals.id', 'the older deal', '12'),
    ('deal_links', 'kind', NULL, 'how the newer deal relates to the older one', 'expands');

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('deal_parties', 'deal_id', 'deals.id', 'the deal', '12'),
    ('deal_parties', 'name', NULL, 'what the row is, for people', 'IREN – Microsoft'),
    ('deal_parties', 'role', NULL, 'what the party does in the deal', 'guarantor');

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('deal_slugs', 'slug', NULL, 'permanent address of the deal; after a merge it leads to the survivor', 'iren-microsoft-2025-11'),
    ('deal_slugs', 'deal_id', 'deals.id', 'the deal', '12');

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('deals', 'id', NULL, 'number of the row', '17'),
    ('deals', 'slug', NULL, 'permanent address of the deal; after a merge it leads to the survivor', 'iren-microsoft-2025-11'),
    ('deals', 'name', NULL, 'what the row is, for people', 'IREN – Microsoft'),
    ('deals', 'is_primary', '0 or 1', 'the article is about it; background mentions have 0', '1'),
    ('deals', 'provider', NULL, 'who supplies compute, power or space; acquisition: the target; financing: who receives; NULL = unnamed', 'IREN'),
    ('deals', 'provider_key', NULL, 'key of the provider in companies, else its name in lower case', 'iren'),
    ('deals', 'provider_kind', NULL, 'what the provider does; miner = is or was a crypto miner', 'miner'),
    ('deals', 'customer', NULL, 'who buys or leases; acquisition: the buyer; financing: who provides the money; NULL = unnamed', 'Microsoft'),
    ('deals', 'customer_key', NULL, 'key of the customer in companies, else its name in lower case', 'microsoft'),
    ('deals', 'customer_kind', NULL, 'what the customer does', 'hyperscaler'),
    ('deals', 'miner_hyperscaler', '0 or 1', 'one side is or was a miner and the other uses it for AI or HPC', '1'),
    ('deals', 'deal_type', NULL, 'lease of space and power, cloud of GPUs, acquisition …: never compare $/MW across types', 'cloud_contract'),
    ('deals', 'status', NULL, 'where the deal stands; a recap never turns it back', 'signed'),
    ('deals', 'value_usd', 'USD', 'the committed initial term of this deal, as the texts state it in dollars', '9700000000'),
    ('deals', 'value_qualifier', NULL, 'how firmly the value is stated: exact, approx, at_least, up_to', 'exact'),
    ('deals', 'value_max_usd', 'USD', 'value with all options and extensions', '12000000000'),
    ('deals', 'value_original', 'units of value_currency', 'the amount as stated', '9700000000'),
    ('deals', 'value_currency', 'ISO 4217', 'currency of value_original', 'USD'),
    ('deals', 'term_years', 'years', 'initial term', '5'),
    ('deals', 'term_max_years', 'years', 'term with all options', '15'),
    ('deals', 'announced_on', 'ISO date', 'day of the announcement; first day of the period where precision is coarser', '2025-11-03'),
    ('deals', 'announced_on_precision', NULL, 'how exact announced_on is', 'day'),
    ('deals', 'delivery_start', 'ISO date', 'when delivery begins; first day of the period', '2026-01-01'),
    ('deals', 'delivery_start_precision', NULL, 'how exact delivery_start is', 'half'),
    ('deals', 'delivery_end', 'ISO date', 'when delivery is complete; first day of the period', '2026-12-01'),
    ('deals', 'delivery_end_precision', NULL, 'how exact delivery_end is', 'month'),
    ('deals', 'capacity_mw', 'MW', 'power of this deal, not of the campus or the company; read it with capacity_kind', '200'),
    ('deals', 'capacity_kind', NULL, 'it = critical IT load, gross = utility or site power, unspecified', 'it'),
    ('deals', 'capacity_max_mw', 'MW', 'power with all options', '400'),
    ('deals', 'gpu_models', 'JSON list', 'GPU models named', '["GB300"]'),
    ('deals', 'gpu_count', 'pieces', 'GPUs of this deal', '76000'),
    ('deals', 'site', NULL, 'place or campus of this deal', 'Childress, Texas'),
    ('deals', 'annual_value_usd', 'USD a year', 'revenue a year as stated', '1940000000'),
    ('deals', 'prepayment_pct', 'percent', 'share paid in advance', '20'),
    ('deals', 'noi_margin_pct', 'percent', 'margin of net operating income as stated', '85'),
    ('deals', 'escalator_pct', 'percent a year', 'yearly rise of the rent as stated', '3'),
    ('deals', 'lease_form', NULL, 'triple_net, modified_gross, gross, other', 'triple_net'),
    ('deals', 'capex_usd', 'USD', 'capital expenditure stated for this deal', '5800000000'),
    ('deals', 'energy_source', NULL, 'where the power comes from, as stated', 'wind'),
    ('deals', 'confidence', '0 to 1', 'how sure the extractor is', '0.93'),
    ('deals', 'day', 'ISO date', 'day of the announcement, else of the first article; what lists sort by', '2025-11-03'),
    ('deals', 'evidence_tier', NULL, 'how well the deal is proven', 'filing-confirmed'),
    ('deals', 'source_count', 'sources', 'independent sources; copies count once', '4'),
    ('deals', 'article_count', 'articles', 'articles that tell the deal, copies included', '7'),
    ('deals', 'conflicts', 'JSON list', 'fields whose sources disagree: [field, [[value, sources], …]], the shown one first', '[["capacity_mw", [["200 MW IT", 4], ["250 MW gross", 1]]]]'),
    ('deals', 'first_seen_at', 'UTC', 'when this file first held the deal', '2025-11-03T12:05:00Z'),
    ('deals', 'updated_at', 'UTC', 'when anything shown last changed', '2025-11-04T08:00:00Z'),
    ('deals', 'is_history', '0 or 1', 'told only by the bundled history', '0'),
    ('deals', 'merged_into', 'deals.id', 'the deal this one turned out to be; NULL = it stands', '12'),
    ('deals', 'is_withdrawn', '0 or 1', 'no article tells it any more', '0');

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('desk_acts', 'id', NULL, 'number of the row', '17'),
    ('desk_acts', 'kind', NULL, 'merge or split', 'merge'),
    ('desk_acts', 'deal_id', 'deals.id', 'the deal', '12'),
    ('desk_acts', 'other_deal_id', 'deals.id', 'the other deal of a merge or split', '13'),
    ('desk_acts', 'pins_before', 'JSON', 'how the mentions lay before, for undoing', '{"78": [12, null]}'),
    ('desk_acts', 'reason', NULL, 'why, in words', 'the exhibit says 250 MW'),
    ('desk_acts', 'made_by', NULL, 'who asked for it', 'operator'),
    ('desk_acts', 'made_at', 'UTC', 'when it was asked for', '2025-11-05T09:00:00Z'),
    ('desk_acts', 'undone_at', 'UTC', 'when it was undone', '2025-11-06T09:00:00Z');

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('entries', 'id', NULL, 'number of the row', '17'),
    ('entries', 'feed_id', 'feeds.id', 'the feed', '3'),
    ('entries', 'identity', NULL, 'hash by which an entry is known again', '1b4f…'),
    ('entries', 'url_identity', NULL, 'hash of the cleaned address', '77aa…'),
    ('entries', 'guid', NULL, 'identifier the feed gives', 'urn:uuid:1'),
    ('entries', 'url', NULL, 'address', 'https://example.com/a'),
    ('entries', 'title', NULL, 'title', 'IREN signs Microsoft'),
    ('entries', 'content', NULL, 'the feed''s own text; NULL after retention', NULL),
    ('entries', 'content_is_full', '0 or 1', 'whether the feed carries the full text', '1'),
    ('entries', 'publisher', NULL, 'who published it', 'Reuters'),
    ('entries', 'published_at', 'UTC', 'when it was published', '2025-11-03T12:00:00Z'),
    ('entries', 'seen_at', 'UTC', 'when it was first seen', '2025-11-03T12:04:00Z'),
    ('entries', 'lag_s', 's', 'from publication to being seen', '240'),
    ('entries', 'alerting', '0 or 1', 'whether it may raise alerts', '1'),
    ('entries', 'state', NULL, 'new, done, skipped or failed', 'done'),
    ('entries', 'reason', NULL, 'why, in words', 'the exhibit says 250 MW'),
    ('entries', 'attempts', 'attempts', 'how often it was tried', '1'),
    ('entries', 'next_try_at', 'UTC', 'when it is tried again', NULL);

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('estimate_values', 'estimate_id', 'estimates.id', 'the estimate', '5'),
    ('estimate_values', 'key', NULL, 'which figure', 'usd_per_mw_year'),
    ('estimate_values', 'p10', 'unit of the row', 'value that is exceeded in 90 of 100 draws', '4.1'),
    ('estimate_values', 'p50', 'unit of the row', 'median', '4.2'),
    ('estimate_values', 'p90', 'unit of the row', 'value that is exceeded in 10 of 100 draws', '4.6'),
    ('estimate_values', 'unit', NULL, 'unit of the value', 'USD/MW-year'),
    ('estimate_values', 'origin', NULL, 'stated, derived or assumed', 'derived');

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('estimates', 'id', NULL, 'number of the row', '17'),
    ('estimates', 'name', NULL, 'what the row is, for people', 'IREN – Microsoft'),
    ('estimates', 'deal_id', 'deals.id', 'the deal', '12'),
    ('estimates', 'model_version', NULL, 'version of the capacity model', '1'),
    ('estimates', 'computed_at', 'UTC', 'when it was computed', '2025-11-03T12:05:00Z'),
    ('estimates', 'inputs', 'JSON', 'what the model was given', '{"mw_it": 200}'),
    ('estimates', 'assumptions', 'JSON', 'what the model assumed, with range', '{"pue": [1.2, 1.25, 1.35]}'),
    ('estimates', 'warnings', 'JSON list', 'what the model warns of', '[]'),
    ('estimates', 'is_current', '0 or 1', 'whether it is the deal''s newest', '1');

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('evidence', 'claim_id', 'claims.id', 'the claim', '900'),
    ('evidence', 'position', NULL, 'order within its parent, from 0', '0'),
    ('evidence', 'place', NULL, 'title or text', 'text'),
    ('evidence', 'start', 'characters', 'where it begins, in Unicode characters from the beginning of the title or text', '120'),
    ('evidence', 'end', 'characters', 'where it ends', '132'),
    ('evidence', 'text', NULL, 'the words', '$9.7 billion'),
    ('evidence', 'rule', NULL, 'the rule that read it', 'amount-of-contract');

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('feed_fetches', 'id', NULL, 'number of the row', '17'),
    ('feed_fetches', 'feed_id', 'feeds.id', 'the feed', '3'),
    ('feed_fetches', 'fetched_at', 'UTC', 'when it was fetched', '2025-11-03T12:04:00Z'),
    ('feed_fetches', 'outcome', NULL, 'how it ended', 'ok'),
    ('feed_fetches', 'http_status', NULL, 'status of the answer', '200'),
    ('feed_fetches', 'body_bytes', 'bytes', 'size of the answer', '48213'),
    ('feed_fetches', 'duration_ms', 'ms', 'how long it took', '340'),
    ('feed_fetches', 'new_entries', 'entries', 'entries not seen before', '2'),
    ('feed_fetches', 'repeats', 'times', 'how often the same outcome came in a row', '1'),
    ('feed_fetches', 'reason', NULL, 'why, in words', 'the exhibit says 250 MW');

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('feed_health_changes', 'id', NULL, 'number of the row', '17'),
    ('feed_health_changes', 'feed_id', 'feeds.id', 'the feed', '3'),
    ('feed_health_changes', 'changed_at', 'UTC', 'when it changed', '2025-11-03T12:00:00Z'),
    ('feed_health_changes', 'health_before', NULL, 'health before', 'ok'),
    ('feed_health_changes', 'health_after', NULL, 'health after', 'failing'),
    ('feed_health_changes', 'reason', NULL, 'why, in words', 'the exhibit says 250 MW'),
    ('feed_health_changes', 'next_due_at', 'UTC', 'when it is fetched next; NULL = never again', '2025-11-03T12:10:00Z'),
    ('feed_health_changes', 'announced_at', 'UTC', 'when the operator was told', NULL);

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('feeds', 'id', NULL, 'number of the row', '17'),
    ('feeds', 'key', NULL, 'key in config/feeds.toml; NULL = added by a person', 'coindesk'),
    ('feeds', 'url', NULL, 'address', 'https://example.com/a'),
    ('feeds', 'configured_url', NULL, 'address as configured or added', 'https://example.com/feed'),
    ('feeds', 'title', NULL, 'title', 'IREN signs Microsoft'),
    ('feeds', 'publisher', NULL, 'who published it', 'Reuters'),
    ('feeds', 'site_url', NULL, 'address of the site', 'https://example.com'),
    ('feeds', 'group_name', NULL, 'group of feeds', 'trade_press'),
    ('feeds', 'tier', NULL, 'filing, press_release, newswire, trade_press, blog or history', 'newswire'),
    ('feeds', 'poll_minutes', 'minutes', 'how often it is fetched', '10'),
    ('feeds', 'added_at', 'UTC', 'when it was added', '2025-11-01T00:00:00Z'),
    ('feeds', 'alert_after', 'UTC', 'entries published before this never alert', NULL),
    ('feeds', 'is_paused', '0 or 1', 'whether the operator paused it', '0'),
    ('feeds', 'removed_by', NULL, 'person or config; NULL = followed', NULL),
    ('feeds', 'etag', NULL, 'validator of the last answer', '"abc"'),
    ('feeds', 'last_modified', NULL, 'validator of the last answer', 'Mon, 03 Nov 2025 12:00:00 GMT'),
    ('feeds', 'body_hash', NULL, 'hash of the last answer', '9f86…'),
    ('feeds', 'last_fetched_at', 'UTC', 'last attempt', '2025-11-03T12:00:00Z'),
    ('feeds', 'last_success_at', 'UTC', 'last good answer', '2025-11-03T12:00:00Z'),
    ('feeds', 'last_entry_at', 'UTC', 'newest publication date seen', '2025-11-03T11:50:00Z'),
    ('feeds', 'typical_gap_hours', 'hours', 'usual time between entries', '3.5'),
    ('feeds', 'ttl_minutes', 'minutes', 'how long the feed asks to be left alone', '60'),
    ('feeds', 'skip_hours', 'hours', 'hours of the day (UTC) in which the feed asks not to be fetched', '0,1,2'),
    ('feeds', 'skip_days', NULL, 'weekdays on which the feed asks not to be fetched', 'Saturday'),
    ('feeds', 'next_due_at', 'UTC', 'when it is fetched next; NULL = never again', '2025-11-03T12:10:00Z'),
    ('feeds', 'failures', 'attempts', 'failures in a row', '0'),
    ('feeds', 'redirect_url', NULL, 'permanent redirect being watched', NULL),
    ('feeds', 'redirect_since', 'UTC', 'first time it was seen', NULL),
    ('feeds', 'redirect_last_at', 'UTC', 'last time it was seen', NULL),
    ('feeds', 'health', NULL, 'ok, quiet, failing, gone or blocked', 'ok'),
    ('feeds', 'health_since', 'UTC', 'since when', '2025-11-01T00:00:00Z'),
    ('feeds', 'health_reason', NULL, 'why', NULL);

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('guilds', 'guild_id', NULL, 'Discord server', '1234'),
    ('guilds', 'name', NULL, 'what the row is, for people', 'IREN – Microsoft'),
    ('guilds', 'joined_at', 'UTC', 'when the bot joined', '2025-11-01T00:00:00Z'),
    ('guilds', 'left_at', 'UTC', 'when the bot left; its rows go 30 days later', NULL);

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('hosts', 'host', NULL, 'host name', 'example.com'),
    ('hosts', 'paused_until', 'UTC', 'leave the host alone until then', NULL),
    ('hosts', 'pause_reason', NULL, 'why', '429');

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('leases', 'name', NULL, 'what the lease covers', 'service'),
    ('leases', 'holder', NULL, 'who holds the lease', 'host:4711'),
    ('leases', 'acquired_at', 'UTC', 'since when', '2025-11-03T12:00:00Z'),
    ('leases', 'expires_at', 'UTC', 'until when unless renewed', '2025-11-03T12:01:00Z');

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('mentions', 'id', NULL, 'number of the row', '17'),
    ('mentions', 'article_id', 'articles.id', 'the article', '345'),
    ('mentions', 'position', NULL, 'order within its parent, from 0', '0'),
    ('mentions', 'name', NULL, 'what the row is, for people', 'IREN – Microsoft'),
    ('mentions', 'deal_id', 'deals.id', 'the deal', '12'),
    ('mentions', 'is_primary', '0 or 1', 'the article is about it; background mentions have 0', '1'),
    ('mentions', 'provider_key', NULL, 'key of the provider in companies, else its name in lower case', 'iren'),
    ('mentions', 'customer_key', NULL, 'key of the customer in companies, else its name in lower case', 'microsoft'),
    ('mentions', 'provider_block', NULL, 'stem of provider_key; only mentions with the same blocks can be one deal', 'iren'),
    ('mentions', 'customer_block', NULL, 'stem of customer_key', 'microsoft'),
    ('mentions', 'pin_deal_id', 'deals.id', 'the deal the operator put the mention into', '12'),
    ('mentions', 'record', 'JSON', 'the mention as `market-pulse extract --json` prints it, evidence apart', '{"primary": true}');

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('network_figures', 'name', NULL, 'which figure', 'price_usd'),
    ('network_figures', 'value', 'unit of the figure', 'the figure as last read', '101000000'),
    ('network_figures', 'observed_at', 'UTC', 'when it was observed', '2025-11-03T12:00:00Z'),
    ('network_figures', 'source_url', NULL, 'where it comes from', 'https://mempool.space');

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('outbox', 'id', NULL, 'number of the row', '17'),
    ('outbox', 'name', NULL, 'what the row is, for people', 'IREN – Microsoft'),
    ('outbox', 'watch_id', 'watches.id', 'the watch', '2'),
    ('outbox', 'target', NULL, 'channel:<id> or webhook:<setting>', 'channel:5678'),
    ('outbox', 'kind', NULL, 'alert, edit, reply, digest or notice', 'alert'),
    ('outbox', 'deal_id', 'deals.id', 'the deal', '12'),
    ('outbox', 'payload', 'JSON', 'what is to be sent', '{}'),
    ('outbox', 'key', NULL, 'what the message is about; never enqueued twice to a target', 'alert:12'),
    ('outbox', 'nonce', NULL, 'the same at every attempt, so that Discord drops repeats', '3f9c…'),
    ('outbox', 'state', NULL, 'pending, sending, sent, failed, uncertain, folded', 'sent'),
    ('outbox', 'attempts', 'attempts', 'how often it was tried', '1'),
    ('outbox', 'not_before', 'UTC', 'earliest time to send', NULL),
    ('outbox', 'attempted_at', 'UTC', 'start of the last attempt', '2025-11-03T12:05:02Z'),
    ('outbox', 'message_id', NULL, 'Discord message', '777'),
    ('outbox', 'reason', NULL, 'why, in words', 'the exhibit says 250 MW'),
    ('outbox', 'created_at', 'UTC', 'when it was written', '2025-11-01T00:00:00Z'),
    ('outbox', 'finished_at', 'UTC', 'when it ended', '2025-11-03T12:05:03Z');

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('reactions', 'id', NULL, 'number of the row', '17'),
    ('reactions', 'article_id', 'articles.id', 'the article', '345'),
    ('reactions', 'deal_id', 'deals.id', 'the deal', '12'),
    ('reactions', 'name', NULL, 'what the row is, for people', 'IREN – Microsoft'),
    ('reactions', 'company', NULL, 'name of the company', 'IREN'),
    ('reactions', 'company_key', NULL, 'key in companies, else the name in lower case', 'iren'),
    ('reactions', 'ticker', NULL, 'stock symbol', 'IREN'),
    ('reactions', 'direction', NULL, 'up, down or flat', 'up'),
    ('reactions', 'pct', 'percent', 'size of the move, without sign', '30'),
    ('reactions', 'qualifier', NULL, 'how firmly it is stated: exact, approx, at_least, up_to', 'at_least'),
    ('reactions', 'session', NULL, 'window of the move: premarket, intraday, close …', 'premarket'),
    ('reactions', 'deal_related', '0 or 1', 'whether the article ties the move to the deal', '1'),
    ('reactions', 'price_from', 'currency of the share', 'price before', '8.1'),
    ('reactions', 'price_to', 'currency of the share', 'price after', '9.4'),
    ('reactions', 'evidence', 'JSON list', 'the characters that say so', '[]');

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('readings', 'article_id', 'articles.id', 'the article', '345'),
    ('readings', 'extractor_version', NULL, 'version of the extractor that read it', '1.0'),
    ('readings', 'read_at', 'UTC', 'when it was read', '2025-11-03T12:05:00Z'),
    ('readings', 'is_deal_article', '0 or 1', 'whether it tells any deal', '1'),
    ('readings', 'bull_points', 'JSON list', 'arguments for, as the article lists them', '["first hyperscaler"]'),
    ('readings', 'bear_points', 'JSON list', 'arguments against', '["dilution"]'),
    ('readings', 'notes', 'JSON list', 'contradictions noticed while reading', '["nine-figure contradicts $9.7 billion"]');

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('robots_files', 'origin', 'scheme://host', 'whose robots.txt it is', 'https://example.com'),
    ('robots_files', 'fetched_at', 'UTC', 'when it was fetched', '2025-11-03T12:04:00Z'),
    ('robots_files', 'http_status', NULL, 'status of the answer', '200'),
    ('robots_files', 'body', NULL, 'content', 'User-agent: *');

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('runs', 'id', NULL, 'number of the row', '17'),
    ('runs', 'name', NULL, 'what was run', 'tick'),
    ('runs', 'due_at', 'UTC', 'when it was due', '2025-11-03T12:00:00Z'),
    ('runs', 'started_at', 'UTC', 'when it began', '2025-11-03T12:00:00Z'),
    ('runs', 'finished_at', 'UTC', 'when it ended', '2025-11-03T12:05:03Z'),
    ('runs', 'outcome', NULL, 'how it ended', 'ok'),
    ('runs', 'counts', 'JSON', 'what was counted', '{"articles": 12}'),
    ('runs', 'reason', NULL, 'why, in words', 'the exhibit says 250 MW');

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('v_alerts', 'created_at', 'UTC', 'when it was written', '2025-11-01T00:00:00Z'),
    ('v_alerts', 'kind', NULL, 'alert, edit, reply, digest or notice', 'alert'),
    ('v_alerts', 'state', NULL, 'pending, sending, sent, failed, uncertain, folded', 'sent'),
    ('v_alerts', 'name', NULL, 'what the row is, for people', 'IREN – Microsoft'),
    ('v_alerts', 'slug', NULL, 'permanent address of the deal; after a merge it leads to the survivor', 'iren-microsoft-2025-11'),
    ('v_alerts', 'target', NULL, 'channel:<id> or webhook:<setting>', 'channel:5678'),
    ('v_alerts', 'attempts', 'attempts', 'how often it was tried', '1'),
    ('v_alerts', 'finished_at', 'UTC', 'when it ended', '2025-11-03T12:05:03Z'),
    ('v_alerts', 'reason', NULL, 'why, in words', 'the exhibit says 250 MW'),
    ('v_alerts', 'waited_s', 's', 'from being written to its end', '3'),
    ('v_alerts', 'outbox_id', 'outbox.id', 'the message', '31');

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('v_deal_facts', 'slug', NULL, 'permanent address of the deal; after a merge it leads to the survivor', 'iren-microsoft-2025-11'),
    ('v_deal_facts', 'name', NULL, 'what the row is, for people', 'IREN – Microsoft'),
    ('v_deal_facts', 'field', NULL, 'name of the field as in deals', 'value_usd'),
    ('v_deal_facts', 'value', NULL, 'the value as a program reads it: plain number, ISO date, word', '9700000000'),
    ('v_deal_facts', 'qualifier', NULL, 'how firmly it is stated: exact, approx, at_least, up_to', 'at_least'),
    ('v_deal_facts', 'is_shown', '0 or 1', 'whether the deal shows this value', '1'),
    ('v_deal_facts', 'publisher', NULL, 'who published it', 'Reuters'),
    ('v_deal_facts', 'tier', NULL, 'filing, press_release, newswire, trade_press, blog or history', 'newswire'),
    ('v_deal_facts', 'published_at', 'UTC', 'when it was published', '2025-11-03T12:00:00Z'),
    ('v_deal_facts', 'sentence', NULL, 'the sentence that says so, at most 300 characters', 'The contract is worth $9.7 billion.'),
    ('v_deal_facts', 'url', NULL, 'address', 'https://example.com/a'),
    ('v_deal_facts', 'is_copy', '0 or 1', 'whether the article copies another', '0'),
    ('v_deal_facts', 'deal_id', 'deals.id', 'the deal', '12'),
    ('v_deal_facts', 'article_id', 'articles.id', 'the article', '345');

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('v_deals', 'slug', NULL, 'permanent address of the deal; after a merge it leads to the survivor', 'iren-microsoft-2025-11'),
    ('v_deals', 'name', NULL, 'what the row is, for people', 'IREN – Microsoft'),
    ('v_deals', 'day', 'ISO date', 'day of the announcement, else of the first article; what lists sort by', '2025-11-03'),
    ('v_deals', 'provider', NULL, 'who supplies compute, power or space; acquisition: the target; financing: who receives; NULL = unnamed', 'IREN'),
    ('v_deals', 'provider_kind', NULL, 'what the provider does; miner = is or was a crypto miner', 'miner'),
    ('v_deals', 'customer', NULL, 'who buys or leases; acquisition: the buyer; financing: who provides the money; NULL = unnamed', 'Microsoft'),
    ('v_deals', 'customer_kind', NULL, 'what the customer does', 'hyperscaler'),
    ('v_deals', 'deal_type', NULL, 'lease of space and power, cloud of GPUs, acquisition …: never compare $/MW across types', 'cloud_contract'),
    ('v_deals', 'status', NULL, 'where the deal stands; a recap never turns it back', 'signed'),
    ('v_deals', 'value_usd', 'USD', 'the committed initial term of this deal, as the texts state it in dollars', '9700000000'),
    ('v_deals', 'value_qualifier', NULL, 'how firmly the value is stated: exact, approx, at_least, up_to', 'exact'),
    ('v_deals', 'value_max_usd', 'USD', 'value with all options and extensions', '12000000000'),
    ('v_deals', 'value_original', 'units of value_currency', 'the amount as stated', '9700000000'),
    ('v_deals', 'value_currency', 'ISO 4217', 'currency of value_original', 'USD'),
    ('v_deals', 'term_years', 'years', 'initial term', '5'),
    ('v_deals', 'term_max_years', 'years', 'term with all options', '15'),
    ('v_deals', 'capacity_mw', 'MW', 'power of this deal, not of the campus or the company; read it with capacity_kind', '200'),
    ('v_deals', 'capacity_kind', NULL, 'it = critical IT load, gross = utility or site power, unspecified', 'it'),
    ('v_deals', 'capacity_max_mw', 'MW', 'power with all options', '400'),
    ('v_deals', 'gpu_models', 'JSON list', 'GPU models named', '["GB300"]'),
    ('v_deals', 'gpu_count', 'pieces', 'GPUs of this deal', '76000'),
    ('v_deals', 'site', NULL, 'place or campus of this deal', 'Childress, Texas'),
    ('v_deals', 'announced_on', 'ISO date', 'day of the announcement; first day of the period where precision is coarser', '2025-11-03'),
    ('v_deals', 'announced_on_precision', NULL, 'how exact announced_on is', 'day'),
    ('v_deals', 'delivery_start', 'ISO date', 'when delivery begins; first day of the period', '2026-01-01'),
    ('v_deals', 'delivery_start_precision', NULL, 'how exact delivery_start is', 'half'),
    ('v_deals', 'delivery_end', 'ISO date', 'when delivery is complete; first day of the period', '2026-12-01'),
    ('v_deals', 'delivery_end_precision', NULL, 'how exact delivery_end is', 'month'),
    ('v_deals', 'annual_value_usd', 'USD a year', 'revenue a year as stated', '1940000000'),
    ('v_deals', 'prepayment_pct', 'percent', 'share paid in advance', '20'),
    ('v_deals', 'noi_margin_pct', 'percent', 'margin of net operating income as stated', '85'),
    ('v_deals', 'escalator_pct', 'percent a year', 'yearly rise of the rent as stated', '3'),
    ('v_deals', 'lease_form', NULL, 'triple_net, modified_gross, gross, other', 'triple_net'),
    ('v_deals', 'capex_usd', 'USD', 'capital expenditure stated for this deal', '5800000000'),
    ('v_deals', 'energy_source', NULL, 'where the power comes from, as stated', 'wind'),
    ('v_deals', 'miner_hyperscaler', '0 or 1', 'one side is or was a miner and the other uses it for AI or HPC', '1'),
    ('v_deals', 'usd_per_mw_year', 'USD per MW and year', 'median of the stored estimate; read it with capacity_kind and deal_type', '9700000'),
    ('v_deals', 'usd_per_kw_month', 'USD per kW and month', 'median of the stored estimate', '135'),
    ('v_deals', 'usd_per_gpu_hour', 'USD per GPU and hour', 'median of the stored estimate', '2.9'),
    ('v_deals', 'reaction', NULL, 'the largest share move tied to the deal', 'IREN up 30.0 %'),
    ('v_deals', 'evidence_tier', NULL, 'how well the deal is proven', 'filing-confirmed'),
    ('v_deals', 'source_count', 'sources', 'independent sources; copies count once', '4'),
    ('v_deals', 'article_count', 'articles', 'articles that tell the deal, copies included', '7'),
    ('v_deals', 'has_conflict', '0 or 1', 'whether sources disagree on any figure', '0'),
    ('v_deals', 'confidence', '0 to 1', 'how sure the extractor is', '0.93'),
    ('v_deals', 'is_primary', '0 or 1', 'the article is about it; background mentions have 0', '1'),
    ('v_deals', 'is_history', '0 or 1', 'told only by the bundled history', '0'),
    ('v_deals', 'first_seen_at', 'UTC', 'when this file first held the deal', '2025-11-03T12:05:00Z'),
    ('v_deals', 'updated_at', 'UTC', 'when anything shown last changed', '2025-11-04T08:00:00Z'),
    ('v_deals', 'deal_id', 'deals.id', 'the deal', '12');

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('v_feed_health', 'name', NULL, 'what the row is, for people', 'IREN – Microsoft'),
    ('v_feed_health', 'group_name', NULL, 'group of feeds', 'trade_press'),
    ('v_feed_health', 'tier', NULL, 'filing, press_release, newswire, trade_press, blog or history', 'newswire'),
    ('v_feed_health', 'health', NULL, 'ok, quiet, failing, gone or blocked', 'ok'),
    ('v_feed_health', 'health_since', 'UTC', 'since when', '2025-11-01T00:00:00Z'),
    ('v_feed_health', 'health_reason', NULL, 'why', NULL),
    ('v_feed_health', 'failures', 'attempts', 'failures in a row', '0'),
    ('v_feed_health', 'last_success_at', 'UTC', 'last good answer', '2025-11-03T12:00:00Z'),
    ('v_feed_health', 'last_entry_at', 'UTC', 'newest publication date seen', '2025-11-03T11:50:00Z'),
    ('v_feed_health', 'typical_gap_hours', 'hours', 'usual time between entries', '3.5'),
    ('v_feed_health', 'next_due_at', 'UTC', 'when it is fetched next; NULL = never again', '2025-11-03T12:10:00Z'),
    ('v_feed_health', 'is_paused', '0 or 1', 'whether the operator paused it', '0'),
    ('v_feed_health', 'url', NULL, 'address', 'https://example.com/a'),
    ('v_feed_health', 'feed_id', 'feeds.id', 'the feed', '3');

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('v_league', 'name', NULL, 'provider', 'IREN'),
    ('v_league', 'provider_kind', NULL, 'what the provider does; miner = is or was a crypto miner', 'miner'),
    ('v_league', 'deal_type', NULL, 'lease of space and power, cloud of GPUs, acquisition …: never compare $/MW across types', 'cloud_contract'),
    ('v_league', 'deals', 'deals', 'number of deals', '4'),
    ('v_league', 'contracted_mw', 'MW', 'sum of the power stated; deals without a figure add nothing', '750'),
    ('v_league', 'contracted_value_usd', 'USD', 'sum of the values stated', '9700000000'),
    ('v_league', 'deals_without_mw', 'deals', 'deals whose power no article states', '1'),
    ('v_league', 'deals_without_value', 'deals', 'deals whose value no article states', '0'),
    ('v_league', 'customers', 'companies', 'different named customers', '2'),
    ('v_league', 'last_deal_day', 'ISO date', 'day of the newest deal', '2025-11-03');

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('v_reactions', 'name', NULL, 'company whose shares moved', 'IREN'),
    ('v_reactions', 'ticker', NULL, 'stock symbol', 'IREN'),
    ('v_reactions', 'direction', NULL, 'up, down or flat', 'up'),
    ('v_reactions', 'pct', 'percent', 'size of the move, without sign', '30'),
    ('v_reactions', 'signed_pct', 'percent', 'size of the move, negative when down', '-4.5'),
    ('v_reactions', 'qualifier', NULL, 'how firmly it is stated: exact, approx, at_least, up_to', 'at_least'),
    ('v_reactions', 'session', NULL, 'window of the move: premarket, intraday, close …', 'premarket'),
    ('v_reactions', 'deal_related', '0 or 1', 'whether the article ties the move to the deal', '1'),
    ('v_reactions', 'price_from', 'currency of the share', 'price before', '8.1'),
    ('v_reactions', 'price_to', 'currency of the share', 'price after', '9.4'),
    ('v_reactions', 'slug', NULL, 'permanent address of the deal; after a merge it leads to the survivor', 'iren-microsoft-2025-11'),
    ('v_reactions', 'deal_name', NULL, 'name of the deal', 'IREN – Microsoft'),
    ('v_reactions', 'publisher', NULL, 'who published it', 'Reuters'),
    ('v_reactions', 'published_at', 'UTC', 'when it was published', '2025-11-03T12:00:00Z'),
    ('v_reactions', 'url', NULL, 'address', 'https://example.com/a'),
    ('v_reactions', 'reaction_id', 'reactions.id', 'the share move', '4');

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('v_runs', 'name', NULL, 'what was run', 'tick'),
    ('v_runs', 'due_at', 'UTC', 'when it was due', '2025-11-03T12:00:00Z'),
    ('v_runs', 'started_at', 'UTC', 'when it began', '2025-11-03T12:00:00Z'),
    ('v_runs', 'finished_at', 'UTC', 'when it ended', '2025-11-03T12:05:03Z'),
    ('v_runs', 'outcome', NULL, 'how it ended', 'ok'),
    ('v_runs', 'took_s', 's', 'how long it took', '4'),
    ('v_runs', 'counts', 'JSON', 'what was counted', '{"articles": 12}'),
    ('v_runs', 'reason', NULL, 'why, in words', 'the exhibit says 250 MW'),
    ('v_runs', 'run_id', 'runs.id', 'the run', '55');

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('v_tenants', 'name', NULL, 'provider', 'IREN'),
    ('v_tenants', 'tenant', NULL, 'customer', 'Microsoft'),
    ('v_tenants', 'deals', 'deals', 'number of deals', '4'),
    ('v_tenants', 'contracted_mw', 'MW', 'sum of the power stated; deals without a figure add nothing', '750'),
    ('v_tenants', 'contracted_value_usd', 'USD', 'sum of the values stated', '9700000000'),
    ('v_tenants', 'share_of_mw_pct', 'percent', 'share of the provider''s contracted MW', '62.5'),
    ('v_tenants', 'share_of_value_pct', 'percent', 'share of the provider''s contracted value', '80');

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('v_timeline', 'at', 'ISO date or UTC', 'when it happened', '2025-11-03'),
    ('v_timeline', 'precision', NULL, 'how exact the date is', 'day'),
    ('v_timeline', 'name', NULL, 'what the row is, for people', 'IREN – Microsoft'),
    ('v_timeline', 'slug', NULL, 'permanent address of the deal; after a merge it leads to the survivor', 'iren-microsoft-2025-11'),
    ('v_timeline', 'kind', NULL, 'a status reached, or value, capacity, term, customer, correction, merge, split', 'signed'),
    ('v_timeline', 'detail', NULL, 'what happened, in words', 'signed, as Reuters has it'),
    ('v_timeline', 'publisher', NULL, 'who published it', 'Reuters'),
    ('v_timeline', 'url', NULL, 'address', 'https://example.com/a'),
    ('v_timeline', 'event_id', 'deal_events.id', 'the event', '9');

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('watches', 'id', NULL, 'number of the row', '17'),
    ('watches', 'name', NULL, 'what the row is, for people', 'IREN – Microsoft'),
    ('watches', 'guild_id', NULL, 'Discord server', '1234'),
    ('watches', 'channel_id', NULL, 'Discord channel, or console', '5678'),
    ('watches', 'webhook_setting', NULL, 'name of the setting that holds the webhook''s address, never the address', 'ALERTS_WEBHOOK'),
    ('watches', 'events', 'JSON list', 'what the watch hears: new, change, rumour, reaction', '["new","change"]'),
    ('watches', 'companies', 'JSON list', 'names it hears about; empty = all', '[]'),
    ('watches', 'deal_types', 'JSON list', 'types it hears about; empty = all', '[]'),
    ('watches', 'min_value_usd', 'USD', 'smallest value it hears about', '100000000'),
    ('watches', 'min_capacity_mw', 'MW', 'smallest power it hears about', '50'),
    ('watches', 'min_confidence', '0 to 1', 'smallest confidence it hears about', '0.5'),
    ('watches', 'quiet_from', 'HH:MM local', 'alerts wait from here', '22:00'),
    ('watches', 'quiet_until', 'HH:MM local', 'alerts wait until here', '07:00'),
    ('watches', 'role_id', NULL, 'the one role an alert may mention', '99'),
    ('watches', 'number_format', NULL, 'how numbers are written', 'en'),
    ('watches', 'time_zone', 'IANA name', 'local time of the channel', 'Europe/Berlin'),
    ('watches', 'digest', NULL, 'none, daily, weekly or both', 'daily'),
    ('watches', 'digest_at', 'HH:MM local', 'when the digest comes', '08:00'),
    ('watches', 'is_operator', '0 or 1', 'also hears notices about the service', '0'),
    ('watches', 'starts_at', 'UTC', 'articles published earlier are no news here', '2025-11-01T00:00:00Z'),
    ('watches', 'created_at', 'UTC', 'when it was written', '2025-11-01T00:00:00Z'),
    ('watches', 'disabled_at', 'UTC', 'when its channel could no longer be reached', NULL),
    ('watches', 'disabled_reason', NULL, 'why it is disabled', 'channel deleted');

INSERT INTO _columns (table_name, column_name, unit, meaning, example) VALUES
    ('server_assumptions', 'guild_id', NULL, 'Discord server', '1234'),
    ('server_assumptions', 'key', NULL, 'the row of the capacity model that is assumed differently', 'power_mining_usd_per_mwh'),
    ('server_assumptions', 'name', NULL, 'what the row is, for people', 'mining power price'),
    ('server_assumptions', 'low', 'the unit of the key', '10 % point', '30'),
    ('server_assumptions', 'base', 'the unit of the key', 'median', '45'),
    ('server_assumptions', 'high', 'the unit of the key', '90 % point', '70'),
    ('server_assumptions', 'set_by', NULL, 'Discord user', '42'),
    ('server_assumptions', 'set_at', 'UTC', 'when it was set', '2026-03-04T12:00:00Z');
