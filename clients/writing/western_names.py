"""First names of the West in Latin letters, by which «John Smith» is told from «Smith John». What is a surname too is none."""

from clients.writing import short_names

NAMES = (
    "aaron abigail adam adrian agnes alan alberto alex alexander alexandra alexis alfred alice alicia alison amanda "
    "amber amelia amy ana andrea andreas andrew angela angelina ann anna anne annie anthony antonio april arthur "
    "ashley audrey barbara beatrice becky ben benjamin bernard beth betty bill bob bobby brandon brenda brian "
    "bridget bruce caitlin carl carla carlos carmen carol carolina caroline carrie catherine cathy cecilia "
    "charlotte chloe chris christian christina christine christopher cindy claire clara claude claudia colin connie "
    "craig cynthia daisy dan daniel daniela danielle dave david dawn deborah debra denise dennis derek diana diane "
    "diego dominic donald donna dora doris dorothy doug douglas dylan eddie edith edward eileen elaine eleanor "
    "elena elisabeth elise elizabeth ella ellen emily emma eric erica erik erin ernest ethan eugene eva evan evelyn "
    "felix fernando fiona florence frances francesca francis frank fred gabriel gabriela gary gemma george georgia "
    "gerald gina giovanni giulia gloria grace greg gregory guillaume gustav hannah hans harold harriet harry "
    "heather hector heidi helen helena henri hilary holly hugo ian ida ines ingrid irene iris isaac isabel isabella "
    "ivan jack jackie jacob jacqueline jake jan jane janet janice jason javier jean jeff jeffrey jen jennifer jenny "
    "jeremy jerry jesse jessica jill jim jimmy jo joan joanna jodie joe johan johanna johannes john johnny jon "
    "jonathan jose josef joseph josephine joshua juan judith judy julia julian julie juliet karen karin karl kate "
    "katherine kathleen kathryn kathy katie keith kenneth kevin kirsten kristen kristin kurt kyle lance larry laura "
    "lauren laurence leah leo leon leonard linda lisa liz lois lora lorenzo louis louise luca lucas lucia lucy "
    "luigi luis luke lynn maggie malcolm manuel marc marco margaret maria marie marilyn mario mark marta martha "
    "martin mary mathilde matt matthew maureen max megan melanie melissa mia michael michel michele michelle miguel "
    "mike molly monica monika nadia nancy naomi natalie natasha nathan neil nicholas nick nicola nicole nigel nina "
    "noah nora olga olivia oscar pablo pam pamela patricia patrick paul paula pauline pedro peggy penny pete peter "
    "phil philip philippe pierre rachel ralph raymond rebecca regina rene renee ricardo rick rita rob robert "
    "roberto robin rodney roger roland ron ronald rosa rose rosemary roy ruth ryan sally sam samantha samuel sandra "
    "sara sarah sean sebastian sharon sheila shirley silvia simon sofia sonia sophia sophie stefan stella stephanie "
    "stephen steve steven stuart sue susan suzanne sven sylvia tamara tania tanya tara ted teresa terry theresa "
    "thierry tim timothy tina tobias todd tom tony tracy ursula valentina valerie vanessa vera veronica vicki "
    "victor victoria vincent violet virginia vivian walter wanda wendy wilhelm william wolfgang xavier yolanda "
    "yvonne zoe "
)
KNOWN = frozenset(NAMES.split())


def is_known(word: str) -> bool:
    """Whether a word is a first name, of the West or a Russian one in Latin letters; of a double one its first half tells."""
    first = word.lower().partition("-")[0]
    return first in KNOWN or short_names.is_known(first)
