"""The small print that companies put under their mails, reports of their servers included: nobody failed in it."""

from collections.abc import Sequence
from typing import Final

from mgtui.report.lazy import LazyPattern
from mgtui.report.model import Line

_SMALL_PRINT: Final = LazyPattern(
    r"(?:not|n't) (?:be )?(?:the|an) (?:intended|named) (?:recipient|addressee)"
    r"|confidential(?:ity)? (?:information|and|notice)|(?:is|are|be|strictly) confidential\b"
    r"|legally privileged|privileged and|received this (?:e-?mail|message|mail) in error"
    r"|nicht der (?:richtige|vorgesehene|beabsichtigte) (?:adressat|empfänger)|vertrauliche (?:und|informationen)"
    r"|diese e-?mail irrtümlich|pas le destinataire|informations? confidentiel|reçu ce (?:message|courriel) par erreur"
    r"|no es (?:usted )?el destinatario|información confidencial|non (?:è|siete|sei) (?:il|i) destinatar"
    r"|informazioni (?:confidenziali|riservate)|niet de (?:geadresseerde|beoogde)|vertrouwelijke informatie"
    r"|não (?:é|for) o destinatário|informações confidenciais|nie (?:jest|są) (?:państwo )?adresat"
)


def has_small_print(lower: str) -> bool:
    """Tell whether a text in lower case has small print."""
    return _SMALL_PRINT.search(lower) is not None


def without_small_print(lines: Sequence[Line]) -> list[Line]:
    """Leave it out, each from the line on which it shows to the end of its paragraph; the first line always stays."""
    kept: list[Line] = []
    inside = False
    for line in lines:
        inside = bool(line.text.strip()) and (inside or (bool(kept) and has_small_print(line.text.lower())))
        if not inside:
            kept.append(line)
    return kept
