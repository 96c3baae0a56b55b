"""Words around a name that tell a company from a person or a place. Data for `discovery`; decides nothing."""

import re

DESCRIBED_AFTER = re.compile(
    r"(?:'s)?(?:\s?\([^()\n]{2,90}\)){0,2}(?:,\s|\s(?:is|was|are)\s|\s[\u2014\u2013-]{1,2}\s|\s\()(?:(?:itself|once|formerly|also|now|since\s[12]\d{3}|which\s(?:is|was))\s)?(?:an?|the|one\sof|another|formerly|once|which\s(?:runs|operates|mines|rents|builds|owns))\s(?P<phrase>[^.;()\n,\u2014]{3,90})",
    re.IGNORECASE,
)
DESCRIBED_BEFORE = re.compile(r"(?P<phrase>(?:[\w.'&/-]+,?\s){1,6})\"?$")
SURE_PARTNER = re.compile(
    r"\b(?:leases?|contracts?|agreements?|deals?|partnership|pact|talks|venture|letter\sof\sintent|LOI|MoU|memorandum(?:\sof\sunderstanding)?|term\ssheet|tie-up|negotiations)(?:\s\w+){0,2}\swith\s$",
    re.IGNORECASE,
)
PARTNER = re.compile(
    r"(?:\b(?:lease[ds]?|leasing|contract(?:ed|s)?|agreements?|deals?|arrangement|signed|expan\w+|capacity|services?|campus|space|megawatts|MW|GPUs|host(?:ed|ing)|rent(?:ed|s|ing)?|built|exclusivity|commitment|relationship|loan|financing|stake|acquisition|takeover|purchase|merger|bid)\b[^.;:!?\n]{0,50}?\s(?:with|to|for|from|by|between|of)\s"
    r"|\b(?:tenants?|customers?|clients?|lessee|counterparty|partners?|subsidiary|landlord|rivals?|peers?|competitors?|acquired|acquires?|acquiring|bought|parent|unit|affiliate),?\s)$",
    re.IGNORECASE,
)
ACTS = re.compile(
    r"(?:'s)?(?:\s\([^()\n]{2,30}\))?\s(?:(?:has|had|have|will|would|also|now|is|was|itself|today|on\s\w+day)\s){0,3}(?:signed|inked|leased?s?|agree[ds]?|agreed|announced|secured|contracted|rent(?:s|ed)|host(?:s|ed)?|supplies|supplied|landed|struck|expand(?:s|ed)|commit(?:s|ted)|acquire[ds]?|bought|buy(?:s|ing)?|operat(?:es|ed)|own(?:s|ed)|min(?:es|ed)\sbitcoin|plans|build(?:s|ing)?|entered|occup(?:y|ies)|deploy\w*|train\w*|paid?|pays|prepa\w+|backstop\w*|guarant\w+|take[sn]?|terminat\w+|walked|energiz\w+|deliver\w*|provid\w+|raised\s[$\u20ac\u00a3C]|fulfil\w*|mine[sd]?\s(?:[\d,]+\s)?(?:bitcoin|BTC|btc)|furnish\w*|convert(?:s|ed)|reserv\w+|book(?:s|ed))\b"
)
OFFICER_OF = re.compile(
    r"\b(?:CEO|CFO|COO|CTO|[Cc]hief\s\w+\s[Oo]fficer|[Pp]resident|[Cc]hairman|[Cc]o-?founder|[Ff]ounder|[Ee]xecutives?|[Ss]pokes\w+)\s(?:of|at|for)\s$"
)
OFFICER_AFTER = re.compile(
    r"(?:'s)?\s(?:co-|[Ii]nterim\s)?(?:CEO|CFO|COO|CTO|[Cc]hief\s(?:[Ee]xecutive|[Ff]inancial|[Oo]perating|[Tt]echnology)|[Cc]hairman|[Cc]o-?[Ff]ounder|[Ff]ounder|[Ee]xecutives?\b|[Ss]pokes\w+|management\b)"
)
BELONGS_AFTER = re.compile(
    r"'s?\s(?:\w+\s){0,2}?(?:revenues?|business|board|shareholders|stock|shares|balance\ssheet|portfolio|pipeline|customers?|hash\s?rate|fleet|earnings|guidance|backlog|market\scap\w*|data\scenters?|infrastructure|GPUs?|workloads|models?|cloud|mining|announcement|management|offer|bid|lease|site|campus|facilit\w+|capacity|buildings?|halls?|property|holders|bankers|market\svalue|directors|rent|site\smanager)\b"
)
MINES_AFTER = re.compile(
    r"(?:'s)?(?:,\s(?:which|that))?\s(?:(?:also|still|currently|now|own|existing|legacy)\s)?(?:mines?\s(?:bitcoin|crypto)|mined\s[\d,.]+\s(?:bitcoin|BTC)|(?:bitcoin|crypto\w*)[-\s]mining|mining\s(?:fleet|business|operations?|revenue)|hash\s?rate|self-mining)",
    re.IGNORECASE,
)
#: "Sedgeholm of Youngstown": where a company is from.
FROM_PLACE = re.compile(r"\s(?:of|in|from)\s(?P<place>[A-Z][\w.]+(?:\s[A-Z][\w.]+)?)")
#: A symbol of the exchange with a dollar sign, and the name that may explain it: "$FJK (Fjordane Kraft, ...)".
CASHTAG = re.compile(r"(?<![\w$])\$(?P<symbol>[A-Z]{3,5})\b(?!\.\d)")
NAMED_TAG = re.compile(r"\s\((?P<name>[A-Z][\w&-]+(?:\s[A-Z][\w&-]+){0,3})[,)]")
SQUARE_TICKER = re.compile(r"\s\[\$?(?P<symbol>[A-Z]{2,5})\]")
#: Coins are no companies.
COINS = frozenset(
    ["BTC", "ETH", "SOL", "XRP", "DOGE", "USDT", "USDC", "BNB", "ADA", "LTC", "USD", "EUR", "GBP", "CAD", "AUD"]
)
SUBSIDIARY = re.compile(r"\b(?:subsidiary|unit|arm|affiliate|brand|division),?\s$", re.IGNORECASE)
#: A deed with megawatts, GPUs or a lease in it is a company's.
STAKES = re.compile(
    r"[^.;\n]{0,80}\b(?:MW|megawatts?|GW|gigawatts?|GPUs?|lease|hyperscaler|hosting|tenant|data\s?cent(?:er|re)s?)\b"
)
SHARES = re.compile(r"(?:\b(?:shares?|stock|investors|owners|holders)\s(?:of|in|at)\s(?:the\s)?)$", re.IGNORECASE)
SHARES_AFTER = re.compile(
    r"(?:'s?)?(?:\s\([A-Z]{2,5}\))?\s(?:shares?|stock|investors|shareholders|(?:rose|fell|jumped|gained|surged|climbed|slid|dropped|rallied|advanced|declined|soared|added|lost|slipped|was\sup|was\sdown|traded)\s(?:by\s|about\s|nearly\s|as\smuch\sas\s|more\sthan\s)?[0-9])\b"
)
PLACE_AFTER = re.compile(
    r"(?:'s)?\s(?:campus|site|facilit|data\s?cent|County|county|complex|hub|plant|substation|building|project|Campus|Site|Facilit|Complex|Hub|Substation|Plant|Project|River|Lake|University|Act|Award|Conference|Summit|Report|Index|Fund)\b|,\s(?:Texas|Ohio|Georgia|Norway|Canada|Quebec|Ontario|[A-Z]{2}\b|North|South|West|New)"
)
PLACE_BEFORE = re.compile(
    r"(?<!stake\s)(?<!shares\s)(?<!invest\s)(?<!analysts\s)(?<!analyst\s)(?<!investor\s)(?<!interest\s)(?<!executive\s)\b(?:at|in|near|outside|around)\s(?:the\s)?$"
)
PERSON_NEAR = re.compile(
    r"\b(?:CEO|CFO|COO|CTO|[Cc]hief\s\w+(?:\s[Oo]fficer)?|[Pp]resident|[Cc]hair\w*|[Aa]nalysts?|[Cc]o-?founder|[Ff]ounder|[Dd]irector|[Pp]artner|Mr\.|Ms\.|Mrs\.|Dr\.|[Hh]ead|[Mm]anager|[Ss]trategist|[Ss]enator|[Gg]overnor|[Ss]pokes\w+|[Jj]udge|[Aa]ttorney),?\s$"
)
DEFINED = re.compile(r",?\s?(?:\([^()\"]{0,60})?\(?[^()\"]{0,40}\"(?P<short>[A-Z][\w.&-]*(?:\s[A-Z][\w.&-]*){0,2})\"")
FIRM = re.compile(
    r"(?:[\w.-]+\s){0,4}?(?:company|firm|group|business|start-?up|customer|tenant|client)\b(?!'s)", re.IGNORECASE
)
SUCH_AS = re.compile(r",?\s(?:such\sas|like|including|namely|called|named|known\sas)\s$|,\s$")
#: A capital in the middle of a sentence.
WITHIN = re.compile(r"[a-z,]\s$")
PERSON_AFTER = re.compile(
    r",\s(?:the\s|its\s|who|an?\s)?(?:[\w-]+\s|company's\s|[A-Z]\w+'s\s){0,2}(?:CEO|CFO|COO|CTO|chief|president|chair|co-?founder|founder|analyst|managing|director|head\sof|spokes|partner\sat)"
    r"|\s(?:told|tweeted|wrote|recalled|quipped)\b",
)
