# ruff: noqa: E501  # markup and sentences read better on one line
"""Encodings are told by evidence: 25 languages and more, their common encodings, short and long."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from db.errors import SergeError
from import_scripts.formats.book_file import read_book
from import_scripts.input.alphabets import LANGUAGES
from import_scripts.input.encoding import decode
from tests.import_scripts.making import blocks_of, make_epub

if TYPE_CHECKING:
    from pathlib import Path

SENTENCES: Final = {
    "en": (
        "He said “the café was closed” — and nobody believed the naïve young man, who hadn’t eaten since the fête.",
        (
            "The old woman’s daughter-in-law had been a clerk in the Café de la Paix – she told us so "
            "– before the war came."
        ),
    ),
    "fr": (
        (
            "L’été dernier, la fête fut très réussie à la mairie, où le préfet était déjà venu. Être "
            "ou ne pas être, voilà ce qu'il disait."
        ),
        (
            "Nous marchions dans la neige, épuisés ; personne n’osait parler, car le garçon était "
            "tombé près du fossé où l’on creusait."
        ),
    ),
    "es": (
        (
            "El niño volvió a su casa después de la revolución; mañana será otro día, pensó, y siguió "
            "caminando por la ciudad vacía."
        ),
        (
            "¿Quién podía saber entonces qué iba a pasar? Los compañeros callaban; sólo el más viejo "
            "habló de aquel año terrible."
        ),
    ),
    "it": (
        (
            "La città è piena di gente che non sa perché si è fermata; più in là c'è la libertà, disse "
            "il vecchio, e non andò via."
        ),
        (
            "Nessuno poteva sapere perché; così il più vecchio parlò di quell’anno terribile, e la "
            "verità venne fuori un po’ alla volta."
        ),
    ),
    "pt": (
        (
            "A revolução não começou naquela manhã; o coração da cidade já estava à espera há muito "
            "tempo, e ninguém o sabia então."
        ),
        (
            "Ninguém podia saber então o que ia acontecer; os irmãos estavam calados, só o mais velho "
            "falou daquela estação."
        ),
    ),
    "de": (
        (
            "Er hörte die Schüsse über den Dächern und wußte, daß es für die Männer draußen keine "
            "Rückkehr mehr gab, natürlich."
        ),
        (
            "Niemand konnte wissen, was geschehen würde; nur der Älteste erzählte von jenem Jahr, als "
            "die Brücke über den Fluß brannte."
        ),
    ),
    "nl": (
        (
            "De reünie van de oude geïnterneerden vond plaats in een café; één van hen was ziek, de "
            "anderen hadden geen ideeën meer."
        ),
        (
            "Niemand kon weten wat er zou gebeuren; alleen de oudste vertelde over het jaar waarin de "
            "ruïne bij de zeeën nog stond."
        ),
    ),
    "sv": (
        (
            "Han gick över bron när snön föll, och på andra sidan stod människor som väntade på bröd "
            "sedan klockan fyra på morgonen."
        ),
        (
            "Ingen kunde veta vad som skulle hända; bara den äldste berättade om året då bron över "
            "älven brann och gården låg öde."
        ),
    ),
    "da": (
        (
            "Han gik over broen, da sneen faldt, og på den anden side stod der mennesker, som ventede "
            "på brød før solen stod op."
        ),
        (
            "Ingen kunne vide, hvad der skulle ske; kun den ældste fortalte om året, da broen brændte, "
            "og gården lå øde hen."
        ),
    ),
    "no": (
        (
            "Han gikk over broen da snøen falt, og på den andre siden sto det folk som ventet på brød "
            "før dagen ble lys igjen."
        ),
        "Ingen kunne vite hva som skulle skje; bare den eldste fortalte om året da brua brant og gården lå øde igjen.",
    ),
    "fi": (
        "Hän käveli sillan yli, kun lunta satoi, ja toisella puolella seisoi ihmisiä, jotka odottivat leipää jo yöllä.",
        (
            "Kukaan ei voinut tietää, mitä tapahtuisi; vain vanhin kertoi siitä vuodesta, jolloin "
            "silta paloi ja pelto jäi autioksi."
        ),
    ),
    "pl": (
        (
            "Źródło tej opowieści jest proste: człowiek, który przeżył, mówił później, że śnieg padał "
            "na miasto przez całą noc."
        ),
        (
            "Nikt nie mógł wiedzieć, co się stanie; tylko najstarszy opowiadał o roku, w którym "
            "spłonął most, a łąka była pusta."
        ),
    ),
    "cs": (
        (
            "Když přišel domů, bylo už pozdě a světlo v okně zhaslo; říkali mu, že všichni odešli před "
            "půlnocí někam za řeku."
        ),
        "Nikdo nemohl vědět, co se stane; jen nejstarší vyprávěl o roce, kdy shořel most a louka zůstala prázdná.",
    ),
    "sk": (
        (
            "Keď prišiel domov, bolo už neskoro a svetlo v okne zhaslo; hovorili mu, že všetci odišli "
            "pred polnocou niekam ďaleko."
        ),
        "Nikto nemohol vedieť, čo sa stane; len najstarší rozprával o roku, keď zhorel most a lúka zostala prázdna.",
    ),
    "hu": (
        (
            "Amikor hazaért, már késő volt, és a fény kialudt az ablakban; azt mondták, hogy mindenki "
            "elment a folyó túlsó oldalára, őszintén."
        ),
        (
            "Senki sem tudhatta, mi fog történni; csak a legöregebb mesélt arról az évről, amikor "
            "leégett a híd, és üres maradt a mező."
        ),
    ),
    "hr": (
        (
            "Kad je došao kući, već je bilo kasno i svjetlo se ugasilo; rekli su mu da su svi otišli "
            "preko rijeke još prije ponoći, što ga je začudilo."
        ),
        (
            "Nitko nije mogao znati što će se dogoditi; samo je najstariji pričao o godini kad je "
            "izgorio most, a livada ostala prazna."
        ),
    ),
    "ro": (
        (
            "Când a ajuns acasă era deja târziu şi lumina se stinsese; i s-a spus că toţi plecaseră "
            "peste râu înainte de miezul nopţii."
        ),
        "Nimeni nu putea şti ce avea să se întâmple; numai cel mai bătrân povestea despre anul în care arsese podul.",
    ),
    "tr": (
        (
            "Eve geldiğinde artık geç olmuştu ve ışık sönmüştü; herkesin gece yarısından önce nehrin "
            "öbür tarafına gittiğini söylediler."
        ),
        "Kimse ne olacağını bilemezdi; yalnız en yaşlısı köprünün yandığı ve çayırın boş kaldığı o yılı anlatıyordu.",
    ),
    "lt": (
        (
            "Kai jis parėjo namo, jau buvo vėlu ir šviesa užgeso; jam pasakė, kad visi išėjo už upės "
            "dar prieš vidurnaktį, žinoma."
        ),
        (
            "Niekas negalėjo žinoti, kas įvyks; tik seniausias pasakojo apie metus, kai sudegė tiltas "
            "ir pieva liko tuščia."
        ),
    ),
    "lv": (
        (
            "Kad viņš pārnāca mājās, bija jau vēls un gaisma izdzisusi; viņam teica, ka visi aizgājuši "
            "pāri upei jau pirms pusnakts."
        ),
        "Neviens nevarēja zināt, kas notiks; tikai vecākais stāstīja par gadu, kad nodega tilts un pļava palika tukša.",
    ),
    "ru": (
        (
            "Когда он пришёл домой, было уже поздно, и свет в окне погас; ему сказали, что все ушли за "
            "реку ещё до полуночи."
        ),
        (
            "Никто не мог знать, что произойдёт; только самый старый рассказывал о том годе, когда "
            "сгорел мост и луг остался пуст."
        ),
    ),
    "uk": (
        (
            "Коли він прийшов додому, було вже пізно, і світло у вікні згасло; йому сказали, що всі "
            "пішли за річку ще до півночі."
        ),
        (
            "Ніхто не міг знати, що станеться; тільки найстарший розповідав про той рік, коли згорів "
            "міст і луг лишився порожній."
        ),
    ),
    "bg": (
        (
            "Когато се прибра у дома, беше вече късно и светлината в прозореца беше угаснала; казаха "
            "му, че всички са отишли отвъд реката."
        ),
        "Никой не можеше да знае какво ще стане; само най-старият разказваше за годината, когато изгоря мостът.",
    ),
    "el": (
        (
            "Όταν γύρισε στο σπίτι ήταν πια αργά και το φως στο παράθυρο είχε σβήσει· του είπαν ότι "
            "όλοι είχαν φύγει πριν τα μεσάνυχτα."
        ),
        (
            "Κανείς δεν μπορούσε να ξέρει τι θα γίνει· μόνο ο πιο γέρος μιλούσε για τη χρονιά που "
            "κάηκε το γεφύρι και το λιβάδι ερήμωσε."
        ),
    ),
    "he": (
        "כאשר הוא חזר הביתה כבר היה מאוחר והאור בחלון כבה; אמרו לו שכולם הלכו אל מעבר לנהר עוד לפני חצות",
        "איש לא יכול היה לדעת מה יקרה; רק הזקן ביותר סיפר על השנה שבה נשרף הגשר והאחו נותר ריק ושומם",
    ),
    "ar": (
        "عندما عاد إلى البيت كان الوقت قد تأخر وانطفأ الضوء في النافذة وقالوا له إن الجميع ذهبوا إلى ما وراء النهر",
        "لم يكن أحد يعرف ماذا سيحدث، والشيخ وحده كان يتحدث عن السنة التي احترق فيها الجسر وبقي المرج خاليا",
    ),
    "ja": (
        "彼が家に帰ったとき、もう遅く、窓の明かりは消えていた。みんな真夜中の前に川の向こうへ行ったと言われた。",
        "何が起こるのか誰にも分からなかった。ただ一番年上の男だけが、橋が燃えて野原が空になった年のことを話していた。",
    ),
    "zh": (
        "他回到家的时候已经很晚了，窗子里的灯也灭了；人们告诉他，大家在半夜以前都到河那边去了，没有一个人留下来。",
        "没有人能知道会发生什么事；只有年纪最大的那个人讲起了那一年，桥被烧掉了，草地上什么也没有留下。",
    ),
    "zht": (
        "他回到家的時候已經很晚了，窗子裡的燈也滅了；人們告訴他，大家在半夜以前都到河那邊去了，沒有一個人留下來。",
        "沒有人能知道會發生什麼事；只有年紀最大的那個人講起了那一年，橋被燒掉了，草地上什麼也沒有留下。",
    ),
    "ko": (
        "그가 집에 돌아왔을 때는 이미 늦었고 창문의 불은 꺼져 있었다. 사람들은 모두 자정 전에 강 건너로 갔다고 말했다.",
        "무슨 일이 일어날지 아무도 알 수 없었다. 가장 나이 많은 사람만이 다리가 불타고 들판이 비었던 그해를 이야기했다.",
    ),
}
NOT_TOLD: Final = {("bg", "mac_cyrillic"), ("lt", "iso8859_4")}
"""Rare ones that differ from a commoner encoding in one or two letters of such a sentence."""
EASTERN: Final = {"ja": ("cp932", "euc_jp"), "zh": ("gb18030",), "zht": ("big5",), "ko": ("cp949",)}


def cases() -> list[tuple[str, str]]:
    western = [(tag, encoding) for tag in SENTENCES if tag in LANGUAGES for encoding in LANGUAGES[tag].encodings]
    western = [case for case in western if case not in NOT_TOLD]
    return western + [(tag, encoding) for tag, encodings in EASTERN.items() for encoding in encodings]


@pytest.mark.parametrize(("tag", "encoding"), cases())
def test_a_language_in_its_encodings_short_and_long(tag: str, encoding: str) -> None:
    for sentence in SENTENCES[tag]:
        for text in (sentence[:60], sentence, f"{sentence}\n" * 200):
            raw = text.encode(encoding, errors="ignore")
            if not raw.isascii():
                assert decode(raw, "book.txt").text == raw.decode(encoding)


@pytest.mark.parametrize("letter", "Êßñøłşжωאع")
def test_no_single_letter_flips_a_file(letter: str) -> None:
    encoding = "cp1252"
    french = (SENTENCES["fr"][0] + "\n") * 3
    raw = french.encode(encoding)
    for other in ("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256"):
        try:
            strange = letter.encode(other)
        except UnicodeEncodeError:
            continue
        read = decode(raw + b" " + strange + b" fin.\n", "x")
        assert read.text.startswith(french[:80]), (other, read.encoding)


@pytest.mark.parametrize(
    "declaration",
    [
        "Character set encoding: ISO-8859-5\n\n", "Content-Type: text/plain; charset=iso-8859-5\n\n",
        "# -*- coding: iso-8859-5 -*-\n", "Title: x\nEncoding: ISO-8859-5\n\n",
    ],
)  # fmt: skip
def test_a_declaration_in_the_file_is_evidence(declaration: str) -> None:
    raw = declaration.encode() + "Це дім.".encode("iso8859_5")
    read = decode(raw, "x.txt")
    assert read.encoding == "iso8859-5"
    assert read.text.endswith("Це дім.")
    assert "as the file says" in read.remark


def test_a_late_declaration_is_found(tmp_path: Path) -> None:
    head = "<style>" + "p { margin: 0 }\n" * 2_000 + "</style>"
    page = f"<html><head>{head}<meta charset='iso-8859-2'></head><body><p>Łódź i źdźbło</p></body></html>"
    (tmp_path / "a.html").write_bytes(page.encode("iso8859_2"))
    assert blocks_of(read_book(tmp_path / "a.html"))[0].text == "Łódź i źdźbło"


def test_a_wrong_declaration_does_not_win_over_valid_utf8() -> None:
    assert decode("Character set encoding: ISO-8859-1\n\nété — déjà".encode(), "x").encoding == "utf-8"


def test_a_stray_byte_in_an_epub_is_told(tmp_path: Path) -> None:
    page = "<html><body><p>One — two — three — “four” it".encode() + b"\x92s</p></body></html>"
    path = make_epub(tmp_path / "a.epub", {}, others={"one.xhtml": page})
    book = read_book(path)
    assert blocks_of(book)[0].text == "One — two — three — “four” it’s"
    assert any("1 stray byte was read as Windows-1252" in line for line in book.report)


def test_the_reader_says_the_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Łódź".encode("iso8859_2"))
    book = read_book(path, encoding="iso-8859-2")
    assert blocks_of(book)[0].text == "Łódź"
    assert any("as you said" in line for line in book.report)
    with pytest.raises(SergeError, match="is not a known encoding"):
        read_book(path, encoding="klingon")


def test_letters_that_contradict_the_language_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<html lang='fr'><body><p>{SENTENCES['ru'][0] * 3}</p></body></html>", encoding="utf-8")
    assert any("its letters are Cyrillic" in line for line in read_book(path).report)
