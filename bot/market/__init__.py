"""How shares really moved on a deal: event studies on daily closes. What articles report is another thing, elsewhere.

Pure: `event_day`, `event_study`, `confounders`, `comparing`. The world: `csv_prices`, `yahoo_prices`, `measuring`.
"""
