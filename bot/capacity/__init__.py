"""The capacity model: what compute is worth, with a range. Pure: no network, clock, files, SQL or Discord.

question -> assumptions -> draws -> solve (relations) -> finance -> estimate; compare and valuation stand on estimate.
Money is in US dollars, power in MW or kW, time in years of 8,766 hours.
"""

#: Stored with every estimate; changes whenever the same question could be answered differently.
MODEL_VERSION = "1.0"
