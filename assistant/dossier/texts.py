"""Every sentence that a dossier says in its own voice."""

from collections.abc import Mapping

from assistant.dossier.content import Chapter
from assistant.dossier.points import Actor

# The sections in order: title and the part of a herstelplan.
SECTIONS: Mapping[str, tuple[str, Chapter | None]] = {
    "over": ("Wat dit is en wie er aan tafel zaten", None),
    "focus": ("Over {focus}", Chapter.ANALYSE),
    "knel": ("Wat kwam in de knel", Chapter.ANALYSE),
    "kiem": ("Wat is ontkiemd", Chapter.ANALYSE),
    "naast-elkaar": ("Burgers, organisaties en wetenschappers naast elkaar", Chapter.ANALYSE),
    "spanningen": ("Spanningen en tegenspraak", Chapter.ANALYSE),
    "droom": ("Waar dromen mensen van", Chapter.AMBITIE),
    "perspectief": ("Wat het perspectief van het Rijk ervan maakt", Chapter.AMBITIE),
    "stappen": ("Eerste stappen en ideeën", Chapter.MAATREGELEN),
    "initiatieven": ("Concrete initiatieven als voorbeeld", Chapter.MAATREGELEN),
    "conclusie": ("Wat de verslagen concluderen", Chapter.MAATREGELEN),
    "partners": ("Wie doet mee", Chapter.PARTNERS),
    "monitoring": ("Hoe we zien of het werkt", Chapter.MONITORING),
    "citaten": ("Tien citaten", None),
    "bronnen": ("Bronnen en werkwijze", None),
}
CHAPTERS: Mapping[Chapter, str] = {
    Chapter.ANALYSE: "Analyse",
    Chapter.AMBITIE: "Ambitie",
    Chapter.MAATREGELEN: "Maatregelen",
    Chapter.PARTNERS: "Partners",
    Chapter.MONITORING: "Monitoring",
}
ACTORS: Mapping[Actor, str] = {
    Actor.GEMEENTE: "De gemeente wordt genoemd",
    Actor.RIJK: "De overheid of het Rijk wordt genoemd",
    Actor.ORGANISATIES: "Werkgevers, scholen of andere organisaties worden genoemd",
    Actor.INWONERS: "Inwoners zelf worden genoemd",
    Actor.ONBENOEMD: "De bron noemt niet wie",
}
FIELDS: Mapping[str, tuple[str, ...]] = {
    "knel": ("Speelt dit ook in onze gemeente? Voor wie, en hoe weten we dat?",),
    "kiem": ("Wat is bij ons ontstaan dat we willen houden?",),
    "spanningen": ("Welke keuze maken wij hier, en wie is het daar niet mee eens?",),
    "droom": ("Waar wil onze gemeente over vier jaar staan?",),
    "stappen": (
        "Welke stap zetten wij als eerste? Wie is eigenaar, en wat mag het kosten?",
        "Wat vragen wij van het Rijk of de provincie?",
    ),
    "initiatieven": ("Welke initiatieven in onze gemeente lijken hierop?",),
    "partners": (
        "Welke inwoners, organisaties en ondernemers doen mee? Wie ontbreekt nog aan tafel?",
        "Wie spreekt namens wie, en hoe horen mensen wat er met hun inbreng gebeurt?",
    ),
    "monitoring": (
        "Waaraan zien inwoners dat het beter gaat? Welke cijfers of gesprekken laten dat zien?",
        "Wanneer kijken raad en inwoners samen terug?",
    ),
}
TITLE = "Dossier voor een herstelplan: {subjects}"
SUBTITLE = (
    "Wat in de dialoog ‘Nederland na de crisis’ (2021) is gezegd, letterlijk en met bronnen. Een werkdocument: "
    "wat de "
    "gemeente zelf schrijft, is leeg gelaten."
)
ABOUT = (
    "Alles in dit dossier met een noot staat letterlijk zo in een verslag. De noot noemt de plaats. Wat geen "
    "noot heeft, zijn "
    "aanwijzingen van het programma dat dit dossier maakte."
)
SAMPLE = (
    "De deelnemers gaven zich vooral zelf op en zijn geen steekproef: wat zij zeiden, is niet op te tellen en "
    "zegt niet "
    "hoeveel inwoners het zo zien."
)
TABLE = "Wie zaten aan tafel, per verslag"
TABLE_HEADER = ("Verslag", "Gesprekken", "Deelnemers", "Organisaties", "Gastgemeenten")
NOT_SAID = "niet vermeld"
LINKED = "Deze thema’s horen bij de herstelopgave, volgens de documenten zelf:"
LINK = "{theme} ({track}): {why}"
NOTHING = "De verslagen over dit onderwerp zeggen hierover niets."
TENSIONS = (
    "Wensen die schuren, minderheden en keerzijden, zoals de verslagen ze noemen en voor zover ze hierboven "
    "niet staan. Ze zijn gezocht op woorden "
    "als ‘spanning’, "
    "‘schuren’, ‘tegelijk’, ‘sommige’ en ‘anderen’, en geordend op gelijkenis met het onderwerp."
)
SIDE_BY_SIDE = "Per groep de passages die het meest op het onderwerp lijken. Wie niets zei, staat er ook."
NOTHING_FROM = "Van {track} vonden we hierover geen uitspraak."
TAKEN_OVER = "Overgenomen citaten"
REWRITTEN = "Citaten uit de dialogen die het perspectief overnam, met wat eraan is veranderd:"
PERSPECTIVE = "Zo vat het Rijk het onderwerp samen:"
ACTORS_INTRO = (
    "Geordend naar wie de bron als eerste noemt in deze volgorde: gemeente, overheid of Rijk, organisaties, "
    "inwoners. Genoemd "
    "worden is nog geen opdracht."
)
QUOTES_INTRO = (
    "Gekozen door het programma: op gelijkenis met het onderwerp, van verschillende sprekers en verspreid over "
    "gesprekken en "
    "onderdelen. Geen citaat staat twee keer in dit dossier, ook niet in een andere versie."
)
FOCUS_INTRO = "De passages in de verslagen over dit onderwerp die het meest lijken op ‘{focus}’."
METHOD = (
    "Het programma Dialoogwijzer koos uit de verslagen wat onder de koppen over knelpunten, kiemen, dromen en "
    "eerste stappen "
    "staat, en liet weg wat een ander deel herhaalt. De keuze is elke keer dezelfde (vingerafdruk van de documenten: "
    "{fingerprint}). Van elk aangehaald woord is nagegaan dat het op zijn plaats in het bronbestand staat. "
    "Fouten in de "
    "bronnen zijn niet verbeterd."
)
MODEL_METHOD = (
    "Inleidingen met het label ‘samenvatting (AI)’ schreef het taalmodel {model}; elke zin is nagegaan in de "
    "passages die hij "
    "noemt."
)
DOCUMENTS = "De documenten"
LINEAGE_TITLE = "Citaten die onderweg veranderden"
LINEAGE = (
    "Citaten bij dit onderwerp die in de bronnen in meer dan één versie staan: hier het origineel, met waar de "
    "andere "
    "staan en wat eraan is veranderd."
)
QUOTED_BY_TRACK = "Citaten"
COMPARE_TITLE = "Vergelijking: {subject}"
COMPARE_SUBTITLE = (
    "Wat burgers, organisaties, wetenschappers en het Rijk over één onderwerp zeggen in ‘Nederland na de "
    "crisis’ (2021), "
    "letterlijk, met de herkomst van elk citaat."
)
