"""Capitalised words that are no company: places, media, months, titles, headline verbs. Data for `discovery`.

Plain sets, lower-case. A row stands here because it was, or easily is, taken for a company's name.
"""


def words(text: str) -> frozenset[str]:
    """Return the words of a block of text as a set."""
    return frozenset(text.split())


PLACES = words(
    """
    texas dakota york jersey mexico carolina virginia georgia ohio pennsylvania louisiana michigan wisconsin indiana
    illinois iowa nebraska nevada arizona oregon washington california florida tennessee kentucky alabama
    mississippi missouri kansas oklahoma arkansas montana wyoming utah colorado idaho minnesota maryland
    massachusetts connecticut maine vermont delaware hawaii alaska hampshire island quebec ontario alberta manitoba
    columbia saskatchewan canada america americas europe asia africa australia norway sweden finland denmark iceland
    germany france spain portugal italy ireland britain england scotland wales uk us usa uae china japan korea india
    singapore malaysia indonesia thailand vietnam taiwan paraguay argentina brazil chile ethiopia kenya bhutan dubai
    riyadh arabia qatar kuwait oman sydney melbourne london paris berlin frankfurt munich oslo stockholm helsinki
    amsterdam brussels zurich geneva toronto montreal vancouver calgary austin dallas houston abilene denver boston
    chicago atlanta miami seattle phoenix reno midland odessa corsicana childress sweetwater rockdale harwood
    ellendale denton muskogee beaver north south east west northern southern eastern western upstate central midwest
    northeast southeast nordic nordics county city state valley river lake creek park point harbor street avenue
    road square town village abu dhabi hong kong silicon wall los angeles las vegas san francisco jose santa clara
    new middle
    """
)
MEDIA = words(
    """
    reuters bloomberg cnbc coindesk cointelegraph decrypt blockworks forbes barron's barrons marketwatch benzinga
    globenewswire newsfile accesswire businesswire prnewswire newswire journal times ft wsj nyt axios techcrunch
    stocktwits tipranks investopedia yahoo seeking motley zacks theblock theminermag dcd datacenterdynamics telegram
    twitter youtube reddit linkedin facebook getty images tradingview theinformation semafor politico fortune
    associated afp nikkei guardian economist factset lseg statista coingecko coinmarketcap
    """
)
TERMS = words(
    """
    oil crude brent gold silver copper high performance sovereign everybody nobody somebody anybody elsewhere
    operators difficulty hashprice housekeeping
    services systems solutions platform platforms products operations service group holdings labs networks
    bitcoin btc ethereum ether eth crypto ai hpc gpu gpus cpu asic asics mw gw kw megawatt megawatts gigawatt it ceo
    cfo coo cto evp svp vp noi ebitda arr capex opex ppa nda mou loi spac etf ipo sec ferc ercot pjm miso nerc
    nasdaq nyse tsx asx lse s&p dow russell fed federal congress senate house commission exchange treasury
    department epa doe irs gaap ifrs usd eur cad aud q1 q2 q3 q4 h1 h2 fy co-founder founder director chairman
    chairwoman chair president officer chief executive vice senior managing general manager head analyst partner mr
    mrs ms dr company companies corporation firm group board management shares share stock stocks shareholders
    shareholder investors investor market markets deal deals lease leases agreement agreements contract contracts
    announcement news update updates report reports press release statement statements forward-looking disclaimer
    source sources data center centers centre centres campus site sites facility facilities phase building class
    series tier section form item note notes table figure chart photo image video credit about contact contacts
    media relations read more also see related story stories advertisement sponsored newsletter subscribe sign
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december jan feb mar apr jun jul aug sep sept oct nov dec today yesterday hopper
    blackwell rubin ampere grace vera h100 h200 b200 b300 gb200 gb300 a100 nvlink cuda infiniband hyperscaler
    hyperscalers hyperscale neocloud neoclouds miner miners mining cloud compute computing infrastructure power
    energy grid capital digital technology technologies tech artificial intelligence high-performance american
    canadian european chinese british australian german french nordic norwegian japanese korean indian saudi emirati
    second-largest largest first one two three four five six seven eight nine ten
    initial strategic big major massive full phased boost scale accelerate capacity support ambitions deployment growth
    """
)
#: Words that begin sentences or headlines and are no part of a name.
OPENERS = words(
    """
    chipmaker startup start-up hyperscaler neocloud landlord rival peer fellow
    the a an this that these those it its he she they we you i our their his her my your in on at for from to of by
    with without under over after before since until while when where why how what who which as if although though
    because but and or nor so yet also still even only just now then there here not no yes both all some many most
    more few each every other another such same meanwhile however moreover furthermore additionally besides instead
    according earlier later last next recently separately overall finally thus hence shares stock analysts today
    like unlike despite during between among through via per about against within upon once following including has
    have had is are was were be been will would can could may might should must do does did let get got beyond amid
    given based thanks
    """
)
#: Words of title-case headlines that part a name from the rest.
HEADLINE = words(
    """
    signs sign signed inks inked lands landed wins win secures secured strikes struck seals announces announced
    unveils expands expand extends extended adds added leases leased lease to hosts buys bought acquires acquired
    sells sold raises raised closes closed completes completed launches launched plans planned plots eyes nears
    weighs explores jumps jumped soars soared surges surged rallies rallied climbs climbed gains gained rises rose
    falls fell drops dropped slides slid sinks tumbles tumbled plunges slips dips pops leaps spikes rockets
    skyrockets up down higher lower says said sees seen gets got makes made takes took gives gave turns pivots pivot
    shifts moves move bets doubles reports reported posts beats misses hits reaches tops targets tap taps picks
    names appoints hires joins teams partners partnership pact tie-up deal deals agreement agreements contract
    contracts bid offer merger acquisition stake loan notes offering financing funding investment term terms year
    years month billion million trillion mw gw with for from into amid after as on at over by via of in and or but
    vs new first big major massive huge multi-year long-term stock shares share price record high low could may will
    would should can is are was has have why how what its it his the a an this that here ahead talks reject rejects
    rejected ends end terminates scraps cancels delays backs backed supply supplies provide provides host build
    builds building power buy sell hold rating upgrade downgrade upgrades downgrades initiates coverage analyst
    analysts bitcoin crypto ai hpc gpu cloud data center centers mining miner miners hosting colocation tenant
    customer hyperscaler neocloud campus site capacity revenue results quarter earnings call transcript update
    letter intent definitive strategic capital expansion texas
    """
)
#: Given names, to tell "Adam Sullivan" from a company.
GIVEN = words(
    """
    adam alex alexander amy andrew andy anna anthony asher ben benjamin bill bob brian bruce carl carlos chad
    charles chris christopher colin craig dan daniel dario dave david dean dennis don donald doug dylan ed edward
    elon emily emma eric erik evan frank fred gary geoff george greg harry helen henry ian jack jacob jaime jake
    james jamie jane jason jeff jeffrey jennifer jensen jeremy jerry jessica jim joe john jon jonathan jordan joseph
    josh julia justin karen kate keith kelly ken kevin kyle larry laura lauren lee leo linda lisa luke marc marco
    maria mark martin mary mathew matt matthew max michael michelle mike mohamed nathan nazar neil nic nicholas nick
    nicole noah oliver omar owen patrick paul paula peter phil philip priya rachel ralph raj randy ray rebecca
    richard rick rob robert robin rod roger ron ross russell ryan sam samantha samuel sandra sara sarah satya scott
    sean sergey shawn simon sofia sophia stephanie stephen steve steven stuart sundar susan taras taylor ted terry
    thomas tim timothy todd tom tony tyler usman victor vincent wes will william zach
    """
)
