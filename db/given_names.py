"""Variants of given names: in other languages, and short forms.

No library has these across Russian, western and short forms (those for English know *Bill*, none knows *Grisha*). A
line is one name. A word in two lines may be either (*Sasha*, *Max*).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from db.names import reading

if TYPE_CHECKING:
    from collections.abc import Iterable

_NAMES: Final = """
abram abraham avram avraam
adele adelaide adela adel
adolf adolph adolphe adolfo
adrian adrien adriano andrian
agnes agnese ines agnessa
albert alberto al bert
alexander aleksandr alexandre alexandr alessandro alejandro sasha sascha sacha shura sanya alex aleksander
    oleksandr sandor iskander
alexandra aleksandra alessandra alejandra sasha shura sanya
alexei alexey aleksei aleksey alexis alexej alyosha lyosha alesha lesha oleksii
alfred alfredo fred
alice alicia alisa
alphonse alfonso alfons afonso
amadeus amedee amadeo amedeo
anatoly anatole anatoli tolya anatol
andrei andrey andre andrew andreas andres andrea andrzej andreu andras andrusha andriy
angel angelo angele
angelica angelika angelique anzhelika
anna anne ann anya annie hannah ana anushka
anton antonio antoine anthony antoni antonin tosha antonius tony
antonina antonia antoinette antonietta tonya
apollon apollo
arkady arkadi arkadij arcadi arkadiy
armand armando arman
arnold arnaud arnaldo arnau
aron aaron ahron
arseny arsene arsenio arsenii
arthur artur arturo
august auguste augusto augustus
augustin augustine agustin agostino avgustin
avel abel
barthelemy bartholomew bartolome bartolomeo bartholomaus varfolomei
beatrice beatriz beatrix
benjamin veniamin benyamin beniamino binyamin
bernard bernhard bernardo
bertrand bertram beltran
bohdan bogdan
boleslaw boleslav
boris borya borka
bronislaw bronislav
bruno brunon
caesar cesar cesare
camille camillo camilo kamill
carl karl charles carlo carlos karel charlie karoly carles
carmen carmela
celestin celestino celestine
christian khristian kristian cristian christo khristo krastyo hristian
christopher christophe cristobal cristoforo christoph krzysztof khristofor
clara klara claire
claude claudio klaudio
clement klement klemens
constance constanza
cyril kirill cyrille cirilo cirillo kyrill
daniel daniil danila danny danilo dan daniele
darya daria dasha
david dawid davyd davide
denis dennis denys dionysius
dmitry dmitri dimitri dmitrij dmitriy mitya dima dmytro demetrius
dominic dominique domingo domenico dominik
dorothy dorothea dorothee dorotea
dwight
edgar edgardo
edith edita
edward edouard eduard eduardo edmund ed edvard
eleanor eleonore eleonora leonor
emil emile emilio emilian
emilia emilie emily emiliya
emma emmy ema
eric erik erich
ernst ernest erno ernesto ernestine
erwin irwin
estelle estella estrella
esther ester esfir
eugene yevgeny evgeny evgeni evgenii eugen eugenio jewgeni yevgeni evgueni zhenya genia evgenij eugeniusz
    jevgenij yevgeniy jewgenij yevhen evgeniy
eugenie yevgenia evgenia eugenia jenny zhenya jewgenia evgeniya yevgeniya
eva eve ewa
fanny fania fanya
felicien felician
felix feliks felice
ferdinand fernand fernando
florence florencia fiorenza
francis francois francesco francisco franz frank francesc frantisek franciszek pancho paco ferenc frantz
frederic frederick friedrich fritz fred federico fryderyk frederik fridrikh freddy
fyodor fedor theodore theodor fiodor feodor fjodor teodor todor fedya theo ted teodoro fodor
gabriel gavriil gavril gabriele
gaspard caspar gaspar gaspare kaspar
gaston gastone
gennady gennadi gennadii
genrikh heinrich henri henry henryk henrik heinz enrique enrico hendrik henk harry enric heinrik genrich
    hendricus
george georgy georgi georg georges georgii jorge giorgio gyorgy yuri juri yury iouri youri gueorgui gosha jerzy
    jordi zhora yegor egor jurij yura gyuri yurii
gerard gerhard gerardo
gertrude gertrud trude gertrudis
gilbert gilberto
gleb hleb
grigory grigori gregory gregoire gregor grigorii gregorio grisha grzegorz gregori hryhorii grigorij grigol
    grigoriy
gustav gustave gustavo gus
harold harald
hector ettore gektor
hedwig jadwiga edvige
helen helene elena yelena ilona lena jelena helena
henriette henrietta harriet
herman hermann german armando ermanno
hippolyte ippolit hipolito ippolito
honore onore honorio
hubert huberto uberto
hugo hugues hugh ugo gugo
ignace ignatius ignaz ignacio ignacy ignaty ignat ignati
igor ihor
ilya ilia elias ilja elie ilyusha elia elijah
irakli heraclius herakles iraklij
irene irina irena ira
isaac isaak izaak itzhak isak isaic icchak
isidor isidore isidoro
ivan john jean johann johannes juan giovanni hans jan joan vanya ian janos iwan johnny jack jeannot yanis ioann
    ivo jannis
ivar ivars iver
jacqueline jacobine
jacques yakov jakob jacob jakub jakow yasha iakov james jaime giacomo jaume jim jakov jacobo iago jimmy
jeanne jane juana giovanna johanna joanna zhanna
jeannine janine zhanin jeanine
jerome jeronimo geronimo girolamo hieronymus ieronim
joaquin joaquim joachim
joseph iosif josef jozsef jose josep giuseppe osip jozef ossip soso josif josip osya iossif joe pepe yosif
    josefo iosef
josephine josefina giuseppina josefa
judas juda iuda judah
jules julius julio julian yuli yuly juli gyula julien julijan
julia julie iulia yulia
juliette juliet giulietta julieta
kliment klim klimenty
konstantin constantin constantine costa kostya konstantyn kote konstanty costantino
kurt curt konrad conrad
larissa larisa lara
laszlo ladislaus ladislav ladislas
laurence lawrence laurent lorenzo lorenz lavrenty lawrenz lorenco
lavr laurus
lazar lazare lazaro lazarus
leonid leonide lyonya leonidas leonya leon
leopold leopoldo
lev leo leon lew liova lyova lyovka leone leib lio levushka
lisa liza elisabeth elizabeth elsa elise lise elisaveta yelizaveta
liuba lyuba lubov lyubov liubov liouba ljuba luba
louis ludwig luis luigi ludwik ludovic lewis ljudvig lluis lou lajos luc
louise luisa luise lujza
lucien lucian luciano
lucy lucie lucia luzia
luke luka luca lucas lukas
lydia lidia lida lidija lydie
lyudmila ludmila ludmilla
magdalena magdeleine magda madeleine maddalena
manuel emmanuel emanuel emanuele manolo manny
marceau marceaux
marcel marcello marcelo marcellus marsel
margaret margarita marguerite margarethe margherita grete greta margot
maria mary marie marya masha manya mariya marija marusya mariam
marina marine
marius mario
mark marc marco marcus marko mordecai
martemyan martemian martemjan
martha marta marthe
martin martyn martino marton
mathias matyas matthias matthew matteo mathieu matvei matthieu
matilda mathilde
maurice moritz mauricio maurizio mauritius moris mauricius
max maxim maxime maksim maximilian maximo massimo maks
menno mendel
michael mikhail michel miguel michail mihail misha michele mikael mikhael mykhailo mihaly mike michal
monica monique monika
moses moisei moise moshe moisey mojsej moissei
nadezhda nadya nadejda nadine nadia nadja nadiya
nancy nance
natalia natalya natalie natasha natacha nathalie natalja natasza nataliya
nestor nestore
nicholas nikolai nicolas nikolay nikolaus nicola nikolaj kolya nick niccolo nicolai nicolau nikola mykola nikos
    nicolo nikolas claus miklos nicolae koka kolja nikolaos klaus mikolaj
nicole nicolette
nikita nikifor
nina ninel
octave octavio ottavio octavius oktav
oleg oleh
olga olya helga olia
oliver olivier oliverio
oscar oskar oszkar
otto otho ottone
panait panteleimon
pascal pascual pasquale
patrick patrice patricio patrizio
paul pavel paolo pablo pavlo pol pawel pal pasha pablito pau
paula paule paola pavla pauline paulina polina paulette
pelageya pelagia
peter pyotr petr pierre pedro piotr pietro petya pjotr piet petro petrus petar pere pete
philip philippe filipp felipe filippo filip
platon plato
rafael raphael raffaele rafail
ramon raimundo raymond raimondo raymonde rajmund
raoul raul rudolphe
remedios remedy
rene renatus renato
richard ricardo riccardo
robert roberto bob rob bobby rupert
rodion rodya
roger rogelio ruggero rodger
roland rolando orlando
romain roman romano
ronald ronaldo
rosa roza rose rozalia rosalia rosita
rudolf rudolph rodolfo rodolphe rolf
ruth ruf rut
salvador salvatore
samuel samuil sam samuele
sarah sara
savely saveli
sebastien sebastian sebastiano
semyon simon semen simeon simone szymon syoma
sergei sergey serge sergio sergej serguei seryozha sergius serhii sergo serezha
solomon salomon salamon shlomo
sophia sofia sophie sonya sofya sofja sonja sonia zofia
stanislav stanislaw stanislas estanislao stanislaus
stepan stephen stefan etienne stephan esteban istvan styopa steven stephane szczepan stefano
susanna suzanne susan susana zuzanna
svetlana sveta
svyatoslav sviatoslav
sylvain silvain
sylvia silvia sylvie
tamara tamar
tatiana tanya tatyana tatjana
teresa therese theresa teresia tereza
thaddeus faddei tadeusz tadeo
theophile teofil feofil teofilo
thomas foma tomas tommaso tomasz
tikhon tychon
timofei timothy timothee timofey timofej timoteo tima
trofim trophime
ulrich ulric
umberto humbert humberto
ursula ursule
vadim vadym
valentin valentine valentino
valery valeri valere valerio
varlam varlaam
vasily basil vasili wassily vassili basile vasil basilio vasilij vasya wasili wassili vassily vasiliy bazyli
vera wera vjera vyera
veronica veronika veronique
victor viktor wiktor vitya vittorio viktoras vic
victoria viktoria victoire vittoria
vincent vicente vincenzo vikenty vinzenz
virgil virgile virgilio
vissarion bessarion
vitaly vitali vital vitalii
vladimir wladimir volodya vova wlodzimierz volodymyr vladimiro vlady vladi waldemar vlad
vladislav wladyslaw ladislas vladik wladislaw
vsevolod wsewolod seva
vyacheslav viacheslav wjatscheslaw viatcheslav slava vjaceslav wenceslas venceslas
walter valter gualterio vater wolter
wilhelm guillaume william guillermo willi willy bill will guglielmo vilgelm willie billy vilmos wim
wolfgang wolf volfgang
xavier javier saverio
xenia ksenia kseniya oksana
yaroslav jaroslav
yefim efim yefym jefim yephim chaim hyman khaim
yekaterina catherine ekaterina katya katharina caterina catalina katherine kate kitty jekaterina
zakhar zachary zacharie zacharias
zinaida zina sinaida zinaide
zlata slata
zsigmond sigismund zygmunt siegmund sigmund
"""


@cache
def _names() -> list[tuple[str, ...]]:
    return [tuple(line.split()) for line in _NAMES.replace("\n ", " ").strip().split("\n")]


@cache
def _numbers() -> tuple[dict[str, frozenset[int]], dict[str, frozenset[int]]]:
    """Return which names a word may be, by spelling and by reading."""
    spelt: dict[str, set[int]] = {}
    read: dict[str, set[int]] = {}
    for number, names in enumerate(_names()):
        for word in names:
            spelt.setdefault(word, set()).add(number)
            read.setdefault(reading(word), set()).add(number)
    return (
        {word: frozenset(numbers) for word, numbers in spelt.items()},
        {word: frozenset(numbers) for word, numbers in read.items()},
    )


def given_names(folded: str, read: str) -> frozenset[int]:
    """Return the numbers of the names that a word is a form of; empty if it is no known given name."""
    spelt, reads = _numbers()
    return spelt.get(folded) or reads.get(read) or frozenset()


def names_of(numbers: Iterable[int]) -> tuple[str, ...]:
    """Return all forms of these names, in a fixed order."""
    return tuple(dict.fromkeys(form for number in sorted(numbers) for form in _names()[number]))
