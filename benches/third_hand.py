#!/usr/bin/env python3
# -*- coding: utf-8 -*-
"""Invented teams for contact deduplication by a third hand, written without sight of how hamstern links and of what the
generators of `examples/` and `strangers.py` make.

python3 third_hand.py --kind plain|hard|million --rows N --seed S --out DIR

Writes DIR/inbox/<member>/..., DIR/truth.csv (file, line, person) and DIR/stats.json, what there is of each kind. Do not
tune it to results. Standard library only, the same bytes for the same seed. All persons are invented.
"""
import argparse, bisect, csv, io, json, os, random, re, sys, unicodedata, zipfile, base64, itertools, shutil
from collections import Counter, defaultdict

# ---------------------------------------------------------------- names
def W(s):
    return [x.strip() for x in s.replace("\n", " ").split(",") if x.strip()] if "," in s else s.split()

GER_M_OLD = W("""Thomas Michael Andreas Peter Stefan Christian Uwe Frank Jürgen Klaus Wolfgang Bernd Martin Ralf Jörg Dirk Holger
Rainer Markus Matthias Manfred Dieter Torsten Hans Günter Werner Karl-Heinz Joachim Norbert Heinz Gerhard Horst Axel Carsten Olaf
Oliver Jens Ulrich Volker Robert Reinhard Helmut Detlef Thorsten Rolf Harald Heiko Jochen Georg Josef Franz Karl Walter Herbert
Roland Hartmut Guido Armin Kai Ingo Stephan Bernhard Udo Roger Mario Sven Steffen Johannes Alexander Dietmar Anton Paul
Alfred Erich Kurt Ernst Otto Fritz Willi Hubert Konrad Ludwig Richard Rudolf Siegfried Albert Edgar Egon Eberhard Ekkehard Gernot
Gottfried Heinrich Hermann Hugo Hans-Jürgen Hans-Peter Karl-Josef Klaus-Peter Lothar Lutz Wilfried Wilhelm Winfried Achim Arno Arnd
Burkhard Claus Edmund Elmar Erwin Ferdinand Friedhelm Gerd Gregor Götz Henning Hilmar Ingolf Karsten Knut Leopold Meinhard
Raimund Reiner Rüdiger Siegbert Thilo Veit Viktor Volkmar Wendelin Wieland Wolfram Xaver Alois""")
GER_M_YOUNG = W("""Christian Alexander Daniel Sebastian Florian Tobias Jan Stefan Michael Patrick Philipp Dennis Markus Benjamin Marcel
Felix Matthias Simon Thomas Kevin Tim David Martin Maximilian Fabian Julian Marco Andreas Dominik Jonas Lukas Robert Johannes
Christoph Nico Björn Manuel Sven Oliver Marc Moritz Timo Lars René Niklas Max Jens Steffen Nils Paul Leon Jannik Tom Pascal Peter
Sascha Kai Marius Kilian Jakob Henrik Hendrik Robin Erik Eric Lennart Leonard Konstantin Vincent Valentin Raphael Rafael Samuel
Benedikt Ben Finn Jonathan Elias Noah Luca Till Thilo Torben Thorben Malte Mathias Marvin Mirko Nicolas Ole Oskar Patrik Ronny Maik
Enrico Silvio Danny Andre André Adrian Arne Armin Anton Bastian Boris Christopher Clemens Constantin Cornelius Denis Emil Fabio
Frederik Friedrich Gregor Hannes Hanno Holger Ingo Ivo Joachim Jochen Johann Joscha Justus Karl Klaus Korbinian Leander Leo Levin
Linus Lorenz Ludwig Magnus Marian Mario Markus Maurice Mika Norman Philip Quirin Richard Roman Ruben Rudolf Severin Sönke Stephan
Theo Theodor Tilman Timon Toni Tristan Ulrich Urs Veit Viktor Volker Wolfgang Yannick Beat Reto""")
GER_F_OLD = W("""Sabine Susanne Petra Andrea Martina Claudia Birgit Monika Gabriele Ute Heike Angelika Barbara Ulrike Karin Brigitte
Silke Kerstin Anja Christine Renate Elke Ursula Stefanie Marion Christiane Bettina Anke Simone Cornelia Sylvia Iris Manuela Beate
Regina Maria Ingrid Gisela Jutta Helga Doris Katrin Tanja Britta Astrid Carmen Dagmar Eva Heidi Ilona Gudrun Margit Margarete Rita
Sigrid Ruth Anne Annette Antje Christa Christina Elisabeth Erika Gerda Gerlinde Hannelore Hildegard Ilse Inge Irene Karola Kirsten
Marlies Marianne Michaela Nicole Roswitha Silvia Sonja Steffi Veronika Waltraud Ina Katharina Kathrin Elfriede Edith Elvira Franziska
Friederike Gertrud Gitta Hedwig Heidemarie Helene Henriette Herta Ines Irmgard Johanna Karla Kornelia Liane Lieselotte Luise Magda
Margot Marita Marlene Mechthild Melitta Mathilde Regine Rosemarie Rosa Sieglinde Sigrun Theresia Thea Traudl Uta Viola Walburga Wilma""")
GER_F_YOUNG = W("""Stefanie Julia Sarah Anna Katharina Christina Nicole Sandra Nadine Melanie Laura Lisa Jennifer Jessica Daniela
Katrin Anja Tanja Sabrina Lena Vanessa Franziska Maria Kathrin Claudia Susanne Theresa Sophie Johanna Eva Miriam Carolin Caroline
Verena Nina Alexandra Annika Hannah Hanna Marie Jana Sonja Yvonne Bianca Anne Simone Maike Meike Carina Ramona Jasmin Nadja Ann-Kathrin
Isabel Isabell Isabelle Ines Judith Kerstin Kristina Lea Leonie Linda Luisa Magdalena Mareike Mona Nora Patricia Rebecca Rebekka Saskia
Silke Svenja Tina Ulrike Vera Veronika Victoria Viktoria Wiebke Antonia Amelie Angelika Antje Astrid Barbara Bettina Birte Charlotte Clara
Cornelia Corinna Constanze Diana Dorothea Elena Elisabeth Ellen Emma Esther Eveline Fabienne Felicitas Friederike Frieda Gesa Helena
Helene Henrike Ida Imke Inga Inka Janina Janine Jacqueline Josefine Juliane Karin Karla Karolin Katja Klara Lara Larissa Lina Lotte
Mandy Manuela Margarethe Marina Marlene Martina Mathilda Mia Michaela Michelle Mira Nele Neele Olga Paula Pauline Pia Rahel Ricarda
Romy Ronja Rosalie Sina Silvia Steffi Stella Tamara Tabea Ursina Valerie Wencke""")
GER_FAM = W("""Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf Schröder Neumann
Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner Schmitz Krause Meier Lehmann Schmid Schulze Maier Köhler Herrmann
König Walter Mayer Huber Kaiser Fuchs Peters Lang Scholz Möller Weiß Jung Hahn Schubert Vogel Friedrich Keller Günther Frank Berger Winkler
Roth Beck Lorenz Baumann Franke Albrecht Schuster Simon Ludwig Böhm Winter Kraus Martin Schumacher Krämer Vogt Stein Jäger Otto Sommer Groß
Seidel Heinrich Brandt Haas Schreiber Graf Schulte Dietrich Ziegler Kuhn Kühn Pohl Engel Horn Busch Bergmann Thomas Voigt Sauer Arnold Wolff
Pfeiffer Lindner Hübner Ernst Beyer Götz Nagel Kramer Hermann Franz Wenzel Riedel Bock Barth Kern Ritter Franke Böttcher Kuhnert Ebert Thiel
Hansen Jansen Petersen Paulsen Carstens Petersen Fiedler Bischoff Heller Rieger Wild Ott Schreiner Burkhardt Gruber Steiner Egger Moser Bauer
Pichler Leitner Hofer Eder Fuchs Schwarz Wimmer Aigner Lechner Reiter Brunner Auer Mayr Binder Haider Stadler Holzer Ortner Strasser Winkler
Meier Schmid Frei Keller Widmer Gerber Baumgartner Zürcher Wyss Bühler Kunz Suter Graf Hofer Ammann Bachmann Hug Stalder Lüthi Aebi Zbinden
Mohr Pfeifer Lutz Kessler Haupt Heck Wiegand Renner Moll Reuter Schramm Sander Voß Adam Löffler Rau Ullrich Hinz Rapp Nowak Metzger Noack Singer
Stark Ulrich Knoll Heinze Ackermann Hein Rudolph Gebhardt Mertens Kirsch Reinhardt Hesse Geiger Kunze Marx Konrad Grimm Dittrich Schade Wulf
Bender Stahl Steffen Jahn Breuer Naumann Eckert Fröhlich Hauser Fink Merz Kurz Probst Schütz Brand Wirth Fritz Siebert Decker Bremer Heine
Menzel Bühler Kolb Link Rothe Schenk Lenz Kröger Ehlers Unger Janssen Heß Rauch Stephan Hammer Schlegel Straub Bach Römer Diehl Seifert Philipp
Blum Schüler Linke Nickel Zander Witt Kremer Beier Kluge Weis Kunz Paul Dreyer Geyer Röder Kaufmann Opitz Jakob Schiller Rose Behrens Stoll
Wendt Weidner Reich Schilling Wegner Funk Langer Vetter Hecht Nolte Hagen Hempel Pape Buchholz Michel Lohmann Petzold Gärtner Kraft Kohl Wiese
Körner Büttner Eichhorn Scharf Heil Heim Zimmer Schlüter Eberhardt Wittmann Ahrens Kiefer Erdmann Reichert Frey Esser Forster Hennig Maurer
Niemann Kästner Specht Reimann Berg Beckmann Jost Schick Strauß Herzog Doll Schaller Pohlmann Bartsch Kempf Völker Thiele Gottschalk Hoppe
Oswald Kuhlmann Scherer Dorn Sattler Blank Bayer Volk Steinbach Appel Brückner Freitag Mack Weigel Wolter Grote Hanke Kirchner Ebner Hoyer Giese
Brunner Trautmann Siegel Rupp Hess Falk Heinemann Schwab Münch Rademacher Wilke Wilhelm Klose Kupfer Lauer Lemke Lampe Mai Mann Marquardt Matthes
Michels Morgenstern Nitsche Oppermann Osterloh Paschke Petri Pietsch Plate Preuß Quast Rabe Rausch Reinke Riemer Rohde Rösler Runge Ruppert
Sachs Schön Schönfeld Seitz Sonntag Spengler Stolz Stumpf Tietz Timm Uhlig Urban Vogler Wache Wacker Wahl Walther Weller Wessel Westphal Wetzel
Wichmann Winkelmann Wüst Zeller Zorn Abel Ahlers Althaus Anders Aßmann Baier Balzer Bauch Behr Benz Biermann Bittner Bohn Borchert Born Brenner
Brinkmann Bruns Buck Budde Burger Christ Claus Conrad Cordes Dahl Dahmen Daum Deutsch Dietz Dittmann Döring Drews Dürr Eckhardt Ehrhardt Eilers
Endres Engelhardt Engels Esch Faber Fabian Feldmann Fichtner Förster Freund Frick Friedl Fuhrmann Gabriel Gehrke Geisler Gerlach Giesen Glaser
Göbel Gördes Greiner Großmann Gut Haag Haase Hack Hagemann Hamann Harms Hartwig Hase Heckmann Heidrich Heise Hensel Henkel Hering Heuer Hildebrandt
Hiller Hirsch Höfer Höhn Holz Horstmann Hülsmann Ihde Ihle Isele Jacobs Jaeger Janke Jordan Junge Kahl Kamp Kappel Karg Kast Kellermann Kersten Kilian
Kirschner Klaus Klemm Klug Knapp Knauer Kock Kolbe Kopp Korn Köster Kratz Krebs Kreutzer Krieger Kroll Krug Kruse Kube Küster Lambrecht Landgraf Laux
Leonhardt Lindemann Lippert Loos Lück Lüders Lüdtke Maaß Maas Mader Mahler Martens May Meinhardt Meister Melzer Merkel Meurer Mielke Mock Nebel Neubauer Neumeier""")
GER_FAM = list(dict.fromkeys(GER_FAM))
GPRE = W("""Stein Birken Linden Buchen Eichen Tannen Hasel Rosen Blumen Wiesen Feld Wald Hoch Nieder Ober Unter Mitter Alten Neuen Kalten Warmen
Schön Grün Weißen Schwarzen Roten Gold Silber Eisen Kupfer Königs Kaiser Herzogs Grafen Bischofs Kirch Kloster Burg Schloss Brunnen Bach See Mühl
Teich Moos Ried Sand Kies Lehm Torf Mark Grenz Brücken Furt Hirsch Reh Fuchsen Bären Wolfs Adlers Falken Raben Vogel Lerchen Finken Storchen Schwanen
Sonnen Mond Sternen Morgen Abend Winter Sommer Herbst Regen Wetter Donners Hagel Korn Weizen Gersten Hafer Hopfen Wein Reben Apfel Birn Kirsch
Nuss Holz Zimmer Hammer Schmied Mühlen Schaf Ziegen Kuh Ochsen Pferd Ross Esels Breiten Langen Kurzen Hinter Vorder Oster Wester Norder Süder Diet
Gott Sieg Frei Wil Hild Engel Her Ulb Wall Brand Rein Hart Eber Eck Ger Gund Bern Leon Land Lud Rat Ru Volk Wer Wolf Zucker Pfeffer Seng Sch Kron Hell Rau
Dorn Distel Farn Ahorn Erlen Eschen Weiden Pappel Espen Ulm Fichten Kiefern Heiden Heid Laub Stroh Heu Garten Hof Stall Scheuer Speicher Turm Tor""")
GSUF = W("""berg berger burg burger feld felder mann meier mayer maier meyer mayr bauer huber hauser häuser haus hofer hof höfer bach bacher
brunn brunner brück brücker tal thal thaler stein steiner wald walder dorf dorfer dörfer heim heimer müller schmidt schneider ecker egger
eder reiter rieder stätter städter winkler huth hut kamp kötter horst busch brink wieser ried moser moos kopf holz holzer stock bichler bühler graber gruber lechner leitner roth
furth furter weg wegner garten gartner gärtner kirchner kirch au auer ach acher""")
ENG_M = W("""James John David Michael Robert William Andrew Paul Mark Richard Daniel Christopher Matthew Stephen Thomas Peter Simon Ian Steven
Jonathan Anthony Kevin Alan Joseph Martin Ryan Nicholas Brian Benjamin Gary Adam Timothy Philip Graham Edward Neil Patrick Scott Jason Craig Luke
Samuel Jack Joshua Alexander Oliver Harry George Charles Henry Jacob Ethan Nathan Kyle Tyler Brandon Justin Eric Gregory Jeffrey Kenneth Ronald
Donald Douglas Keith Stuart Malcolm Duncan Hugh Colin Trevor Nigel Clive Derek Dean Darren Lee Liam Sean Connor Callum Rory Aidan Declan Barry Brett
Chad Curtis Dennis Derrick Dustin Edwin Frank Gavin Glenn Howard Ivan Jeremy Joel Lawrence Leonard Marcus Maxwell Mitchell Owen Raymond Roger Ross
Russell Shane Spencer Theodore Toby Travis Victor Vincent Walter Warren Wesley Zachary""")
ENG_F = W("""Sarah Emma Laura Rebecca Claire Karen Susan Jennifer Elizabeth Helen Lisa Nicola Amanda Michelle Rachel Catherine Katherine Victoria Louise Julie
Jessica Hannah Charlotte Amy Samantha Emily Olivia Sophie Lucy Alice Grace Megan Lauren Stephanie Melissa Kimberly Heather Angela Nancy Patricia Linda
Barbara Deborah Christine Jacqueline Joanne Tracy Sharon Diane Alison Fiona Gillian Heather Jane Janet Kathryn Kelly Kerry Kirsty Leanne Lesley Lynn
Margaret Maria Mary Naomi Natalie Natasha Paula Penelope Philippa Rosemary Ruth Sally Sandra Sheila Tara Teresa Tina Vanessa Wendy Zoe Abigail Alexandra Allison
Amber Andrea Ashley Brenda Brittany Caroline Cheryl Courtney Crystal Danielle Erin Georgia Harriet Imogen Isabel Jodie Kayla Madison Monica Paige Robin Shannon""")
ENG_FAM = W("""Smith Jones Williams Brown Taylor Davies Wilson Evans Thomas Johnson Roberts Walker Wright Robinson Thompson White Hughes Edwards Green
Hall Wood Harris Martin Lewis Jackson Clarke Clark Turner Hill Scott Cooper Morris Ward Moore King Watson Baker Harrison Morgan Patel Young Allen Mitchell
James Anderson Phillips Lee Bell Parker Davis Miller Garcia Rodriguez Campbell Stewart Kelly Murphy Murray Reid Ross Graham Ryan Byrne Sullivan Walsh
OConnor Kennedy Lynch Doyle Gallagher Doherty Quinn Nolan Bennett Cook Shaw Collins Carter Richardson Bailey Cox Marshall Adams Foster Gray Chapman Webb Simpson
Rogers Russell Barker Ellis Stevens Mason Hunt Palmer Matthews Holmes Mills Knight Lloyd Butler Barnes Fisher Jenkins Powell Stone Fletcher Hawkins Harvey
Dixon Pearson Fox Hart Spencer Perry Payne Rose Burton Dunn Wells Hudson Grant Warren West Cole Hayes Price Ford Burns Nelson Porter Long Henderson Coleman
Griffin Brooks Sanders Bryant Alexander Russell Hamilton Gibson Jordan Reynolds Sutton Wallace Woods Owens Freeman Carpenter Lawson Weaver Crawford Dean Lane
Barrett Boyle Brady Burke Casey Chambers Connolly Crane Cross Cunningham Curtis Dawson Douglas Drake Duffy Duncan Elliott Farrell Ferguson Field Finch Fleming
Forbes Frost Gardner Gibbs Gilbert Goodwin Gordon Harding Hewitt Hodgson Holt Hopkins Horton Hutchinson Ingram Jarvis Kemp Lamb Leach Little Lowe Marsh May""")
ENG_FAM = [x.replace("OConnor", "O'Connor") for x in dict.fromkeys(ENG_FAM)]
EPRE = W("""Ash Black Brad Bright Brook Burn Clay Cliff Cold Crans Dal East Elm Fair Farn Fen Green Hart Has Hath Haw Hay Heath Hol Hunt Kings Lang Lan
Led Lin Long Mar Mid Mill Nor North Oak Pem Penn Pres Rad Red Ridge Rock Rush Ruth Sand Shel Sher Stan Stock Strat Sut Thorn Thur Under Wake Wal Ware Wel West Whit Wick Win Wood""")
ESUF = W("ton ley ford wood worth field well bury ham by ridge more burn bourne land shaw croft gate stead wick man")
TUR_M = W("""Mehmet Mustafa Ahmet Ali Hüseyin Hasan İbrahim Murat Ömer Yusuf Osman Ramazan Emre Can Burak Serkan Hakan Fatih Kemal Cem Deniz Onur Tolga Volkan
Yasin Erkan Erdal Orhan Selim Sinan Tuncay Ufuk Umut Uğur Veli Yavuz Bülent Cengiz Cihan Ercan Erdem Ferhat Gökhan Halil Kaan Kadir Levent Mert Metin Oğuz Okan Özgür Recep""")
TUR_F = W("""Fatma Ayşe Emine Hatice Zeynep Elif Meryem Sevgi Özlem Esra Derya Gül Gülay Hülya Nurcan Sibel Yasemin Tuğba Büşra Ebru Aylin Pınar Selin Melek Songül
Dilek Filiz Sevda Şeyma Merve Aysel Canan Ceren Çiğdem Defne Duygu Ece Gamze Gizem Hande İpek Leyla Nur Seda Tülay Ülkü""")
TUR_FAM = W("""Yılmaz Kaya Demir Çelik Şahin Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan Kılıç Aslan Çetin Kara Koç Kurt Özkan Şimşek Polat Korkmaz Özcan
Erdoğan Çakır Yavuz Can Acar Şen Aktaş Güler Yalçın Güneş Bozkurt Bulut Keskin Ünal Turan Gül Özer Işık Kaplan Avcı Sarı Tekin Taş Köse Yüksel Ateş Aksoy Karaca Ceylan Duman
Erdem Uçar Toprak Uysal Coşkun Tunç Durmaz Soylu Karataş Karakaya Eren Ekinci Uzun Akın Baran Sönmez Altun Akbulut Balcı Karaaslan Kartal Sezer Topal Yaman""")
TPRE = W("Kara Ak Öz Gök Er Bay Demir Taş Altın Çelik Yıl Güm Sarı Al Bal Kur Can Tan Ay Gün Yar Soy Ulu Koca Baş Ateş Tok Cum Alp Tekin")
TSUF = W("oğlu kaya türk demir taş han bulut soy er can kan dağ su tepe baş gil doğan ay kurt ok man")
POL_M = W("""Piotr Krzysztof Andrzej Tomasz Paweł Marcin Michał Jan Jakub Adam Łukasz Grzegorz Marek Rafał Dariusz Wojciech Robert Mariusz Maciej Kamil Bartosz Artur
Sebastian Przemysław Zbigniew Jacek Daniel Dawid Mateusz Szymon Janusz Sławomir Mirosław Leszek Radosław Damian Dominik Filip Hubert Igor Karol Konrad""")
POL_F = W("""Anna Katarzyna Małgorzata Agnieszka Barbara Ewa Magdalena Joanna Monika Aleksandra Justyna Beata Dorota Karolina Marta Natalia Iwona Sylwia Renata Weronika
Paulina Izabela Kinga Patrycja Dominika Alicja Bożena Danuta Elżbieta Grażyna Halina Jolanta Kamila Urszula Wioletta Zofia""")
POL_FAM = W("""Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Kozłowski Jankowski Mazur Wojciechowski Kwiatkowski
Krawczyk Kaczmarek Piotrowski Grabowski Zając Pawłowski Michalski Król Wieczorek Jabłoński Wróbel Nowakowski Majewski Olszewski Stępień Malinowski Jaworski Adamczyk Dudek Nowicki
Pawlak Górski Witkowski Walczak Sikora Baran Rutkowski Michalak Szewczyk Ostrowski Tomaszewski Pietrzak Zalewski Wróblewski Marciniak Jasiński Sadowski Bąk Duda Wilk Chmielewski
Borkowski Sokołowski Szczepański Sawicki Kucharski Lis Kubiak Kalinowski Mazurek Wysocki Kołodziej Czarnecki Sobczak Urban Głowacki Zakrzewski Wasilewski Sikorski Krajewski Gajewski""")
PPRE = W("Bor Brzoz Bukow Czern Dobrow Gor Grab Jas Jaw Kalin Kam Klon Kosin Krasn Kros Lesz Lip Lub Mal Miel Mos Ol Ostr Pol Rad Rog Rudn Rus Siel Sok Star Świer Tar Top Trz Wil Wis Wol Zar Zawad Żel")
PSUF = W("owski ewski iński ecki ański czyk iak czak owicz icki ik ak ek")
ITA_M = W("""Marco Andrea Giuseppe Francesco Antonio Alessandro Luca Giovanni Roberto Stefano Matteo Paolo Davide Fabio Massimo Simone Daniele Salvatore Claudio Mario Luigi
Lorenzo Riccardo Maurizio Federico Giorgio Vincenzo Pietro Domenico Angelo Nicola Alberto Enrico Emanuele Filippo Giacomo Gianluca Michele Sergio Tommaso""")
ITA_F = W("""Maria Anna Francesca Laura Paola Chiara Sara Valentina Giulia Silvia Elena Federica Roberta Alessandra Simona Martina Daniela Monica Barbara Cristina Elisa Giovanna
Ilaria Lucia Patrizia Rosa Serena Sofia Stefania Teresa Alice Antonella Beatrice Carla Claudia Giorgia""")
ITA_FAM = W("""Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Bruno Gallo Conti De Luca,Mancini""" .replace(",", " ")) + ["De Luca", "Costa", "Giordano", "Rizzo", "Lombardi",
"Moretti", "Barbieri", "Fontana", "Santoro", "Mariani", "Rinaldi", "Caruso", "Ferrara", "Galli", "Martini", "Leone", "Longo", "Gentile", "Martinelli", "Vitale", "Lombardo", "Serra", "Coppola",
"De Santis", "D'Angelo", "Marchetti", "Parisi", "Villa", "Conte", "Ferraro", "Ferri", "Fabbri", "Bianco", "Marini", "Grasso", "Valentini", "Messina", "Sala", "De Angelis", "Gatti", "Pellegrini",
"Palumbo", "Sanna", "Farina", "Rizzi", "Monti", "Cattaneo", "Morelli", "Amato", "Silvestri", "Mazza", "Testa", "Grassi", "Pellegrino", "Carbone", "Giuliani", "Benedetti", "Barone", "Bernardi", "Di Stefano"]
ITA_FAM = [x for x in dict.fromkeys(ITA_FAM) if x not in ("De", "Luca")]
IPRE = W("Bald Bell Bon Borr Bran Cald Camp Cant Capp Cast Catt Cer Ces Fab Fal Fior Font Gal Gar Gian Grand Lor Mag Man March Mart Mass Mol Mont Mor Neg Pag Pal Pass Pell Perr Piz Rav Ross Sal Sant Sar Scal Spin Tass Tor Tram Val Vanz Ver Zan")
ISUF = W("elli etti ini oni ucci azzi aro ari ieri asso ato ella esi igni one ani acci isi")
FRA_M = W("""Jean Pierre Michel Nicolas Philippe Christophe Laurent Julien Thomas Olivier Frédéric Sébastien Stéphane David Alexandre Guillaume Vincent Antoine Maxime Mathieu
Jérôme François Éric Pascal Thierry Bruno Benoît Arnaud Fabrice Cédric Damien Romain Hugo Lucas Louis Clément Grégory Marc Alain Patrick Yves Gérard Gilles Xavier Yann""")
FRA_F = W("""Marie Nathalie Isabelle Sylvie Catherine Céline Sandrine Stéphanie Sophie Émilie Aurélie Julie Camille Claire Anne Valérie Virginie Caroline Laurence Delphine Hélène
Élodie Amélie Audrey Laetitia Karine Mathilde Pauline Manon Léa Chloé Florence Corinne Véronique Brigitte Martine Agnès Élise Cécile Charlotte Juliette""")
FRA_FAM = W("""Martin Bernard Dubois Thomas Robert Richard Petit Durand Leroy Moreau Simon Laurent Lefebvre Michel Garcia David Bertrand Roux Vincent Fournier Morel Girard André
Mercier Dupont Lambert Bonnet François Martinez Legrand Garnier Faure Rousseau Blanc Guérin Muller Henry Roussel Nicolas Perrin Morin Mathieu Clément Gauthier Dumont Lopez Fontaine
Chevalier Robin Masson Sanchez Gérard Nguyen Boyer Denis Lemaire Duval Joly Gautier Roger Roche Roy Noël Meyer Lucas Meunier Jean Marchand Dufour Blanchard Marie Barbier Brun
Dumas Brunet Schmitt Leroux Colas Renard Arnaud Rolland Caron Aubert Giraud Leclerc Vidal Bourgeois Renaud Lemoine Picard Gaillard Philippe Leclercq Lacroix Fabre Dupuis Olivier""")
FPRE = W("Beau Belle Bois Bonne Champ Châte Clair Cour Des Du Font Grand Haute La Le Mar Mont Pel Per Pré Val Ville Vau Char Cha Ber Gui Mau Lam")
FSUF = W("champ court fort lieu mont ville neuf pont rond val vert chaux lain gnon nard rand teau vin sard mier tier let lard bois")
SCA_M = W("""Lars Anders Johan Erik Per Karl Mikael Jan Hans Peter Thomas Henrik Jens Niels Søren Morten Martin Christian Rasmus Mads Kasper Jesper Michael Ole Bjørn Knut Kristian
Magnus Fredrik Jonas Mattias Stefan Daniel Oskar Gustav Nils Sven Torbjörn Håkan Göran Björn Bengt Øyvind Eirik Stian Jukka Mikko Timo Antti""")
SCA_F = W("""Anna Maria Karin Kristina Eva Lena Sara Emma Ingrid Marie Hanne Mette Kirsten Anne Lone Susanne Camilla Louise Ida Astrid Sofia Linnea Elin Johanna Malin Åsa Ulla
Birgitta Gunilla Maja Freja Signe Solveig Silje Ragnhild Tuula Päivi""")
SCA_FAM = W("""Andersson Johansson Karlsson Nilsson Eriksson Larsson Olsson Persson Svensson Gustafsson Pettersson Jonsson Jansson Hansson Bengtsson Jönsson Lindberg Lindström Lindqvist
Lindgren Berg Axelsson Bergström Lundberg Lundgren Lundqvist Mattsson Berglund Fredriksson Sandberg Henriksson Forsberg Sjöberg Wallin Engström Eklund Danielsson Håkansson Lundin Björk
Nielsen Jensen Hansen Pedersen Andersen Christensen Larsen Sørensen Rasmussen Jørgensen Petersen Madsen Kristensen Olsen Thomsen Christiansen Poulsen Johansen Møller Mortensen Knudsen
Johansen Kristiansen Karlsen Halvorsen Haugen Hagen Eriksen Dahl Virtanen Korhonen Nieminen Mäkinen""")
SPRE = W("Ny Sand Hol Ek Lind Berg Sjö Ström Björk Gran Al Asp Hed Hög Lund Mo Norr Öst Väst Söder Sten Åker Ahl Blom Dal Ceder Fors Gren Häll")
SSUF = W("berg ström qvist gren lund dahl mark man blad feldt holm borg stedt berger vall strand")
ESP_M = W("""José Antonio Manuel Francisco Juan David Javier Daniel Carlos Jesús Alejandro Miguel Rafael Pablo Pedro Ángel Sergio Fernando Jorge Luis Alberto Álvaro Adrián Diego Raúl
Iván Rubén Enrique Óscar Ramón Vicente Andrés Joaquín Eduardo Santiago Víctor Roberto Mario Jaime Marcos João Tiago Rui Nuno""")
ESP_F = W("""María Carmen Ana Isabel Laura Cristina Marta Lucía Dolores Elena Pilar Raquel Paula Sara Rosa Silvia Beatriz Patricia Mónica Andrea Rocío Sandra Sonia Julia Alba Irene Nuria
Inés Teresa Alicia Eva Natalia Margarita Claudia Lorena Inês Joana Catarina""")
ESP_FAM = W("""García Rodríguez González Fernández López Martínez Sánchez Pérez Gómez Martín Jiménez Ruiz Hernández Díaz Moreno Muñoz Álvarez Romero Alonso Gutiérrez Navarro Torres
Domínguez Vázquez Ramos Gil Ramírez Serrano Blanco Molina Morales Suárez Ortega Delgado Castro Ortiz Rubio Marín Sanz Núñez Iglesias Medina Garrido Cortés Castillo Santos Lozano Guerrero
Cano Prieto Méndez Cruz Calvo Gallego Vidal León Márquez Herrera Peña Flores Cabrera Campos Vega Fuentes Carrasco Diez Caballero Reyes Nieto Aguilar Pascual Herrero Santana Lorenzo Montero
Hidalgo Giménez Ibáñez Ferrer Durán Santiago Benítez Mora Vicente Vargas Arias Carmona Crespo Román Pastor Soto Sáez Velasco Moya Soler Parra Esteban Bravo Gallardo Rojas Silva Pereira
Ferreira Oliveira Costa Rodrigues Martins Sousa Fernandes Gonçalves Gomes Lopes Marques Alves Almeida Ribeiro Pinto Carvalho Teixeira""")
YUG_M = W("""Marko Ivan Nikola Aleksandar Goran Dragan Zoran Milan Stefan Dejan Petar Luka Ante Josip Tomislav Davor Igor Darko Saša Vladimir Mirko Branko Slobodan Nenad Miloš Boris
Hrvoje Damir Zlatko Zdravko Mladen Jovan Emir Amir Senad Admir Haris Adnan Denis Edin""")
YUG_F = W("""Ana Ivana Marija Jelena Milica Dragana Snežana Gordana Ljiljana Vesna Marina Jasna Mirjana Maja Sanja Tamara Katarina Nataša Biljana Sandra Petra Martina Tatjana Slavica
Amra Lejla Jasmina Amela Emina Selma Azra Danijela Svetlana Suzana""")
YUG_FAM = W("""Jovanović Petrović Nikolić Marković Đorđević Stojanović Ilić Stanković Pavlović Milošević Horvat Kovačević Babić Marić Novak Jurić Kovačić Knežević Vuković Matić
Tomić Hodžić Hadžić Delić Popović Radić Perić Lukić Savić Kovač Bašić Filipović Vidović Jurković Grgić Pavić Barišić Blažević Šarić Božić Rukavina Perković Mandić Katić Jukić Živković
Ristić Kostić Todorović Simić Janković Mitrović Milić Antić Krstić Tadić Obradović Begić Halilović Mujić Suljić Ibrahimović Omerović Mehmedović Salihović Husić""")
YPRE = W("Rado Bogdan Dobro Milo Stano Vladi Zori Brani Drago Ljubo Miro Slavko Voji Vuk Ratko Tode Jako Mato Grgo Ivo Luko Marko Niko Pavlo Petko Simo Stojo Toma Vido Živko Alil Beg Dedo Fazl Kari Muha Sead Zukan Avdi Halil")
IND_M = W("""Rahul Amit Rajesh Sanjay Vijay Suresh Anil Sunil Rakesh Arun Manish Deepak Ashok Vikram Karthik Prakash Ravi Ajay Rohit Nikhil Ankit Gaurav Abhishek Sachin Vivek Siddharth Arjun
Aditya Harish Mahesh Naveen Pradeep Ramesh Satish Srinivas Venkatesh Varun Yash""")
IND_F = W("""Priya Pooja Neha Anjali Kavita Sunita Anita Deepa Divya Lakshmi Meera Nisha Rekha Sneha Swati Shreya Ritu Radha Preeti Pallavi Nandini Kiran Isha Geeta Bhavna Asha Aishwarya Ananya Shilpa Vidya""")
IND_FAM = W("""Sharma Patel Singh Kumar Gupta Verma Reddy Rao Nair Iyer Mehta Shah Joshi Desai Agarwal Jain Mishra Pandey Chatterjee Mukherjee Banerjee Das Ghosh Sen Bose Kulkarni Patil
Deshpande Naidu Menon Pillai Krishnan Raman Subramanian Srinivasan Venkataraman Chopra Kapoor Malhotra Khanna Bhatia Arora Sethi Saxena Srivastava Tiwari Yadav Chauhan Rathore Thakur Kaul Bhatt
Trivedi Shetty Hegde Gowda Varghese Thomas Mathew George Fernandes D'Souza Kaur Gill Sandhu Dhillon Bajaj Goel Mittal Singhal""")
RUS_M = W("""Alexander Dmitri Sergej Andrej Alexej Viktor Igor Oleg Vladimir Michail Nikolai Pavel Eugen Waldemar Artur Roman Maxim Denis Juri Anton Konstantin Ilja Stanislav Wladimir Anatoli Boris""")
RUS_F = W("""Olga Natalia Elena Irina Tatjana Svetlana Marina Julia Ekaterina Anna Oksana Ludmila Galina Nadeschda Valentina Anastasia Daria Polina Inna Lidia Larissa Xenia""")
RUS_FAM = W("""Ivanov Smirnov Kuznetsov Popov Vasiliev Petrov Sokolov Mikhailov Novikov Fedorov Morozov Volkov Alekseev Lebedev Semenov Egorov Pavlov Kozlov Stepanov Nikolaev Orlov Andreev
Makarov Nikitin Zakharov Zaitsev Solovyov Borisov Yakovlev Grigoriev Romanov Vorobyov Sergeev Kuzmin Frolov Alexandrov Dmitriev Korolev Gusev Kiselev Ilyin Maximov Polyakov Sorokin Vinogradov""")
UKR_FAM = W("""Shevchenko Bondarenko Kovalenko Tkachenko Kravchenko Oliynyk Koval Polishchuk Savchenko Rudenko Marchenko Lysenko Petrenko Klymenko Pavlenko Panchenko Moroz Melnyk""")
ARA_M = W("""Mohammed Ahmed Ali Omar Hassan Hussein Khaled Youssef Ibrahim Mahmoud Karim Samir Tarek Walid Nabil Rami Amir Reza Mehdi Hamid Farid Bilal Said Anas Ayman Bassam Ziad Majid Navid Babak""")
ARA_F = W("""Fatima Aisha Mariam Layla Nour Sara Yasmin Zahra Samira Hanan Rania Salma Amina Dina Nadia Maryam Leila Shirin Parisa Nasrin Mona Lina Rana Hala Iman""")
ARA_FAM = ["Al-Hassan", "Haddad", "Khoury", "Mansour", "Nasser", "Saleh", "Hamdan", "Khalil", "Rahman", "Karimi", "Hosseini", "Ahmadi", "Rezaei", "Mohammadi", "Jafari", "Rahimi", "Moradi", "Ebrahimi",
"Sadeghi", "El Amrani", "Bennani", "Alaoui", "Benali", "Ben Salah", "Trabelsi", "Zidan", "Aziz", "Hamad", "Darwish", "Issa", "Shaheen", "Abdallah", "Farah", "Najjar", "Sabbagh", "Al-Masri", "Qasim",
"Barakat", "Hijazi", "Tehrani", "Shirazi", "Kazemi", "Zamani", "Bakhtiari", "Ghorbani", "Nazari", "Yusufi", "Azizi", "Sharif", "Hakimi"]
ASI_M = W("Wei Ming Jun Hao Lei Tao Bin Feng Jian Minh Tuan Duc Hung Quang Kenji Hiroshi Takashi Yuki Min-jun Ji-hoon Long Nam Son Khanh Yang Bo Chen Peng")
ASI_F = W("Li Mei Xiu Yan Ying Jing Hui Fang Na Linh Thuy Lan Mai Huong Yuko Akiko Naoko Ji-woo Soo-jin Ngoc Trang Phuong Thao Xin Yue Qing Ling")
ASI_FAM = W("Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo Lin He Nguyen Tran Le Pham Hoang Phan Vu Dang Bui Do Ngo Tanaka Suzuki Sato Watanabe Yamamoto Nakamura Kim Park Choi Jung Kang Xie Tang Deng Feng Cao Peng Zeng Xiao Tian Dong Pan Yuan Cai Jiang")
DUT_M = W("Jan Peter Johannes Hendrik Willem Cornelis Kees Pieter Maarten Bart Jeroen Sander Daan Joost Wouter Thijs Ruben Niels Tim Stijn Bas Dirk Gerrit Koen Luc Tom Rik Erwin Marcel Frank")
DUT_F = W("Anna Maria Johanna Elisabeth Marieke Sanne Femke Anouk Lotte Eva Lisa Emma Ingrid Monique Saskia Esther Mirjam Annemarie Inge Marloes Karin Els Hilde Katrien Griet Linde Iris Maaike")
DUT_FAM = ["de Jong", "Jansen", "de Vries", "van den Berg", "van Dijk", "Bakker", "Janssen", "Visser", "Smit", "Meijer", "de Boer", "Mulder", "de Groot", "Bos", "Vos", "Peters", "Hendriks", "van Leeuwen",
"Dekker", "Brouwer", "de Wit", "Dijkstra", "Smits", "de Graaf", "van der Meer", "van der Linden", "Kok", "Jacobs", "de Haan", "Vermeulen", "van den Heuvel", "van der Veen", "van den Broek", "de Bruijn",
"de Bruin", "van der Heijden", "Schouten", "van Beek", "Willems", "van Vliet", "van de Ven", "Hoekstra", "Maas", "Verhoeven", "Koster", "van Dam", "van der Wal", "Prins", "Blom", "Huisman", "Peeters",
"de Jonge", "Kuipers", "van Veen", "Post", "Kuiper", "Veenstra", "Kramer", "van den Brink", "Scholten", "van Wijk", "Postma", "Martens", "Vink", "de Ruiter", "Timmermans", "Groen", "Gerritsen", "Jonker",
"van Loon", "Boer", "van der Velde", "Willemsen", "Smeets", "de Lange", "de Vos", "van Dongen", "Schipper", "de Koning", "van der Laan", "Koning", "van der Velden", "Driessen", "van Doorn", "Hermans",
"Evers", "van den Bosch", "van der Meulen", "Hofman", "Bosman", "Wolters", "Sanders", "van der Horst", "Mol", "Kuijpers", "Molenaar", "van de Pol", "Claes", "Wouters", "Goossens", "De Smet", "Maes", "Mertens"]
CZE_FAM = W("Novák Svoboda Novotný Dvořák Černý Procházka Kučera Veselý Horák Němec Pokorný Marek Pospíšil Hájek Král Jelínek Růžička Beneš Fiala Sedláček Doležal Zeman Kolář Navrátil Čermák Vaněk Urban Blažek Kříž Kovář Kratochvíl Bartoš Vlček Polák Kopecký Konečný Malý Holub Štěpánek Nagy Kovács Tóth Szabó Horváth Varga Kiss Molnár Németh Farkas Balogh Papp Takács Juhász Lakatos Mészáros Oláh Simon Rácz Fekete")
CZE_M = W("Jan Petr Jiří Tomáš Pavel Martin Jaroslav Miroslav Zdeněk Václav Michal Lukáš Jakub Ondřej Milan Marek Radek Vladimír László István Zoltán Gábor Attila Péter Tamás Balázs Ferenc")
CZE_F = W("Jana Marie Eva Hana Anna Lenka Kateřina Lucie Věra Alena Petra Veronika Martina Jitka Tereza Michaela Zuzana Markéta Katalin Erzsébet Ágnes Andrea Mónika Ildikó Zsuzsanna Judit Éva")

NICK = {}
def _nick(s):
    for part in s.split(";"):
        k, v = part.split(":")
        NICK[k.strip()] = v.split()
_nick("""Thomas:Tom Tommy;Michael:Micha Michi Mike;Andreas:Andi Andy;Alexander:Alex;Christian:Chris;Matthias:Matze Matthi;Sebastian:Basti Seb;Wolfgang:Wolfi Wolf;
Johannes:Hannes Jo;Stefan:Steff;Stephan:Steff;Joachim:Jochen Achim;Klaus:Klausi;Günter:Günni;Maximilian:Max;Benjamin:Ben Benni;Florian:Flo;Tobias:Tobi;Philipp:Phil Flip;
Manuel:Manu;Robert:Rob Bob Robbie;Christoph:Chris Stoffel;Christopher:Chris;Daniel:Dani Dan;Dominik:Domi Nik;Patrick:Pat;Gerhard:Gerd Hardy;Bernhard:Bernd Hardy;Heinrich:Heinz Heiner;
Friedrich:Fritz Fred;Rudolf:Rudi;Ulrich:Uli;Ludwig:Lutz Luggi;Karl-Heinz:Kalle Heinz;Hans-Jürgen:Hajo Jürgen;Hans-Peter:HaPe Peter;Josef:Sepp Jupp;Franz:Franzl;Georg:Schorsch;
Anton:Toni;Nikolas:Niko;Konstantin:Kosta;Raphael:Raffi;Leonard:Leo;Lukas:Luki;Frederik:Freddy Fred;Susanne:Susi Sanne;Sabine:Bine;Andrea:Andi;Stefanie:Steffi;Katharina:Kathi Kati;Kathrin:Kathi;Katrin:Kati;
Elisabeth:Lisa Lissi Sissi;Christina:Tina Chrissi;Christine:Tine Chris;Gabriele:Gabi;Barbara:Bärbel Babsi;Ulrike:Ulli Rike;Angelika:Geli;Brigitte:Gitte;Martina:Tina;Cornelia:Conny;Manuela:Manu Ela;Veronika:Vroni;
Jennifer:Jenny;Jessica:Jessi;Alexandra:Alex Sandra;Franziska:Franzi;Johanna:Hanna Jojo;Theresa:Resi Tessa;Magdalena:Lena Magda;Jacqueline:Jacky;Antonia:Toni;Friederike:Rike;Josefine:Josi Fine;Caroline:Caro;Carolin:Caro;
Rebecca:Becky;Victoria:Vicky;Viktoria:Vicky;Margarete:Gretel Grete;Nicole:Nicki;Michaela:Michi Ela;Claudia:Claudi;Julia:Jule;Juliane:Jule;Annette:Nette;Ursula:Uschi Ulla;Hildegard:Hilde;Dorothea:Doro;Charlotte:Lotte Charly;
William:Bill Will;James:Jim Jamie;John:Johnny;Richard:Rick Dick;Edward:Ed Eddie;Anthony:Tony;Joseph:Joe;Matthew:Matt;Andrew:Andy Drew;Nicholas:Nick;Timothy:Tim;Gregory:Greg;Jeffrey:Jeff;Kenneth:Ken;Ronald:Ron;Donald:Don;
Samuel:Sam;Joshua:Josh;Jonathan:Jon;David:Dave;Stephen:Steve;Steven:Steve;Charles:Charlie Chuck;Lawrence:Larry;Raymond:Ray;Theodore:Ted;Zachary:Zach;Vincent:Vince;Philip:Phil;Benedikt:Bene;
Elizabeth:Liz Beth Lizzie;Katherine:Kate Kathy;Catherine:Cathy Kate;Kathryn:Kate;Patricia:Pat Trish;Deborah:Debbie;Margaret:Maggie Peggy;Samantha:Sam;Amanda:Mandy;Susan:Sue;Kimberly:Kim;Abigail:Abby;Rachel:Rach;Philippa:Pippa;Penelope:Penny;
Mehmet:Memo;Mustafa:Musti;İbrahim:Ibo;Krzysztof:Krzysiek;Katarzyna:Kasia;Małgorzata:Gosia;Tomasz:Tomek;Paweł:Pawel;Giuseppe:Beppe Pino;Alessandro:Ale Sandro;Francesco:Franco;Aleksandar:Aca Sasa;Francisco:Paco;José:Pepe;
Manfred:Manni;Reinhard:Reini;Siegfried:Siggi;Helmut:Heli;Detlef:Deddi;Wilhelm:Willi;Karl:Kalle Charly;Jürgen:Jürg;Dieter:Didi;Norbert:Nobbi;Werner:Werni;Herbert:Herbi;Hubert:Hubi;Volker:Volki;Rainer:Raini;Holger:Holgi""".replace("\n", ""))
VARIANT = {"Stefan": "Stephan", "Stephan": "Stefan", "Philipp": "Philip", "Philip": "Philipp", "Christoph": "Christof", "Matthias": "Mathias", "Mathias": "Matthias", "Marc": "Mark", "Markus": "Marcus",
"Sarah": "Sara", "Sara": "Sarah", "Hanna": "Hannah", "Hannah": "Hanna", "Torsten": "Thorsten", "Thorsten": "Torsten", "Günter": "Günther", "Rainer": "Reiner", "Reiner": "Rainer", "Ralf": "Ralph", "Katrin": "Kathrin",
"Kathrin": "Katrin", "Carsten": "Karsten", "Karsten": "Carsten", "Jörg": "Joerg", "Sylvia": "Silvia", "Silvia": "Sylvia", "Marco": "Marko", "Marko": "Marco", "Claudia": "Klaudia", "Catherine": "Katherine", "Nico": "Niko",
"Erik": "Eric", "Eric": "Erik", "Klaus": "Claus", "Isabell": "Isabel", "Steven": "Stephen", "Detlef": "Detlev", "Theresa": "Teresa", "Lukas": "Lucas", "Josef": "Joseph", "Maike": "Meike", "Meike": "Maike",
"Schmidt": "Schmitt", "Schmitt": "Schmidt", "Schmid": "Schmidt", "Meyer": "Meier", "Meier": "Meyer", "Maier": "Mayer", "Mayer": "Maier", "Hoffmann": "Hofmann", "Hofmann": "Hoffmann", "Schulz": "Schulze", "Schulze": "Schulz",
"Krüger": "Kröger", "Weiß": "Weiss", "Groß": "Gross", "Walter": "Walther", "Pfeiffer": "Pfeifer", "Pfeifer": "Pfeiffer", "Herrmann": "Hermann", "Hermann": "Herrmann", "Schröder": "Schroeder", "Vogt": "Voigt", "Voigt": "Vogt",
"Kramer": "Krämer", "Brandt": "Brand", "Beyer": "Bayer", "Seidel": "Seidl", "Jansen": "Janssen", "Janssen": "Jansen", "Ullrich": "Ulrich", "Ulrich": "Ullrich", "Kaufmann": "Kauffmann", "Clarke": "Clark", "Clark": "Clarke",
"Thompson": "Thomson", "Andersson": "Anderson", "Nielsen": "Nilsen", "Petersen": "Pedersen", "Sørensen": "Sorensen", "Philipps": "Phillips", "Kowalski": "Kowalsky", "Strauß": "Strauss", "Voß": "Voss", "Heß": "Hess", "Preuß": "Preuss"}

def zipf_cum(n, shift, s):
    tot, out = 0.0, []
    for r in range(n):
        tot += 1.0 / (r + 1 + shift) ** s
        out.append(tot)
    return out

class Pick:
    __slots__ = ("items", "cum", "tot")
    def __init__(self, items, shift=4.0, s=0.9):
        self.items = items; self.cum = zipf_cum(len(items), shift, s); self.tot = self.cum[-1]
    def __call__(self, rng):
        return self.items[bisect.bisect(self.cum, rng.random() * self.tot)]
class WPick:
    __slots__ = ("items", "cum", "tot")
    def __init__(self, pairs):
        self.items = [p[0] for p in pairs]; c = 0.0; self.cum = []
        for p in pairs:
            c += p[1]; self.cum.append(c)
        self.tot = c
    def __call__(self, rng):
        return self.items[min(bisect.bisect(self.cum, rng.random() * self.tot), len(self.items) - 1)]

def uniq(l): return list(dict.fromkeys(l))
# origin -> (male picker, female picker, family picker, compose fn, share composed)
def _comp(pre, suf):
    pp, ss = Pick(uniq(pre), 12, 0.5), Pick(uniq(suf), 8, 0.6)
    def f(rng):
        while True:
            a, b = pp(rng), ss(rng)
            if len(a) + len(b) < 6: continue
            if a[-1] == b[0] and a[-2:] == b[:2]: continue
            if a.lower().rstrip("s") == b.lower(): continue
            if a[-1] == b[0] and len(b) > 1 and a[-1] in "aeiou": continue
            return a + b
    return f
def _yug(rng):
    a = _YP(rng)
    return a.rstrip("o") + rng.choice(["ović", "ević", "ić", "ić", "anović", "ac"]) if a[-1] != "o" else a + "vić"
_YP = Pick(YPRE, 10, 0.4)
ORIGIN = {
 "de": (None, None, Pick(GER_FAM, 5, 0.80), _comp(GPRE, GSUF), 0.42),
 "en": (Pick(uniq(ENG_M), 4, .85), Pick(uniq(ENG_F), 4, .8), Pick(ENG_FAM, 5, .75), _comp(EPRE, ESUF), 0.40),
 "tr": (Pick(TUR_M, 4, .8), Pick(TUR_F, 4, .8), Pick(uniq(TUR_FAM), 4, .8), _comp(TPRE, TSUF), 0.42),
 "pl": (Pick(POL_M, 4, .8), Pick(POL_F, 4, .8), Pick(uniq(POL_FAM), 4, .75), _comp(PPRE, PSUF), 0.55),
 "it": (Pick(ITA_M, 4, .8), Pick(ITA_F, 4, .8), Pick(ITA_FAM, 4, .75), _comp(IPRE, ISUF), 0.6),
 "fr": (Pick(FRA_M, 4, .7), Pick(FRA_F, 4, .7), Pick(uniq(FRA_FAM), 5, .7), _comp(FPRE, FSUF), 0.5),
 "sc": (Pick(uniq(SCA_M), 4, .7), Pick(SCA_F, 4, .7), Pick(uniq(SCA_FAM), 4, .8), _comp(SPRE, SSUF), 0.35),
 "es": (Pick(ESP_M, 4, .75), Pick(ESP_F, 4, .75), Pick(uniq(ESP_FAM), 4, .8), None, 0),
 "yu": (Pick(YUG_M, 4, .7), Pick(YUG_F, 4, .7), Pick(uniq(YUG_FAM), 5, .7), _yug, 0.4),
 "in": (Pick(IND_M, 4, .7), Pick(IND_F, 4, .7), Pick(uniq(IND_FAM), 4, .75), None, 0),
 "ru": (Pick(RUS_M, 4, .7), Pick(RUS_F, 4, .7), Pick(RUS_FAM + UKR_FAM, 8, .6), None, 0),
 "ar": (Pick(ARA_M, 4, .8), Pick(ARA_F, 4, .8), Pick(ARA_FAM, 8, .5), None, 0),
 "as": (Pick(ASI_M, 8, .5), Pick(ASI_F, 8, .5), Pick(ASI_FAM, 3, .8), None, 0),
 "nl": (Pick(uniq(DUT_M), 4, .7), Pick(uniq(DUT_F), 4, .7), Pick(DUT_FAM, 5, .7), None, 0),
 "cz": (Pick(CZE_M, 4, .7), Pick(CZE_F, 4, .7), Pick(uniq(CZE_FAM), 5, .6), None, 0),
}
GMO, GMY, GFO, GFY = Pick(uniq(GER_M_OLD), 6, .95), Pick(uniq(GER_M_YOUNG), 8, .9), Pick(uniq(GER_F_OLD), 6, .9), Pick(uniq(GER_F_YOUNG), 8, .9)
MIX = {
 "DE": WPick([("de", 77), ("tr", 5.5), ("pl", 3.5), ("it", 2.2), ("yu", 2.5), ("ru", 2.5), ("ar", 2), ("es", 1), ("fr", .8), ("en", .9), ("in", .8), ("as", .8), ("nl", .7), ("cz", .6), ("sc", .5)]),
 "AT": WPick([("de", 78), ("yu", 8), ("tr", 4), ("cz", 4), ("pl", 1.5), ("it", 1.2), ("ru", 1), ("en", .6), ("ar", 1)]),
 "CH": WPick([("de", 66), ("fr", 10), ("it", 8), ("yu", 5), ("es", 3), ("tr", 2), ("en", 2), ("in", 1)]),
 "GB": WPick([("en", 82), ("in", 7), ("pl", 3), ("it", 1.5), ("es", 1.5), ("fr", 1.5), ("ar", 2), ("as", 1.5)]),
 "US": WPick([("en", 66), ("es", 12), ("de", 5), ("in", 5), ("it", 3), ("as", 4), ("fr", 1.5), ("pl", 1.5), ("sc", 1)]),
 "FR": WPick([("fr", 84), ("ar", 6), ("es", 4), ("it", 3), ("en", 1.5), ("de", 1.5)]),
 "PL": WPick([("pl", 96), ("ru", 3), ("de", 1)]), "IT": WPick([("it", 95), ("ar", 2), ("yu", 2), ("de", 1)]),
 "ES": WPick([("es", 94), ("it", 2), ("en", 2), ("ar", 2)]), "NL": WPick([("nl", 86), ("tr", 4), ("ar", 3), ("en", 3), ("de", 4)]),
 "SE": WPick([("sc", 90), ("yu", 3), ("ar", 3), ("en", 2), ("pl", 2)]), "DK": WPick([("sc", 94), ("de", 3), ("tr", 3)]),
 "TR": WPick([("tr", 98), ("en", 2)]), "IN": WPick([("in", 99), ("en", 1)]), "CZ": WPick([("cz", 95), ("ru", 3), ("de", 2)]),
}
COUNTRY = WPick([("DE", 64), ("AT", 8), ("CH", 7.5), ("GB", 5), ("US", 4), ("FR", 2), ("PL", 1.8), ("IT", 1.5), ("ES", 1.2), ("NL", 1.7), ("SE", .9), ("DK", .8), ("TR", .6), ("IN", .6), ("CZ", .4)])
CNAME = {"DE": ("Deutschland", "Germany"), "AT": ("Österreich", "Austria"), "CH": ("Schweiz", "Switzerland"), "GB": ("Vereinigtes Königreich", "United Kingdom"), "US": ("USA", "United States"), "FR": ("Frankreich", "France"),
 "PL": ("Polen", "Poland"), "IT": ("Italien", "Italy"), "ES": ("Spanien", "Spain"), "NL": ("Niederlande", "Netherlands"), "SE": ("Schweden", "Sweden"), "DK": ("Dänemark", "Denmark"), "TR": ("Türkei", "Turkey"), "IN": ("Indien", "India"), "CZ": ("Tschechien", "Czech Republic")}
CC = {"DE": "49", "AT": "43", "CH": "41", "GB": "44", "US": "1", "FR": "33", "PL": "48", "IT": "39", "ES": "34", "NL": "31", "SE": "46", "DK": "45", "TR": "90", "IN": "91", "CZ": "420"}
TLD = {"DE": ["de", "de", "de", "de", "com", "eu"], "AT": ["at", "at", "at", "com"], "CH": ["ch", "ch", "ch", "com"], "GB": ["co.uk", "co.uk", "com"], "US": ["com", "com", "com", "org"], "FR": ["fr", "fr", "com"], "PL": ["pl", "com.pl"],
 "IT": ["it"], "ES": ["es", "com"], "NL": ["nl"], "SE": ["se"], "DK": ["dk"], "TR": ["com.tr"], "IN": ["in", "com"], "CZ": ["cz"]}
# cities: name, area code (national, without 0), postcode
CITY = {"DE": [tuple(x.split(":")) for x in """Berlin:30:10115;Hamburg:40:20095;München:89:80331;Köln:221:50667;Frankfurt am Main:69:60311;Stuttgart:711:70173;Düsseldorf:211:40213;Leipzig:341:04109;Dortmund:231:44135;
Essen:201:45127;Bremen:421:28195;Dresden:351:01067;Hannover:511:30159;Nürnberg:911:90402;Duisburg:203:47051;Bochum:234:44787;Wuppertal:202:42103;Bielefeld:521:33602;Bonn:228:53111;Münster:251:48143;Mannheim:621:68159;Karlsruhe:721:76133;
Augsburg:821:86150;Wiesbaden:611:65183;Mönchengladbach:2161:41061;Gelsenkirchen:209:45879;Aachen:241:52062;Braunschweig:531:38100;Chemnitz:371:09111;Kiel:431:24103;Halle (Saale):345:06108;Magdeburg:391:39104;Freiburg im Breisgau:761:79098;
Krefeld:2151:47798;Mainz:6131:55116;Lübeck:451:23552;Erfurt:361:99084;Oberhausen:208:46045;Rostock:381:18055;Kassel:561:34117;Hagen:2331:58095;Potsdam:331:14467;Saarbrücken:681:66111;Hamm:2381:59065;Ludwigshafen:621:67059;Oldenburg:441:26122;
Osnabrück:541:49074;Leverkusen:214:51373;Heidelberg:6221:69117;Darmstadt:6151:64283;Solingen:212:42651;Regensburg:941:93047;Herne:2323:44623;Paderborn:5251:33098;Neuss:2131:41460;Ingolstadt:841:85049;Offenbach:69:63065;Fürth:911:90762;
Ulm:731:89073;Heilbronn:7131:74072;Pforzheim:7231:75172;Würzburg:931:97070;Wolfsburg:5361:38440;Göttingen:551:37073;Bottrop:2041:46236;Reutlingen:7121:72764;Koblenz:261:56068;Erlangen:9131:91052;Remscheid:2191:42853;Bremerhaven:471:27568;
Trier:651:54290;Recklinghausen:2361:45657;Jena:3641:07743;Salzgitter:5341:38226;Moers:2841:47441;Siegen:271:57072;Gütersloh:5241:33330;Hildesheim:5121:31134;Cottbus:355:03046;Kaiserslautern:631:67655;Witten:2302:58452;Schwerin:385:19053;
Gera:365:07545;Iserlohn:2371:58636;Esslingen:711:73728;Hanau:6181:63450;Ludwigsburg:7141:71638;Tübingen:7071:72070;Flensburg:461:24937;Villingen-Schwenningen:7720:78050;Ratingen:2102:40878;Konstanz:7531:78462;Lünen:2306:44532;Marburg:6421:35037;
Worms:6241:67547;Bamberg:951:96047;Bayreuth:921:95444;Landshut:871:84028;Kempten:831:87435;Rosenheim:8031:83022;Aschaffenburg:6021:63739;Fulda:661:36037;Gießen:641:35390;Lüneburg:4131:21335;Celle:5141:29221;Passau:851:94032;
Ravensburg:751:88212;Friedrichshafen:7541:88045;Schweinfurt:9721:97421;Coburg:9561:96450;Weimar:3643:99423;Görlitz:3581:02826;Zwickau:375:08056;Plauen:3741:08523;Stralsund:3831:18435;Greifswald:3834:17489;Emden:4921:26721;Husum:4841:25813;
Böblingen:7031:71032;Sindelfingen:7031:71063;Göppingen:7161:73033;Aalen:7361:73430;Offenburg:781:77652;Lörrach:7621:79539;Singen:7731:78224;Bad Homburg:6172:61348;Rüsselsheim:6142:65428;Gelnhausen:6051:63571;Detmold:5231:32756;Minden:571:32423""".replace("\n", "").split(";")],
"AT": [tuple(x.split(":")) for x in "Wien:1:1010;Graz:316:8010;Linz:732:4020;Salzburg:662:5020;Innsbruck:512:6020;Klagenfurt:463:9020;Villach:4242:9500;Wels:7242:4600;St. Pölten:2742:3100;Dornbirn:5572:6850;Steyr:7252:4400;Bregenz:5574:6900;Leoben:3842:8700".split(";")],
"CH": [tuple(x.split(":")) for x in "Zürich:44:8001;Genf:22:1201;Basel:61:4001;Lausanne:21:1003;Bern:31:3011;Winterthur:52:8400;Luzern:41:6003;St. Gallen:71:9000;Lugano:91:6900;Biel:32:2502;Thun:33:3600;Zug:41:6300;Aarau:62:5000;Chur:81:7000".split(";")],
"GB": [tuple(x.split(":")) for x in "London:20:EC1A 1BB;Manchester:161:M1 1AE;Birmingham:121:B1 1AA;Leeds:113:LS1 1UR;Glasgow:141:G1 1XQ;Edinburgh:131:EH1 1YZ;Bristol:117:BS1 4DJ;Liverpool:151:L1 8JQ;Cambridge:1223:CB2 1TN;Oxford:1865:OX1 1BX;Reading:118:RG1 1AX".split(";")],
"US": [tuple(x.split(":")) for x in "New York:212:10001;Boston:617:02108;Chicago:312:60601;San Francisco:415:94102;Los Angeles:213:90012;Seattle:206:98101;Austin:512:78701;Atlanta:404:30303;Denver:303:80202;Detroit:313:48226;Charlotte:704:28202;Houston:713:77002".split(";")],
"FR": [tuple(x.split(":")) for x in "Paris:1:75001;Lyon:4:69001;Marseille:4:13001;Toulouse:5:31000;Strasbourg:3:67000;Lille:3:59000;Nantes:2:44000;Bordeaux:5:33000".split(";")],
"PL": [tuple(x.split(":")) for x in "Warszawa:22:00-001;Kraków:12:30-001;Wrocław:71:50-001;Poznań:61:60-001;Gdańsk:58:80-001;Łódź:42:90-001;Katowice:32:40-001".split(";")],
"IT": [tuple(x.split(":")) for x in "Milano:02:20121;Roma:06:00184;Torino:011:10121;Bologna:051:40121;Verona:045:37121;Firenze:055:50122;Bolzano:0471:39100".split(";")],
"ES": [tuple(x.split(":")) for x in "Madrid:91:28001;Barcelona:93:08001;Valencia:96:46001;Sevilla:95:41001;Bilbao:94:48001".split(";")],
"NL": [tuple(x.split(":")) for x in "Amsterdam:20:1012 AB;Rotterdam:10:3011 AA;Utrecht:30:3511 AA;Eindhoven:40:5611 AA;Den Haag:70:2511 AA".split(";")],
"SE": [tuple(x.split(":")) for x in "Stockholm:8:111 20;Göteborg:31:411 01;Malmö:40:211 20;Uppsala:18:753 10".split(";")],
"DK": [tuple(x.split(":")) for x in "København:33:1050;Aarhus:86:8000;Odense:66:5000".split(";")],
"TR": [tuple(x.split(":")) for x in "İstanbul:212:34000;Ankara:312:06000;İzmir:232:35000;Bursa:224:16000".split(";")],
"IN": [tuple(x.split(":")) for x in "Bengaluru:80:560001;Mumbai:22:400001;Pune:20:411001;Hyderabad:40:500001;Chennai:44:600001".split(";")],
"CZ": [tuple(x.split(":")) for x in "Praha:2:110 00;Brno:54:602 00;Ostrava:59:702 00".split(";")]}
CITYP = {k: Pick(v, 5, .75) for k, v in CITY.items()}
STREET = W("Hauptstraße,Bahnhofstraße,Schulstraße,Gartenstraße,Dorfstraße,Bergstraße,Goethestraße,Schillerstraße,Lindenweg,Kirchweg,Mozartstraße,Ringstraße,Am Markt,Industriestraße,Mühlenweg,Waldstraße,Rosenweg,Friedrichstraße,Kaiserstraße,Marktplatz,Wiesenweg,Parkstraße,Beethovenstraße,Jahnstraße,Feldstraße,Im Winkel,Am Hang,Steinweg,Poststraße,Königsallee,Birkenweg,Ahornweg")
STREET_X = W("High Street,Station Road,Main Street,Church Lane,Park Avenue,Victoria Road,Mill Lane,King Street,Broad Street,Rue de la Gare,Via Roma,Calle Mayor,Oak Drive,Elm Street")
MOBPRE = {"DE": "151 152 157 159 160 162 163 170 171 172 173 174 175 176 177 178 179".split(), "AT": "650 660 664 676 680 699".split(), "CH": "76 77 78 79".split()}
FREEMAIL = {"de": WPick([("gmx.de", 20), ("web.de", 20), ("gmail.com", 30), ("t-online.de", 11), ("gmx.net", 5), ("outlook.de", 2), ("hotmail.de", 2), ("hotmail.com", 3), ("icloud.com", 3), ("yahoo.de", 3), ("freenet.de", 2), ("posteo.de", 2), ("arcor.de", 1), ("mailbox.org", 1), ("me.com", 1), ("outlook.com", 3), ("googlemail.com", 3)]),
 "AT": WPick([("gmx.at", 30), ("gmail.com", 35), ("aon.at", 6), ("chello.at", 5), ("hotmail.com", 5), ("icloud.com", 3)]), "CH": WPick([("bluewin.ch", 25), ("gmail.com", 35), ("gmx.ch", 15), ("hotmail.com", 8), ("sunrise.ch", 5), ("icloud.com", 4)]),
 "x": WPick([("gmail.com", 60), ("hotmail.com", 10), ("yahoo.com", 10), ("outlook.com", 8), ("icloud.com", 8)])}
# position: (German male, German female, English, short)
POS = [tuple(x.split("|")) for x in """Geschäftsführer|Geschäftsführerin|Managing Director|GF;Vertriebsleiter|Vertriebsleiterin|Head of Sales|VL;Key Account Manager|Key Account Managerin|Key Account Manager|KAM;Projektleiter|Projektleiterin|Project Manager|PL;Softwareentwickler|Softwareentwicklerin|Software Engineer|Entwickler;
Vertriebsmitarbeiter|Vertriebsmitarbeiterin|Sales Representative|Vertrieb;Leiter Einkauf|Leiterin Einkauf|Head of Purchasing|Einkauf;Einkäufer|Einkäuferin|Buyer|Einkauf;Leiter IT|Leiterin IT|Head of IT|IT-Leiter;Personalleiter|Personalleiterin|HR Director|HR;Personalreferent|Personalreferentin|HR Business Partner|HR;
Marketingleiter|Marketingleiterin|Head of Marketing|Marketing;Marketing Manager|Marketing Managerin|Marketing Manager|Marketing;Buchhalter|Buchhalterin|Accountant|Buchhaltung;Leiter Finanzen|Leiterin Finanzen|Head of Finance|Finanzen;Controller|Controllerin|Controller|Controlling;Kaufmännischer Leiter|Kaufmännische Leiterin|CFO|Kfm. Leitung;
Technischer Leiter|Technische Leiterin|CTO|Technik;Produktionsleiter|Produktionsleiterin|Production Manager|Produktion;Produktmanager|Produktmanagerin|Product Manager|PM;Berater|Beraterin|Consultant|Berater;Senior Berater|Senior Beraterin|Senior Consultant|Berater;Unternehmensberater|Unternehmensberaterin|Management Consultant|Berater;
Rechtsanwalt|Rechtsanwältin|Lawyer|RA;Steuerberater|Steuerberaterin|Tax Advisor|StB;Notar|Notarin|Notary|Notar;Wirtschaftsprüfer|Wirtschaftsprüferin|Auditor|WP;Architekt|Architektin|Architect|Architekt;Bauleiter|Bauleiterin|Site Manager|Bauleitung;Ingenieur|Ingenieurin|Engineer|Ing.;Entwicklungsingenieur|Entwicklungsingenieurin|Development Engineer|Entwicklung;
Qualitätsmanager|Qualitätsmanagerin|Quality Manager|QM;Assistent der Geschäftsführung|Assistentin der Geschäftsführung|Executive Assistant|Assistenz;Sachbearbeiter|Sachbearbeiterin|Clerk|SB;Referent|Referentin|Policy Officer|Referent;Professor|Professorin|Professor|Prof.;Wissenschaftlicher Mitarbeiter|Wissenschaftliche Mitarbeiterin|Research Associate|WiMi;
Arzt|Ärztin|Physician|Arzt;Chefarzt|Chefärztin|Chief Physician|Chefarzt;Inhaber|Inhaberin|Owner|Inh.;Gründer|Gründerin|Founder|Gründer;Data Scientist|Data Scientist|Data Scientist|Data;IT-Consultant|IT-Consultant|IT Consultant|IT;Systemadministrator|Systemadministratorin|System Administrator|Admin;DevOps Engineer|DevOps Engineer|DevOps Engineer|DevOps;
UX Designer|UX Designerin|UX Designer|UX;Grafikdesigner|Grafikdesignerin|Graphic Designer|Grafik;Redakteur|Redakteurin|Editor|Redaktion;Journalist|Journalistin|Journalist|Presse;Pressesprecher|Pressesprecherin|Press Officer|Presse;Business Development Manager|Business Development Managerin|Business Development Manager|BD;Account Manager|Account Managerin|Account Manager|AM;
Logistikleiter|Logistikleiterin|Head of Logistics|Logistik;Disponent|Disponentin|Dispatcher|Dispo;Filialleiter|Filialleiterin|Branch Manager|Filiale;Firmenkundenberater|Firmenkundenberaterin|Corporate Client Advisor|FK;Investment Manager|Investment Managerin|Investment Manager|Invest;Recruiter|Recruiterin|Talent Acquisition Manager|Recruiting;
Head of Operations|Head of Operations|Head of Operations|Ops;Abteilungsleiter|Abteilungsleiterin|Department Head|AL;Teamleiter|Teamleiterin|Team Lead|TL;Bereichsleiter|Bereichsleiterin|Division Manager|BL;Prokurist|Prokuristin|Authorized Officer|Prokurist;Vorstand|Vorständin|Member of the Board|Vorstand;Service-Techniker|Service-Technikerin|Service Technician|Service;
Customer Success Manager|Customer Success Managerin|Customer Success Manager|CSM;Trainer|Trainerin|Trainer|Trainer;Coach|Coach|Coach|Coach;Immobilienmakler|Immobilienmaklerin|Real Estate Agent|Makler;Versicherungsmakler|Versicherungsmaklerin|Insurance Broker|Makler;Werkstudent|Werkstudentin|Working Student|WS;Bürgermeister|Bürgermeisterin|Mayor|BM;Dezernent|Dezernentin|Head of Department|Dez.;
Datenschutzbeauftragter|Datenschutzbeauftragte|Data Protection Officer|DSB;Scrum Master|Scrum Master|Scrum Master|Scrum;Solution Architect|Solution Architect|Solution Architect|Arch.;Agile Coach|Agile Coach|Agile Coach|Coach;Export Manager|Export Managerin|Export Manager|Export;Innendienst|Innendienst|Inside Sales|ID;Außendienst|Außendienst|Field Sales|AD""".replace("\n", "").split(";")]
CW1 = W("""Nord Süd West Ost Rhein Main Elb Isar Alpen Hanse Berg Tal Stern Sonnen Blau Grün Rot Silber Gold Data Info Net Soft Tele Web Digi Inno Opti Med Pharma Bio Öko Eco Solar Wind Aqua Terra Aero Auto Mobi Flex Smart Uni Pro Inter Trans Euro Global
Prima Nova Neo Alpha Delta Omega Sigma Vita Vera Luma Cura Vento Kron Falk Adler Phönix Atlas Titan Merkur Argo Orion Kepler Gutenberg Humboldt Leibniz Cubus Quadro Tri Poly Mono Meta Cyber Cloud Code Pixel Logi Tech Elektro Stahl Metall Holz Bau Glas Chem Kälte Wärme Klima Licht Akku Print Form Text Campus Profi""")
CW2 = W("""wind stern werk tec tech soft line con sys net logic matic plan kraft bau form media com data vision wave point bridge port gate scape mind lab craft ware flow zeit haus hof feld stein berg log trans care plus nova ix ex on is ium ora ento aris""")
CBR = W("""Software,Solutions,Systems,Consulting,Technologies,Logistik,Maschinenbau,Pharma,Medien,Immobilien,Energie,Elektronik,Bau,Versicherungen,Digital,Group,Engineering,Services,Automation,Anlagenbau,Medical,Verlag,Werbeagentur,Personal,Finanz,Capital,Labs,Analytics,IT-Systemhaus,Umwelttechnik,Messtechnik,Kunststofftechnik,Werkzeugbau,Lebensmittel,Handel,Spedition,Reisen,Design,Marketing,Security""")
LEGAL = {"DE": WPick([("GmbH", 60), ("GmbH & Co. KG", 16), ("AG", 10), ("SE", 2), ("KG", 4), ("e.K.", 3), ("UG (haftungsbeschränkt)", 3), ("PartG mbB", 2)]), "AT": WPick([("GmbH", 75), ("AG", 12), ("KG", 8), ("e.U.", 5)]), "CH": WPick([("AG", 65), ("GmbH", 30), ("SA", 5)]),
 "GB": WPick([("Ltd", 70), ("Limited", 10), ("plc", 10), ("LLP", 10)]), "US": WPick([("Inc.", 55), ("LLC", 25), ("Corp.", 15), ("", 5)]), "FR": WPick([("SAS", 50), ("SARL", 30), ("SA", 20)]), "PL": WPick([("Sp. z o.o.", 80), ("S.A.", 20)]), "IT": WPick([("S.r.l.", 70), ("S.p.A.", 30)]),
 "ES": WPick([("S.L.", 70), ("S.A.", 30)]), "NL": WPick([("B.V.", 90), ("N.V.", 10)]), "SE": WPick([("AB", 1)]), "DK": WPick([("A/S", 50), ("ApS", 50)]), "TR": WPick([("A.Ş.", 60), ("Ltd. Şti.", 40)]), "IN": WPick([("Pvt. Ltd.", 1)]), "CZ": WPick([("s.r.o.", 80), ("a.s.", 20)])}

# ---------------------------------------------------------------- text helpers
_SPEC = {"ł": "l", "Ł": "L", "ı": "i", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "ð": "d", "þ": "th"}
_GER = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ø": "oe", "å": "aa", "Å": "Aa", "æ": "ae"}
_cache = {}
def strip_acc(s):
    if s.isascii(): return s
    k = ("s", s); v = _cache.get(k)
    if v is None:
        v = "".join(_SPEC.get(c, c) for c in s)
        v = "".join(c for c in unicodedata.normalize("NFKD", v) if not unicodedata.combining(c))
        _cache[k] = v
    return v
def ae(s):
    if s.isascii(): return s
    return strip_acc("".join(_GER.get(c, c) for c in s))
def legacy(s, enc):
    """what an 8-bit export does with foreign letters (best fit)"""
    if s.isascii(): return s
    out = []
    for c in s:
        try: c.encode(enc); out.append(c)
        except UnicodeEncodeError:
            d = strip_acc(c)
            try: d.encode(enc); out.append(d or "?")
            except UnicodeEncodeError: out.append("?")
    return "".join(out)
def mailtok(s, ger):
    s = (ae(s) if ger else strip_acc(s)).lower()
    return re.sub(r"[^a-z0-9\-]", "", s.replace(" ", ""))
NEAR = {"a": "s", "s": "a", "d": "f", "e": "r", "r": "t", "t": "r", "n": "m", "m": "n", "i": "o", "o": "i", "l": "k", "k": "l", "u": "i", "h": "g", "c": "v", "b": "v"}
def typo(s, rng):
    if len(s) < 4: return s
    i = rng.randrange(1, len(s) - 1); x = rng.random()
    if not s[i].isalpha(): return s
    if x < .33 and s[i + 1].isalpha() and s[i] != s[i + 1]: return s[:i] + s[i + 1] + s[i] + s[i + 2:]
    if x < .6: return s[:i] + s[i + 1:]
    if x < .78: return s[:i] + s[i] + s[i:]
    c = NEAR.get(s[i])
    return s[:i] + c + s[i + 1:] if c else s[:i] + s[i + 1:]

# ---------------------------------------------------------------- world
class Company:
    __slots__ = ("id", "core", "full", "li", "alias", "dom", "cty", "city", "root", "pat", "aff", "size", "fam", "info")
class Job:
    __slots__ = ("start", "c", "pos", "mail", "direct")
class Person:
    __slots__ = ("pid", "sex", "origin", "cty", "city", "birth", "given", "given2", "called", "fams", "title", "jobs", "mobs", "home", "pm", "slug", "xid", "xurl", "li", "need2", "pref", "suffix", "couple", "ref", "street", "selfpos", "ns", "lient")
    def fam(self, t):
        f = self.fams[0][1]
        for y, n in self.fams:
            if y <= t: f = n
        return f
    def job(self, t):
        j = self.jobs[0] if self.jobs else None
        for q in self.jobs:
            if q.start <= t: j = q
        return j
    def mob(self, t):
        m = None
        for y, n in self.mobs:
            if m is None or y <= t: m = n
        return m

class World:
    def __init__(s, rng, hard, nmem):
        s.rng = rng; s.hard = hard; s.nmem = nmem
        s.used_mail = set(); s.used_tel = set(); s.shared = set(); s.used_slug = set(); s.used_dom = set(); s.used_core = set()
        s.comps = []; s.persons = []; s.namecount = Counter(); s.famcount = Counter()
    # phones: (country, ndc, subscriber, split)
    def tel_new(s, cty, kind, city=None):
        rng = s.rng
        while True:
            if kind == "mob":
                if cty in MOBPRE: t = (cty, rng.choice(MOBPRE[cty]), str(rng.randrange(2000000, 9999999)) if cty != "DE" or rng.random() < .55 else str(rng.randrange(20000000, 99999999)), 0)
                elif cty == "GB": t = (cty, "7" + str(rng.randrange(300, 999)), str(rng.randrange(100000, 999999)), 0)
                elif cty == "US": t = (cty, city[1], str(rng.randrange(2, 9)) + str(rng.randrange(10, 99)) + str(rng.randrange(1000, 9999)), 0)
                elif cty == "FR": t = (cty, rng.choice("67"), str(rng.randrange(10000000, 89999999)), 0)
                elif cty == "PL": t = (cty, str(rng.choice([50, 51, 53, 60, 66, 69, 72, 78, 79, 88])), str(rng.randrange(1000000, 9999999)), 0)
                elif cty == "IT": t = (cty, str(rng.choice([320, 328, 333, 335, 338, 340, 347, 348, 349, 380, 389, 392])), str(rng.randrange(1000000, 9999999)), 0)
                elif cty == "ES": t = (cty, "6" + str(rng.randrange(10, 99)), str(rng.randrange(100000, 999999)), 0)
                elif cty == "NL": t = (cty, "6", str(rng.randrange(10000000, 59999999)), 0)
                elif cty == "SE": t = (cty, rng.choice(["70", "72", "73", "76"]), str(rng.randrange(1000000, 9999999)), 0)
                elif cty == "DK": t = (cty, str(rng.choice([20, 21, 22, 26, 28, 30, 40, 42, 51, 60])), str(rng.randrange(100000, 999999)), 0)
                elif cty == "TR": t = (cty, rng.choice(["532", "533", "535", "542", "543", "505", "555"]), str(rng.randrange(1000000, 9999999)), 0)
                elif cty == "IN": t = (cty, str(rng.randrange(70000, 99999)), str(rng.randrange(10000, 99999)), 0)
                else: t = (cty, str(rng.choice([602, 603, 604, 605, 606, 607, 608, 720, 721, 722, 723, 724, 725, 728, 731, 732, 734, 736, 737, 739, 773, 775, 776, 777])), str(rng.randrange(100000, 999999)), 0)
            else:
                nd = {"DE": 7 if len(city[1]) <= 3 else 6, "AT": 7 if len(city[1]) == 1 else 6, "CH": 7, "GB": 7 if len(city[1]) == 3 else 6, "US": 7, "FR": 8, "PL": 7, "IT": 7, "ES": 7, "NL": 7, "SE": 6, "DK": 6, "TR": 7, "IN": 8, "CZ": 7}[cty]
                if cty == "GB" and city[1] == "20": nd = 8
                if cty == "DE" and len(city[1]) == 2: nd = 7 if rng.random() < .5 else 8
                if cty == "CZ" and len(city[1]) == 1: nd = 8
                if cty == "NL" and len(city[1]) == 3: nd = 6
                t = (cty, city[1], str(rng.randrange(2 * 10 ** (nd - 1), 10 ** nd - 1)), 0)
            k = e164(t)
            if k not in s.used_tel:
                s.used_tel.add(k); return t
    def company(s, fam=None, cty=None, solo=None):
        rng = s.rng; c = Company(); c.id = len(s.comps); c.cty = cty or COUNTRY(rng); c.city = CITYP[c.cty](rng); c.fam = fam; c.info = False
        de = c.cty in ("DE", "AT", "CH")
        for tries in range(50):
            x = rng.random(); c.alias = None; leg = LEGAL[c.cty](rng)
            if solo:
                core = rng.choice([solo + " Consulting", "Büro " + solo if de else solo + " Associates", solo + " Beratung" if de else solo + " Advisory", solo + " IT-Services", solo + " Design", solo + " Coaching"]); leg = "" if rng.random() < .8 else leg; dom = core
            elif fam or x < .22:
                f = fam or ORIGIN[MIX[c.cty](rng)][2](rng)
                b = rng.choice(CBR); core = rng.choice(["%s %s" % (f, b), "%s %s" % (f, b), "%s & Partner" % f if tries < 3 else "%s %s" % (f, b), "Gebr. %s %s" % (f, b) if de else "%s Brothers" % f, "%s & %s" % (f, GER_FAM[rng.randrange(400)]) if de else "%s & %s" % (f, ENG_FAM[rng.randrange(200)])]); dom = core.replace("Gebr. ", "")
                if rng.random() < .5 and "&" not in core: c.alias = f if len(f) > 4 else None
            elif x < .33 and de:
                k = rng.choice(["Stadtwerke %s", "Sparkasse %s", "Universität %s", "Klinikum %s", "Stadt %s", "Hochschule %s", "Volksbank %s", "IHK %s", "Handwerkskammer %s", "Caritas %s", "Landkreis %s", "Messe %s", "Wirtschaftsförderung %s", "Volkshochschule %s", "Flughafen %s", "Diakonie %s"])
                core = k % c.city[0].split(" (")[0].replace(" im Breisgau", ""); leg = "GmbH" if k.split()[0] in ("Stadtwerke", "Messe", "Flughafen", "Klinikum") else ""; dom = core.replace("Universität", "uni").replace("Hochschule", "hs")
                if k.startswith("Univ"): c.alias = core.replace("Universität", "Uni")
            else:
                w = rng.choice(CW1) + rng.choice(CW2); b = rng.choice(CBR); y = rng.random()
                if y < .3: core = w.capitalize(); dom = core
                elif y < .4:
                    w = "".join(rng.choice("ABCDEFGHIKLMNPRSTVW") for _ in range(3)); core = w + " " + b; dom = core
                else:
                    core = w.capitalize() + " " + b; dom = w if rng.random() < .55 else core
                    if rng.random() < .6: c.alias = w.capitalize()
                if rng.random() < .06 and " " in core: core += " " + {"DE": "Deutschland", "AT": "Austria", "CH": "Schweiz"}.get(c.cty, "International")
            if core not in s.used_core: break
            if tries > 8: core = core + " " + c.city[0].split(" ")[0]; dom = core
            if core not in s.used_core: break
        s.used_core.add(core)
        d = mailtok(dom.replace("&", "und" if de else "and").replace(" ", "-"), True).replace("--", "-").strip("-")
        tld = rng.choice(TLD[c.cty]); base = d
        while d + "." + tld in s.used_dom:
            d = base + "-" + rng.choice(["group", "online", mailtok(c.city[0].split(" ")[0], True), "ag", "gmbh", "co", "net", str(rng.randrange(2, 99))])
        c.dom = d + "." + tld; s.used_dom.add(c.dom)
        c.core = core; c.full = (core + " " + leg).strip()
        c.li = core if rng.random() < .72 else c.full
        if s.comps is not None and c.alias and c.alias in s.used_core: c.alias = None
        t = s.tel_new(c.cty, "land", c.city); root = t[2][:-2] if len(t[2]) >= 7 else t[2][:-1]
        c.root = (c.cty, t[1], root, 0)
        c.pat = WPAT(rng); c.size = 0
        c.aff = [s.mempick() for _ in range(rng.choice([1, 2, 2, 3]))]
        s.comps.append(c); return c
    def mempick(s):
        return s.mp(s.rng)
    def switch(s, c):
        t = (c.cty, c.root[1], c.root[2] + "0", len(c.root[2])) if c.cty in ("DE", "AT") else (c.cty, c.root[1], c.root[2] + "00", 0); s.shared.add("p:" + e164(t)); s.used_tel.add(e164(t)); return t
    def uniqmail(s, loc, dom, alts=()):
        m = loc + "@" + dom
        if m in s.used_mail:
            for a in alts:
                if a + "@" + dom not in s.used_mail: m = a + "@" + dom; break
            else:
                i = 2
                while "%s%d@%s" % (loc, i, dom) in s.used_mail: i += 1
                m = "%s%d@%s" % (loc, i, dom)
        s.used_mail.add(m); return m
    def newjob(s, p, c, start, pos):
        rng = s.rng; j = Job(); j.start = start; j.c = c; j.pos = pos; c.size += 1
        fam = p.fam(max(start, 1990)); ger = p.origin == "de" or rng.random() < .3
        j.mail = None; j.direct = None
        if rng.random() < .93:
            j.mail = s.uniqmail(mailloc(c.pat, mailtok(p.called if c.pat == "g" else p.given, ger), mailtok(fam, ger)), c.dom, (mailloc("g.f", mailtok(p.given, ger), mailtok(fam, ger)),))
        if rng.random() < .72:
            for _ in range(20):
                ext = str(rng.randrange(10, 99)) if c.size < 60 else str(rng.randrange(100, 9999))
                t = (c.cty, c.root[1], c.root[2] + ext, len(c.root[2]))
                if c.cty not in ("DE", "AT"):
                    t = (c.cty, c.root[1], (c.root[2] + "0000")[:len(c.root[2]) - 2] + "%04d" % rng.randrange(9999), 0) if False else s.tel_new(c.cty, "land", c.city)
                    j.direct = t; break
                k = e164(t)
                if k not in s.used_tel:
                    s.used_tel.add(k); j.direct = t; break
        p.jobs.append(j); return j
    def person(s, like=None, rel=None, cty=None, famname=None, comp=None, city=None):
        rng = s.rng; r = rng.random; p = Person(); p.pid = len(s.persons) + 1
        p.cty = cty or COUNTRY(rng); c0 = comp or s.pickcomp(p.cty); p.city = city or (c0.city if c0.cty == p.cty and r() < .55 else CITYP[p.cty](rng)); p.need2 = False; p.pref = None; p.suffix = ""; p.couple = None; p.ref = None; p.ns = False
        p.sex = "m" if r() < .6 else "f"; p.birth = int(rng.triangular(1952, 2002, 1978)); p.origin = MIX[p.cty](rng); p.given2 = ""; p.title = ""
        if like:
            p.sex = like.sex; p.origin = like.origin
            if rel == "partner": p.sex = "f" if like.sex == "m" else "m"; p.birth = like.birth + rng.randrange(-6, 6)
            if rel == "son": p.birth = like.birth + rng.randrange(24, 36)
        fam = famname or s.family(p.origin, p.sex, r)
        if like and rel != "partner": p.given = like.given; fam = like.fams[-1][1] if rel == "son" else like.fams[0][1]
        else: p.given = s.given_name(p)
        p.fams = [(0, fam)]
        if not like and r() < (.07 if p.sex == "f" else .012) and p.birth < 1996:
            y = rng.randrange(max(2008, p.birth + 22), 2025); nf = s.family(MIX[p.cty](rng), p.sex, r)
            if "-" not in nf + fam and " " not in nf + fam: p.fams.append((y, (fam + "-" + nf if r() < .5 else nf + "-" + fam) if r() < .3 else nf))
        if r() < (.09 if p.cty not in ("US", "GB") else .4): p.given2 = s.given_name(p)
        if p.given2 == p.given: p.given2 = ""
        p.called = p.given
        if r() < .07 and p.given in NICK: p.called = rng.choice(NICK[p.given])
        x = r()
        if p.cty in ("DE", "AT", "CH"):
            p.title = "Dr." if x < .065 else "Prof. Dr." if x < .08 else ("Dipl.-Ing." if x < .1 else "Mag." if x < .12 and p.cty == "AT" else "")
        elif x < .02: p.title = "Dr."
        p.mobs = []; p.home = None; p.pm = []; p.jobs = []; p.street = (rng.choice(STREET) if p.cty in ("DE", "AT", "CH") else rng.choice(STREET_X), rng.randrange(1, 140))
        if r() < .93:
            p.mobs.append((0, s.tel_new(p.cty, "mob", p.city)))
            if r() < .1: p.mobs.append((rng.randrange(2014, 2025), s.tel_new(p.cty, "mob", p.city)))
        if r() < .38: p.home = s.tel_new(p.cty, "land", p.city)
        if r() < .82:
            for _ in range(1 if r() < .85 else 2): p.pm.append(s.privmail(p))
        # employment
        x = r(); n = 1 if x < .62 else 2 if x < .9 else 3
        st = rng.randrange(max(1998, p.birth + 20), max(1998, p.birth + 20) + 8); pos = rng.randrange(len(POS)); pp = min(int(rng.expovariate(1 / 22.0)), len(POS) - 1); pos = POSORD[pp]
        for i in range(n):
            if i: st = max(st + 1, rng.randrange(2011, 2026))
            if i == n - 1 and (comp or r() < .95): c = c0
            elif r() < .06 and not comp: c = s.company(cty=p.cty, solo=p.called + " " + p.fam(st) if r() < .5 else p.fam(st))
            else: c = s.pickcomp(p.cty)
            if i and r() < .5: pos = POSORD[min(int(rng.expovariate(1 / 22.0)), len(POS) - 1)]
            if p.jobs and p.jobs[-1].c is c: continue
            s.newjob(p, c, st, pos)
        # profiles: 0 none
        p.li = r() < .84; p.slug = None; p.xid = None; p.xurl = None; p.lient = None
        if p.li:
            base = mailtok(p.called, True) + "-" + mailtok(p.fams[-1 if r() < .7 else 0][1], True); y = r()
            sl = base if y < .3 else base + "-" + "%08x" % rng.randrange(16 ** 8) if y < .78 else base.replace("-", "") if y < .88 else base + str(rng.randrange(1, 999))
            while sl in s.used_slug: sl = base + "-" + "%07x" % rng.randrange(16 ** 7)
            s.used_slug.add(sl); p.slug = sl
            lg, lf_mode = p.called, r()
            if p.given2 and r() < .12: lg = p.given + " " + (p.given2 if r() < .5 else p.given2[0] + ".")
            elif p.called == p.given and r() < .03 and p.given in NICK: lg = rng.choice(NICK[p.given])
            pre = p.title if p.title in ("Dr.", "Prof. Dr.") and r() < .55 else ""
            y = r(); um = "" if y < .87 else "ae" if y < .94 else "strip"
            if y > .97: um = ""
            y = r(); cred = ", " + rng.choice(["MBA", "PMP", "M.Sc.", "CFA", "LL.M.", "Ph.D."]) if y < .02 else " " + rng.choice(["✅", "🚀", "🌍", "💡"]) if y < .028 else ""
            p.lient = (lg, pre, um, cred, r() < .006, r() < .5)   # given, prefix, umlauts, credentials, family as initial, positions in English
        if p.cty in ("DE", "AT", "CH") and r() < .38:
            p.xid = rng.randrange(100000, 39999999); p.xurl = strip_acc(ae(p.called)).replace(" ", "") + "_" + strip_acc(ae(p.fams[-1][1])).replace(" ", "").replace("-", "_") + ("" if r() < .2 else str(rng.randrange(2, 99)))
            while p.xurl in s.used_slug: p.xurl += str(rng.randrange(10))
            s.used_slug.add(p.xurl)
        s.persons.append(p); return p
    def given_name(s, p):
        if p.origin == "de":
            if p.sex == "m": return (GMO if p.birth < 1972 else GMY)(s.rng)
            return (GFO if p.birth < 1972 else GFY)(s.rng)
        if p.origin in ("tr", "it", "pl", "yu", "ru", "fr", "es") and p.cty == "DE" and p.birth > 1985 and s.rng.random() < .15:
            return (GMY if p.sex == "m" else GFY)(s.rng)
        return ORIGIN[p.origin][0 if p.sex == "m" else 1](s.rng)
    def family(s, origin, sex, r):
        rng = s.rng; o = ORIGIN[origin]
        f = o[3](rng) if o[3] and r() < o[4] else o[2](rng)
        if sex == "f":
            if origin == "pl" and f.endswith(("ski", "cki", "dzki")): f = f[:-1] + "a"
            elif origin == "cz" and r() < .6 and f in CZ_ONLY: f = f[:-1] + "á" if f.endswith("ý") else (f[:-2] + "ková" if f.endswith("ek") else f.rstrip("a") + "ová")
            elif origin == "ru" and f.endswith(("ov", "ev", "in")) and r() < .6: f += "a"
        if origin == "de":
            x = r()
            if x < .035 and " " not in f:
                g = o[2](rng)
                if g != f: f = f + "-" + g
            elif x < .045: f = rng.choice(["von ", "von ", "von der ", "vom ", "zu "]) + f
        elif origin == "es" and r() < .35: f = f + " " + o[2](rng)
        return f
    def privmail(s, p):
        rng = s.rng; ger = p.origin == "de" or rng.random() < .4; g, f = mailtok(p.called, ger), mailtok(p.fams[0][1], ger)
        dom = FREEMAIL["de" if p.cty == "DE" else p.cty if p.cty in FREEMAIL else "x"](rng); x = rng.random(); yy = "%02d" % (p.birth % 100)
        if x < .34: l = g + "." + f
        elif x < .44: l = g + f
        elif x < .52: l = g[0] + "." + f
        elif x < .62: l = g + "." + f + (yy if rng.random() < .6 else str(p.birth))
        elif x < .68: l = g + "_" + f
        elif x < .74: l = f + "." + g
        elif x < .80: l = g + yy
        elif x < .86: l = g[0] + f + yy
        elif x < .91: l = f + "-" + mailtok(p.city[0].split(" ")[0], True)
        else: l = rng.choice(["sonne", "blume", "segler", "biker", "katze", "fcb", "racer", "wanderer", "magic", "star", "drummer", "angler", "hexe", "wolke", "panther", "kicker", "schnecke", "tiger"]) + str(rng.randrange(10, 9999))
        return s.uniqmail(l, dom, (g + "." + f + yy, g + f + str(p.birth), f + "." + g + yy))
    def pickcomp(s, cty):
        L = s.bycty.get(cty)
        if not L or s.rng.random() < .04: L = s.bycty["DE"]
        return L(s.rng)
    def build(s, n):
        rng = s.rng; nc = max(60, int(n / 3.3))
        for _ in range(nc): s.company()
        by = defaultdict(list)
        for c in s.comps: by[c.cty].append(c)
        s.bycty = {k: Pick(v, max(4, len(v) * .012), .72) for k, v in by.items()}
        while len(s.persons) < n:
            p = s.person()
            if s.hard:
                x = rng.random()
                if x < .035:      # couple, one landline, one family mailbox
                    q = s.person(like=p, rel="partner", cty=p.cty, city=p.city, famname=s.family_f(p) if rng.random() < .8 else None)
                    q.city = p.city; q.street = p.street
                    if not p.home: p.home = s.tel_new(p.cty, "land", p.city)
                    q.home = p.home; s.shared.add("p:" + e164(p.home)); p.couple = q; q.couple = p; q.pref = p
                    if rng.random() < .55:
                        f = mailtok(p.fams[-1][1], True); dom = FREEMAIL["de"](rng) if p.cty == "DE" else "gmail.com"
                        m = s.uniqmail(rng.choice(["familie.%s", "fam.%s", "%s-" + mailtok(p.city[0].split(" ")[0], True), "die.%ss", mailtok(p.given, True)[0] + "u" + mailtok(q.given, True)[0] + ".%s"]) % f, dom)
                        p.pm.insert(0, m); q.pm.insert(0, m); s.shared.add("e:" + m)
                elif x < .06:     # namesake somewhere else
                    q = s.person(like=p, rel="namesake", cty=p.cty)
                elif x < .068 and p.jobs:    # namesake in the same company
                    q = s.person(like=p, rel="namesake", cty=p.cty, comp=p.jobs[-1].c); p.need2 = q.need2 = True; q.pref = p
                    if q.jobs[-1].pos == p.jobs[-1].pos: q.jobs[-1].pos = (p.jobs[-1].pos + 7) % len(POS)
                elif x < .086 and p.sex == "m" and p.jobs and p.birth < 1972:    # father and son
                    q = s.person(like=p, rel="son", cty=p.cty, comp=p.jobs[-1].c if rng.random() < .45 else None, city=p.city)
                    p.need2 = q.need2 = True; p.suffix, q.suffix = "sen.", "jun."; q.pref = p
                    if rng.random() < .6:
                        p.home = p.home or s.tel_new(p.cty, "land", p.city); q.home = p.home; s.shared.add("p:" + e164(p.home))
        for p in s.persons:
            for y, f in p.fams: s.famcount[f] += 1
            for f in {f for y, f in p.fams}: s.namecount[(p.given, f)] += 1
            if p.called != p.given: s.namecount[(p.called, p.fams[-1][1])] += 1
    def family_f(s, p):
        f = p.fams[-1][1]
        return f[:-1] + "a" if p.origin == "pl" and f.endswith(("ski", "cki")) and p.sex == "m" else f
CZ_ONLY = set(CZE_FAM[:50])
POSORD = list(range(len(POS))); random.Random(7).shuffle(POSORD)
def e164(t): return "+" + CC[t[0]] + t[1] + t[2]
def mailloc(pat, g, f):
    g = g or "x"
    return {"g.f": g + "." + f, "i.f": g[0] + "." + f, "f": f, "g": g, "if": g[0] + f, "g_f": g + "_" + f, "f.g": f + "." + g, "gf": g + f}[pat]
WPAT = WPick([("g.f", 57), ("i.f", 16), ("f", 8), ("g", 5), ("if", 6), ("g_f", 2), ("f.g", 3), ("gf", 3)])

# ---------------------------------------------------------------- phones as written
def grp(d, k):
    out = [d[i:i + k] for i in range(0, len(d), k)]
    if len(out) > 1 and len(out[-1]) == 1: out[-2:] = [out[-2] + out[-1]]
    return " ".join(out)
NOTRUNK = {"US", "IT", "ES", "PL", "DK", "CZ", "IN"}
def fmt_tel(t, style, home, rng):
    cty, ndc, sub, sp = t; cc = CC[cty]
    if sp and rng.random() < .45 and style not in (1, 8, 12): sub = sub[:sp] + "-" + sub[sp:]
    elif style == 10: sub = grp(sub, 2 if rng.random() < .5 else 3)
    trunk = "" if cty in NOTRUNK else "0"
    if style in (2, 3, 4, 8, 9) and cty != home: style = rng.choice((0, 0, 1, 5))
    if style == 0 or style == 10: return "+%s %s %s" % (cc, ndc, sub)
    if style == 1: return "+%s%s%s" % (cc, ndc, sub.replace("-", ""))
    if style == 2: return "%s%s %s" % (trunk, ndc, sub)
    if style == 3: return "%s%s/%s" % (trunk, ndc, sub)
    if style == 4: return "%s%s-%s" % (trunk, ndc, sub.replace("-", ""))
    if style == 5: return "00%s %s %s" % (cc, ndc, sub) if rng.random() < .5 else "00%s%s%s" % (cc, ndc, sub.replace("-", ""))
    if style == 6: return "+%s (%s) %s" % (cc, ndc, sub)
    if style == 7: return "+%s (0) %s %s" % (cc, ndc, sub) if trunk else "+%s %s %s" % (cc, ndc, sub)
    if style == 8: return "%s%s%s" % (trunk, ndc, sub)
    if style == 9: return "(%s%s) %s" % (trunk, ndc, sub)
    if style == 11: return "+%s-%s-%s" % (cc, ndc, sub.replace("-", ""))
    return "%s%s%s" % (cc, ndc, sub)      # 12: as Excel leaves it
STY = WPick([(0, 22), (1, 22), (2, 14), (3, 9), (4, 5), (5, 6), (6, 4), (7, 4), (8, 9), (9, 2), (10, 5), (11, 2)])

TOPFAM = set(GER_FAM[:260] + ENG_FAM[:110] + RUS_FAM[:12] + ASI_FAM[:30])
for _o in (TUR_FAM, POL_FAM, ITA_FAM, FRA_FAM, SCA_FAM, ESP_FAM, YUG_FAM, IND_FAM, CZE_FAM, DUT_FAM): TOPFAM |= set(_o[:25])
# ---------------------------------------------------------------- entries
class Entry:
    __slots__ = ("p", "f", "t", "g", "n", "mid", "pre", "suf", "one", "mails", "tels", "c", "cname", "pos", "posn", "city", "cityn", "slug", "xid", "xurl", "note", "date", "lvl", "self", "line", "job", "tag", "addr")
    def toks(e):
        s = set()
        for k, m in e.mails:
            s.add("e:" + m.lower()); d = DOM.get(m.rsplit("@", 1)[-1].lower())
            if d is not None: s.add("c:%d" % d)
        for k, t in e.tels: s.add("p:" + e164(t))
        if e.slug: s.add("l:" + e.slug)
        if e.xid: s.add("x:%d" % e.xid)
        if e.xurl: s.add("y:" + e.xurl)
        if e.c is not None: s.add("c:%d" % e.c)
        if e.pos is not None and e.city: s.add("q:%d|%s" % (e.pos, e.cityn))
        return s
DOM = {}
class Member:
    __slots__ = ("name", "dir", "home", "files", "style", "uml", "recent", "slop", "nick", "lang")
class File:
    __slots__ = ("ch", "var", "year", "path", "m", "rows", "w", "order", "style", "enc")

CAP = {"li": "", "xing": "", "xcsv": "", "phone": "cetp", "google": "cetpu", "outlook": "cetp", "fritz": "te", "sheet": "cetpu"}
TRADE = W("Klempner,Elektriker,Maler,Steuerberater,Anwalt,Makler,Hausarzt,Zahnarzt,Trainer,Messe,Fußball,Nachbar,IT,Drucker,Installateur,Fliesen,Notar,Versicherung,Gärtner,Dachdecker")
TRADEP = W("Steuerberater,Anwalt,Nachbar,Kollege,Messe Hannover,Messe,Uni,Fußball,Verein,Schule,alt,neu,privat,geschäftlich,Steuer,IHK,Makler,Kunde,Lieferant,Urlaub,Segeln,Golf,ehem. Kollege")

class Gen:
    def __init__(s, kind, rows, seed, out):
        s.kind = kind; s.hard = kind == "hard"; s.N = rows; s.rng = random.Random("%s-%d-%d" % (kind, rows, seed)); s.out = out
        s.H = 1.6 if s.hard else 1.0
        s.noise = Counter()
    def mkmembers(s):
        rng = s.rng; n = max(8, min(20, 8 + s.N // 9000)); s.members = []; used = set()
        for i in range(n):
            m = Member(); m.home = "DE" if rng.random() < .8 else rng.choice(["AT", "CH", "GB"]); m.lang = "en" if m.home == "GB" or rng.random() < .18 else "de"
            while True:
                sex = rng.random() < .5; o = MIX[m.home](rng)
                g = (GMY if sex else GFY)(rng) if o == "de" else ORIGIN[o][0 if sex else 1](rng); f = ORIGIN[o][2](rng)
                m.dir = rng.choice([mailtok(g, True), mailtok(g, True), mailtok(g, True) + "." + mailtok(f, True), mailtok(g, True)[0] + mailtok(f, True)])
                if m.dir not in used: used.add(m.dir); break
            m.name = (g, f); m.files = []; m.recent = []; m.style = [STY(rng) for _ in range(3)]; m.uml = rng.choices(["", "ae", "strip"], [.86, .09, .05])[0]; m.slop = rng.choice([.5, .7, 1, 1, 1, 1.5, 2]); m.nick = rng.choice([.02, .04, .06, .1])
            s.members.append(m)
        # files
        for i, m in enumerate(s.members):
            r = rng.random
            def add(ch, var, year, path, w, order="gf", enc="utf-8"):
                f = File(); f.ch = ch; f.var = var; f.year = year; f.path = m.dir + "/" + path; f.m = m; f.rows = []; f.w = w; f.order = order; f.enc = enc; f.style = STY(rng) if r() < .5 else m.style[0]; m.files.append(f)
            def yr(): return rng.choices([2026.3, 2025.5, 2024.4, 2022.5, 2020.3], [55, 20, 10, 9, 6])[0]
            if i == 0 or r() < .93:
                x = r()
                if i == 0 or x < .34: add("li", "2026", 2026.2, "Connections.csv", 9)
                elif x < .62: add("li", "zip", 2026.2, rng.choice(["Basic_LinkedInDataExport_01-15-2026.zip", "Complete_LinkedInDataExport_03-02-2026.zip"]), 9)
                elif x < .74: add("li", "bomcrlf", 2025.8, "linkedin/Connections.csv", 9)
                elif x < .84: add("li", "2022", 2022.6, "Connections.csv", 8)
                elif x < .92: add("li", "2021", 2021.2, "Connections_2021.csv", 7)
                else: add("li", "excel", 2025.6, "LinkedIn Kontakte.csv", 8, enc="cp1252")
                if r() < .2 and x < .62: add("li", "2022", 2022.6, "alt/Connections.csv", 2.5)
            if i == 1 or r() < .92:
                v = rng.choice(["3.0", "3.0", "3.0", "2.1", "2.1", "4.0"]); add("phone", v, yr(), rng.choice(["Kontakte.vcf", "contacts.vcf", "iCloud vCards.vcf", "00001.vcf", "Handy.vcf"]) , 7)
            if i == 2 or r() < .6:
                x = r(); v = "en" if m.lang == "en" else "de"
                add("outlook", v, yr(), "Outlook.CSV" if r() < .5 else "kontakte_outlook.csv", 7, enc="cp1252" if x < .7 else "utf-8-sig")
            if i == 3 or r() < .42: add("google", rng.choice(["new", "new", "old"]), yr(), "google/contacts.csv" if r() < .5 else "google.csv", 4.5)
            if i == 4 or r() < .4: add("fritz", "1", yr(), "FRITZ.Box_Telefonbuch_%02d.%02d.%02d_%02d%02d.xml" % (rng.randrange(1, 28), rng.randrange(1, 12), 25, rng.randrange(8, 20), rng.randrange(60)), 2.5, rng.choice(["f,g", "f,g", "gf", "fg"]), enc="utf-8" if r() < .8 else "iso-8859-1")
            if i == 5 or (r() < .45 and m.home != "GB"): add("xing", "vcf", rng.choice([2026.1, 2025.2, 2023.5, 2019.0]), "xing/xing_kontakte.vcf" if r() < .5 else "Xing.vcf", 2.6)
            elif m.home != "GB" and r() < .15: add("xcsv", "csv", rng.choice([2019.5, 2024.5]), "xing_kontakte.csv", 2)
            if i == 6 or r() < .6:
                v = rng.choice(["deA", "deB", "deC", "deA"]) if m.lang == "de" else rng.choice(["enD", "enE"])
                add("sheet", v, yr(), rng.choice(["Kontaktliste.csv", "Kunden.csv", "Adressen Vertrieb.csv", "Messekontakte.csv"]) if m.lang == "de" else rng.choice(["crm.csv", "contacts list.csv", "Leads.csv"]), 4, enc=("cp1252" if r() < .5 else "utf-8-sig") if m.lang == "de" else "utf-8")
    # ---- one entry
    def name_member(s, e, p, f):
        rng = s.rng; r = rng.random; m = f.m; H = s.H * m.slop; lvl = 0
        e.one = None; e.suf = ""; e.pre = ""; e.mid = ""; e.tag = ""
        fam = p.fam(e.t); g = p.given; ch = f.ch
        if len(p.fams) > 1: lvl = 2
        if p.called != g:
            lvl = max(lvl, 1)
            if r() < .6: g = p.called
        elif g in NICK and r() < m.nick * (1.3 if ch in ("phone", "fritz") else .6): g = rng.choice(NICK[g]); lvl = max(lvl, 1); s.noise["nickname"] += 1
        if p.given2:
            x = r()
            if x < .14: e.mid = p.given2
            elif x < .22: e.mid = p.given2[0] + "."
            if e.mid: s.noise["middle name shown"] += 1
        if p.title and r() < .5: e.pre = p.title
        elif r() < .05 and ch in ("outlook", "sheet"): e.pre = ("Herr" if p.sex == "m" else "Frau") if m.lang == "de" else ("Mr." if p.sex == "m" else "Ms.")
        if p.suffix and r() < .5: e.suf = p.suffix
        # slips
        x = r()
        if x < .011 * H: fam2 = typo(fam, rng); lvl = max(lvl, 1); s.noise["typo family"] += fam2 != fam; fam = fam2
        elif x < .018 * H: g2 = typo(g, rng); lvl = max(lvl, 1); s.noise["typo given"] += g2 != g; g = g2
        elif x < .033 * H:
            if g in VARIANT and r() < .6: g = VARIANT[g]; s.noise["spelling variant"] += 1; lvl = max(lvl, 1)
            elif fam in VARIANT: fam = VARIANT[fam]; s.noise["spelling variant"] += 1; lvl = max(lvl, 1)
        if "-" in fam and r() < .12: fam = fam.split("-")[rng.randrange(2)]; lvl = max(lvl, 1); s.noise["half double name"] += 1
        elif "-" in fam and r() < .15: fam = fam.replace("-", " ")
        if "-" in g and r() < .3: g = rng.choice([g.replace("-", " "), g.replace("-", ""), g.split("-")[0]])
        x = r()
        if x < (.016 if ch in ("outlook", "sheet", "google") else .006) * s.H: g = g[0] + "."; e.mid = ""; lvl = max(lvl, 1); s.noise["initial"] += 1
        elif x < (.024 if not s.hard else .035) and ch != "sheet":
            if r() < .5:
                g = ""; e.mid = ""; lvl = 2; s.noise["no given name"] += 1
                if r() < .7 and not e.pre: e.pre = ("Herr" if p.sex == "m" else "Frau") if m.lang == "de" else ("Mr." if p.sex == "m" else "Mrs.")
            elif ch in ("phone", "google"): fam = ""; lvl = 2; s.noise["no family name"] += 1
        elif x < (.034 if not s.hard else .075): g, fam = fam, g; lvl = max(lvl, 1); s.noise["given/family swapped"] += 1
        um = m.uml if r() < .8 else ("ae" if r() < .15 else "strip" if r() < .08 else "")
        if um == "" and r() < .03: um = "ae" if r() < .6 else "strip"
        if um and not (g + fam).isascii(): s.noise["umlauts " + um] += 1
        fn = ae if um == "ae" else strip_acc if um == "strip" else (lambda z: z)
        g = fn(g); fam = fn(fam); e.mid = fn(e.mid)
        if r() < .01: g, fam = g.lower(), fam.lower()
        elif r() < .006: fam = fam.upper()
        # layout
        one = ch == "fritz" or (ch == "sheet" and f.var in ("deB", "deC", "enD"))
        if s.hard and ch in ("phone", "fritz", "sheet", "google") and r() < .06 and g and fam:
            x = r(); s.noise["remark in name"] += 1
            if x < .45: fam = fam + " (" + rng.choice(TRADEP) + ")"
            elif x < .6: fam = fam + " " + rng.choice(["privat", "mobil", "Büro", "neu", "NEU", "alt", "Handy"])
            elif x < .72 and p.job(e.t): fam = fam + " " + (p.job(e.t).c.alias or p.job(e.t).c.core.split(" ")[0])
            elif x < .88: fam = rng.choice(TRADE); lvl = 2
            else: fam = rng.choice(["Neu", "neu", "2", "Neue Nummer", "privat"]); lvl = 2
        if one:
            parts_g = " ".join(x for x in (g, e.mid) if x); pre = e.pre + " " if e.pre and r() < .8 else ""
            o = f.order if ch == "fritz" else {"deB": "f,g", "deC": "gf", "enD": "gf"}[f.var]
            if r() < .06: o = rng.choice(["f,g", "gf", "fg"])
            if e.suf: fam = fam + " " + e.suf
            if not g or not fam: e.one = (pre + (parts_g or fam)).strip()
            elif o == "f,g": e.one = fam + ", " + pre + parts_g
            elif o == "fg": e.one = fam + " " + parts_g
            else: e.one = pre + parts_g + " " + fam
        elif ch in ("phone", "google") and g and fam and r() < (.035 if not s.hard else .1):
            x = r(); s.noise["name in one field"] += 1
            if x < .5: g, fam = "", g + " " + fam
            elif x < .75: g, fam = "", fam + ", " + g
            else: g, fam = g + " " + fam, ""
        e.g = g; e.n = fam; e.lvl = lvl
    def name_self(s, e, p, ch):
        lg, pre, um, cred, ini, en = p.lient or (p.called, "", "", "", False, False)
        if ch != "li": lg, um, cred, ini = p.called if s.rng.random() < .3 else p.given, "" if um == "ae" else um, "", False
        fam = p.fam(e.t); fn = ae if um == "ae" else strip_acc if um == "strip" else (lambda z: z)
        e.g = fn(lg); e.n = fn(fam); e.mid = ""; e.suf = cred; e.pre = pre if ch == "li" else p.title; e.one = None; e.tag = ""
        if ini and e.n: e.n = e.n[0] + "."
        e.lvl = 2 if len(p.fams) > 1 or ini else 1 if p.called != p.given or lg != p.given else 0
    def setcomp(s, e, j, member):
        rng = s.rng; r = rng.random; c = j.c; e.c = c.id
        if not member: e.cname = c.li if r() < .93 else c.full; return
        x = r(); n = c.core if x < .48 else c.full if x < .86 else (c.alias or c.core)
        if "&" in n and r() < .15: n = n.replace("&", "und" if e.f.m.lang == "de" else "and")
        if r() < .012 * s.H: n = typo(n, rng)
        y = r()
        if y < .02: n = n.upper()
        elif y < .04: n = n.lower()
        elif y < .05: n = "Fa. " + n
        if e.f.m.uml == "ae" and r() < .6: n = ae(n)
        e.cname = n
    def posname(s, p, j, lang, short):
        m, f, en, sh = POS[j.pos]
        if short: return sh
        return en if lang == "en" else (m if p.sex == "m" else f)
    def mailtypo(s, m):
        rng = s.rng
        if rng.random() < .004 * s.H:
            s.noise["typo e-mail"] += 1; l, d = m.split("@"); return typo(l, rng) + "@" + d if rng.random() < .6 else l + "@" + typo(d, rng)
        return m
    def workmail(s, j):
        c = j.c
        if c.size <= 8 and (s.rng.random() < (.16 if s.hard else .02)):
            m = "info@" + c.dom; s.w.shared.add("e:" + m); s.noise["info@ mailbox"] += 1; return m
        return j.mail
    def worktel(s, j):
        if s.rng.random() < (.3 if s.hard else .08) or not j.direct:
            s.noise["switchboard number"] += 1; return s.w.switch(j.c)
        return j.direct
    def addtel(s, e, k, t):
        rng = s.rng
        if not t or any(x[1] == t for x in e.tels): return
        if rng.random() < .004 * s.H and len(t[2]) > 5:
            i = rng.randrange(1, len(t[2])); d = str((int(t[2][i]) + rng.randrange(1, 9)) % 10); t = (t[0], t[1], t[2][:i] + d + t[2][i + 1:], t[3]); s.noise["digit error"] += 1
        e.tels.append((k, t))
    def addmail(s, e, k, m):
        if m and all(x[1] != m for x in e.mails): e.mails.append((k, s.mailtypo(m)))
    def entry(s, p, f, flag=None):
        rng = s.rng; r = rng.random; e = Entry(); e.p = p; e.f = f; ch = f.ch; e.self = ch in ("li", "xing", "xcsv")
        e.t = f.year if e.self or r() < .4 else f.year - min(rng.expovariate(1 / 3.0), 11)
        e.mails = []; e.tels = []; e.c = None; e.cname = ""; e.pos = None; e.posn = ""; e.city = ""; e.cityn = ""; e.slug = None; e.xid = None; e.xurl = None; e.note = ""; e.date = None; e.addr = None
        j = e.job = p.job(e.t)
        if e.self: s.name_self(e, p, ch)
        else: s.name_member(e, p, f)
        R = lambda x: r() < x
        if ch == "li":
            if f.var not in ("2022", "2021"): e.slug = p.slug
            if j and R(.96):
                s.setcomp(e, j, False); e.pos = j.pos; e.posn = s.posname(p, j, "en" if (p.lient and p.lient[5]) or p.cty not in ("DE", "AT", "CH") else "de", False)
            if R(.04): s.addmail(e, "x", p.pm[0] if p.pm and R(.5) else j.mail if j else None)
        elif ch in ("xing", "xcsv"):
            if ch == "xing": e.xid = p.xid
            else: e.xurl = p.xurl
            if j and R(.95): s.setcomp(e, j, False); e.pos = j.pos; e.posn = s.posname(p, j, "de", False)
            if j: e.city = j.c.city[0]; e.cityn = e.city
            if j and R(.35): s.addmail(e, "work", j.mail)
            if j and R(.22): s.addtel(e, "work", j.direct)
            if R(.12): s.addtel(e, "cell", p.mob(e.t))
        else:
            P = {"phone": (.80, .22, .16, .26, .28, .08, .07), "google": (.55, .16, .10, .80, .35, .2, .12), "outlook": (.42, .58, .06, .92, .85, .5, .5), "fritz": (.5, .36, .45, .05, 0, 0, 0), "sheet": (.45, .3, .03, .78, .9, .5, .45)}[ch]
            if flag == "mob": P = (1, 0, .2, .1, .05, 0, 0)
            elif flag == "off": P = (.1, .9, 0, .4, .7, .2, .1)
            if ch in ("sheet", "outlook") and not j: pass
            if R(P[0]): s.addtel(e, "cell", p.mob(e.t))
            if j and R(P[1]): s.addtel(e, "work", s.worktel(j))
            if R(P[2] * (2.2 if p.couple else 1)): s.addtel(e, "home", p.home)
            if ch in ("phone", "fritz") and not e.tels:
                if p.mobs: s.addtel(e, "cell", p.mob(e.t))
                elif p.home: s.addtel(e, "home", p.home)
                elif j: s.addtel(e, "work", s.worktel(j))
            if R(P[3]):
                if j and j.mail and (R(.75) if ch in ("outlook", "sheet") else R(.5) if ch == "google" else R(.35)): s.addmail(e, "work", s.workmail(j))
                elif p.pm: s.addmail(e, "home", p.pm[0] if R(.8) else p.pm[-1])
                elif j: s.addmail(e, "work", j.mail)
                if R(.13) and j: s.addmail(e, "work", j.mail)
                if R(.10) and p.pm: s.addmail(e, "home", p.pm[0])
            if j and R(P[4]):
                s.setcomp(e, j, True)
                if R(P[5] / max(P[4], .01)): e.pos = j.pos; e.posn = s.posname(p, j, f.m.lang, R(.12))
            if R(P[6]):
                if j and ch in ("outlook", "sheet"): e.city = j.c.city[0]; e.addr = "work"
                else: e.city = p.city[0]; e.addr = "home"
                e.cityn = e.city
                if e.city == "Frankfurt am Main" and R(.6): e.city = rng.choice(["Frankfurt", "Frankfurt/Main", "Frankfurt a.M."])
                elif e.city == "Freiburg im Breisgau": e.city = "Freiburg"
                elif f.m.lang == "en": e.city = {"München": "Munich", "Köln": "Cologne", "Wien": "Vienna", "Zürich": "Zurich", "Nürnberg": "Nuremberg"}.get(e.city, e.city)
                elif f.m.uml == "ae": e.city = ae(e.city)
            if ch == "sheet" and f.var == "enD" and p.slug and R(.25): e.slug = p.slug
            if ch == "google" and p.slug and R(.03): e.slug = p.slug
            if R(.06): e.note = rng.choice(NOTES)
            if not e.tels and not e.mails and e.c is None:
                if j and "c" in CAP[ch]: s.setcomp(e, j, True)
        e.date = rng.random() ** .6
        return e
    def strong(s, toks, U):
        """1: shares employer / position+city, 2: shares a personal id"""
        best = 0
        for t in toks & U:
            if t in s.w.shared: continue
            if t[0] in "eplxy": return 2
            best = 1
        return best
    def fix(s, e, old, want):
        """let the entry (or an earlier one) carry something the other shows"""
        rng = s.rng; p = e.p; U = set().union(*(o.toks() for o in old)) - s.w.shared; opts = []
        def cand(x, U):
            caps = CAP[x.f.ch]
            for j in p.jobs:
                if "c" in caps and want == 1 and "c:%d" % j.c.id in U: opts.append((4.5, "c", x, j))
                if "e" in caps and j.mail and "e:" + j.mail in U: opts.append((3 if x.f.ch != "fritz" else 1, "e", x, ("work", j.mail)))
                if "t" in caps and j.direct and "p:" + e164(j.direct) in U: opts.append((3, "t", x, ("work", j.direct)))
            for m in p.pm:
                if "e" in caps and "e:" + m in U: opts.append((3, "e", x, ("home", m)))
            for y, t in p.mobs:
                if "t" in caps and "p:" + e164(t) in U: opts.append((4, "t", x, ("cell", t)))
            if "t" in caps and p.home and "p:" + e164(p.home) in U: opts.append((2, "t", x, ("home", p.home)))
            if "u" in caps and p.slug and "l:" + p.slug in U: opts.append((.4, "u", x, None))
        cand(e, U)
        if not opts:
            E = e.toks() - s.w.shared
            for o in old:
                if not o.self: cand(o, E)
        if not opts and (want == 2 or e.self or all(o.self for o in old)):   # give both the same mail or number, or the profile a mail
            mob = p.mob(e.t); job = e.job
            for o in old:
                if "t" in CAP[e.f.ch] and "t" in CAP[o.f.ch] and mob: opts.append((3, "tt", o, ("cell", mob)))
                elif "e" in CAP[e.f.ch] and "e" in CAP[o.f.ch] and (p.pm or job and job.mail): opts.append((2, "ee", o, ("home", p.pm[0]) if p.pm else ("work", job.mail)))
                else:
                    a, b = (e, o) if e.self else (o, e)
                    if "e" in CAP[b.f.ch] and a.job and a.job.mail: opts.append((.5, "ee", o, ("work", a.job.mail)))
        if not opts: return False
        tot = sum(o[0] for o in opts); x = rng.random() * tot
        for w, k, x_, v in opts:
            x -= w
            if x <= 0: break
        if k == "c":
            s.setcomp(x_, v, True)
            if x_.pos is not None: x_.pos = v.pos; x_.posn = s.posname(p, v, x_.f.m.lang, False)
        elif k in ("e", "ee"):
            for y in ([x_] if k == "e" else [x_, e]):
                if all(m != v[1] for _, m in y.mails): y.mails.append(v)
        elif k in ("t", "tt"):
            for y in ([x_] if k == "t" else [x_, e]):
                if all(t != v[1] for _, t in y.tels): y.tels.append(v)
        else: x_.slug = p.slug
        return True
    def person_entries(s, p):
        rng = s.rng; r = rng.random
        x = r(); k = 1 if x < .58 else 2 if x < .82 else 3 if x < .925 else 4 if x < .97 else rng.randrange(5, 9)
        mem = []
        if p.pref is not None and p.pref.ref: mem += [m for m in p.pref.ref if r() < .65][:k]
        for _ in range(30):
            if len(mem) >= min(k, len(s.members)): break
            j = p.jobs[-1] if p.jobs else None
            m = s.members[rng.choice(j.c.aff) if j and r() < .62 else s.w.mempick()]
            if m not in mem: mem.append(m)
        p.ref = mem; plan = []
        for m in mem:
            fs = [f for f in m.files if not (f.ch == "li" and not p.li) and not (f.ch == "xing" and not p.xid) and not (f.ch == "xcsv" and not p.xurl)]
            if not fs: continue
            x = r(); n = 1 if x < .56 else 2 if x < .87 else 3 if x < .97 else 4
            for _ in range(n):
                if not fs: break
                w = [f.w * (.5 if f.ch == "fritz" and not (p.home or p.mobs) else 1) for f in fs]
                f = rng.choices(fs, w)[0]; fs.remove(f)
                if s.hard and f.ch in ("phone", "fritz", "google") and p.jobs and p.mobs and r() < .07: plan.append((f, "mob")); plan.append((f, "off")); s.noise["same person twice in one book"] += 1
                elif not s.hard and f.ch in ("phone", "google", "outlook") and r() < .01: plan.append((f, None)); plan.append((f, None)); s.noise["same person twice in one book"] += 1
                else: plan.append((f, None))
        plan.sort(key=lambda z: (z[0].ch not in ("li", "xing", "xcsv")))
        out = []
        rare = s.w.namecount[(p.given, p.fams[0][1])] <= 1 and s.w.namecount[(p.called, p.fams[-1][1])] <= 1 and s.w.famcount[p.fams[-1][1]] <= max(3, len(s.w.persons) * .0004) and p.fams[-1][1] not in TOPFAM
        for f, flag in plan:
            e = s.entry(p, f, flag)
            if flag and s.hard and r() < .45 and e.n and not e.one:
                e.n = e.n + " " + ({"mob": rng.choice(["mobil", "Handy", "(mobil)", "privat"]), "off": rng.choice(["Büro", "(Büro)", "Arbeit", "geschäftlich"])}[flag])
            if out:
                if (flag or (f.ch == out[-1].f.ch and f is out[-1].f)) and out[-1].f is f: pass
                lvl = max(e.lvl, 0 if all(o.lvl < 2 for o in out) else 2 if any(o.lvl == 2 for o in out) and not any(o.lvl < 2 for o in out) else e.lvl)
                deg = [o for o in out if o.lvl < 2] or out
                U = set().union(*(o.toks() for o in out))
                have = s.strong(e.toks(), U)
                want = 2 if lvl == 2 or p.need2 else 1 if lvl == 1 or not rare else 0
                # the first entries may be the degraded ones: then this one must carry an id as well
                if any(o.lvl == 2 for o in out) and have < 2 and want < 2 and not any(o.lvl < 2 for o in out): want = 2
                if want == 0 and have == 0:
                    if r() < s.NAMEONLY: want = 0
                    else: want = 1
                if have < want and r() > (.02 if s.hard else .006):
                    if not s.fix(e, out, want):
                        if want == 2 and have == 0 and s.fix(e, out, 1): pass
                        elif r() < .8: s.noise["dropped (undecidable)"] += 1; continue
            out.append(e)
        if s.hard:
            for e in out:
                if e.f.ch in ("phone", "fritz", "google", "outlook", "sheet"):
                    if r() < .009 and e.f.m.recent and e.tels:
                        q, t = rng.choice(e.f.m.recent)
                        if q is not p:
                            s.noise["wrong number"] += 1
                            if r() < .4 and (e.mails or e.c is not None): e.tels[0] = (e.tels[0][0], t)
                            else: e.tels.append(("cell", t))
                    if e.tels and p.mobs:
                        e.f.m.recent.append((p, p.mobs[0][1]))
                        if len(e.f.m.recent) > 300: del e.f.m.recent[:100]
        return out
    def run(s):
        rng = s.rng; s.mkmembers()
        s.NAMEONLY = .62 if not s.hard else .66
        w = s.w = World(rng, s.hard, len(s.members)); ws = [(.4 + rng.random()) * (len(m.files) / 5.0) for m in s.members]; w.mp = WPick(list(zip(range(len(s.members)), ws)))
        w.build(int(s.N / 1.95))
        for c in w.comps: DOM[c.dom] = c.id
        n = 0; s.used = []; s.groups = []
        for p in w.persons:
            es = s.person_entries(p)
            if not es: continue
            if n + len(es) > s.N: es = es[:s.N - n]
            for e in es: e.f.rows.append(e)
            n += len(es); s.groups.append(es)
            if n >= s.N: break
        s.n = n
        s.write()
NOTES = ["Kennengelernt auf der Hannover Messe", "Rückruf vereinbart", "Kommt über Empfehlung", "Hat zwei Kinder, spielt Golf", "met at Web Summit", "Angebot geschickt", "bitte nur per E-Mail", "Urlaub bis 15.08.", "Kunde seit 2016", "Ansprechpartner für Technik", "wechselt evtl. die Firma", "Projekt Nordlicht", "Newsletter: ja", "Follow up in Q2"]

# ---------------------------------------------------------------- writers; each returns bytes and sets row.line
def cell(v, d, q=False):
    if q or d in v or '"' in v or "\n" in v or "\r" in v: return '"' + v.replace('"', '""') + '"'
    return v
def crow(vals, d, q=False): return d.join([cell(v, d, q) for v in vals])
class Buf:
    def __init__(s, eol): s.p = []; s.line = 1; s.eol = eol
    def add(s, t):
        """one record or line without its line end; returns the line on which it starts"""
        at = s.line; s.p.append(t); s.line += 1 + t.count("\n"); return at
    def text(s, last=True): return s.eol.join(s.p) + (s.eol if last else "")
MON = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
LINOTE = "When exporting your connection data, you may notice that some of the email addresses are missing. You will only see email addresses for connections who have allowed their connections to see or download their email address using this setting https://www.linkedin.com/psettings/privacy/email. You can learn more here https://www.linkedin.com/help/linkedin/answer/261"
def ymd(fr, year):
    d = int(fr * (year - 2011) * 365); return 2011 + d // 365, 1 + (d % 365) // 31, 1 + (d % 365) % 28
def w_linkedin(f, rng):
    v = f.var; eol = "\r\n" if v in ("bomcrlf", "excel") else "\n"; B = Buf(eol); d = ";" if v == "excel" else ","
    url = v not in ("2022", "2021")
    if v == "excel": B.add("Notes:" + ";" * 6); B.add(LINOTE + ";" * 6); B.add(";" * 6)
    elif v != "2021": B.add("Notes:"); B.add('"' + LINOTE + '"'); B.add("")
    B.add(d.join(["First Name", "Last Name"] + (["URL"] if url else []) + ["Email Address", "Company", "Position", "Connected On"]))
    f.rows.sort(key=lambda e: -e.date)
    for e in f.rows:
        if rng.random() < .003:
            y, m, t = ymd(e.date, f.year); B.add(d * (6 if url else 5) + "%02d %s %d" % (t, MON[m - 1], y))
        y, m, t = ymd(e.date, f.year); g = (e.pre + " " + e.g).strip(); n = e.n + e.suf
        date = "%02d.%02d.%d" % (t, m, y) if v == "excel" else "%02d %s %d" % (t, MON[m - 1], y)
        vals = [g, n] + (["https://www.linkedin.com/in/" + e.slug if e.slug else ""] if url else []) + [e.mails[0][1] if e.mails else "", e.cname, e.posn, date]
        if f.enc == "cp1252": vals = [legacy(x, "cp1252") for x in vals]
        e.line = B.add(crow(vals, d))
    t = B.text(v == "bomcrlf" or v == "excel")
    return (b"\xef\xbb\xbf" if v == "bomcrlf" else b"") + t.encode("cp1252" if v == "excel" else "utf-8")
OUT_DE = "Anrede|Vorname|Weitere Vornamen|Nachname|Suffix|Firma|Abteilung|Position|Straße geschäftlich|Straße geschäftlich 2|Straße geschäftlich 3|Ort geschäftlich|Region geschäftlich|Postleitzahl geschäftlich|Land/Region geschäftlich|Straße privat|Straße privat 2|Straße privat 3|Ort privat|Bundesland/Kanton privat|Postleitzahl privat|Land/Region privat|Weitere Straße|Weitere Straße 2|Weitere Straße 3|Weiterer Ort|Weiteres/r Bundesland/Kanton|Weitere Postleitzahl|Weiteres/e Land/Region|Telefon Assistent|Fax geschäftlich|Telefon geschäftlich|Telefon geschäftlich 2|Rückmeldung|Autotelefon|Telefon Firma|Fax privat|Telefon (privat)|Telefon (privat 2)|ISDN|Mobiltelefon|Weiteres Fax|Weiteres Telefon|Pager|Haupttelefon|Mobiltelefon 2|Telefon für Hörbehinderte|Telex|Abrechnungsinformation|Assistent(in)|Benutzer 1|Benutzer 2|Benutzer 3|Benutzer 4|Beruf|Büro|E-Mail-Adresse|E-Mail-Typ|E-Mail: Angezeigter Name|E-Mail 2: Adresse|E-Mail 2: Typ|E-Mail 2: Angezeigter Name|E-Mail 3: Adresse|E-Mail 3: Typ|E-Mail 3: Angezeigter Name|Empfohlen von|Geburtstag|Geschlecht|Hobby|Initialen|Internet Frei/Gebucht|Jahrestag|Kategorien|Kinder|Konto|Name des/r Vorgesetzten|Notizen|Organisationsnr.|Ort|Partner/in|Postfach geschäftlich|Postfach privat|Priorität|Privat|Reisekilometer|Sozialversicherungsnr.|Sprache|Stichwörter|Vertraulichkeit|Verzeichnisserver|Webseite|Weiteres Postfach".split("|")
OUT_EN = "Title|First Name|Middle Name|Last Name|Suffix|Company|Department|Job Title|Business Street|Business Street 2|Business Street 3|Business City|Business State|Business Postal Code|Business Country/Region|Home Street|Home Street 2|Home Street 3|Home City|Home State|Home Postal Code|Home Country/Region|Other Street|Other Street 2|Other Street 3|Other City|Other State|Other Postal Code|Other Country/Region|Assistant's Phone|Business Fax|Business Phone|Business Phone 2|Callback|Car Phone|Company Main Phone|Home Fax|Home Phone|Home Phone 2|ISDN|Mobile Phone|Other Fax|Other Phone|Pager|Primary Phone|Radio Phone|TTY/TDD Phone|Telex|Account|Anniversary|Assistant's Name|Billing Information|Birthday|Business Address PO Box|Categories|Children|Directory Server|E-mail Address|E-mail Type|E-mail Display Name|E-mail 2 Address|E-mail 2 Type|E-mail 2 Display Name|E-mail 3 Address|E-mail 3 Type|E-mail 3 Display Name|Gender|Government ID Number|Hobby|Home Address PO Box|Initials|Internet Free Busy|Keywords|Language|Location|Manager's Name|Mileage|Notes|Office Location|Organizational ID Number|Other Address PO Box|Priority|Private|Profession|Referred By|Sensitivity|Spouse|User 1|User 2|User 3|User 4|Web Page".split("|")
KEYS = {"de": dict(pre="Anrede", g="Vorname", mid="Weitere Vornamen", n="Nachname", suf="Suffix", c="Firma", pos="Position", bs="Straße geschäftlich", bc="Ort geschäftlich", bz="Postleitzahl geschäftlich", bl="Land/Region geschäftlich", hs="Straße privat", hc="Ort privat", hz="Postleitzahl privat", hl="Land/Region privat", work="Telefon geschäftlich", work2="Telefon geschäftlich 2", home="Telefon (privat)", cell="Mobiltelefon", cell2="Mobiltelefon 2", e1="E-Mail-Adresse", t1="E-Mail-Typ", d1="E-Mail: Angezeigter Name", e2="E-Mail 2: Adresse", t2="E-Mail 2: Typ", d2="E-Mail 2: Angezeigter Name", e3="E-Mail 3: Adresse", t3="E-Mail 3: Typ", d3="E-Mail 3: Angezeigter Name", note="Notizen", bday="Geburtstag", ann="Jahrestag", sex="Geschlecht", prio="Priorität", priv="Privat", sens="Vertraulichkeit"),
 "en": dict(pre="Title", g="First Name", mid="Middle Name", n="Last Name", suf="Suffix", c="Company", pos="Job Title", bs="Business Street", bc="Business City", bz="Business Postal Code", bl="Business Country/Region", hs="Home Street", hc="Home City", hz="Home Postal Code", hl="Home Country/Region", work="Business Phone", work2="Business Phone 2", home="Home Phone", cell="Mobile Phone", cell2="Other Phone", e1="E-mail Address", t1="E-mail Type", d1="E-mail Display Name", e2="E-mail 2 Address", t2="E-mail 2 Type", d2="E-mail 2 Display Name", e3="E-mail 3 Address", t3="E-mail 3 Type", d3="E-mail 3 Display Name", note="Notes", bday="Birthday", ann="Anniversary", sex="Gender", prio="Priority", priv="Private", sens="Sensitivity")}
def tel(e, t, rng):
    st = e.f.style if rng.random() < .72 else STY(rng)
    return fmt_tel(t, st, e.f.m.home, rng)
def disp(e):
    if e.one: return e.one
    return " ".join(x for x in (e.pre if e.pre not in ("Herr", "Frau", "Mr.", "Ms.", "Mrs.") or not e.g else "", e.g, e.mid, e.n, e.suf) if x) or "?"
def home_addr(e):
    p = e.p; c = p.city; return "%s %d" % p.street if p.cty in ("DE", "AT", "CH") else "%d %s" % (p.street[1], p.street[0]), c[2]
def w_outlook(f, rng):
    H = OUT_DE if f.var == "de" else OUT_EN; K = KEYS[f.var]; ix = {h: i for i, h in enumerate(H)}; B = Buf("\r\n"); qa = f.var == "de"; enc = f.enc
    B.add(crow(H, ",", qa)); de = f.var == "de"; rng.shuffle(f.rows)
    for e in f.rows:
        v = [""] * len(H)
        def put(k, x): v[ix[K[k]]] = x
        put("pre", e.pre); put("g", e.g); put("mid", e.mid); put("n", e.n); put("suf", e.suf); put("c", e.cname); put("pos", e.posn)
        if e.city:
            a, b = ("bc", "bz") if e.addr == "work" else ("hc", "hz"); put(a, e.city)
            if e.addr == "home" and rng.random() < .5: st, z = home_addr(e); put("hs", st); put("hz", z)
            if rng.random() < .4: put("bl" if e.addr == "work" else "hl", CNAME[e.job.c.cty if e.addr == "work" and e.job else e.p.cty][0 if de else 1])
        used = set()
        for k, t in e.tels:
            s = tel(e, t, rng)
            for kk in {"work": ("work", "work2", "cell2"), "cell": ("cell", "cell2", "work2"), "home": ("home", "cell2")}[k]:
                if kk not in used: used.add(kk); put(kk, s); break
        for i, (k, m) in enumerate(e.mails[:3], 1):
            put("e%d" % i, m); put("t%d" % i, "SMTP"); put("d%d" % i, "%s (%s)" % (disp(e), m) if rng.random() < .7 else m)
        if e.note: put("note", e.note + ("\r\n" + rng.choice(["Tel. am besten vormittags", "siehe Akte", "cc Assistenz"]) if rng.random() < .25 else ""))
        if de: put("sex", "Keine Angabe"); put("prio", "Normal"); put("priv", "Aus"); put("sens", "Normal"); put("bday", "0.0.00"); put("ann", "0.0.00")
        else: put("sex", "Unspecified"); put("prio", "Normal"); put("priv", "False"); put("sens", "Normal"); put("bday", "0/0/00"); put("ann", "0/0/00")
        if enc == "cp1252": v = [legacy(x, "cp1252") if x else x for x in v]
        e.line = B.add(crow(v, ",", qa))
    return B.text().encode(enc)
def w_google(f, rng):
    nm = max([len(e.mails) for e in f.rows] + [1]); nt = max([len(e.tels) for e in f.rows] + [1]); new = f.var == "new"; de = f.m.lang == "de"
    if new: H = "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,Labels".split(",")
    else: H = "Name,Given Name,Additional Name,Family Name,Yomi Name,Given Name Yomi,Additional Name Yomi,Family Name Yomi,Name Prefix,Name Suffix,Initials,Nickname,Short Name,Maiden Name,Birthday,Gender,Location,Billing Information,Directory Server,Mileage,Occupation,Hobby,Sensitivity,Priority,Subject,Notes,Language,Photo,Group Membership".split(",")
    L = "Label" if new else "Type"
    for i in range(nm): H += ["E-mail %d - %s" % (i + 1, L), "E-mail %d - Value" % (i + 1)]
    for i in range(nt): H += ["Phone %d - %s" % (i + 1, L), "Phone %d - Value" % (i + 1)]
    H += ["Address 1 - " + x for x in (L, "Formatted", "Street", "City", "PO Box", "Region", "Postal Code", "Country", "Extended Address")]
    if not new: H += ["Organization 1 - " + x for x in ("Type", "Name", "Yomi Name", "Title", "Department")]
    H += ["Website 1 - " + L, "Website 1 - Value"]; ix = {h: i for i, h in enumerate(H)}; B = Buf("\n"); B.add(",".join(H)); rng.shuffle(f.rows)
    a = dict(g="First Name", mid="Middle Name", n="Last Name", c="Organization Name", t="Organization Title", lab="Labels") if new else dict(g="Given Name", mid="Additional Name", n="Family Name", c="Organization 1 - Name", t="Organization 1 - Title", lab="Group Membership")
    for e in f.rows:
        v = [""] * len(H)
        v[ix[a["g"]]] = e.g; v[ix[a["mid"]]] = e.mid; v[ix[a["n"]]] = e.n; v[ix["Name Prefix"]] = e.pre; v[ix["Name Suffix"]] = e.suf; v[ix[a["c"]]] = e.cname; v[ix[a["t"]]] = e.posn; v[ix["Notes"]] = e.note; v[ix[a["lab"]]] = "* myContacts"
        if not new: v[0] = disp(e)
        if not new and e.cname: v[ix["Organization 1 - Type"]] = "* "
        for i, (k, m) in enumerate(e.mails): v[ix["E-mail %d - %s" % (i + 1, L)]] = ("* " if i == 0 else "") + ({"work": "Arbeit", "home": "Privat"} if de and new else {"work": "Work", "home": "Home"})[k]; v[ix["E-mail %d - Value" % (i + 1)]] = m
        for i, (k, t) in enumerate(e.tels): v[ix["Phone %d - %s" % (i + 1, L)]] = {"cell": "Mobile", "work": "Work", "home": "Home"}[k]; v[ix["Phone %d - Value" % (i + 1)]] = tel(e, t, rng)
        if e.city:
            st, z = home_addr(e); v[ix["Address 1 - " + L]] = "Home"; v[ix["Address 1 - City"]] = e.city; v[ix["Address 1 - Country"]] = e.p.cty
            if rng.random() < .5: v[ix["Address 1 - Street"]] = st; v[ix["Address 1 - Postal Code"]] = z; v[ix["Address 1 - Formatted"]] = "%s\n%s %s\n%s" % (st, z, e.city, e.p.cty)
            else: v[ix["Address 1 - Formatted"]] = "%s\n%s" % (e.city, e.p.cty)
        if e.slug: v[ix["Website 1 - " + L]] = "LinkedIn"; v[ix["Website 1 - Value"]] = "https://www.linkedin.com/in/" + e.slug
        e.line = B.add(crow(v, ","))
    return B.text().encode("utf-8")
def esc3(s): return s.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;").replace("\n", "\\n")
def fold(l):
    if len(l.encode("utf-8")) <= 75: return [l]
    out, cur, n = [], "", 0
    for c in l:
        b = len(c.encode("utf-8"))
        if n + b > 74: out.append(cur); cur, n = " ", 1
        cur += c; n += b
    out.append(cur); return out
def qp(s):
    out = []
    for b in s.encode("utf-8"): out.append(chr(b) if 32 < b < 127 and b != 61 or b == 32 else "=%02X" % b)
    return out
def v21(name, val):
    if val.isascii(): return [name + ":" + val]
    head = name + ";CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:"; lines, cur = [], head
    for t in qp(val):
        if len(cur) + len(t) > 75: lines.append(cur + "="); cur = ""
        cur += t
    lines.append(cur); return lines
def w_phone(f, rng):
    v = f.var; B = Buf("\r\n"); rng.shuffle(f.rows); ios = v == "3.0" and rng.random() < .6
    for e in f.rows:
        L = []; x = rng.random
        if v == "2.1":
            q = lambda s: s.replace(";", "\\;")
            L += ["VERSION:2.1"] + v21("N", ";".join(q(z) for z in (e.n, e.g, e.mid, e.pre, e.suf))) + v21("FN", disp(e))
            for i, (k, t) in enumerate(e.tels): L.append("TEL;%s%s:%s" % ({"cell": "CELL", "work": "WORK", "home": "HOME"}[k], ";PREF" if i == 0 and x() < .3 else "", tel(e, t, rng)))
            for k, m in e.mails: L.append("EMAIL;%s:%s" % ("HOME" if k == "home" else "WORK", m))
            if e.cname: L += v21("ORG", q(e.cname))
            if e.posn: L += v21("TITLE", e.posn)
            if e.city: L += v21("ADR;HOME", ";;%s;%s;;%s;%s" % ((home_addr(e)[0] if x() < .5 else ""), e.city, home_addr(e)[1], CNAME[e.p.cty][0]))
            if e.note: L += v21("NOTE", e.note)
            L = L
        else:
            fo = [("VERSION:" + v)]
            if ios: fo.append("PRODID:-//Apple Inc.//iPhone OS 18.1//EN")
            fo.append("N:" + ";".join(esc3(z) for z in (e.n, e.g, e.mid, e.pre, e.suf))); fo.append("FN:" + esc3(disp(e)))
            if e.cname: fo.append("ORG:" + esc3(e.cname) + (";" if ios else ""))
            if e.posn: fo.append("TITLE:" + esc3(e.posn))
            for i, (k, t) in enumerate(e.tels):
                s = tel(e, t, rng)
                if v == "4.0":
                    if x() < .3 and s.startswith("+"): fo.append('TEL;VALUE=uri;TYPE="voice,%s":tel:%s' % (k, re.sub(r"[^0-9+]+", "-", s.replace("(0)", "")).strip("-")))
                    else: fo.append("TEL;TYPE=%s:%s" % (k, s))
                else: fo.append("TEL;type=%s;type=VOICE%s:%s" % (k.upper(), ";type=pref" if i == 0 else "", s) if ios else "TEL;TYPE=%s:%s" % (k.upper(), s))
            for i, (k, m) in enumerate(e.mails):
                if ios and x() < .15: fo.append("item%d.EMAIL;type=INTERNET:%s" % (i + 1, m)); fo.append("item%d.X-ABLabel:_$!<Other>!$_" % (i + 1))
                else: fo.append(("EMAIL;type=INTERNET;type=%s:%s" if ios else "EMAIL;TYPE=%s:%s") % (k.upper() if v == "3.0" else k, m))
            if e.city: fo.append("ADR;%s=HOME:;;%s;%s;;%s;%s" % ("type" if ios else "TYPE", esc3(home_addr(e)[0]) if x() < .5 else "", esc3(e.city), home_addr(e)[1], CNAME[e.p.cty][0]))
            if e.note: fo.append("NOTE:" + esc3(e.note))
            if x() < .012 and v == "3.0": fo.append("PHOTO;ENCODING=b;TYPE=JPEG:" + base64.b64encode(bytes([255, 216, 255, 224] + [rng.randrange(256) for _ in range(240)])).decode())
            if x() < .3 and v != "4.0": fo.append("UID:%08x-%04x" % (rng.randrange(16 ** 8), rng.randrange(16 ** 4)))
            L = []
            for l in fo: L += fold(l)
        e.line = B.add("BEGIN:VCARD")
        for l in L: B.add(l)
        B.add("END:VCARD")
    return B.text().encode("utf-8")
def w_xing(f, rng):
    B = []; line = 1; rng.shuffle(f.rows)
    def ln(name, s):
        try: return (name + (";CHARSET=ISO-8859-1:" if not s.isascii() else ":") + s).encode("latin-1")
        except UnicodeEncodeError: return (name + ";CHARSET=UTF-8:" + s).encode("utf-8")
    for e in f.rows:
        L = [b"BEGIN:VCARD", b"VERSION:2.1", ln("N", "%s;%s;%s;%s" % (e.n, e.g, e.mid, e.pre)), ln("FN", disp(e)), ln("SORT-STRING", e.n), b"CLASS:PRIVATE"]
        if e.cname: L.append(ln("ORG", e.cname))
        if e.posn: L.append(ln("TITLE", e.posn))
        for k, t in e.tels: L.append(ln("TEL;TYPE=" + ("work" if k == "work" else "cell,work"), fmt_tel(t, 0, "DE", rng)))
        for k, m in e.mails: L.append(ln("EMAIL;TYPE=internet;type=WORK;type=pref", m))
        if e.city: L.append(ln("ADR;TYPE=work", ";;;%s;;;%s" % (e.city, CNAME[e.job.c.cty][0] if e.job else "")))
        L += [b"UID:XING_%d" % e.xid, b"PRODID:-//XING//www.xing.com//epublica//www.epublica.de//Version 1.3", b"END:VCARD"]
        e.line = line; B += L; line += len(L)
    return b"\r\n".join(B) + b"\r\n"
def xe(s): return s.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
def w_fritz(f, rng):
    B = Buf("\n"); B.add('<?xml version="1.0" encoding="%s"?>' % f.enc); B.add("<phonebooks>"); B.add('<phonebook owner="0" name="Telefonbuch">'); B.add("<timestamp>%d</timestamp>" % (1700000000 + rng.randrange(9000000)))
    f.rows.sort(key=lambda e: disp(e).lower()); uid = 10; local = f.style in (2, 3, 4, 8, 9) or rng.random() < .5
    for e in f.rows:
        uid += rng.randrange(1, 3); nums = []
        for i, (k, t) in enumerate(e.tels):
            s = fmt_tel(t, rng.choice([2, 3, 4, 8, 8]) if local and rng.random() < .8 else f.style, f.m.home, rng)
            nums.append('<number type="%s" prio="%d" id="%d">%s</number>' % ({"cell": "mobile", "work": "work", "home": "home"}[k], i == 0, i, xe(s)))
        em = "".join('<email classifier="%s" id="%d">%s</email>' % ("private" if k == "home" else "work", i, xe(m)) for i, (k, m) in enumerate(e.mails))
        nm = xe(legacy(disp(e), "latin-1") if f.enc != "utf-8" else disp(e))
        e.line = B.add("<contact>")
        B.add("<category>%s</category>" % ("1" if rng.random() < .05 else "0")); B.add("<person><realName>%s</realName></person>" % nm)
        B.add('<telephony nid="%d">%s</telephony>' % (len(nums), "".join(nums))); B.add('<services nid="%d">%s</services>' % (len(e.mails), em) if em else "<services />")
        B.add("<setup />"); B.add("<mod_time>%d</mod_time><uniqueid>%d</uniqueid>" % (1500000000 + rng.randrange(200000000), uid)); B.add("</contact>")
    B.add("</phonebook>"); B.add("</phonebooks>")
    return B.text().encode(f.enc)
def w_sheet(f, rng):
    v = f.var; de = v[:2] == "de"; d = ";" if de else ","; eol = "\r\n" if de else "\n"; B = Buf(eol)
    if f.ch == "xcsv": H = ["Vorname", "Nachname", "Titel", "Firma", "Position", "E-Mail", "Telefon", "Ort", "XING-Profil"]; d = ";"; de = True
    elif v == "deA": H = ["Anrede", "Vorname", "Nachname", "Firma", "Position", "E-Mail", "Telefon", "Mobil", "Ort", "Letzter Kontakt", "Bemerkung"]
    elif v == "deB": H = ["Nr.", "Name, Vorname", "Firma", "Funktion", "E-Mail", "Telefon", "Mobil", "Ort", "Kategorie", "Letzter Kontakt"]
    elif v == "deC": H = ["Name", "Unternehmen", "Position", "E-Mail-Adresse", "Telefonnummer", "Stadt", "Notizen"]
    elif v == "enD": H = ["Name", "Company", "Title", "Email", "Phone", "City", "LinkedIn", "Tier", "Last Contacted", "Notes"]
    else: H = ["First Name", "Last Name", "Company", "Job Title", "Email", "Phone", "Mobile", "City", "Country", "Source"]
    if v == "deB":
        B.add("Kontaktliste Team Vertrieb" + ";" * (len(H) - 1)); B.add("Stand: 15.01.2026" + ";" * (len(H) - 1)); B.add(";" * (len(H) - 1))
    B.add(crow(H, d)); rng.shuffle(f.rows); nr = 0
    for e in f.rows:
        nr += 1; y, mo, da = ymd(e.date, f.year); mails = " / ".join(m for _, m in e.mails); T = [(k, tel(e, t, rng) if rng.random() > .05 or v != "enD" else fmt_tel(t, 12, "XX", rng)) for k, t in e.tels]
        land = [x for k, x in T if k != "cell"]; cell_ = [x for k, x in T if k == "cell"]
        allt = " / ".join(x for _, x in T)
        if f.ch == "xcsv": r = [e.g, e.n, e.pre, e.cname, e.posn, mails, allt, e.city, "https://www.xing.com/profile/" + e.xurl]
        elif v == "deA": r = [e.pre if e.pre in ("Herr", "Frau") else "", (e.pre + " " + e.g if e.pre and e.pre not in ("Herr", "Frau") else e.g) + (" " + e.mid if e.mid else ""), (e.n + " " + e.suf).strip(), e.cname, e.posn, mails, " / ".join(land), " / ".join(cell_), e.city, "%02d.%02d.%d" % (da, mo, y) if rng.random() < .7 else "", e.note]
        elif v == "deB": r = [str(nr), disp(e), e.cname, e.posn, mails, " / ".join(land), " / ".join(cell_), e.city, rng.choice("ABCD"), "%02d.%02d.%d" % (da, mo, y) if rng.random() < .6 else ""]
        elif v == "deC": r = [disp(e), e.cname, e.posn, mails, allt, e.city, e.note + ("\nletzter Stand %d" % y if e.note and rng.random() < .2 else "")]
        elif v == "enD": r = [disp(e), e.cname, e.posn, mails, allt, e.city, ("https://www." if rng.random() < .5 else "") + "linkedin.com/in/" + e.slug if e.slug else "", rng.choice("ABC"), "%d-%02d-%02d" % (y, mo, da) if rng.random() < .6 else "", e.note]
        else: r = [(e.g + " " + e.mid).strip(), (e.n + " " + e.suf).strip(), e.cname, e.posn, mails, " / ".join(land), " / ".join(cell_), e.city, CNAME[e.p.cty][1] if rng.random() < .5 else "", rng.choice(["Fair", "Referral", "Web", ""])]
        if f.enc == "cp1252": r = [legacy(x, "cp1252") for x in r]
        e.line = B.add(crow(r, d))
    return B.text().encode(f.enc)
WRITE = {"li": w_linkedin, "outlook": w_outlook, "google": w_google, "phone": w_phone, "xing": w_xing, "xcsv": w_sheet, "fritz": w_fritz, "sheet": w_sheet}

def write_calls(m, rng, out):
    pool = [(e, t) for f in m.files if f.ch in ("phone", "fritz") for e in f.rows for k, t in e.tels]
    if not pool: return
    n = min(300, 20 + len(pool) // 3); L = ["<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>", '<?xml-stylesheet type="text/xsl" href="calls.xsl"?>', '<calls count="%d">' % n]
    for _ in range(n):
        e, t = pool[int(rng.random() ** 2 * len(pool))]; ms = 1735689600000 + rng.randrange(30000000000)
        L.append('  <call number="%s" duration="%d" date="%d" type="%d" presentation="1" readable_date="%02d.%02d.2025 %02d:%02d:00" contact_name="%s" />' % (e164(t) if rng.random() < .8 else fmt_tel(t, 8, m.home, rng), rng.choice([0, rng.randrange(900)]), ms, rng.choice([1, 2, 3]), rng.randrange(1, 28), rng.randrange(1, 13), rng.randrange(8, 19), rng.randrange(60), xe(disp(e)) if rng.random() < .85 else "(Unknown)"))
    L.append("</calls>")
    with open(os.path.join(out, "inbox", m.dir, "calls-20260115081500.xml"), "wb") as fh: fh.write(("\n".join(L) + "\n").encode("utf-8"))
def zwrite(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        for n, b in members:
            zi = zipfile.ZipInfo(n, (2026, 1, 15, 8, 0, 0)); zi.compress_type = zipfile.ZIP_DEFLATED; z.writestr(zi, b)

def gen_write(s):
    rng = s.rng; truth = []; chan = Counter()
    if os.path.isdir(os.path.join(s.out, "inbox")): shutil.rmtree(os.path.join(s.out, "inbox"))
    for m in s.members:
        for f in m.files:
            if not f.rows: continue
            path = os.path.join(s.out, "inbox", f.path); os.makedirs(os.path.dirname(path), exist_ok=True); chan[f.ch] += len(f.rows)
            if f.ch == "xing" and len(f.rows) <= 60 and rng.random() < .6:      # single vCards, as XING gives them
                seen = Counter(); i0 = f.rows[:]
                for e in i0:
                    f.rows = [e]; b = w_xing(f, rng); nm = (ae(e.g) + "_" + ae(e.n)).replace(" ", "_").replace("/", "_"); seen[nm] += 1
                    rel = m.dir + "/xing/" + nm + ("_%d" % seen[nm] if seen[nm] > 1 else "") + ".vcf"; os.makedirs(os.path.join(s.out, "inbox", m.dir, "xing"), exist_ok=True)
                    with open(os.path.join(s.out, "inbox", rel), "wb") as fh: fh.write(b)
                    truth.append((rel, 1, e.p.pid))
                f.rows = i0; continue
            b = WRITE[f.ch](f, rng); rel = f.path
            if f.var == "zip":
                g, n = m.name
                zwrite(path, [("Connections.csv", b), ("Profile.csv", ("First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location,Twitter Handles,Websites,Instant Messengers\n%s,%s,,,,,,,,,,,\n" % (g, n)).encode()),
                    ("messages.csv", b"CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER\n"), ("guide_messages.csv", b"CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER\n")])
                rel += "!Connections.csv"
            else:
                with open(path, "wb") as fh: fh.write(b)
            truth += [(rel, e.line, e.p.pid) for e in f.rows]
        if rng.random() < .5: write_calls(m, rng, s.out)
    truth.sort()
    with open(os.path.join(s.out, "truth.csv"), "w", newline="", encoding="utf-8") as fh:
        w = csv.writer(fh, lineterminator="\n"); w.writerow(["file", "line", "person"])
        for a, b, c in truth: w.writerow([a, b, "P%06d" % c])
    stats(s, chan)
def nkey(e):
    x = e.one or (e.g + " " + e.n)
    return " ".join(sorted(re.findall(r"[a-z]+", ae(x).lower())))
def stats(s, chan):
    sh = s.w.shared; pair = Counter(); link = Counter(); sizes = Counter(); mem = Counter(); same = Counter()
    for es in s.groups:
        p = es[0].p; sizes[min(len(es), 10)] += 1; mem[len({e.f.m.dir for e in es})] += 1
        if len(es) < 2: continue
        T = [e.toks() for e in es]; NK = [nkey(e) for e in es]; par = list(range(len(es)))
        def find(x):
            while par[x] != x: x = par[x]
            return x
        for i in range(len(es)):
            for j in range(i):
                c = T[i] & T[j]; st = c - sh; nm = "same name" if NK[i] == NK[j] else "name differs"; k = {t[0] for t in st}
                same[nm] += 1
                cat = "profile" if k & set("lxy") else "e-mail" if "e" in k else "phone" if "p" in k else "name+employer" if "c" in k else "name+position+city" if "q" in k else "shared number/mailbox only" if c else ("name only" if NK[i] == NK[j] else "similar name only")
                pair[cat] += 1
                if st: par[find(i)] = find(j)
        comp = len({find(i) for i in range(len(es))}); link["linked by evidence"] += len(es) - comp
        if comp > 1:
            rare = s.w.namecount[(p.given, p.fams[0][1])] <= 1
            link["joined by rare name alone" if rare else "joined by a name others bear"] += comp - 1
    used = [es[0].p for es in s.groups]; full = Counter((p.given, p.fams[-1][1]) for p in used)
    tp = sum(pair.values()); tl = sum(link.values())
    xs = Counter()
    for es in s.groups:
        for e in es:
            if e.mails: xs["e-mail"] += 1
            if e.tels: xs["phone"] += 1
            if e.cname: xs["company"] += 1
            if e.posn: xs["position"] += 1
            if e.city: xs["city"] += 1
            if e.slug: xs["LinkedIn URL"] += 1
    st = {"kind": s.kind, "rows": s.n, "persons": len(used), "members": len(s.members), "channels %": {k: round(100 * v / s.n, 1) for k, v in chan.most_common()}, "fields %": {k: round(100 * v / s.n, 1) for k, v in xs.most_common()},
     "distinct family names": len({p.fams[-1][1] for p in used}), "distinct given names": len({p.given for p in used}), "distinct full names": len(full), "persons with a namesake": sum(v for v in full.values() if v > 1), "top names": [(" ".join(k), v) for k, v in full.most_common(4)],
     "true pairs": tp, "pairs by strongest evidence %": {k: round(100 * v / max(tp, 1), 2) for k, v in pair.most_common()}, "pairs by name %": {k: round(100 * v / max(tp, 1), 2) for k, v in same.items()},
     "links (rows-1 per person)": tl, "links by evidence of the whole cluster %": {k: round(100 * v / max(tl, 1), 2) for k, v in link.most_common()}, "rows per person": dict(sorted(sizes.items())), "members per person": dict(sorted(mem.items())), "noise per 100 rows": {k: round(100 * v / s.n, 2) for k, v in s.noise.most_common()}, "companies": len(s.w.comps), "persons in couples": sum(1 for p in used if p.couple), "fathers and sons": sum(1 for p in used if p.suffix), "persons with a namesake in the same company or family (need an id)": sum(1 for p in used if p.need2)}
    with open(os.path.join(s.out, "stats.json"), "w", encoding="utf-8") as fh: json.dump(st, fh, ensure_ascii=False, indent=1)
    print(json.dumps(st, ensure_ascii=False, indent=1))
Gen.write = gen_write

# ---------------------------------------------------------------- a million rows
def million(rows, seed, out):
    rng = random.Random("million-%d-%d" % (rows, seed)); r = rng.random
    gm = uniq(GER_M_OLD[:70] + GER_M_YOUNG[:80] + ENG_M[:50] + TUR_M[:15] + POL_M[:15] + ITA_M[:10]); gf = uniq(GER_F_OLD[:70] + GER_F_YOUNG[:80] + ENG_F[:50] + TUR_F[:15] + POL_F[:15] + ITA_F[:10])
    mixg = lambda l: sorted(l, key=lambda x: rng.random())
    GM, GF = Pick(gm, 2, 1.05), Pick(gf, 2, 1.05); F = Pick(uniq(GER_FAM[:260] + ENG_FAM[:60] + TUR_FAM[:30] + POL_FAM[:25] + YUG_FAM[:15] + ITA_FAM[:12]), 1.5, 1.0)
    nm = max(8, min(20, rows // 80000)); base = int(rows * .7); ncomp = max(500, rows // 14)
    comps = []; seen = set(); seend = set()
    while len(comps) < ncomp:
        w = rng.choice(CW1) + rng.choice(CW2); cty = "DE" if r() < .75 else rng.choice(["AT", "CH", "GB", "US"]); x = r()
        core = w.capitalize() if x < .1 else w.capitalize() + " " + rng.choice(CBR) if x < .65 else rng.choice(GER_FAM) + " " + rng.choice(CBR) if x < .9 else rng.choice(GER_FAM) + " & " + rng.choice(GER_FAM)
        if core in seen:
            core += " " + CITY[cty][rng.randrange(len(CITY[cty]))][0].split(" ")[0]
            if core in seen: continue
        seen.add(core); d = mailtok(core.replace("&", "und").replace(" ", "-"), True); d = re.sub("-+", "-", d) + "." + rng.choice(TLD[cty])
        if d in seend: continue
        seend.add(d); c = CITYP[cty](rng); leg = LEGAL[cty](rng); nd = max(4, (7 if len(c[1]) <= 3 else 6) - 2)
        comps.append((core, (core + " " + leg).strip(), d, cty, c, str(rng.randrange(2 * 10 ** (nd - 1), 10 ** nd - 1)), WPAT(rng)))
    CP = Pick(comps, len(comps) * .05, .7); used = set(); usedt = set(); KINDS = [str(i) for i in range(8)]
    members = []
    names = set()
    HEAD = [["Name", "E-Mail", "Telefon", "Firma", "Position", "Ort", "Straße", "Notiz"], ["Vorname", "Nachname", "E-Mail", "Telefon", "Firma", "Position", "PLZ", "Ort"], ["First Name", "Last Name", "Email", "Phone", "Company", "Job Title", "City", "Country"], ["name", "email", "phone", "company", "city"], ["Nachname", "Vorname", "Firma", "E-Mail-Adresse", "Mobil", "Ort", "Letzter Kontakt"]]
    os.makedirs(out, exist_ok=True)
    if os.path.isdir(os.path.join(out, "inbox")): shutil.rmtree(os.path.join(out, "inbox"))
    for i in range(nm):
        while True:
            d = mailtok((GMY if r() < .5 else GFY)(rng), True)
            if d not in names: names.add(d); break
        H = HEAD[i % 5] if i < 5 else rng.choice(HEAD); de = H[1] in ("E-Mail", "Nachname", "Vorname")
        os.makedirs(os.path.join(out, "inbox", d)); path = d + "/" + ("Kontakte.csv" if de else "contacts.csv"); bom = de and r() < .5
        fh = open(os.path.join(out, "inbox", path), "w", encoding="utf-8-sig" if bom else "utf-8", newline=""); dl = ";" if de else ","; fh.write(dl.join(H) + "\n")
        members.append([path, H, fh, dl, 1, [STY(rng) for _ in range(3)], 0, "ae" if r() < .12 else ""])
    truth = []; pop = []; stat = Counter(); ev = Counter(); full = Counter(); TL = {}
    def newperson(pid):
        sex = r() < .55; g = (GM if sex else GF)(rng); f = F(rng)
        if r() < .03: f2 = F(rng); f = f if f2 == f else f + "-" + f2
        c = CP(rng) if r() < .93 else None; cty = c[3] if c else ("DE" if r() < .8 else rng.choice(["AT", "CH", "GB"])); city = c[4] if c and r() < .6 else CITYP[cty](rng); by = rng.randrange(1955, 2003); ml = []; gg, ff = mailtok(g, True), mailtok(f, True)
        if c and r() < .72:
            m = mailloc(c[6], gg, ff) + "@" + c[2]
            if m in used: m = gg + "." + ff + "@" + c[2]
            k = 2; b = m
            while m in used: m = b.replace("@", "%d@" % k); k += 1
            used.add(m); ml.append(m)
        if r() < .62:
            dom = FREEMAIL["de" if cty == "DE" else cty if cty in FREEMAIL else "x"](rng); x = r()
            l = gg + "." + ff if x < .3 else gg[0] + "." + ff if x < .38 else gg + ff if x < .46 else gg + "." + ff + str(by)[2:] if x < .7 else gg + "_" + ff if x < .76 else ff + "." + gg if x < .82 else gg + str(by) if x < .9 else rng.choice(["sonne", "biker", "katze", "star", "wolke", "segler", "tiger", "blume"]) + str(rng.randrange(10, 99999))
            m = l + "@" + dom; k = by % 100
            while m in used: m = "%s%d@%s" % (l, k, dom); k = rng.randrange(10, 9999)
            used.add(m); ml.append(m)
        tl = []
        for _ in range(50):
            if r() > .88: break
            if cty in MOBPRE: t = (cty, rng.choice(MOBPRE[cty]), str(rng.randrange(2000000, 9999999)) if r() < .5 or cty != "DE" else str(rng.randrange(20000000, 99999999)), 0)
            elif cty == "GB": t = (cty, "7" + str(rng.randrange(300, 999)), str(rng.randrange(100000, 999999)), 0)
            else: t = (cty, CITYP["US"](rng)[1], str(rng.randrange(2, 9)) + str(rng.randrange(100000, 999999)), 0)
            if t not in usedt: usedt.add(t); tl.append(t); break
        if c and r() < .4 and cty in ("DE", "AT", "CH"):
            t = (cty, c[4][1], c[5] + str(rng.randrange(10, 999)), len(c[5]))
            if t not in usedt: usedt.add(t); tl.append(t)
        full[(g, f)] += 1
        return (pid, sex, g, f, c, city, cty, ml, tl, POSORD[min(int(rng.expovariate(1 / 22.0)), len(POS) - 1)], "%s %d" % (rng.choice(STREET), rng.randrange(1, 150)))
    def emit(p, dup, src):
        """write one row; src: what the row it repeats showed"""
        pid, sex, g, f, c, city, cty, ml, tl, pos, street = p; mi = rng.randrange(nm) ; M = members[mi]; H = M[1]
        z = 1.0 if dup else .3
        m = t = None
        if ml and r() < .88: m = ml[0] if r() < .8 else ml[-1]
        if tl and r() < .8: t = tl[0] if r() < .75 else tl[-1]
        co = c if c and r() < .85 else None
        ci = city[0] if r() < .8 else ""; sp = r() < .75
        if dup:
            sm, stl, sco, sci, spos = src
            if not ((m and m == sm) or (t and t == stl)):
                ok = co and sco and r() < .6 and full[(g, f)] < 60
                if not ok:
                    if sm and (not stl or r() < .55): m = sm
                    elif stl: t = stl
                    elif sco: co = c; ci = sci or ci
        if not m and not t and not co: m = ml[0] if ml else None; t = tl[0] if tl else None; co = c
        if not m and not t and not co: ci = city[0]; sp = True
        if dup:
            sm, stl, sco, sci, spos = src
            ev["e-mail" if m and m == sm else "phone" if t and t == stl else "name+employer" if co and sco else "name+position+city" if ci and ci == sci else "name only"] += 1
        g2, f2, mid = g, f, ""
        x = r()
        if x < .02 * z: f2 = typo(f, rng); stat["typo family"] += 1
        elif x < .035 * z: g2 = typo(g, rng); stat["typo given"] += 1
        elif x < .075 * z and g in NICK: g2 = rng.choice(NICK[g]); stat["nickname"] += 1
        elif x < .1 * z: g2 = VARIANT.get(g, g); f2 = VARIANT.get(f, f); stat["variant"] += (g2, f2) != (g, f)
        elif x < .12 * z: g2 = g[0] + "."; stat["initial"] += 1
        elif x < .13 * z: g2, f2 = f, g; stat["swapped"] += 1
        elif x < .15 * z: mid = rng.choice((gm if sex else gf)[:40]); stat["middle name"] += 1
        if "-" in f2 and r() < .2 * z: f2 = f2.split("-")[rng.randrange(2)]
        y = r(); fn = ae if M[7] == "ae" or y < .03 * z else strip_acc if y < .045 * z else None
        if fn: g2, f2 = fn(g2), fn(f2)
        mm = m or ""
        if m and r() < .01 * z: l, d = m.split("@"); mm = typo(l, rng) + "@" + d; stat["typo e-mail"] += 1
        if m and r() < .02: mm = mm.capitalize()
        ts = ""
        if t:
            tt = t
            if r() < .008 * z: i = rng.randrange(1, len(t[2])); tt = (t[0], t[1], t[2][:i] + str((int(t[2][i]) + 3) % 10) + t[2][i + 1:], 0); stat["digit error"] += 1
            ts = fmt_tel(tt, M[5][int(r() * 3)] if r() < .8 else STY(rng), "DE", rng)
        cn = ""
        if co:
            cn = co[0] if r() < .55 else co[1]
            if dup and r() < .02: cn = typo(cn, rng); stat["typo company"] += 1
        if dup and r() < .045 and ((m and m == src[0]) or (t and t == src[1])): cn = CP(rng)[0]; stat["changed employer"] += 1
        en = H[0] in ("First Name", "name"); ps = (POS[pos][2] if en else POS[pos][0 if sex else 1]) if sp else ""; g3 = (g2 + " " + mid).strip()
        V = []
        for h in H:
            h = h.lower()
            if h == "name": V.append(g3 + " " + f2)
            elif h in ("vorname", "first name"): V.append(g3)
            elif h in ("nachname", "last name"): V.append(f2)
            elif "mail" in h: V.append(mm)
            elif h in ("telefon", "phone", "mobil"): V.append(ts)
            elif h in ("firma", "company"): V.append(cn)
            elif h in ("position", "job title"): V.append(ps)
            elif h in ("ort", "city"): V.append(ci)
            elif h == "plz": V.append(city[2] if ci else "")
            elif h == "straße": V.append(street if r() < .3 else "")
            elif h == "country": V.append(CNAME[cty][1])
            elif h == "letzter kontakt": V.append("%02d.%02d.%d" % (rng.randrange(1, 29), rng.randrange(1, 13), rng.randrange(2018, 2026)) if r() < .5 else "")
            else: V.append(rng.choice(NOTES[:7]) if r() < .06 else "")
        M[4] += 1; M[2].write(crow(V, M[3]) + "\n"); truth.append((mi, M[4], pid))
        return (m, t, co is not None, ci, ps)
    pid = 0; n = 0; pdup = .3
    while n < rows:
        if pop and r() < pdup:
            i = rng.randrange(len(pop)); p, src = pop[i]; emit(p, True, src); n += 1; stat["duplicates"] += 1
            if r() < .8: pop[i] = pop[-1]; pop.pop()
        else:
            pid += 1; p = newperson(pid); src = emit(p, False, None); n += 1; pop.append((p, src))
    for M in members: M[2].close()
    truth.sort(key=lambda t: (members[t[0]][0], t[1]))
    with open(os.path.join(out, "truth.csv"), "w", encoding="utf-8", newline="") as fh:
        fh.write("file,line,person\n")
        for mi, l, p in truth: fh.write("%s,%d,P%07d\n" % (members[mi][0], l, p))
    tot = sum(ev.values()); st = {"kind": "million", "rows": n, "persons": pid, "members": nm, "distinct full names": len(full), "persons with a namesake": sum(v for v in full.values() if v > 1), "top names": [(" ".join(k), v) for k, v in full.most_common(4)], "duplicates": stat["duplicates"], "a duplicate and the row it repeats share %": {k: round(100 * v / max(tot, 1), 2) for k, v in ev.most_common()}, "noise per 100 rows": {k: round(100 * v / n, 2) for k, v in stat.most_common() if k != "duplicates"}}
    with open(os.path.join(out, "stats.json"), "w", encoding="utf-8") as fh: json.dump(st, fh, ensure_ascii=False, indent=1)
    print(json.dumps(st, ensure_ascii=False, indent=1))

if __name__ == "__main__":
    ap = argparse.ArgumentParser(); ap.add_argument("--kind", choices=["plain", "hard", "million"], required=True); ap.add_argument("--rows", type=int, required=True); ap.add_argument("--seed", type=int, default=1); ap.add_argument("--out", required=True); a = ap.parse_args()
    os.makedirs(a.out, exist_ok=True)
    if a.kind == "million": million(a.rows, a.seed, a.out)
    else: Gen(a.kind, a.rows, a.seed, a.out).run()
