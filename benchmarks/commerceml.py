"""A catalogue of 1C and its offers taken whole, beside reading the same files with lxml; the memory of the process that takes them."""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import timed

GOODS = 100_000
MOST_TIMES, MOST_MB = 20, 250
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<КоммерческаяИнформация xmlns="urn:1C.ru:commerceml_2" ВерсияСхемы="2.07">'
TAIL = "</КоммерческаяИнформация>"
# What the child does: takes both files, and tells how long it took and how large it grew.
CHILD = """
import json, re, sys, time
import django
django.setup()
from django.conf import settings
settings.DEBUG = False
from exchange.commerceml import keeping, working
from exchange.models import FileState, GoodsFile, Source
source = Source.objects.create(name="benchmark of 1C", may_fill=True)
for path in sys.argv[1:]:
    with open(path, "rb") as stream:
        keeping.take_file(source, path.rpartition("/")[2], stream)
start = time.perf_counter()
working.read_files()
seconds = time.perf_counter() - start
files = GoodsFile.objects.filter(source=source)
assert not files.exclude(state=FileState.APPLIED).exists(), list(files.values("words"))
counts = list(files.order_by("pk").values_list("counts", flat=True))
# Of this process alone: what getrusage tells is its parent's too.
mb = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) / 1024
print(json.dumps({"seconds": seconds, "mb": mb, "counts": counts}))
"""


def run(scale: float) -> bool:
    import django

    django.setup()
    from stores.models import Store

    goods = max(int(GOODS * scale), 1_000)
    store = Store.objects.order_by("pk")[0]
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / "import.xml", Path(folder) / "offers.xml"]
        for path, text in zip(paths, (_catalogue(goods), _offers(goods, store.code)), strict=True):
            with path.open("w", encoding="utf-8") as out:
                out.writelines(text)
        told = _taken(paths, goods)
        peer = sorted(timed(lambda: [_read(path) for path in paths]) for _round in range(3))[1]
        size = sum(path.stat().st_size for path in paths)
    ratio, holds = told["seconds"] / peer, told["seconds"] <= MOST_TIMES * peer and told["mb"] <= MOST_MB
    line = {
        "name": "commerceml",
        "scale": scale,
        "ours": round(told["seconds"], 3),
        "peer": round(peer, 3),
        "ratio": round(ratio, 2),
    }
    more = {"goods": goods, "mb": round(told["mb"]), "file_mb": round(size / 2**20, 1)}
    print(json.dumps({**line, **more, "demand": f"<= {MOST_TIMES} times, <= {MOST_MB} MB", "holds": holds}), flush=True)
    return holds


def _taken(paths: list[Path], goods: int) -> dict[str, float]:
    """Taken by a process of its own, which keeps no queries as DEBUG does; what it wrote is taken away again."""
    from catalogue.models import Article
    from exchange.models import Source

    try:
        command = [sys.executable, "-c", CHILD, *map(str, paths)]
        done = subprocess.run(
            command, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(Path.cwd())}
        )
        told = json.loads(done.stdout.splitlines()[-1])
        assert told["counts"][0]["created"] == goods, told
        assert told["counts"][1]["stock"] == goods * 2, told
    finally:
        Article.objects.filter(article__startswith="BML").delete()
        Source.objects.filter(name="benchmark of 1C").delete()
    return {"seconds": told["seconds"], "mb": told["mb"]}


def _read(path: Path) -> int:
    """Every element of a file by lxml, as it ends."""
    from lxml import etree

    elements = 0
    for _event, element in etree.iterparse(str(path), events=("end",), resolve_entities=False, no_network=True, load_dtd=False):
        elements += 1
        if re.search("(Товар|Предложение)$", element.tag):
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    return elements


def _catalogue(goods: int) -> Iterator[str]:
    yield HEAD + "<Классификатор><Ид>k</Ид><Свойства>"
    for at, name in enumerate(("Металл", "Проба", "Вставка", "Коллекция")):
        yield f"<Свойство><Ид>prop-{at}</Ид><Наименование>{name}</Наименование></Свойство>"
    yield '</Свойства></Классификатор><Каталог СодержитТолькоИзменения="false"><Ид>k</Ид><Товары>'
    for at in range(goods):
        values = ("Красное золото", "585", "Бриллиант 0,05 ct", f"Коллекция {at % 90}")
        said = "".join(
            f"<ЗначенияСвойства><Ид>prop-{n}</Ид><Значение>{value}</Значение></ЗначенияСвойства>"
            for n, value in enumerate(values)
        )
        yield (
            f"<Товар><Ид>bd72d90d-55bc-11d9-848a-{at:012}</Ид><Артикул>BML{at:06}</Артикул>"
            f'<Наименование>Кольцо с бриллиантом {at}</Наименование><БазоваяЕдиница Код="796">шт</БазоваяЕдиница>'
            f"<Группы><Ид>g1</Ид></Группы><ЗначенияСвойств>{said}</ЗначенияСвойств><ЗначенияРеквизитов><ЗначениеРеквизита>"
            f"<Наименование>Вес</Наименование><Значение>3.{at % 1000:03}</Значение></ЗначениеРеквизита><ЗначениеРеквизита>"
            f"<Наименование>ТипНоменклатуры</Наименование><Значение>Товар</Значение></ЗначениеРеквизита></ЗначенияРеквизитов></Товар>\n"
        )
    yield "</Товары></Каталог>" + TAIL


def _offers(goods: int, store: str) -> Iterator[str]:
    yield HEAD + '<ПакетПредложений СодержитТолькоИзменения="true"><Ид>k#</Ид><ТипыЦен><ТипЦены><Ид>t</Ид>'
    yield "<Наименование>Розничная</Наименование></ТипЦены></ТипыЦен><Склады>"
    yield f"<Склад><Ид>s</Ид><Наименование>{store}</Наименование></Склад></Склады><Предложения>"
    for at in range(goods):
        for size in ("17", "17,5"):
            yield (
                f"<Предложение><Ид>bd72d90d-55bc-11d9-848a-{at:012}#{size}</Ид><Наименование>Кольцо с бриллиантом {at} ({size})</Наименование>"
                f"<ХарактеристикиТовара><ХарактеристикаТовара><Наименование>Размер</Наименование><Значение>{size}</Значение>"
                f"</ХарактеристикаТовара></ХарактеристикиТовара><Цены><Цена><Представление>1 000 RUB за шт</Представление>"
                f"<ИдТипаЦены>t</ИдТипаЦены><ЦенаЗаЕдиницу>{1000 + at}</ЦенаЗаЕдиницу><Валюта>RUB</Валюта></Цена></Цены>"
                f'<Количество>{1 + at % 3}</Количество><Склад ИдСклада="s" КоличествоНаСкладе="{1 + at % 3}"/></Предложение>\n'
            )
    yield "</Предложения></ПакетПредложений>" + TAIL
