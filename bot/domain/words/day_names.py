"""Names of weekdays and months, in English and the other languages that members write in."""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December")  # fmt: skip

_WEEKDAYS = {
    "en": "monday tuesday wednesday thursday friday saturday sunday",
    "de": "montag dienstag mittwoch donnerstag freitag samstag/sonnabend sonntag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miércoles/miercoles jueves viernes sábado/sabado domingo",
    "it": "lunedì/lunedi martedì/martedi mercoledì/mercoledi giovedì/giovedi venerdì/venerdi sabato domenica",
    "pt": "segunda-feira/segunda terça-feira/terça/terca-feira/terca quarta-feira/quarta quinta-feira/quinta"
    " sexta-feira/sexta sábado/sabado domingo",
}  # a word comes before its own beginning, as a pattern tries them in this order


def weekday_words(*languages: str) -> dict[str, int]:
    """Return names of weekdays in lower case, with and without accents, with their numbers: 0 is Monday.

    `languages`: two-letter codes of `en`, `de`, `fr`, `es`, `it`, `pt`.
    """
    return {
        name: number
        for language in languages
        for number, names in enumerate(_WEEKDAYS[language].split())
        for name in names.split("/")
    }
