"""States, provinces and countries where data centers of this trade stand, and their postal codes. Data for `sites`."""


def _listed(text: str) -> tuple[str, ...]:
    return tuple(" ".join(item.split()) for item in text.split(";"))


#: Names as the prose writes them, parts of states included.
REGIONS = _listed(
    """
    Texas; North Dakota; South Dakota; New York; Upstate New York; Western New York; West Texas; East Texas;
    North Texas; New Jersey; New Mexico; New Hampshire; North Carolina; South Carolina; West Virginia;
    Virginia; Georgia; Ohio; Pennsylvania; Louisiana; Michigan; Wisconsin; Indiana; Illinois; Iowa; Nebraska;
    Nevada; Arizona; Oregon; Washington State; California; Florida; Tennessee; Kentucky; Alabama; Mississippi;
    Missouri; Kansas; Oklahoma; Arkansas; Montana; Wyoming; Utah; Colorado; Idaho; Minnesota; Maryland;
    Massachusetts; Connecticut; Maine; Vermont; Delaware; Alaska; Hawaii; Quebec; Québec; Ontario; Alberta;
    Manitoba; British Columbia; Saskatchewan; New Brunswick; Nova Scotia; Newfoundland; Labrador; Canada;
    Norway; Sweden; Finland; Denmark; Iceland; Germany; France; Spain; Portugal; Italy; Ireland; Scotland;
    Wales; England; United Kingdom; the UK; Paraguay; Argentina; Brazil; Chile; Ethiopia; Kenya; Bhutan; Oman;
    Abu Dhabi; Dubai; Saudi Arabia; United Arab Emirates; Malaysia; Indonesia; Thailand; Japan; Australia; New
    South Wales; Tasmania; Kazakhstan; Netherlands; Poland; Switzerland; Austria; India; Singapore
    """
)
#: Postal code -> name.
STATES = dict(
    zip(
        _listed(
            """
            TX; ND; SD; NY; NJ; NM; NC; SC; WV; VA; GA; OH; PA; LA; MI; WI; IN; IL; IA; NE; NV; AZ; OR; WA; CA; FL;
            TN; KY; AL; MS; MO; KS; OK; AR; MT; WY; UT; CO; ID; MN; MD; MA; QC; ON; AB; MB; BC
            """
        ),
        _listed(
            """
            Texas; North Dakota; South Dakota; New York; New Jersey; New Mexico; North Carolina; South Carolina; West
            Virginia; Virginia; Georgia; Ohio; Pennsylvania; Louisiana; Michigan; Wisconsin; Indiana; Illinois; Iowa;
            Nebraska; Nevada; Arizona; Oregon; Washington; California; Florida; Tennessee; Kentucky; Alabama;
            Mississippi; Missouri; Kansas; Oklahoma; Arkansas; Montana; Wyoming; Utah; Colorado; Idaho; Minnesota;
            Maryland; Massachusetts; Quebec; Ontario; Alberta; Manitoba; British Columbia
            """
        ),
        strict=True,
    )
)
#: The press's abbreviation -> name.
ABBREVIATIONS = dict(
    pair.split("=")
    for pair in _listed(
        """
        N.D.=North Dakota; S.D.=South Dakota; N.Y.=New York; N.J.=New Jersey; N.M.=New Mexico; N.H.=New Hampshire;
        N.C.=North Carolina; S.C.=South Carolina; W.Va.=West Virginia; Va.=Virginia; Ga.=Georgia; Pa.=Pennsylvania;
        La.=Louisiana; Mich.=Michigan; Wis.=Wisconsin; Ind.=Indiana; Ill.=Illinois; Neb.=Nebraska; Nev.=Nevada;
        Ariz.=Arizona; Ore.=Oregon; Wash.=Washington; Calif.=California; Fla.=Florida; Tenn.=Tennessee; Ky.=Kentucky;
        Ala.=Alabama; Miss.=Mississippi; Mo.=Missouri; Kan.=Kansas; Okla.=Oklahoma; Ark.=Arkansas; Mont.=Montana;
        Wyo.=Wyoming; Colo.=Colorado; Minn.=Minnesota; Md.=Maryland; Mass.=Massachusetts; Conn.=Connecticut;
        Vt.=Vermont; Del.=Delaware; Que.=Quebec; Ont.=Ontario; Alta.=Alberta; Man.=Manitoba; Sask.=Saskatchewan;
        B.C.=British Columbia; Tex.=Texas
        """
    )
)
