/// A performance that can be billed: code, price and description.
struct Performance {
  let code: [UInt8]
  /// Mean price of one, in cents.
  let cents: Int
  /// In Windows-1252, quoted where the format asks for it.
  let description: [UInt8]
}

/// Codes and descriptions as the field uses them, with made-up prices.
struct Catalogue {
  let performances: [Performance]
  /// Diagnosis codes; the first is empty.
  let diagnoses: [[UInt8]]
  private let ranges: [[Range<Int>]]
  let spineSpecialist: Range<Int>
  let otherSpecialist: Range<Int>
  let spineFirstLine: Range<Int>
  let otherFirstLine: Range<Int>

  init() {
    var performances: [Performance] = []
    var ranges = CareType.allCases.map { _ in Activity.allCases.map { _ in 0..<0 } }
    var previous: (type: Int, activity: Int)?
    for line in Self.list.split(separator: "\n") {
      let parts = line.split(separator: ";").map(String.init)
      let type = CareType.allCases.firstIndex { $0.wording == parts[0] } ?? 0
      let activity = Activity.allCases.firstIndex { $0.wording == parts[1] } ?? 0
      if let previous, previous == (type, activity) {
        ranges[type][activity] = ranges[type][activity].lowerBound..<(performances.count + 1)
      } else {
        ranges[type][activity] = performances.count..<(performances.count + 1)
      }
      previous = (type, activity)
      performances.append(
        Performance(
          code: Array(parts[2].utf8), cents: Int(parts[3]) ?? 0, description: windows1252(Self.quoted(parts[4]))))
    }
    var diagnoses: [[UInt8]] = [[]]
    func add(_ text: String) -> Range<Int> {
      let first = diagnoses.count
      diagnoses += text.split(whereSeparator: \.isWhitespace).map { Array($0.utf8) }
      return first..<diagnoses.count
    }
    spineSpecialist = add("0305.1203 0305.1210 0308.2410 0308.2430 0330.0601 0330.0603 0389.0106 0389.0112 0327.0213")
    otherSpecialist = add(Self.specialistDiagnoses)
    spineFirstLine = add("L84 L86 L03 L02 L83")
    otherFirstLine = add("R05 K86 T90 P01 U71 S88 A04 D01 R74 H71 L92 N01 P03 K87 L15 R96 S74 X11")
    self.performances = performances
    self.diagnoses = diagnoses
    self.ranges = ranges
  }

  /// The performances of a kind of care and an activity; there is at least one wherever care is drawn.
  func choices(_ careType: CareType, _ activity: Activity) -> Range<Int> {
    ranges[Int(careType.rawValue)][Int(activity.rawValue)]
  }

  /// Texts with a comma or a quote are quoted, and their quotes doubled.
  private static func quoted(_ text: String) -> String {
    guard text.contains(",") || text.contains("\"") else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }

  /// The first `specialties` are each of another specialty (four digits before the point).
  static let specialties = 27

  private static let specialistDiagnoses = """
    0301.0554 0302.0012 0303.0318 0304.0210 0305.1701 0306.0040 0307.0031 0308.3110 0310.0014 0313.0223 0316.3208 0318.0307
    0320.0202 0322.1201 0324.0101 0326.0401 0327.0120 0328.2150 0329.0008 0330.0111 0335.0244 0361.0107 0362.0801
    0363.0301 0389.0220 0390.0101 1900.0010
    0301.0904 0303.0416 0305.1801 0306.0076 0307.0091 0313.0402 0318.0601 0320.0401 0322.1401 0324.0304 0330.0401
    """

  /// Kind of care; activity; performance code; mean price in cents; description. Kinds and activities are together.
  private static let list = """
    Huisartsenzorg;consult;12000;930;Consult huisarts, korter dan 20 minuten
    Huisartsenzorg;consult;12001;1860;Consult huisarts, 20 minuten en langer
    Huisartsenzorg;consult;12002;1400;Visite bij patiënt thuis
    Huisartsenzorg;consult;12110;1550;Consult POH-GGZ
    Huisartsenzorg;consult op afstand;12004;470;Telefonisch consult
    Huisartsenzorg;consult op afstand;12007;470;E-consult ’s avonds
    Huisartsenzorg;verrichting;13012;5600;Kleine ingreep – Marcaïne-injectie
    Huisartsenzorg;overig;14650;6200;Ketenzorg, coördinatie
    Medisch-specialistische zorg;consult;15A820;21300;Polikliniekbezoek
    Medisch-specialistische zorg;consult;15A824;33900;Eerste consult én diagnose
    Medisch-specialistische zorg;consult;15B104;47100;Polikliniek, 3 of meer bezoeken
    Medisch-specialistische zorg;consult op afstand;15A821;13200;Belafspraak poli
    Medisch-specialistische zorg;SEH-bezoek;190015;31600;Spoedeisende hulp
    Medisch-specialistische zorg;opname;15A511;483000;Opname 1–5 verpleegdagen
    Medisch-specialistische zorg;opname;15A514;1104000;Opname, meer dan 5 verpleegdagen
    Medisch-specialistische zorg;opname;15C302;1472000;Operatie met opname
    Medisch-specialistische zorg;dagbehandeling;15A611;143800;Dagbehandeling
    Medisch-specialistische zorg;dagbehandeling;15D109;204700;Zenuwblokkade "facet" lumbaal
    Medisch-specialistische zorg;verrichting;15E210;85100;Ambulante ingreep
    Medisch-specialistische zorg;verrichting;15E233;117300;Epidurale injectie, beeldgeleid
    Medisch-specialistische zorg;beeldvorming;081042;30500;MRI lumbale wervelkolom
    Medisch-specialistische zorg;beeldvorming;083002;9000;Röntgenfoto
    Medisch-specialistische zorg;laboratorium;070702;4400;Bloedonderzoek
    Farmacie;recept;N02BE01;3200;Paracetamol
    Farmacie;recept;M01AB05;4100;Diclofenac
    Farmacie;recept;N02AA05;11500;Oxycodon
    Farmacie;recept;N03AX16;14500;Pregabaline
    Farmacie;recept;C10AA01;5200;Simvastatine
    Farmacie;recept;A02BC01;4600;Omeprazol
    Farmacie;recept;A10BA02;6200;Metformine
    Farmacie;recept;R03AK06;21500;Salmeterol, inhalatie
    Farmacie;recept;D07AC01;3400;Crème
    Farmacie;recept;L04AB04;345000;Adalimumab € 2e lijn
    Paramedische zorg;behandeling;1000;3300;Zitting fysiotherapie
    Paramedische zorg;behandeling;1001;3900;Zitting, "aan huis"
    Paramedische zorg;behandeling;1600;4300;Manuele therapie
    Paramedische zorg;behandeling;2000;3600;Oefentherapie Cesar – reïntegratie
    Paramedische zorg;consult op afstand;1870;2600;Begeleiding via beeldbellen
    GGZ;behandeling;180003;124200;Basis-GGZ middel
    GGZ;behandeling;180004;199800;Basis-GGZ intensief
    GGZ;behandeling;25B017;526500;Specialistische GGZ, gecoördineerd
    Diagnostiek;laboratorium;070116;3300;Bloedafname en bepaling
    Diagnostiek;beeldvorming;085042;6900;Echo
    Hulpmiddelen;overig;H0511;31000;Steunzolen, korset of brace
    Ziekenvervoer;overig;300101;64000;Ambulancerit
    Wijkverpleging;behandeling;103201;355200;Verpleging thuis, geïndiceerd
    """
}
