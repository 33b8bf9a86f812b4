"""The names of months by their first letters, in the languages that write them in letters."""

from typing import Final

from mgtui.report.dates import MONTHS

#: Names that begin alike stand with more letters: Czech `červen` and `červenec`.
_LONGEST: Final = 7
_NAMES: Final = MONTHS | {
    name: number
    for number, names in enumerate(
        (
            "ene gen sty janv янв led tam oca ιαν ian січ",
            "fév fev lut фев úno hel şub φεβ лют",
            "mär mae mrt maa мар bře már μαρ бер",
            "avr abr kwi апр dub huh ápr nis απρ кві",
            "mai mag mei maj май мая kvě tou máj μαΐ μαι тра",
            "juin giu cze июн čer kes jún haz ιουν iun черв",
            "juil lug lip июл červenc července hein júl tem ιουλ iul лип",
            "aoû ago sie авг srp elo ağu αυγ сер",
            "set wrz сен zář syy sze eyl σεπ вер",
            "okt ott out paź окт říj lok eki οκτ жов",
            "lis ноя marr kas νοε noi лист",
            "dez déc dic gru дек pro jou ara δεκ des груд",
        ),
        start=1,
    )
    for name in names.split()
}


def month_of(name: str) -> int:
    """Give the number of a month, 0 where the word names none."""
    name = name.lower()
    # Turkish capital I with a dot is two characters in lower case.
    sizes = range(min(_LONGEST, len(name)), 2, -1)
    return next((number for size in sizes if (number := _NAMES.get(name[:size]))), 0)
