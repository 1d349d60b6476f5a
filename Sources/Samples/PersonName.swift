/// Names of people who do not exist, put together from lists.
enum PersonName {
  static let women = lines(
    """
    Anneliesje,Zoë,Renée,Noëlle,Geesje,Willemijn,Loïs,Hendrikje,Saskia,Chloë,Marijke,Daniëlle,Femke,Desirée,Trijntje,
    Ingeborg,Fleur,Aaltje,Michèle,Roos,Yvonne,Jolijn,Hélène,Sjoukje,Maartje,Fatma,Esmée
    """)
  static let men = lines(
    """
    Jannes,René,Gijsbert,Joël,Wubbo,Michaël,Teunis,Daniël,Ruben,André,Harmen,Raphaël,Siebe,Casper,Noël,Lammert,
    Jérôme,Evert,Matthijs,Özgür,Youssef,Frédéric,Gerrit,Sjoerd,Thijs,Adriaan,Israël,Rutger
    """)
  static let surnames = lines(
    """
    van der Meïden,Wolthuizen,Reëse,de Graauwert,Böhmerink,ten Brinkeveld,Croonenberg,Lubbertsema,van Zuÿlestein,
    Müllersma,Oosterdonk,Hoekstrazijl,Vreëswijker,de Koningsveen,Lefèvrier,van den Elsbroek,Kuijperinga,Schöttelaar,
    Daniëlszoon,Terhorstink,Van Heëmsdijk,Roosenhof,Bergsmaat,Akkermansdal,Pietersheuvel,Günesdag,El Idrissouk,
    de Vriesenaar,Smeetsenveld,Janssenaar,Coëlhove,Wijnantsloot,Brandsemaar,Fränkelink,Sint Maartenszoon,Zandbergsma,
    Noordhuizerink,Tjeerdsmaat,van Oudenallé,Broekhuijsman
    """)

  private static func lines(_ text: String) -> [String] {
    text.split(whereSeparator: { $0 == "," || $0 == "\n" }).map(String.init)
  }
}
