"""Time zones as people know them: by their cities, with the hour that they keep. Public."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Where a chain of this country has stores, from west to east; and its neighbours.
CITIES = {
    "Europe/Kaliningrad": _("Kaliningrad"),
    "Europe/Moscow": _("Moscow, St Petersburg, Krasnodar"),
    "Europe/Samara": _("Samara, Izhevsk"),
    "Europe/Saratov": _("Saratov"),
    "Europe/Astrakhan": _("Astrakhan, Ulyanovsk"),
    "Asia/Yekaterinburg": _("Yekaterinburg, Perm, Ufa"),
    "Asia/Omsk": _("Omsk"),
    "Asia/Novosibirsk": _("Novosibirsk, Tomsk"),
    "Asia/Barnaul": _("Barnaul"),
    "Asia/Krasnoyarsk": _("Krasnoyarsk, Kemerovo"),
    "Asia/Irkutsk": _("Irkutsk, Ulan-Ude"),
    "Asia/Chita": _("Chita"),
    "Asia/Yakutsk": _("Yakutsk, Blagoveshchensk"),
    "Asia/Vladivostok": _("Vladivostok, Khabarovsk"),
    "Asia/Sakhalin": _("Yuzhno-Sakhalinsk"),
    "Asia/Magadan": _("Magadan"),
    "Asia/Kamchatka": _("Petropavlovsk-Kamchatsky"),
    "Europe/Minsk": _("Minsk"),
    "Asia/Yerevan": _("Yerevan"),
    "Asia/Tbilisi": _("Tbilisi"),
    "Asia/Baku": _("Baku"),
    "Asia/Almaty": _("Almaty, Astana"),
    "Asia/Tashkent": _("Tashkent"),
    "Asia/Bishkek": _("Bishkek"),
}


def city_of(zone: object, now: datetime | None = None) -> str:
    """``Владивосток, Хабаровск (UTC+10)``; a zone that is none of ours by the last of its name."""
    name = str(zone)
    offset = (now or timezone.now()).astimezone(ZoneInfo(name)).strftime("%z")
    hours = f"{int(offset[:3]):+d}".replace("-", "−") + (f":{offset[3:]}" if offset[3:] != "00" else "")
    return f"{CITIES.get(name) or name.rpartition('/')[2].replace('_', ' ')} (UTC{hours})"


def choices(standing: object = "") -> list[tuple[str, str]]:
    """The zones to choose from, with the one that stands where it is none of them."""
    names = [*CITIES, *([str(standing)] if standing and str(standing) not in CITIES else [])]
    return [(name, city_of(name)) for name in names]
