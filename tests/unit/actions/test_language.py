"""Other languages are told from English that is short, wrong or full of names."""

import pytest

from actions.language import foreign_language, language_name

OTHERS = {
    "de": [
        "mein paket ist nicht angekommen",
        "wie lange dauert der versand",
        "kann ich umtauschen bitte",
    ],
    "fr": [
        "mon colis n'est pas arrivé",
        "quels sont les frais de livraison",
        "je veux un remboursement",
    ],
    "es": [
        "mi paquete no ha llegado todavía",
        "quisiera devolver los zapatos",
        "hablan ustedes español",
    ],
    "it": ["il mio pacco non è arrivato", "quanto costa la spedizione per favore"],
    "nl": ["mijn pakket is niet aangekomen", "hoe lang duurt de levering"],
    "pl": ["moja paczka nie dotarła", "ile kosztuje wysyłka do polski"],
    "ru": ["посылка не пришла"],
    "tr": ["siparişim hâlâ gelmedi, ne zaman gelecek"],
    "ja": ["荷物が届きません"],
}
ENGLISH = """
parcel still not here m8
gimme my refund pls
ur delivery guy nicked it
need it b4 friday
wots happening with me order
the Sauer & Sohn pan lid
kettle kaput
Müller, Torstraße 5
one large pizza
asdf jkl qwertz uiop
xl red hoodie cotton
no se
la la la
omg omg omg
SK-1001 SK-1002
is the jacket waterproof tho
💥💥💥
%%% ???
""".strip().splitlines()


def test_most_sentences_in_other_languages_are_told():
    """At least eight in ten, and by their right language."""
    told = [foreign_language(text) == code for code, texts in OTHERS.items() for text in texts]
    assert sum(told) / len(told) >= 0.8


@pytest.mark.parametrize("text", ENGLISH)
def test_careless_english_is_not_taken_for_another_language(text):
    """Whoever was not understood is not told to speak English when they do."""
    assert foreign_language(text) is None


def test_languages_have_english_names():
    """A colleague reads "German", not "de"."""
    assert language_name("de") == "German"
