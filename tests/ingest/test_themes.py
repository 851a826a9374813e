"""The theme that a title names."""

import pytest

from ingest.themes import theme_of_title


@pytest.mark.parametrize(
    ("title", "theme"),
    [
        ("Nieuwe ongelijkheden", "nieuwe-ongelijkheden"),
        ("4.2 Duurzaam economisch herstel", "duurzaam-economisch-herstel"),
        ("Gezonde mensen in een groene leefomgeving", "gezonde-mensen-groene-leefomgeving"),
        ("Sociale en mentale veerkracht van de samenleving", "sociale-en-mentale-veerkracht"),
        ("Het nieuwe werken en leven in een blended samenleving", "nieuwe-werken-en-leven"),
        ("Bestuurlijke verhoudingen en inclusieve besluitvorming in tijden van crisis", "bestuurlijke-verhoudingen"),
        ("Dialoogtafel over natuur en milieu", "natuur-en-milieu"),
        ("Dialoogtafel onderwijs en werk", "onderwijs-en-werk"),
        ("Themadialoog wonen & verkeer", "wonen-en-verkeer"),
        ("De weg naar herstel", None),
        ("Dialoogtafel", None),
        ("", None),
    ],
)
def test_a_title_names_its_theme(title, theme):
    assert theme_of_title(title) == theme
