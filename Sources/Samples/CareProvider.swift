/// What a provider does. The raw value is how the list of providers words it.
enum ProviderKind: String, CaseIterable {
  case hospital = "Ziekenhuis"
  case generalPractice = "Huisarts"
  case physiotherapy = "Fysiotherapeut"
  case pharmacy = "Apotheek"
  case mentalHealth = "GGZ-instelling"
  case diagnosticCentre = "Diagnostisch centrum"
  case deviceSupplier = "Hulpmiddelenleverancier"
  case ambulance = "Ambulancedienst"
  case districtNursing = "Wijkverpleging"
}

/// A care provider that does not exist.
struct CareProvider {
  /// Eight digits; the first two give the kind.
  let agb: [UInt8]
  let name: String
  let kind: ProviderKind
  let lab: Int
  let postcode: String
  /// What it charges beside the others.
  let costFactor: Double
  /// Points on the pain scale (0–10) that its patients gain beside those of others.
  let extraGain: Double
}

/// All care providers. Kinds that a region has none of are found elsewhere.
struct ProviderDirectory {
  let providers: [CareProvider]
  /// Indices by lab and kind.
  private let places: [[[Int]]]

  init() {
    var providers: [CareProvider] = []
    for line in Self.list.split(separator: "\n") {
      let parts = line.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
      guard let kind = ProviderKind(rawValue: parts[1]), let lab = Int(parts[2]) else { continue }
      let cost = Double(Int(parts[5]) ?? 100) / 100
      let gain = Double(Int(parts[6]) ?? 0) / 100
      providers.append(
        CareProvider(
          agb: Array(parts[0].utf8), name: parts[3], kind: kind, lab: lab, postcode: parts[4], costFactor: cost,
          extraGain: gain))
    }
    var places = LivingLab.all.map { _ in ProviderKind.allCases.map { _ in [Int]() } }
    for (kindIndex, kind) in ProviderKind.allCases.enumerated() {
      for lab in LivingLab.all.indices {
        let own = providers.indices.filter { providers[$0].kind == kind && providers[$0].lab == lab }
        let other = providers.indices.filter {
          providers[$0].kind == kind && providers[$0].lab == LivingLab.elsewhere
        }
        places[lab][kindIndex] = own.isEmpty ? other : own
      }
    }
    self.providers = providers
    self.places = places
  }

  /// The provider of a kind in a lab that a person with this habit (0 ..< 1) goes to.
  func index(of kind: ProviderKind, in lab: Int, habit: Double) -> Int {
    let choices = places[lab][ProviderKind.allCases.firstIndex(of: kind) ?? 0]
    return choices[min(Int(habit * Double(choices.count)), choices.count - 1)]
  }

  /// AGB code; kind; lab (5 is elsewhere); name; postcode; charges in percent; extra gain in hundredths of a point.
  private static let list = """
    06010101;Ziekenhuis;0;Sint Odilia Ziekenhuis;8025 AB;97;15
    06010201;Ziekenhuis;1;Ziekenhuis Noorderhaven;9713 GZ;104;-10
    06010202;Ziekenhuis;1;Martha Kliniek;9728 NT;95;20
    06010301;Ziekenhuis;2;Radbrink Ziekenhuis;6525 GA;106;10
    06010302;Ziekenhuis;2;Sint Joris Gasthuis;6532 SZ;94;5
    06010401;Ziekenhuis;3;Mijnstreek Ziekenhuis;6419 PC;102;-25
    06010402;Ziekenhuis;3;Maasoever Ziekenhuis;6229 HX;108;0
    06010501;Ziekenhuis;4;Domplein Ziekenhuis;3584 CX;105;10
    06010502;Ziekenhuis;4;Ziekenhuis De Vecht;3543 AZ;93;-15
    06010601;Ziekenhuis;5;Ziekenhuis Zuiderlicht;5223 GZ;100;0
    06010602;Ziekenhuis;5;Ziekenhuis Duinzicht;1815 JD;98;-5
    01004101;Huisarts;0;Huisartsengroep IJsselmuide;8011 PK;100;0
    01004102;Huisarts;0;Gezondheidscentrum De Wezenlanden;8022 AW;100;0
    01004201;Huisarts;1;Huisartsengroep Reitdiep;9718 CL;100;0
    01004202;Huisarts;1;Coöperatie Huisartsen Oosterpark;9713 LV;100;0
    01004301;Huisarts;2;Huisartsengroep Waalsprong;6515 AA;100;0
    01004302;Huisarts;2;Gezondheidscentrum Hazenkamp;6531 LN;100;0
    01004401;Huisarts;3;Huisartsengroep Parkstad-Oost;6411 TE;100;0
    01004402;Huisarts;3;Gezondheidscentrum Carbonë;6461 AV;100;0
    01004403;Huisarts;3;Huisartsengroep Jekerdal;6212 CE;100;0
    01004501;Huisarts;4;Huisartsengroep Lombok;3531 BC;100;0
    01004502;Huisarts;4;Gezondheidscentrum Leidsche Rijn-Noord;3541 CP;100;0
    01004503;Huisarts;4;Huisartsengroep Wittevrouwen;3572 KA;100;0
    01004601;Huisarts;5;Huisartsengroep De Meierij;5211 HH;100;0
    01004602;Huisarts;5;Huisartsengroep Kennemerstreek;1811 LB;100;0
    04021101;Fysiotherapeut;0;Fysiotherapie Aan de Vecht;8012 EK;100;20
    04021102;Fysiotherapeut;0;Beweegcentrum Stadshagen;8043 RA;96;-10
    04021201;Fysiotherapeut;1;Fysiotherapie Vinkhuizen;9741 JN;103;0
    04021202;Fysiotherapeut;1;Paramedisch Centrum Helpman;9722 EN;98;25
    04021301;Fysiotherapeut;2;Fysiotherapie Lent & Oosterhout;6663 HB;100;5
    04021302;Fysiotherapeut;2;Rugcentrum Heyendaal;6524 AE;106;35
    04021401;Fysiotherapeut;3;Fysiotherapie Carré;6416 SG;99;-20
    04021402;Fysiotherapeut;3;Beweegcentrum Céramique;6221 KT;104;10
    04021501;Fysiotherapeut;4;Fysiotherapie Zuilen;3555 HK;97;0
    04021502;Fysiotherapeut;4;Paramedisch Centrum Tuindorp;3571 ZC;101;15
    04021601;Fysiotherapeut;5;Fysiotherapie Empel;5236 BW;100;-10
    04021602;Fysiotherapeut;5;Fysiotherapie Overdie;1813 CA;100;0
    02007101;Apotheek;0;Apotheek De Sassenpoort;8011 TB;100;0
    02007201;Apotheek;1;Apotheek Paddepoel;9742 BK;100;0
    02007301;Apotheek;2;Apotheek Dukenburg;6537 AX;100;0
    02007401;Apotheek;3;Apotheek Sint Barbara;6412 XN;100;0
    02007501;Apotheek;4;Apotheek Kanaleneiland;3526 KS;100;0
    02007601;Apotheek;5;Apotheek Rompert;5233 RA;100;0
    73000901;GGZ-instelling;5;GGZ De Nieuwe Oever;3818 EA;100;0
    50001001;Diagnostisch centrum;5;Diagnostiek Midden-Nederland;3811 HN;100;0
    76001101;Hulpmiddelenleverancier;5;Hulpmiddelenhuis Ariëns;7311 KL;100;0
    37001201;Ambulancedienst;5;Ambulancezorg Rijn en Veluwe;6811 DZ;100;0
    42001301;Wijkverpleging;5;Thuiszorg De Brug;3445 AA;100;0
    """
}
