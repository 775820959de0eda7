"""The twelve topics that the benchmark counts: one list for every program that is measured."""

TOPICS = {
    "politics": r"vot(?:e|es|ed|ing)|election\w*|senat\w+|president\w*|congress\w*",
    "economy": r"econom\w+|inflation|tax(?:es|ed)?|markets?|bank(?:s|ing)?",
    "climate": r"climate|carbon|emission\w*|warming|fossil fuel\w*",
    "health": r"doctor\w*|hospital\w*|vaccin\w+|medic\w+|symptom\w*",
    "technology": r"software|computer\w*|algorithm\w*|internet|open[- ]source",
    "sports": r"teams?|coach\w*|playoff\w*|season|goalkeeper",
    "games": r"games?|gamer\w*|console|multiplayer|nintendo",
    "film": r"movie\w*|films?|actor\w*|director\w*",
    "law": r"court\w*|judge\w*|lawyer\w*|illegal\w*|lawsuit\w*",
    "war": r"wars?|army|missile\w*|soldier\w*|invasion",
    "abuse": r"idiot\w*|stupid\w*|moron\w*|shut up|troll(?:s|ing)?",
    "thanks": r"thank(?:s| you)|appreciate\w*|well said|great point|helpful",
}

# The same in the notation of our dictionaries. What comments quote counts for the others too.
DICTIONARY = """\
quotations = true
politics = ["vote", "votes", "voted", "voting", "election*", "senat*", "president*", "congress*"]
economy = ["econom*", "inflation", "tax", "taxes", "taxed", "market", "markets", "bank", "banks",
           "banking"]
climate = ["climate", "carbon", "emission*", "warming", "fossil fuel*"]
health = ["doctor*", "hospital*", "vaccin*", "medic*", "symptom*"]
technology = ["software", "computer*", "algorithm*", "internet", "open source", "open-source"]
sports = ["team", "teams", "coach*", "playoff*", "season", "goalkeeper"]
games = ["game", "games", "gamer*", "console", "multiplayer", "nintendo"]
film = ["movie*", "film", "films", "actor*", "director*"]
law = ["court*", "judge*", "lawyer*", "illegal*", "lawsuit*"]
war = ["war", "wars", "army", "missile*", "soldier*", "invasion"]
abuse = ["idiot*", "stupid*", "moron*", "shut up", "troll", "trolls", "trolling"]
thanks = ["thanks", "thank you", "appreciate*", "well said", "great point", "helpful"]
"""

# Words that the generator mixes in, so that the topics occur.
PLANTED = """vote votes voting elections senator president congress economy inflation taxes market
bank climate carbon emissions doctor hospital vaccine medical symptoms software computers internet
team season coach games console movies film actor court judge lawsuit war army soldiers idiot
stupid trolls thanks appreciate helpful""".split()
