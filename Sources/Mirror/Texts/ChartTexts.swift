import CoreDataset
import Definitions

/// Charts in words.
extension Texts {
  func strip(_ name: String, own: String, nation: String?, peers: String?, target: String?, expected: String?)
    -> String
  {
    var text = "\(name). \(ownFigure): \(own)."
    if let nation { text += " \(national): \(nation)." }
    if let expected { text += " \(expected)." }
    if let peers { text += " \(peers)." }
    if let target { text += " \(self.target): \(target)." }
    return text
  }
  func trend(
    _ name: String, _ ends: [(period: String, own: String, nation: String?)],
    signals: [(period: String, signals: [String])]
  ) -> String {
    say("Verloop van \(name). ", "Course of \(name). ")
      + ends.map { point in
        "\(point.period): \(point.own)" + (point.nation.map { ", \(national.lowercased()) \($0)" } ?? "")
      }.joined(separator: "; ") + ". " + inWords(signals)
      + say("Alle perioden staan in de tabel eronder.", "All periods are in the table below.")
  }
  var stripCaption: String {
    isPersonal
      ? say("Uw cijfer vergeleken", "Your figure compared") : say("Het cijfer vergeleken", "The figure compared")
  }
  var trendCaption: String {
    isPersonal
      ? say("Uw cijfer door de tijd", "Your figure over time") : say("Het cijfer door de tijd", "The figure over time")
  }
}

/// Control charts.
extension Texts {
  var controlLimits: String { say("Gewone schommeling", "Common variation") }
  var controlSignal: String { say("Opvallend in het verloop", "Special in the course") }
  var cusumColumn: String { say("Som en grens", "Sum and limit") }
  var sum: String { say("Som", "Sum") }
  var cusumCaption: String {
    say("Opgetelde afwijking van wat verwacht werd", "Added-up departure from what was expected")
  }
  func cusum(_ name: String, signals: [(period: String, signals: [String])]) -> String {
    "\(name), \(cusumCaption.lowercased()). " + inWords(signals)
      + say("De sommen staan in de tabel eronder.", "The sums are in the table below.")
  }
  private func inWords(_ signals: [(period: String, signals: [String])]) -> String {
    signals.isEmpty ? "" : signals.map { "\($0.period): \(controlSignals($0.signals))" }.joined(separator: "; ") + ". "
  }
  func controlSignals(_ signals: [String]) -> String { signals.map(controlSignal).joined(separator: ", ") }
  private func controlSignal(_ signal: String) -> String {
    switch signal {
    case "above-upper": say("boven de grens", "above the limit")
    case "below-lower": say("onder de grens", "below the limit")
    case "rising": say("in een reeks van ten minste zeven die stijgt", "in a run of seven or more that rises")
    case "falling": say("in een reeks van ten minste zeven die daalt", "in a run of seven or more that falls")
    case "shift-up":
      say("in een reeks van ten minste zeven boven het gemiddelde", "in a run of seven or more above the mean")
    case "shift-down":
      say("in een reeks van ten minste zeven onder het gemiddelde", "in a run of seven or more below the mean")
    case "two-of-three": say("twee van drie dicht bij een grens", "two of three near a limit")
    default: signal
    }
  }
  func controlNote(_ chart: TrendRow.Chart) -> String {
    let how =
      switch chart {
      case .proportions: say("(p-kaart)", "(p-chart)")
      case .rates: say("(u-kaart)", "(u-chart)")
      case .individuals, .cusum: say("(XmR-kaart)", "(XmR chart)")
      }
    return say(
      "Grijze band in het verloop: tussen deze grenzen schommelt dit cijfer zonder bijzondere oorzaak \(how). Een ring om "
        + "een stip wijst op meer dan gewone schommeling; zoek dan wat er anders was.",
      "Grey band in the course: between these limits this figure varies without a special cause \(how). A ring around a "
        + "dot points to more than common variation; then look for what was different.")
  }
  var cusumNote: String {
    say(
      "De som (CUSUM) telt op hoeveel vaker de gebeurtenis voorkwam dan bij deze patiënten te verwachten was, en begint "
        + "opnieuw bij nul. Boven de band is het meer dan toeval waarschijnlijk maakt.",
      "The sum (CUSUM) adds up how much more often the event occurred than was to be expected of these patients, and begins "
        + "anew at zero. Above the band it is more than chance makes likely.")
  }
}

/// Charts of several units or indicators.
extension Texts {
  var together: String { say("In samenhang", "In context") }
  var unit: String { say("Eenheid", "Unit") }
  var anonymous: String { say("anoniem", "anonymous") }
  func numberOf(_ units: String) -> String { say("Aantal \(units)", "Number of \(units)") }
  func funnelSize(isRate: Bool) -> String {
    isRate
      ? say("Verzekerde jaren of inwoners", "Insured years or inhabitants")
      : say("Aantal waarnemingen", "Number of observations")
  }
  var funnelCaption: String {
    isPersonal
      ? say("Trechter: uw cijfer tussen de andere", "Funnel: your figure among the others")
      : say("Trechter", "Funnel")
  }
  var funnelNote: String {
    say(
      "Elke stip is een eenheid zonder naam. Hoe verder naar rechts, hoe meer waarnemingen en hoe smaller de grenzen rond "
        + "het landelijke cijfer (zwarte lijn): 95% gestreept, 99,8% doorgetrokken, of als donkere en lichte balk.",
      "Each dot is a unit without its name. The further to the right, the more observations and the narrower the limits "
        + "around the national figure (black line): 95% dashed, 99.8% solid, or as dark and light bar.")
  }
  func caterpillarCaption(_ units: String) -> String {
    say("Alle \(units), met 95%-interval", "All \(units), with 95% interval")
  }
  var caterpillarOrder: String { say("van laag naar hoog", "from low to high") }
  func peersTable(_ units: String) -> String {
    say(
      "De cijfers achter deze grafieken, \(units) zonder naam",
      "The figures behind these charts, \(units) without names")
  }

  func funnel(
    _ name: String, _ units: String, _ spread: PeerSpread, _ figure: MirrorFigure?, _ style: ValueStyle
  ) -> String {
    let value = figure?.own.value.map(style.value) ?? noValue
    let band = figure?.own.funnelBand.map { ", \(funnelBand($0))" } ?? ""
    func outside(_ bands: [String]) -> Int { spread.units.count { $0.band.map(bands.contains) ?? false } }
    let attention = count(outside(["attention-low", "attention-high"]))
    let beyond = count(outside(["low", "high"]))
    return say(
      "\(name): \(count(spread.units.count)) \(units) naar aantal waarnemingen, met grenzen van 95% en 99,8% rond het "
        + "landelijke cijfer. \(ownFigure): \(value)\(band). Buiten de 95%-grenzen \(attention), buiten de "
        + "99,8%-grenzen \(beyond).",
      "\(name): \(count(spread.units.count)) \(units) by number of observations, with limits of 95% and 99.8% around the "
        + "national figure. \(ownFigure): \(value)\(band). Outside the 95% limits \(attention), outside the 99.8% "
        + "limits \(beyond).")
  }
  func caterpillar(_ name: String, _ units: String, _ spread: PeerSpread) -> String {
    say(
      "\(name): \(count(spread.units.count)) \(units) van laag naar hoog met hun 95%-interval; de tabel eronder heeft de "
        + "cijfers.",
      "\(name): \(count(spread.units.count)) \(units) from low to high with their 95% interval; the table below has the "
        + "figures.")
  }

  func spiderNote(_ least: String, _ most: String, isNation: Bool) -> String {
    let scale = say(
      "Elke as loopt van \(least) in het midden tot \(most) aan de rand.",
      "Each axis runs from \(least) in the middle to \(most) at the rim.")
    return isNation
      ? scale
      : scale + " "
        + say(
          "Gevuld: \(ownFigure.lowercased()). Stippellijn: landelijk. Een hoek zonder lijn heeft geen cijfer.",
          "Filled: \(ownFigure.lowercased()). Dashed line: national. A corner without a line has no figure.")
  }

  func quadrant(_ rows: [[String]], _ peers: Int) -> String {
    rows.map { "\($0[0]): \($0.dropFirst().joined(separator: ", "))" }.joined(separator: "; ")
      + say("; en \(count(peers)) andere zonder naam.", "; and \(count(peers)) others without names.")
  }
  func quadrantNote(_ units: String, _ cost: Indicator, _ outcome: Indicator) -> String {
    let (x, y) = (say(cost.name), say(outcome.name))
    return say(
      "Van links naar rechts: \(x). \(direction(cost.direction)) Van onder naar boven: \(y). "
        + "\(direction(outcome.direction)) De zwarte lijnen zijn de landelijke cijfers; de andere \(units) staan er zonder "
        + "naam in. Twee cijfers bij elkaar bewijzen geen verband.",
      "From left to right: \(x). \(direction(cost.direction)) From bottom to top: \(y). \(direction(outcome.direction)) "
        + "The black lines are the national figures; the other \(units) are there without names. Two figures together do "
        + "not prove a relation.")
  }

  var restOfCare: String { say("Overig en niet getoond", "Rest and not shown") }
  func waterfallNote(_ from: String, _ to: String) -> String {
    say(
      "Van \(from) naar \(to): wat elke soort zorg erbij of eraf doet. Oranje is meer, blauw is minder. De as begint niet "
        + "bij nul. Het is een optelling, geen oorzaak.",
      "From \(from) to \(to): what each kind of care adds or takes away. Orange is more, blue is less. The axis does not "
        + "start at zero. It is a sum, not a cause.")
  }
  var heatNote: String {
    say(
      "Cijfers van de nieuwste periode. Twee driehoeken: duidelijk hoger (omhoog) of lager (omlaag) dan landelijk, buiten de "
        + "99,8%-grenzen; één driehoek: buiten 95%. Hoger is niet altijd gunstiger: zie bij elke indicator. De regio’s "
        + "staan op naam, niet op volgorde van cijfer.",
      "Figures of the latest period. Two triangles: clearly higher (up) or lower (down) than national, outside the 99.8% "
        + "limits; one triangle: outside 95%. Higher is not always more favourable: see each indicator. The regions stand "
        + "by name, not in order of their figures.")
  }
  var mapNote: String {
    say(
      "Donkerder is hoger. De klassen zijn vijfden van de regio’s; zij zeggen niet of een verschil meer is dan toeval.",
      "Darker is higher. The classes are fifths of the regions; they do not say whether a difference is more than chance."
    )
  }
}
