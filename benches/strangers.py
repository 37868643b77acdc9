#!/usr/bin/env python3
"""Invented teams for contact deduplication, written without sight of how hamstern links and of what its own generator makes.

python3 strangers.py --kind plain|hard|million --rows N --seed S --out DIR

Names, companies, noise and formats are this file's own, so that what was chosen on the generator of `examples/` is
measured on data of another hand. Do not tune it to results. It writes DIR/inbox and DIR/truth.csv (file, line, person).
"""

import argparse, base64, csv, os, random, re, shutil, sys, time, unicodedata
from bisect import bisect
from itertools import accumulate

W = lambda s: s.split()
DE_M = W(
    """Andreas Thomas Michael Stefan Peter Christian Martin Markus Jürgen Klaus Wolfgang Frank Uwe Matthias Jörg Bernd Alexander
Sebastian Daniel Tobias Florian Jan Tim Lukas Jonas Felix Maximilian Paul Philipp Benjamin Dominik Fabian Simon Johannes Georg Günther
Helmut Manfred Heinz Werner Dieter Rainer Holger Ralf Sven Torsten Olaf Norbert Gerhard Karl Friedrich Hans Rüdiger Björn Sören Moritz
Julian Niklas David Kevin Marcel Oliver René Carsten Volker Detlef Ulrich Joachim Anton Leon Erik Konstantin Hannes Götz Valentin"""
)
DE_F = W(
    """Anna Maria Sabine Petra Monika Claudia Susanne Andrea Birgit Stefanie Nicole Katrin Julia Sandra Christine Martina Ute
Gabriele Angelika Heike Barbara Ursula Renate Karin Ingrid Brigitte Elke Kerstin Anja Tanja Silke Melanie Katharina Laura Lena Sarah
Lisa Johanna Franziska Theresa Eva Elisabeth Hannah Sophie Marie Charlotte Leonie Clara Ines Nadine Bettina Cornelia Dagmar Doris
Gisela Jutta Regina Ruth Simone Sonja Vera Yvonne Jana Antje Bärbel Käthe Wiebke Frauke Miriam Judith Pia Carolin Alexandra Manuela
Daniela Verena Svenja Annette Beate"""
)
EN_M = W(
    """James John Robert William David Richard Joseph Charles Christopher Matthew Anthony Mark Steven Andrew Kenneth George
Edward Brian Ronald Timothy Jason Jeffrey Ryan Jacob Nicholas Jonathan Samuel Benedict Patrick Gregory Oscar Harry Liam Ethan Graham
Duncan Stuart Nigel"""
)
EN_F = W(
    """Mary Patricia Jennifer Linda Elizabeth Susan Jessica Karen Margaret Nancy Emily Ashley Kimberly Donna Michelle Amanda
Deborah Rebecca Cynthia Kathleen Amy Angela Helen Samantha Catherine Victoria Olivia Grace Chloe Fiona Heather Abigail Hazel Rachel Joanne"""
)
TR_M = W(
    """Mehmet Mustafa Ahmet Ali Hüseyin Hasan İbrahim Murat Ömer Yusuf Osman Emre Burak Can Deniz Kemal Serkan Özgür Tolga Cem
Volkan Barış Hakan Onur Kaan"""
)
TR_F = W(
    """Fatma Ayşe Emine Hatice Zeynep Elif Meryem Şerife Özlem Gülay Sevgi Yasemin Ebru Derya Pınar Esra Büşra Merve Selin
Aylin Nurhan Gamze Tuğba Canan Dilek"""
)
SL_M = W(
    """Piotr Krzysztof Andrzej Tomasz Paweł Marcin Jakub Mateusz Łukasz Wojciech Ivan Dmitri Sergej Aleksandr Vladimir Nikolai
Igor Oleg Marko Nikola Petar Zoran Dragan Goran Miloš Jiří Petr Tomáš Václav Ondřej Bogdan Damir"""
)
SL_F = W(
    """Agnieszka Katarzyna Małgorzata Joanna Magdalena Ewa Monika Aleksandra Natalia Olga Tatjana Svetlana Irina Jelena Ljudmila
Ivana Marija Jasmina Dragana Snežana Milena Jana Lenka Petra Zuzana Veronika Kateřina Bożena Danuta Ksenia Vesna"""
)
DE_FAM = W(
    """Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf Schröder
Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner Schmitz Krause Meier Lehmann Schmid Schulze Maier Köhler
Herrmann König Walter Mayer Huber Kaiser Fuchs Peters Lang Scholz Möller Weiß Jung Hahn Schubert Vogel Friedrich Keller Günther Frank
Berger Winkler Roth Beck Lorenz Baumann Franke Albrecht Schuster Simon Ludwig Böhm Winter Kraus Martin Schumacher Krämer Vogt Stein
Jäger Otto Sommer Groß Seidel Heinrich Brandt Haas Schreiber Graf Schulte Dietrich Ziegler Kuhn Kühn Pohl Engel Horn Busch Bergmann
Thomas Voigt Sauer Arnold Wolff Pfeiffer Ernst Lindner Hübner Kramer Franz Beyer Wenzel Kunz Barth Böhme Förster Jahn Moser Stahl Thiel
Kirchner Paul Ritter Ebert Hansen Petersen Jansen Jensen Christiansen Carstensen Lüders Bremer Marquardt Naumann Reinhardt Reuter Rieger
Rösch Sander Schenk Schiller Schlüter Schramm Seifert Siebert Steiner Stolz Strauß Thomsen Trautmann Uhlig Unger Urban Wegner Weigel
Wendt Werthmann Wiegand Wilke Witt Wulf Zander Zeller Ackermann Adler Altmann Appel Asmussen Auer Bachmann Balzer Bartels Bender Berndt
Binder Blank Blum Bock Böttcher Brand Breuer Brinkmann Bruns Buchholz Budde Burkhardt Conrad Decker Diehl Döring Dreyer Eckert Eggers
Ehlers Erdmann Esser Fiedler Fink Freitag Fritsch Funk Gärtner Gebhardt Geiger Gerlach Giese Göbel Götz Greiner Grimm Haase Hagen Harms
Hauser Heil Held Hempel Henning Herzog Hesse Heuer Hinz Hirsch Holz Hoppe Kaufmann Kern Kessler Kiefer Knapp Kolb Kröger Küster Lutz"""
)
EN_FAM = W(
    """Smith Johnson Williams Brown Jones Davis Miller Wilson Moore Taylor Anderson Jackson White Harris Thompson Robinson Clark
Lewis Lee Walker Hall Allen Young King Wright Hill Scott Green Adams Baker Nelson Carter Mitchell Roberts Turner Phillips Campbell
Parker Evans Edwards Collins Stewart Morris Rogers Reed Cook Morgan Bell Murphy Bailey Cooper Richardson Cox Howard Ward Peterson Gray
Watson Brooks Kelly Sanders Price Bennett Wood Barnes Ross Henderson Coleman Jenkins Perry Powell Long Patterson Hughes Flores Butler
Simmons Foster Griffin Russell Hayes Hamilton Graham Sullivan Wallace West Cole O'Brien O'Connor McDonald Fletcher Hargreaves"""
)
TR_FAM = W(
    """Yılmaz Kaya Demir Şahin Çelik Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan Kılıç Aslan Çetin Kara Koç Kurt Özkan
Şimşek Polat Korkmaz Özcan Çakır Erdoğan Yavuz Can Acar Şen Aktaş Güler Yalçın Güneş Bozkurt Bulut Keskin Ünal Turan Gül Özer Işık
Kaplan Avcı Sarı Tekin Taş Köse Yüksel Ateş Aksoy Karaca Uçar Bayram Duman"""
)
SL_FAM = W(
    """Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Kozłowski Jankowski
Mazur Krawczyk Piotrowski Grabowski Pawłowski Michalski Zając Ivanov Smirnov Kuznetsov Popov Sokolov Lebedev Kozlov Novikov Morozov
Petrov Volkov Pavlov Fedorov Horvat Kovač Babić Marić Jurić Novak Kovačević Jovanović Petrović Nikolić Marković Đorđević Stojanović
Ilić Pavlović Simić Popović Svoboda Novotný Dvořák Černý Procházka Kučera Veselý Horák Němec Pokorný Marek Hájek Král Růžička Beneš
Shevchenko Bondarenko Kovalenko Tkachenko Melnyk Savchenko Wachowiak Sikora Baran Duda Szewczyk"""
)
CULT = [
    ("de", DE_M, DE_F, DE_FAM, 0.66),
    ("en", EN_M, EN_F, EN_FAM, 0.13),
    ("tr", TR_M, TR_F, TR_FAM, 0.09),
    ("sl", SL_M, SL_F, SL_FAM, 0.12),
]
NICK = {}
for l in """Andreas:Andi,Andy Thomas:Tom,Tommy Michael:Michi,Mike,Micha Stefan:Steff Peter:Pit Christian:Chris Martin:Tino Markus:Max Klaus:Klausi
Wolfgang:Wolf,Wolfi Matthias:Matze,Matthes Bernd:Bernie Alexander:Alex,Sascha Sebastian:Basti,Seb Daniel:Dani,Dan Tobias:Tobi Florian:Flo
Lukas:Luki Maximilian:Max Philipp:Phil Benjamin:Ben,Benni Dominik:Nick,Domi Fabian:Fabi Johannes:Hannes,Jo Georg:Schorsch Friedrich:Fritz
Günther:Günni Helmut:Helle Manfred:Manni Dieter:Didi Joachim:Achim,Jochen Ulrich:Uli Konstantin:Konsti Niklas:Nik Oliver:Olli Torsten:Toto
Julian:Jule Anton:Toni Hans:Hansi Gerhard:Gerd Karl:Kalle Susanne:Susi,Sanne Stefanie:Steffi Katharina:Kathi,Käthe,Kata Elisabeth:Lisa,Elli,Sissi
Franziska:Franzi,Sissi Johanna:Hanna,Jo Theresa:Resi,Resa Gabriele:Gabi Barbara:Babs,Bärbel Ursula:Uschi,Ulla Angelika:Geli Christine:Tina,Chris
Katrin:Kati Nicole:Nici Sabine:Bine Claudia:Claudi Melanie:Meli,Mel Brigitte:Gitte,Biggi Monika:Moni Renate:Nate Cornelia:Conny Bettina:Betty,Tina
Alexandra:Alex,Sandra Manuela:Manu Daniela:Dani Sophie:Fienchen Charlotte:Lotte,Charly Martina:Tina Andrea:Andi Julia:Jule Carolin:Caro
James:Jim,Jimmy John:Jack,Johnny Robert:Bob,Rob William:Bill,Will Richard:Dick,Rick Joseph:Joe Charles:Charlie,Chuck Christopher:Chris Matthew:Matt
Anthony:Tony Steven:Steve Andrew:Andy,Drew Kenneth:Ken Edward:Ed,Ted Ronald:Ron Timothy:Tim Jeffrey:Jeff Jacob:Jake Nicholas:Nick Jonathan:Jon
Samuel:Sam Gregory:Greg Patrick:Pat David:Dave Patricia:Pat,Trish Jennifer:Jen,Jenny Elizabeth:Liz,Beth,Betty Susan:Sue Jessica:Jess
Margaret:Maggie,Peggy Kimberly:Kim Deborah:Debbie Rebecca:Becky Cynthia:Cindy Kathleen:Kathy Samantha:Sam Catherine:Cathy,Kate Victoria:Vicky
Amanda:Mandy Abigail:Abby Mehmet:Memo Mustafa:Musti İbrahim:Ibo Krzysztof:Krzysiek Tomasz:Tomek Paweł:Pawel Aleksandr:Sascha Dmitri:Dima
Sergej:Serjoscha Vladimir:Wolodja Katarzyna:Kasia Małgorzata:Gosia Agnieszka:Aga Magdalena:Magda Joanna:Asia Aleksandra:Ola Natalia:Natascha
Tatjana:Tanja Svetlana:Sveta Nikola:Niko Zeynep:Zeyno Yasemin:Yase""".split():
    k, v = l.split(":")
    NICK[k] = v.split(",")
SPELL = {
    "Stefan": "Stephan",
    "Matthias": "Mathias",
    "Philipp": "Phillip",
    "Katharina": "Catharina",
    "Claudia": "Klaudia",
    "Sarah": "Sara",
    "Hannah": "Hanna",
    "Sophie": "Sofie",
    "Stefanie": "Stephanie",
    "Meyer": "Meier",
    "Maier": "Mayer",
    "Schmidt": "Schmitt",
    "Schmid": "Schmidt",
    "Schulz": "Schultz",
    "Hoffmann": "Hofmann",
    "Markus": "Marcus",
    "Jörg": "Joerg",
    "Günther": "Günter",
    "Torsten": "Thorsten",
    "Ralf": "Ralph",
    "Lukas": "Lucas",
    "Katrin": "Kathrin",
    "Weiß": "Weiss",
    "Groß": "Gross",
    "Erik": "Eric",
    "Carsten": "Karsten",
    "Schäfer": "Schaefer",
    "Sergej": "Sergey",
    "Dmitri": "Dimitri",
    "Horvat": "Horvath",
    "Strauß": "Strauss",
    "Herrmann": "Hermann",
}
# composed German family names, so that the name space of the bigger teams is not tiny (--names wide)
CA = W(
    """Alten Auer Bach Berg Birken Breiten Brunn Buchen Burg Dorn Eber Eichen Erlen Felden Finken Gras Grün Haber Hasel Heiden Hirsch Hohen
Kalten Kirch Klein Kron Lang Linden Loh Mittel Mühl Neu Nieder Nuss Ober Rauh Reit Rosen Roten Sand Schwarzen Stein Stern Tannen Unter Wald Weiden
Weißen Wiesen Winter Zirn Holz Hammer Kessel Falken"""
)
CB = W(
    "bach bauer berger brink burger dorf dorfer eder egger feld fels haus hauser hofer holz huber kamp linger mann mayr meier müller rath reuter schmidt stein steiner thal thaler wald wieser"
)
COMP = sorted({a + b for a in CA for b in CB if a.lower() != b} - set(DE_FAM))
CITY = [
    l.split(":")
    for l in """Berlin:30 Hamburg:40 München:89 Köln:221 Frankfurt:69 Stuttgart:711 Düsseldorf:211 Leipzig:341 Dortmund:231 Essen:201
Bremen:421 Dresden:351 Hannover:511 Nürnberg:911 Duisburg:203 Bochum:234 Wuppertal:202 Bielefeld:521 Bonn:228 Münster:251 Mannheim:621 Karlsruhe:721
Augsburg:821 Wiesbaden:611 Kiel:431 Aachen:241 Freiburg:761 Lübeck:451 Erfurt:361 Mainz:6131 Rostock:381 Kassel:561 Saarbrücken:681 Potsdam:331 Ulm:731
Göttingen:551 Regensburg:941 Würzburg:931 Heidelberg:6221 Darmstadt:6151 Oldenburg:441 Osnabrück:541 Flensburg:461 Konstanz:7531""".split()
]
STEM = W(
    """Nordwind Alster Elbe Rheintal Donau Isar Havel Spree Weser Hansa Rolando Merkur Apollo Orion Atlas Titan Phönix Falke Adler Bärwald
Sonnen Mond Stern Berg Tal Wald See Küsten Insel Hafen Turm Brücken Stein Eisen Kupfer Silber Gold Platin Kristall Quarz Blau Grün Rot Weiß Neu
Alt Gross Klar Fein Lichten Hoch Tief Nieder Ober Mittel Süd West Ost Nova Vita Medi Bio Geo Aero Hydro Thermo Elektro Digi Data Info Cyber
Cloud Net Smart Quick Flex Opti Maxi Pro Inno Tecto Logi Trans Inter Euro Global Uni Multi Poly Kappa Sigma Delta Omega Lambda Zeta"""
)
BRANCH = W(
    """Logistik Technik Systeme Solutions Consulting Software Medien Pharma Bau Energie Analytics Robotics Immobilien Finanz Versicherungen
Handel Maschinenbau Verlag Design Labs Engineering Automotive Foods Textil Druck Beratung Services Partner Werke Gruppe"""
)
LEGAL = ["GmbH", "GmbH", "GmbH", "AG", "GmbH & Co. KG", "KG", "UG", "SE", "Ltd.", "Inc.", "e.V.", ""]
POS = """Geschäftsführer|CEO|CTO|CFO|Vertriebsleiter|Sales Manager|Key Account Manager|Projektleiter|Project Manager|Software Engineer|Senior Consultant|Berater|Einkaufsleiter|Head of Marketing|Marketing Manager|Referent|Teamleiter|Product Owner|Data Scientist|Controller|Personalleiter|HR Business Partner|Rechtsanwalt|Steuerberater|Architekt|Ingenieur|Produktmanager|Assistenz der Geschäftsführung|Sachbearbeiter|Inhaber|Partner|Business Development Manager|Entwickler|IT-Leiter|Account Executive|Managing Director|Professor|Redakteur|Werkstudent|Freelancer""".split(
    "|"
)
FREE = W(
    "gmail.com gmail.com gmail.com gmx.de gmx.de web.de web.de t-online.de yahoo.de outlook.com hotmail.com icloud.com posteo.de freenet.de googlemail.com"
)
MEMBER = W(
    "anja bernd carla dirk elena frank greta holger iris jens karla lutz mona nils olga paul quirin rosa sven tina uwe vera willi yara zeno"
)
TITLES = ["Dr.", "Dr.", "Dr.", "Prof. Dr.", "Dipl.-Ing.", "Mag.", "Dr. med."]
CRED = [", MBA", ", PhD", ", M.Sc.", " ✅", " 🚀", ", PMP", ", LL.M."]
UML = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
SPEC = str.maketrans({"ł": "l", "Ł": "L", "ı": "i", "đ": "d", "Đ": "D", "ß": "ss", "İ": "I"})


def strip_acc(s):
    return "".join(c for c in unicodedata.normalize("NFD", s.translate(SPEC)) if not unicodedata.combining(c))


def translit(s):
    return strip_acc(s.translate(UML))


def mailpart(s):
    return re.sub(r"[^a-z0-9-]", "", translit(s).lower().replace(" ", "-"))


class Pick:
    def __init__(self, items, flat=False):
        self.i = items
        self.c = list(accumulate([1.0 if flat else 1 / (n + 15) ** 0.6 for n in range(len(items))]))

    def __call__(self):
        return self.i[min(bisect(self.c, R.random() * self.c[-1]), len(self.i) - 1)]


def typo(s):
    if len(s) < 4:
        return s
    i = R.randrange(1, len(s) - 1)
    k = R.random()
    if k < 0.3:
        return s[:i] + s[i + 1] + s[i] + s[i + 2 :]
    if k < 0.55:
        return s[:i] + s[i + 1 :]
    if k < 0.75:
        return s[:i] + s[i] + s[i:]
    return s[:i] + R.choice("aeinrstlom") + s[i + 1 :]


class Company:
    __slots__ = "name dom city area trunk main short".split()


class Person:
    __slots__ = "id sex given middle family maiden wed title nick comps priv mobs home city slug xing bday wmail ext fammail callmid".split()


def make_companies(n):
    out = []
    seen = set()
    while len(out) < n:
        r = R.random()
        if r < 0.25:
            f = R.choice(DE_FAM)
            name = f"{f} {R.choice(BRANCH)}"
        elif r < 0.35:
            name = f"{R.choice(DE_FAM)} & {R.choice(['Söhne','Partner','Co.',R.choice(DE_FAM)])}"
        elif r < 0.7:
            name = R.choice(STEM) + " " + R.choice(BRANCH)
        else:
            name = (
                R.choice(STEM)
                + R.choice(["werk", "tech", "soft", "log", "med", "plan", "haus", "tec", "data", "com"])
                + R.choice(["", " " + R.choice(BRANCH)])
            )
        if name in seen:
            continue
        seen.add(name)
        c = Company()
        c.short = name
        lg = R.choice(LEGAL)
        c.name = (name + " " + lg).strip()
        c.dom = re.sub("-+", "-", mailpart(name.replace("&", " "))).strip("-") + R.choice(
            [".de", ".de", ".de", ".com", ".eu", ".net"]
        )
        c.city, c.area = R.choice(CITY)
        c.trunk = str(R.randrange(20000, 999999))
        c.main = "+49" + c.area + c.trunk + "0"
        out.append(c)
    return out


def mobile():
    r = R.random()
    if r < 0.88:
        return (
            "+49"
            + R.choice("151 152 157 159 160 162 163 170 171 172 173 174 175 176 177 178 179".split())
            + str(R.randrange(1000000, 99999999))
        )
    if r < 0.92:
        return "+43" + R.choice(["664", "676", "699"]) + str(R.randrange(1000000, 9999999))
    if r < 0.96:
        return "+41" + R.choice(["76", "78", "79"]) + str(R.randrange(1000000, 9999999))
    if r < 0.98:
        return "+447" + str(R.randrange(100000000, 999999999))
    return "+48" + str(R.randrange(500000000, 799999999))


def landline(area):
    return "+49" + area + str(R.randrange(20000, 9999999))


def fmt(num):
    """One of the ways people type a number."""
    if not num:
        return ""
    cc = "+49" if num.startswith("+49") else num[:3]
    rest = num[3:]
    n = 3 if rest[0] == "1" or cc != "+49" else 2
    if cc == "+49" and rest[0] != "1":
        for c in CITY:
            if rest.startswith(c[1]):
                n = len(c[1])
    a, b = rest[:n], rest[n:]
    r = R.random()
    if cc != "+49":
        return num if r < 0.5 else f"{cc} {a} {b}" if r < 0.8 else f"00{num[1:]}"
    if r < 0.22:
        return num
    if r < 0.40:
        return f"+49 {a} {b}"
    if r < 0.52:
        return f"0{a} {b}"
    if r < 0.63:
        return f"0{a}/{b}"
    if r < 0.73:
        return f"0{a}{b}"
    if r < 0.80:
        return f"0{a}-{b}"
    if r < 0.86:
        return f"+49 (0){a} {b}"
    if r < 0.91:
        return f"0049{a}{b}"
    if r < 0.96:
        return f"(0{a}) {b[:3]} {b[3:]}"
    return f"+49-{a}-{b}"


class World:
    def __init__(s, kind, rows, wide):
        s.wide = wide
        s.hard = kind == "hard"
        s.n = 0
        s.persons = []
        s.used = set()
        s.slugs = set()
        s.comps = make_companies(max(300, min(4000, rows // 40)))
        s.pc = Pick(s.comps)
        s.nm = [(Pick(m), Pick(f), Pick(fam)) for _, m, f, fam, _ in CULT]
        s.cw = [c[4] for c in CULT]

    def mailuniq(s, loc, dom):
        m = f"{loc}@{dom}"
        k = 2
        while m in s.used:
            m = f"{loc}{k if k < 4 else R.randrange(4, 9999)}@{dom}"
            k += 1
        s.used.add(m)
        return m

    def wmailfor(s, p, fam, c):
        g, f = mailpart(p.given), mailpart(fam)
        k = sum(map(ord, c.dom)) % 10
        loc = f"{g}.{f}" if k < 6 else f"{g[:1]}.{f}" if k < 8 else f if k < 9 else f"{g}_{f}"
        return s.mailuniq(loc, c.dom)

    def famat(s, p, y):
        return p.maiden if p.maiden and y < p.wed else p.family

    def person(s, like=None, spouse=None):
        p = Person()
        s.n += 1
        p.id = f"P{s.n:07d}"
        k = R.choices(range(4), s.cw)[0]
        k2 = k if R.random() < 0.9 else R.choices(range(4), s.cw)[0]
        p.sex = R.choice("mf")
        p.given = s.nm[k][0 if p.sex == "m" else 1]()
        p.family = s.nm[k2][2]()
        if k2 == 0 and s.wide and R.random() < 0.5:
            p.family = R.choice(COMP)
        if spouse:
            p.sex = "f" if spouse.sex == "m" else "m"
            p.given = s.nm[k][0 if p.sex == "m" else 1]()
            if R.random() < 0.8:
                p.family = spouse.family
        if R.random() < 0.03:
            p.given += "-" + s.nm[k][0 if p.sex == "m" else 1]()
        if R.random() < 0.025 and not spouse:
            p.family += "-" + s.nm[k2][2]()
        if R.random() < 0.012:
            p.family = R.choice(["von ", "van ", "zu ", "von der ", "de "]) + p.family
        if p.sex == "f" and p.family.endswith("ski"):
            p.family = p.family[:-1] + "a"
        if like:
            p.given, p.family, p.sex = like.given, like.family, like.sex
        p.middle = s.nm[k][0 if p.sex == "m" else 1]() if R.random() < (0.2 if s.hard else 0.08) else ""
        if p.middle == p.given:
            p.middle = ""
        p.callmid = bool(p.middle) and R.random() < 0.12
        p.maiden = ""
        p.wed = 0
        if p.sex == "f" and R.random() < 0.12 and not like:
            p.maiden = s.nm[k2][2]()
            p.wed = R.randrange(2010, 2026)
            if R.random() < 0.3:
                p.family = p.maiden + "-" + p.family.split("-")[0]
        p.title = R.choice(TITLES) if R.random() < 0.08 else ""
        p.nick = R.choice(NICK[p.given]) if p.given in NICK else ""
        n = R.choices([1, 2, 3], [0.5, 0.33, 0.17])[0]
        y = R.randrange(2004, 2018)
        p.comps = []
        p.wmail = {}
        p.ext = {}
        for j in range(n):
            c = s.pc()
            if like and j == n - 1 and R.random() < 0.5:
                c = like.comps[-1][1]
            p.comps.append((y, c, R.choice(POS)))
            y += R.randrange(2, 8)
            if y > 2025:
                break
        for y, c, _ in p.comps:
            if c.dom not in p.wmail:
                p.wmail[c.dom] = s.wmailfor(p, s.famat(p, y + 1), c)
                p.ext[c.dom] = "+49" + c.area + c.trunk + str(R.randrange(10, 999))
        p.city, area = (p.comps[-1][1].city, p.comps[-1][1].area) if R.random() < 0.6 else R.choice(CITY)
        p.priv = ""
        if R.random() < 0.72:
            g, f = mailpart(p.given), mailpart(p.maiden or p.family)
            r = R.random()
            loc = (
                f"{g}.{f}"
                if r < 0.45
                else (
                    f"{g}{f}"
                    if r < 0.55
                    else (
                        f"{g[:1]}{f}{R.randrange(1,99)}"
                        if r < 0.7
                        else (
                            f"{f}.{g}"
                            if r < 0.78
                            else (
                                f"{g}{R.randrange(60,99)}"
                                if r < 0.9
                                else R.choice(["tiger", "sonne", "blume", "wolke", "turbo", "kicker"])
                                + str(R.randrange(1, 9999))
                            )
                        )
                    )
                )
            )
            p.priv = s.mailuniq(loc, R.choice(FREE))
        p.mobs = [(2000, mobile())]
        if R.random() < 0.15:
            p.mobs.append((R.randrange(2010, 2025), mobile()))
        p.home = landline(area) if R.random() < 0.5 else ""
        p.fammail = ""
        if spouse:
            p.city = spouse.city
            if not spouse.home:
                spouse.home = landline(area)
            p.home = spouse.home
            if R.random() < 0.4:
                p.fammail = spouse.fammail = spouse.fammail or s.mailuniq(
                    R.choice(["familie.", "fam.", "die", ""]) + mailpart(spouse.family), R.choice(FREE)
                )
        sl = mailpart(p.given) + "-" + mailpart(s.famat(p, 2018))
        r = R.random()
        if r > 0.35 or sl in s.slugs:
            sl += f"-{R.randrange(16**6, 16**8):x}"
        elif r < 0.08:
            sl = sl.replace("-", "") + str(R.randrange(10, 99))
        while sl in s.slugs:
            sl += str(R.randrange(10))
        s.slugs.add(sl)
        p.slug = sl
        p.xing = f"{translit(p.given)}_{translit(s.famat(p,2015))}".replace(" ", "").replace("-", "") + str(
            R.randrange(2, 999) if R.random() < 0.6 else ""
        )
        while p.xing in s.slugs:
            p.xing += str(R.randrange(10))
        s.slugs.add(p.xing)
        p.bday = f"{R.randrange(1950,2001)}-{R.randrange(1,13):02d}-{R.randrange(1,29):02d}"
        s.persons.append(p)
        return p

    def job(s, p, y):
        j = p.comps[0]
        for x in p.comps:
            if x[0] <= y:
                j = x
        return j

    def mob(s, p, y):
        m = p.mobs[0][1]
        for x in p.mobs:
            if x[0] <= y:
                m = x[1]
        return m


SRC = ["linkedin", "phone", "google", "outlook", "xing", "sheet"]
P_SRC = dict(linkedin=0.5, phone=0.42, google=0.2, outlook=0.25, xing=0.16, sheet=0.16)
REMARK = [
    "(Messe)",
    "privat",
    "NEU",
    "neu",
    "alt",
    "(Tennis)",
    "Handwerker",
    "!!",
    "Vermieter",
    "(Kunde)",
    "Messe 2019",
    "wichtig",
    "Nachbarin",
    "Kita",
    "(Ex-Kollege)",
    "Steuer",
    "Handy neu",
    "?",
]


def record(w, p, src, exp_year, variant=0):
    """A row about p as kept in a source; variant 1 = second card in the same book."""
    hard = w.hard
    hand = src not in ("linkedin", "xing")
    x = R.random
    y = exp_year if not hand else R.randrange(2010, exp_year + 1)
    _, c, pos = w.job(p, y)
    fam = w.famat(p, y)
    given = p.given
    mid = ""
    d = dict(
        prefix="",
        given=given,
        middle="",
        family=fam,
        company="",
        position="",
        mails=[],
        mobile="",
        work="",
        home="",
        city="",
        url="",
        bday="",
        note="",
        one="",
        onein="",
    )
    if p.title and x() < 0.5:
        d["prefix"] = p.title
    # --- name noise
    if p.middle:
        r = x()
        if r < (0.4 if hard else 0.3):
            d["middle"] = p.middle
        elif r < (0.55 if hard else 0.4):
            d["middle"] = p.middle[0] + "."
        elif p.callmid and r < 0.8:
            d["given"] = p.middle
    if hand:
        if p.nick and x() < (0.12 if hard else 0.08):
            d["given"] = p.nick
        if x() < (0.045 if hard else 0.03):
            d["family"] = typo(d["family"])
        if x() < (0.03 if hard else 0.02):
            d["given"] = typo(d["given"])
        for k in ("given", "family"):
            if d[k] in SPELL and x() < 0.06:
                d[k] = SPELL[d[k]]
        if x() < 0.12:
            d["given"], d["family"] = translit(d["given"]), translit(d["family"])
        elif x() < 0.05:
            d["given"], d["family"] = strip_acc(d["given"]), strip_acc(d["family"])
        if x() < 0.03:
            d["given"] = d["given"][0] + "."
        elif x() < (0.03 if hard else 0.015):
            d["given"] = ""
        elif src == "phone" and x() < 0.03:
            d["family"] = ""
        r = x()
        if r < 0.01:
            d["given"], d["family"] = d["given"].upper(), d["family"].upper()
        elif r < 0.03:
            d["given"], d["family"] = d["given"].lower(), d["family"].lower()
    else:
        if p.nick and x() < 0.03:
            d["given"] = p.nick
        if src == "linkedin" and x() < 0.03:
            d["family"] += R.choice(CRED)
        if x() < 0.06:
            d["given"], d["family"] = translit(d["given"]), translit(d["family"])
        if src == "linkedin" and x() < 0.008:
            d["family"] = d["family"][0] + "."
    # --- fields
    keep = lambda q: x() < q
    priv = p.priv
    wm = p.wmail[c.dom]
    mob = w.mob(p, y)
    if src == "linkedin":
        d["company"] = c.name if keep(0.94) else ""
        d["position"] = pos if d["company"] else ""
        d["url"] = "https://www.linkedin.com/in/" + p.slug
        if keep(0.12):
            d["mails"] = [priv or wm]
    elif src == "xing":
        d["company"] = c.name if keep(0.9) else ""
        d["position"] = pos
        d["city"] = c.city if keep(0.7) else ""
        if keep(0.6):
            d["mails"] = [wm if keep(0.6) or not priv else priv]
        if keep(0.3):
            d["mobile"] = mob
        if keep(0.3):
            d["work"] = p.ext[c.dom]
        d["url"] = "https://www.xing.com/profile/" + p.xing if keep(0.85) else ""
    elif src == "phone":
        r = x()
        if r < 0.82:
            d["mobile"] = mob
        if keep(0.22):
            d["work"] = p.ext[c.dom]
        if p.home and keep(0.35):
            d["home"] = p.home
        if not (d["mobile"] or d["work"] or d["home"]):
            d["mobile"] = mob
        if keep(0.36):
            d["mails"] = [priv or wm if keep(0.6) else wm]
        if keep(0.33):
            d["company"] = c.name
        if keep(0.12):
            d["bday"] = p.bday
        if keep(0.04) and variant == 0 and not d["company"]:
            d["mobile"] = d["work"] = d["home"] = ""
            d["mails"] = [priv or wm] if keep(0.7) else []
    elif src == "google":
        if keep(0.8):
            d["mails"] = [priv or wm if keep(0.6) else wm]
        if d["mails"] and keep(0.2) and priv:
            d["mails"] = [wm, priv]
        if keep(0.5):
            d["mobile"] = mob
        if p.home and keep(0.2):
            d["home"] = p.home
        if keep(0.35):
            d["company"] = c.name
            d["position"] = pos if keep(0.5) else ""
        if keep(0.12):
            d["bday"] = p.bday
    elif src == "outlook":
        if keep(0.85):
            d["mails"] = [wm]
        if priv and keep(0.15):
            d["mails"].append(priv)
        if keep(0.85):
            d["company"] = c.name
        if keep(0.5):
            d["position"] = pos
        if keep(0.5):
            d["work"] = p.ext[c.dom]
        if keep(0.45):
            d["mobile"] = mob
        if keep(0.4):
            d["city"] = c.city
        if p.home and keep(0.08):
            d["home"] = p.home
    else:
        if keep(0.6):
            d["mails"] = [wm if keep(0.7) or not priv else priv]
        if keep(0.8):
            d["company"] = c.name
        if keep(0.4):
            d["position"] = pos
        if keep(0.4):
            d["work"] = p.ext[c.dom]
        if keep(0.4):
            d["mobile"] = mob
        if keep(0.5):
            d["city"] = c.city
        if keep(0.1):
            d["url"] = "linkedin.com/in/" + p.slug
        if keep(0.2):
            d["note"] = R.choice(
                ["Messe 2024", "ruft zurück", "will Angebot", "kennt Anna", "Weihnachtskarte", "VIP", "Newsletter"]
            )
    if hand and d["company"]:
        r = x()
        if r < 0.3:
            d["company"] = c.short
        elif r < 0.36:
            d["company"] = c.short.split()[0]
        elif r < 0.39:
            d["company"] = typo(c.short)
        elif r < 0.45:
            d["company"] = translit(d["company"])
    # --- shared and wrong values
    if d["work"] and x() < (0.3 if hard else 0.05):
        d["work"] = c.main
    if hand and x() < (0.04 if hard else 0.008):
        d["mails"] = d["mails"] if d["mails"] and x() < 0.4 else []
        d["mails"].append(R.choice(["info@", "info@", "kontakt@", "office@", "vertrieb@"]) + c.dom)
    if p.fammail and hand and x() < 0.35:
        d["mails"] = [p.fammail] + ([priv] if priv and x() < 0.3 else [])
    if hand and d["mobile"] and x() < (0.012 if hard else 0.004):
        m = d["mobile"]
        i = R.randrange(6, len(m))
        d["mobile"] = m[:i] + str((int(m[i]) + R.randrange(1, 10)) % 10) + m[i + 1 :]
    if hard and hand and x() < 0.018 and d["mobile"] and len(w.persons) > 50:
        q = R.choice(w.persons[-2000:])
        d["mobile"] = q.mobs[0][1]
    if hand and d["mails"] and x() < 0.006:
        a, b = d["mails"][0].split("@")
        d["mails"][0] = typo(a) + "@" + b
    if hard and variant == 1:  # second card: one half of the facts
        if x() < 0.5:
            d["mails"] = d["mails"][:0] or ([wm] if x() < 0.5 else [priv] if priv else [])
            d["mobile"] = "" if d["mails"] or d["work"] else mob
            d["company"] = d["company"] or (c.short if x() < 0.4 else "")
        else:
            d["mobile"] = mob
            d["mails"] = []
    # --- layout of the name
    full = (d["given"] + " " + (d["middle"] + " " if d["middle"] else "") + d["family"]).strip()
    if hand:
        r = x()
        o1, sw, rem = (0.06, 0.04, 0.06) if hard else (0.03, 0.012, 0.008)
        if r < o1:
            k = x()
            d["one"] = (
                full
                if k < 0.6
                else (
                    (d["family"] + " " + d["given"]).strip()
                    if k < 0.85
                    else (d["family"] + ", " + d["given"]).strip(", ")
                )
            )
            d["onein"] = "given" if x() < 0.6 else "family"
        elif r < o1 + sw:
            d["given"], d["family"] = d["family"], d["given"]
        if x() < rem:
            k = x()
            t = R.choice(REMARK) if k < 0.6 else c.short.split()[0] if k < 0.9 else "(" + c.city + ")"
            if d["one"]:
                d["one"] += " " + t
            elif d["family"]:
                d["family"] += " " + t
            else:
                d["given"] += " " + t
        elif src == "phone" and x() < (0.02 if hard else 0.006):
            d["one"] = ("Herr " if p.sex == "m" else "Frau ") + fam + (" " + c.short.split()[0] if x() < 0.6 else "")
            d["onein"] = "given"
            d["prefix"] = ""
            d["middle"] = ""
    return d


# ---------------------------------------------------------------- writers: return (name, encoding, eol, preamble lines, [lines per record])
def q(v, sep=",", always=False):
    v = str(v)
    return '"' + v.replace('"', '""') + '"' if always or sep in v or '"' in v else v


def names(d):
    if d["one"]:
        return (d["one"], "", "") if d["onein"] == "given" else ("", "", d["one"])
    return d["given"], d["middle"], d["family"]


def fullname(d):
    if d["one"]:
        return d["one"]
    return " ".join(v for v in (d["prefix"], d["given"], d["middle"], d["family"]) if v)


MON = W("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")
NOTE = '"When exporting your connection data, you may notice that some of the email addresses are missing. You will only see email addresses for connections who have allowed their connections to see or download their email address using this setting https://www.linkedin.com/psettings/privacy/email. You can learn more here https://www.linkedin.com/help/linkedin/answer/261"'


def w_linkedin(recs, style):
    url = style != 1
    pre = (["Notes:", NOTE, ""] if style != 2 else []) + [
        "First Name,Last Name," + ("URL," if url else "") + "Email Address,Company,Position,Connected On"
    ]
    out = []
    for d in recs:
        g, m, f = names(d)
        g = (d["prefix"] + " " if d["prefix"] and R.random() < 0.5 else "") + g + (" " + m if m else "")
        c = (
            [g, f]
            + ([d["url"]] if url else [])
            + [
                d["mails"][0] if d["mails"] else "",
                d["company"],
                d["position"],
                f"{R.randrange(1,29):02d} {R.choice(MON)} {R.randrange(2010,2026)}",
            ]
        )
        out.append([",".join(q(v) for v in c)])
    return (
        "linkedin/Connections.csv",
        "utf-8-sig" if style == 3 else "utf-8",
        "\r\n" if style == 3 else "\n",
        pre,
        out,
    )


def esc(v):
    return v.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def qp(prop, parts):
    if all(ord(ch) < 128 for v in parts for ch in v):
        return [prop + ":" + ";".join(v.replace(";", "\\;") for v in parts)]
    s = prop + ";CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:"
    lines = []
    cur = s
    for j, v in enumerate(parts):
        if j:
            cur += ";"
        for b in v.encode():
            t = "=%02X" % b
            if len(cur) + 3 > 75:
                lines.append(cur + "=")
                cur = ""
            cur += t
    return lines + [cur]


def w_phone(recs, style):
    out = []
    for d in recs:
        g, m, f = names(d)
        L = ["BEGIN:VCARD"]
        if style == 1:
            L += ["VERSION:2.1"] + qp("N", [f, g, m, d["prefix"], ""]) + qp("FN", [fullname(d)])
            for t, k in (("CELL", "mobile"), ("WORK", "work"), ("HOME", "home")):
                if d[k]:
                    L.append(f"TEL;{t}:{fmt(d[k])}")
            for e in d["mails"]:
                L.append("EMAIL;HOME:" + e)
            if d["company"]:
                L += qp("ORG", [d["company"]])
            if d["bday"]:
                L.append("BDAY:" + d["bday"])
        else:
            L += ["VERSION:3.0", "PRODID:-//Apple Inc.//iPhone OS 17.2//EN"] if style == 0 else ["VERSION:3.0"]
            L += [f"N:{esc(f)};{esc(g)};{esc(m)};{esc(d['prefix'])};", "FN:" + esc(fullname(d))]
            if d["company"]:
                L.append("ORG:" + esc(d["company"]) + ";")
            if d["position"]:
                L.append("TITLE:" + esc(d["position"]))
            for e in d["mails"]:
                L.append("EMAIL;type=INTERNET;type=HOME;type=pref:" + e)
            for t, k in (("CELL", "mobile"), ("WORK", "work"), ("HOME", "home")):
                if d[k]:
                    if style == 0 and R.random() < 0.1:
                        L += (
                            [f"item1.TEL:{fmt(d[k])}", "item1.X-ABLabel:_$!<Other>!$_"]
                            if not any(l.startswith("item1.") for l in L)
                            else [f"TEL;type={t};type=VOICE:{fmt(d[k])}"]
                        )
                    else:
                        L.append(
                            f"TEL;type={t};type=VOICE:{fmt(d[k])}" if style == 0 else f"TEL;TYPE={t}:{fmt(d[k])}"
                        )
            if d["bday"]:
                L.append("BDAY:" + d["bday"])
            if R.random() < 0.02:
                b = base64.b64encode(R.randbytes(300)).decode()
                L.append("PHOTO;ENCODING=b;TYPE=JPEG:" + b[:50])
                L += [" " + b[i : i + 74] for i in range(50, len(b), 74)]
        out.append(L + ["END:VCARD"])
    return ("phone/contacts.vcf", "handy/Kontakte.vcf", "phone/00001.vcf")[style % 3], "utf-8", "\r\n", [], out


G_NEW = "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Phone 3 - Label,Phone 3 - Value"
G_OLD = "Name,Given Name,Additional Name,Family Name,Yomi Name,Given Name Yomi,Additional Name Yomi,Family Name Yomi,Name Prefix,Name Suffix,Initials,Nickname,Short Name,Maiden Name,Birthday,Gender,Location,Billing Information,Directory Server,Mileage,Occupation,Hobby,Sensitivity,Priority,Subject,Notes,Language,Photo,Group Membership,E-mail 1 - Type,E-mail 1 - Value,E-mail 2 - Type,E-mail 2 - Value,Phone 1 - Type,Phone 1 - Value,Phone 2 - Type,Phone 2 - Value,Phone 3 - Type,Phone 3 - Value,Organization 1 - Type,Organization 1 - Name,Organization 1 - Yomi Name,Organization 1 - Title,Organization 1 - Department"


def w_google(recs, style):
    new = style % 2 == 0
    H = (G_NEW if new else G_OLD).split(",")
    lab = "Label" if new else "Type"
    out = []
    for d in recs:
        g, m, f = names(d)
        v = {"Name Prefix": d["prefix"], "Birthday": d["bday"], "Notes": d["note"]}
        if new:
            v.update(
                {
                    "First Name": g,
                    "Middle Name": m,
                    "Last Name": f,
                    "Organization Name": d["company"],
                    "Organization Title": d["position"],
                    "Labels": "* myContacts",
                }
            )
        else:
            v.update(
                {
                    "Name": fullname(d),
                    "Given Name": g,
                    "Additional Name": m,
                    "Family Name": f,
                    "Organization 1 - Name": d["company"],
                    "Organization 1 - Title": d["position"],
                    "Group Membership": "* myContacts",
                }
            )
        if len(d["mails"]) > 1 and R.random() < 0.3:
            v["E-mail 1 - Value"] = " ::: ".join(d["mails"])
            v["E-mail 1 - " + lab] = "* "
        else:
            for i, e in enumerate(d["mails"][:2], 1):
                v[f"E-mail {i} - Value"] = e
                v[f"E-mail {i} - {lab}"] = R.choice(["* ", "* Work", "Home"])
        i = 1
        for t, k in (("Mobile", "mobile"), ("Work", "work"), ("Home", "home")):
            if d[k]:
                v[f"Phone {i} - Value"] = fmt(d[k])
                v[f"Phone {i} - {lab}"] = t
                i += 1
        out.append([",".join(q(v.get(h, "")) for h in H)])
    return "google/contacts.csv", "utf-8", "\r\n" if style % 3 == 0 else "\n", [",".join(H)], out


O_DE = """Anrede|Vorname|Weitere Vornamen|Nachname|Suffix|Firma|Abteilung|Position|Straße geschäftlich|Straße geschäftlich 2|Straße geschäftlich 3|Ort geschäftlich|Region geschäftlich|Postleitzahl geschäftlich|Land/Region geschäftlich|Straße privat|Straße privat 2|Straße privat 3|Ort privat|Bundesland/Kanton privat|Postleitzahl privat|Land/Region privat|Weitere Straße|Weitere Straße 2|Weitere Straße 3|Weiterer Ort|Weiteres/r Bundesland/Kanton|Weitere Postleitzahl|Weiteres/e Land/Region|Telefon Assistent|Fax geschäftlich|Telefon geschäftlich|Telefon geschäftlich 2|Rückmeldung|Autotelefon|Telefon Firma|Fax privat|Telefon (privat)|Telefon (privat 2)|ISDN|Mobiltelefon|Weiteres Fax|Weiteres Telefon|Pager|Haupttelefon|Mobiltelefon 2|Telefon für Hörbehinderte|Telex|Abrechnungsinformation|Assistent(in)|Benutzer 1|Benutzer 2|Benutzer 3|Benutzer 4|Beruf|Büro|E-Mail-Adresse|E-Mail-Typ|E-Mail: Angezeigter Name|E-Mail 2: Adresse|E-Mail 2: Typ|E-Mail 2: Angezeigter Name|E-Mail 3: Adresse|E-Mail 3: Typ|E-Mail 3: Angezeigter Name|Empfohlen von|Geburtstag|Geschlecht|Hobby|Initialen|Internet Frei/Gebucht|Jahrestag|Kategorien|Kinder|Konto|Name des/r Vorgesetzten|Notizen|Organisationsnr.|Ort|Partner/in|Postfach geschäftlich|Postfach privat|Priorität|Privat|Reisekilometer|Sozialversicherungsnr.|Sprache|Stichwörter|Vertraulichkeit|Verzeichnisserver|Webseite|Weiteres Postfach""".split(
    "|"
)
O_EN = """Title|First Name|Middle Name|Last Name|Suffix|Company|Department|Job Title|Business Street|Business City|Business State|Business Postal Code|Business Country/Region|Home Street|Home City|Business Fax|Business Phone|Business Phone 2|Company Main Phone|Home Phone|Home Phone 2|Mobile Phone|Other Phone|Primary Phone|Anniversary|Birthday|Categories|E-mail Address|E-mail Type|E-mail Display Name|E-mail 2 Address|E-mail 2 Type|E-mail 2 Display Name|Gender|Initials|Notes|Spouse|Web Page""".split(
    "|"
)


def w_outlook(recs, style):
    en = style == 2
    H = O_EN if en else O_DE
    out = []
    K = (
        dict(
            prefix="Title",
            given="First Name",
            middle="Middle Name",
            family="Last Name",
            company="Company",
            position="Job Title",
            city="Business City",
            work="Business Phone",
            home="Home Phone",
            mobile="Mobile Phone",
            m1="E-mail Address",
            t1="E-mail Type",
            n1="E-mail Display Name",
            m2="E-mail 2 Address",
            t2="E-mail 2 Type",
            n2="E-mail 2 Display Name",
        )
        if en
        else dict(
            prefix="Anrede",
            given="Vorname",
            middle="Weitere Vornamen",
            family="Nachname",
            company="Firma",
            position="Position",
            city="Ort geschäftlich",
            work="Telefon geschäftlich",
            home="Telefon (privat)",
            mobile="Mobiltelefon",
            m1="E-Mail-Adresse",
            t1="E-Mail-Typ",
            n1="E-Mail: Angezeigter Name",
            m2="E-Mail 2: Adresse",
            t2="E-Mail 2: Typ",
            n2="E-Mail 2: Angezeigter Name",
        )
    )
    idx = {h: i for i, h in enumerate(H)}
    sep = ";" if style == 1 else ","
    for d in recs:
        g, m, f = names(d)
        row = [""] * len(H)

        def put(k, v):
            row[idx[K[k]]] = v

        put("prefix", d["prefix"])
        put("given", g)
        put("middle", m)
        put("family", f)
        put("company", d["company"])
        put("position", d["position"])
        put("city", d["city"])
        for k in ("work", "home", "mobile"):
            put(k, fmt(d[k]))
        for i, e in enumerate(d["mails"][:2], 1):
            put(f"m{i}", e)
            put(f"t{i}", "SMTP")
            put(f"n{i}", f"{fullname(d)} ({e})")
        out.append([sep.join('"' + v.replace('"', '""') + '"' if v or style else "" for v in row)])
    return (
        ("outlook/Kontakte.csv", "outlook/outlook.csv", "outlook/contacts.csv")[style],
        "utf-8-sig" if style == 2 else "cp1252",
        "\r\n",
        [sep.join('"' + h + '"' for h in H)],
        out,
    )


def w_xing(recs, style):
    out = []
    if style == 1:
        H = "Vorname;Nachname;Titel;Firma;Position;E-Mail;Telefon;Mobil;Ort;XING-Profil"
        for d in recs:
            g, m, f = names(d)
            out.append(
                [
                    ";".join(
                        q(v, ";")
                        for v in (
                            (g + " " + m).strip(),
                            f,
                            d["prefix"],
                            d["company"],
                            d["position"],
                            d["mails"][0] if d["mails"] else "",
                            fmt(d["work"]),
                            fmt(d["mobile"]),
                            d["city"],
                            d["url"],
                        )
                    )
                ]
            )
        return "xing/xing_kontakte.csv", "utf-8", "\n", [H], out
    L1 = "CHARSET=ISO-8859-1"
    for d in recs:
        g, m, f = names(d)
        L = [
            "BEGIN:VCARD",
            "VERSION:2.1",
            f"N;{L1}:{f};{g};{m};{d['prefix']}",
            f"FN;{L1}:{fullname(d)}",
            "CLASS:PRIVATE",
        ]
        if d["company"]:
            L.append(f"ORG;{L1}:{d['company']}")
        L.append(f"TITLE;{L1}:{d['position']}")
        if d["work"]:
            L.append("TEL;TYPE=work:" + fmt(d["work"]))
        if d["mobile"]:
            L.append("TEL;TYPE=cell,work:" + fmt(d["mobile"]))
        if d["mails"]:
            L.append("EMAIL;TYPE=internet;type=WORK;type=pref:" + d["mails"][0])
        if d["city"]:
            L.append(f"ADR;TYPE=work;{L1}:;;;{d['city']};;;Deutschland")
        if d["url"]:
            L.append("URL;TYPE=work:" + d["url"])
        L += ["PRODID:-//XING//www.xing.com//epublica//www.epublica.de//Version 1.3", "END:VCARD"]
        out.append(L)
    return "xing/xing.vcf", "latin-1", "\r\n", [], out


def w_sheet(recs, style):
    out = []
    pre = []
    if style == 0:
        pre = ["Kontaktliste Team Vertrieb;;;;;;;;", "Stand: 15.01.2026;;;;;;;;", ";;;;;;;;"]
        H = "Nr.;Name, Vorname;Firma;Position;E-Mail;Telefon;Mobil;Ort;Bemerkung"
    elif style == 1:
        H = "Vorname;Nachname;Firma;Funktion;E-Mail;Telefon;Handy;Ort;LinkedIn;Bemerkung"
    else:
        H = "Name;Firma;E-Mail;Telefon;Mobil;Ort;Notiz"
    for n, d in enumerate(recs, 1):
        g, m, f = names(d)
        g2 = (g + " " + m).strip()
        ml = " / ".join(d["mails"])
        lf = d["one"] or (f + (", " + (d["prefix"] + " " if d["prefix"] else "") + g2 if g2 else ""))
        c = (
            [n, lf, d["company"], d["position"], ml, fmt(d["work"]), fmt(d["mobile"]), d["city"], d["note"]]
            if style == 0
            else (
                [
                    g2,
                    f,
                    d["company"],
                    d["position"],
                    ml,
                    fmt(d["work"]),
                    fmt(d["mobile"]),
                    d["city"],
                    d["url"],
                    d["note"],
                ]
                if style == 1
                else [
                    fullname(d) if R.random() < 0.8 else lf,
                    d["company"],
                    ml,
                    fmt(d["work"] or d["home"]),
                    fmt(d["mobile"]),
                    d["city"],
                    d["note"],
                ]
            )
        )
        out.append([";".join(q(v, ";") for v in c)])
    return (
        ("tabelle/kontaktliste.csv", "tabelle/kunden.csv", "tabelle/Adressen.csv")[style],
        ("cp1252", "utf-8", "utf-8-sig")[style],
        "\r\n",
        pre + [H],
        out,
    )


WR = dict(linkedin=w_linkedin, phone=w_phone, google=w_google, outlook=w_outlook, xing=w_xing, sheet=w_sheet)


def enc(s, e):
    try:
        s.encode(e)
        return s
    except UnicodeEncodeError:
        o = []
        for ch in s:
            try:
                ch.encode(e)
                o.append(ch)
            except UnicodeEncodeError:
                t = strip_acc(ch)
                o.append(t if t.isascii() else "?")
        return "".join(o)


def team(kind, rows, out, wide):
    w = World(kind, rows, wide)
    hard = kind == "hard"
    nm = max(4, min(24, round(6 * (rows / 10000) ** 0.45)))
    ms = MEMBER[:nm]
    has = {}
    style = {}
    expy = {}
    for m in ms:
        has[m] = [s for s in SRC if s in ("linkedin", "phone") or R.random() < 0.75]
        if len(has[m]) < 4:
            has[m] = SRC[:4]
        for s in has[m]:
            style[m, s] = (
                R.choices([0, 1, 2, 3], [0.6, 0.12, 0.1, 0.18])[0]
                if s == "linkedin"
                else R.randrange(3) if s in ("phone", "outlook", "sheet") else R.randrange(2)
            )
            expy[m, s] = R.choice([2021, 2023, 2024, 2025, 2025, 2026, 2026])
    for s in SRC:
        if not any(s in has[m] for m in ms):
            has[ms[0]].append(s)
            style[ms[0], s] = 0
            expy[ms[0], s] = 2025
    book = {(m, s): [] for m in ms for s in has[m]}
    total = 0
    namesake_pool = []
    while total < rows:
        batch = []
        if hard and R.random() < 0.05 and len(namesake_pool) > 20:
            like = R.choice(namesake_pool)
            batch.append((w.person(like=like), None))
        elif hard and R.random() < 0.08:
            a = w.person()
            b = w.person(spouse=a)
            batch += [(a, 0), (b, 0)]
        elif not hard and R.random() < 0.01:
            a = w.person()
            b = w.person(spouse=a)
            batch += [(a, 0), (b, 0)]
        else:
            batch.append((w.person(), None))
        joint = None
        for p, k in batch:
            if R.random() < 0.2:
                namesake_pool.append(p)
            n = min(nm, R.choices([1, 2, 3, 4, 5], [0.56, 0.24, 0.12, 0.05, 0.03])[0])
            mm = R.sample(ms, n)
            if k == 0:
                if joint and joint[0] not in mm:
                    mm[0] = joint[0]
                joint = mm
            for m in mm:
                ss = [s for s in has[m] if R.random() < P_SRC[s]] or [R.choice(has[m])]
                for s in ss:
                    if total < rows:
                        book[m, s].append((record(w, p, s, expy[m, s]), p.id))
                        total += 1
                    if hard and s not in ("linkedin", "xing") and R.random() < 0.09 and total < rows:
                        book[m, s].append((record(w, p, s, expy[m, s], 1), p.id))
                        total += 1
    truth = []
    stats = {}
    nameonly = 0
    for (m, s), rr in book.items():
        if not rr:
            continue
        R.shuffle(rr)
        recs = [r for r, _ in rr]
        for d in recs:
            url = d["url"] if not (s == "linkedin" and style[m, s] == 1) else ""
            vals = [
                d["company"],
                d["city"] if s not in ("phone", "google", "linkedin") else "",
                url if s in ("linkedin", "xing", "sheet") else "",
                d["mobile"],
                d["work"],
                d["home"],
                *d["mails"],
            ]
            nameonly += not any(vals)
        rel, e, eol, pre, lines = WR[s](recs, style[m, s])
        rel = f"{m}/{rel}"
        phys = list(pre)
        where = []
        for L, (_, pid) in zip(lines, rr):
            if s == "linkedin" and R.random() < 0.003:
                phys.append("," * pre[-1].count(",") + f"0{R.randrange(1,9)} Jun 2024")
            where.append(len(phys) + 1)
            truth.append((rel, len(phys) + 1, pid))
            phys += [enc(x, e) for x in L]
        save(out, rel, e, eol, phys, where, lines)
    # one call list, not part of the truth
    m = ms[-1]
    cl = ["sep=;", "Typ;Datum;Name;Rufnummer;Landes-/Ortsnetzbereich;Nebenstelle;Eigene Rufnummer;Dauer"]
    pool = [d for (a, s), rr in book.items() if a == m and s == "phone" for d, _ in rr if d["mobile"] or d["home"]]
    for d in R.sample(pool, min(len(pool), 150)):
        nr = d["mobile"] or d["home"]
        cl.append(
            f"{R.choice([1,2,4])};{R.randrange(1,29):02d}.{R.randrange(1,13):02d}.25 {R.randrange(8,20):02d}:{R.randrange(60):02d};{fullname(d) if R.random()<.6 else ''};{'0' + nr[3:] if nr.startswith('+49') else '00' + nr[1:]};;;97911585;0:{R.randrange(1,30):02d}"
        )
    save(out, f"{m}/fritzbox/FRITZ.Box_Anrufliste.csv", "cp1252", "\r\n", [enc(x, "cp1252") for x in cl], [], [])
    finish(out, truth)
    tot = {}
    for p in w.persons:
        tot[p.given, p.family] = tot.get((p.given, p.family), 0) + 1
    live = {t[2] for t in truth}
    tot = {}
    for p in w.persons:
        if p.id in live:
            tot[p.given, p.family] = tot.get((p.given, p.family), 0) + 1
    report(kind, len(truth), len(live), tot, nameonly)


def save(out, rel, e, eol, phys, where, lines):
    path = os.path.join(out, "inbox", *rel.split("/"))
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding=e, newline="") as f:
        f.write(eol.join(phys) + eol)
    back = open(path, "rb").read().decode(e).split(eol)  # self-check: what stands on the line the truth names
    assert len(back) - 1 == len(phys), (rel, "line break in a cell", len(back), len(phys))
    for n, L in zip(where, lines):
        assert back[n - 1 : n - 1 + len(L)] == [enc(x, e) for x in L], (rel, n)


def finish(out, truth):
    with open(os.path.join(out, "truth.csv"), "w", encoding="utf-8", newline="") as f:
        c = csv.writer(f, lineterminator="\n")
        c.writerow(["file", "line", "person"])
        c.writerows(truth)


def report(kind, rows, persons, tot, nameonly):
    sh = sum(v for v in tot.values() if v > 1)
    s = f"{kind}: rows {rows}, persons {persons}, rows with a name and nothing else {nameonly} ({100*nameonly/rows:.2f} %), persons sharing an identical given+family name {sh} ({100*sh/persons:.1f} %), distinct names {len(tot)}, largest namesake group {max(tot.values())}"
    print(s)
    return s


def million(rows, out):
    nper = round(rows * 0.7)
    ndup = rows - nper
    g = (
        R.sample(DE_M, 55)
        + R.sample(DE_F, 55)
        + R.sample(EN_M + EN_F, 20)
        + R.sample(TR_M + TR_F, 15)
        + R.sample(SL_M + SL_F, 15)
    )
    f = R.sample(DE_FAM, 190) + R.sample(EN_FAM, 40) + R.sample(TR_FAM, 25) + R.sample(SL_FAM, 45)
    R.shuffle(g)
    R.shuffle(f)
    pg, pf = Pick(g), Pick(f)
    comps = make_companies(3000)
    pc = Pick(comps)
    mp = {n: mailpart(n) for n in g + f}
    nm = 20
    ms = MEMBER[:nm]
    files = [[] for _ in ms]
    used = set()
    tot = {}
    nameonly = 0
    x = R.random

    def mail(a, b, dom):
        r = x()
        loc = f"{mp[a]}.{mp[b]}" if r < 0.6 else f"{mp[a][0]}.{mp[b]}" if r < 0.8 else f"{mp[a]}{mp[b]}"
        m = f"{loc}@{dom}"
        while m in used:
            m = f"{loc}{R.randrange(1,9999)}@{dom}"
        used.add(m)
        return m

    dups = {}
    for _ in range(ndup):
        i = R.randrange(nper)
        dups[i] = dups.get(i, 0) + 1
    for i in range(nper):
        a, b = pg(), pf()
        tot[a, b] = tot.get((a, b), 0) + 1
        pid = f"M{i:07d}"
        c = pc()
        pos = R.choice(POS)
        city = c.city if x() < 0.6 else R.choice(CITY)[0]
        wm = mail(a, b, c.dom)
        pm = mail(a, b, R.choice(FREE)) if x() < 0.6 else ""
        ph = mobile()
        who = R.sample(range(nm), min(nm, 1 + dups.get(i, 0)))
        for n, k in enumerate(who):
            A, B, C, PO, CI = a, b, c.name, pos, city
            em = wm if x() < 0.6 or not pm else pm
            p2 = ph
            if n:
                r = x()
                if r < 0.10:
                    B = typo(B)
                elif r < 0.15:
                    A = typo(A)
                elif r < 0.23 and A in NICK:
                    A = R.choice(NICK[A])
                elif r < 0.31:
                    A, B = translit(A), translit(B)
                elif r < 0.33:
                    A, B = B, A
                elif r < 0.36:
                    A = A[0] + "."
                elif r < 0.38:
                    B = pf()  # married
                if x() < 0.15:
                    c2 = pc()
                    C, PO = c2.name, R.choice(POS)
                    if em == wm:
                        em = mail(a, b, c2.dom) if x() < 0.7 else em
                elif x() < 0.3:
                    C = c.short
                if x() < 0.1:
                    p2 = mobile()
                if x() < 0.1:
                    CI = R.choice(CITY)[0]
                if x() < 0.02:
                    l, d = em.split("@")
                    em = typo(l) + "@" + d
            if x() < 0.3:
                em = ""
            if x() < 0.35:
                p2 = ""
            if x() < 0.12:
                C = PO = ""
            elif x() < 0.2:
                PO = ""
            if x() < 0.25:
                CI = ""
            if p2 and x() < 0.02:
                p2 = c.main
            if x() < 0.004:
                em = "info@" + c.dom
            nameonly += not (em or p2 or C or CI)
            files[k].append((",".join(q(v) for v in (A, B, em, fmt(p2), C, PO, CI)), pid))
    truth = []
    for m, rr in zip(ms, files):
        R.shuffle(rr)
        rel = f"{m}/contacts.csv"
        phys = ["first_name,last_name,email,phone,company,position,city"] + [l for l, _ in rr]
        save(out, rel, "utf-8", "\n", phys, range(2, len(phys) + 1), [[l] for l, _ in rr])
        truth += [(rel, n, pid) for n, (_, pid) in enumerate(rr, 2)]
    finish(out, truth)
    report("million", len(truth), nper, tot, nameonly)


if __name__ == "__main__":
    ap = argparse.ArgumentParser()
    ap.add_argument("--kind", choices=["plain", "hard", "million"], required=True)
    ap.add_argument("--rows", type=int, required=True)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--out", required=True)
    ap.add_argument("--names", choices=["wide", "narrow"], default="wide")
    a = ap.parse_args()
    R = random.Random(f"{a.kind}-{a.seed}-{a.rows}")
    t = time.time()
    shutil.rmtree(os.path.join(a.out, "inbox"), ignore_errors=True)
    os.makedirs(a.out, exist_ok=True)
    if a.kind == "million":
        million(a.rows, a.out)
    else:
        team(a.kind, a.rows, a.out, a.names == "wide")
    print(
        f"{time.time()-t:.1f} s; lists: given {len(set(DE_M+DE_F+EN_M+EN_F+TR_M+TR_F+SL_M+SL_F))}, family {len(set(DE_FAM+EN_FAM+TR_FAM+SL_FAM))} hand-written + {len(COMP)} composed (wide)"
    )
