import CoreDataset
import Definitions

/// What is said of a figure.
extension Texts {
  var ownFigure: String { isPersonal ? say("Uw cijfer", "Your figure") : say("Cijfer", "Figure") }
  private var own: String { isPersonal ? say("uw cijfer", "your figure") : say("het cijfer", "the figure") }
  var national: String { say("Landelijk", "National") }
  var target: String { say("Doel", "Target") }
  var baseline: String { say("Nulmeting", "Reference measurement") }
  /// The same where there is little room.
  var baselineShort: String { say("nulmeting", "reference") }
  var notShownShort: String { say("n.g.", "n.s.") }

  /// Why there is no figure, in a few words.
  func notShown(_ figure: MirrorFigure, minimum: Int) -> String {
    switch figure.protection {
    case .fewPersons, .smallGroup, .wholeGroup, .dominance, .secondary:
      // Not by which rule: that would narrow down the figure for whose sake another is withheld.
      return say(
        "niet getoond: minder dan \(minimum) personen, of nodig om een ander cijfer te beschermen",
        "not shown: fewer than \(minimum) persons, or needed to protect another figure")
    case .none, .rounded: break
    }
    let none = say("geen cijfer", "no figure")
    if figure.own.status == .blocked {
      let reason = figure.own.reason
      return none
        + say(
          ", want de gegevens kloppen niet: \(BlockedReason.dutch(reason))",
          ", for the data are not right: \(BlockedReason.english(reason))")
    }
    return figure.own.reason.isEmpty ? none : "\(none): \(absence(figure.own.reason))"
  }

  func interval(_ lower: String, _ upper: String) -> String {
    say(
      "95%-betrouwbaarheidsinterval: tussen \(lower) en \(upper)",
      "95% confidence interval: between \(lower) and \(upper)")
  }
  func persons(_ persons: Int, measured: Int) -> String {
    let word = persons == 1 ? say("persoon", "person") : say("personen", "persons")
    let text = "\(count(persons)) \(word)"
    return measured == persons || measured == 0
      ? text : text + ", \(count(measured)) \(say("metingen", "measurements"))"
  }
  var roundedNote: String {
    say(
      "alleen bij benadering, zonder aantallen, omdat een deel van de groep te klein is",
      "only approximate, without numbers, because a part of the group is too small")
  }
  var roundedShort: String { say("afgerond, zonder aantallen", "rounded, without numbers") }
  var indicative: String { say("Indicatief", "Indicative") }
  var indicativeNote: String {
    say(
      "Dit cijfer berust op weinig waarnemingen en is alleen een indicatie.",
      "This figure rests on few observations and is an indication only.")
  }
  var respondersNote: String {
    say(
      "Wie de vragenlijsten invulde verschilt in leeftijd, geslacht of eerdere zorg duidelijk van wie dat niet deed; het "
        + "cijfer geldt daarom niet zonder meer voor iedereen.",
      "Those who filled in the questionnaires clearly differ in age, sex or earlier care from those who did not; the figure "
        + "therefore does not simply hold for everybody.")
  }
  var incompleteNote: String {
    say(
      "Van deze periode komen nog declaraties binnen; het cijfer is daarom alleen een indicatie.",
      "Claims of this period are still coming in; the figure is therefore an indication only.")
  }
  func peersLabel(_ kind: UnitKind) -> String {
    say("Alle ", "All ") + units(kind)
  }
  func peersMedian(_ kind: UnitKind) -> String {
    say("Mediaan ", "Median of ") + units(kind)
  }
  func peers(_ peers: Peers, _ style: ValueStyle) -> String {
    say("middelste helft", "middle half")
      + " \(style.value(peers.lowerQuartile))–\(style.value(peers.upperQuartile))"
  }
  func since(_ period: String) -> String { say("Sinds \(period)", "Since \(period)") }
  func region(_ name: String) -> String { say("Regio \(name)", "Region \(name)") }

  func direction(_ direction: Direction) -> String {
    switch direction {
    case .higherBetter: say("Hoger is gunstiger.", "Higher is more favourable.")
    case .lowerBetter: say("Lager is gunstiger.", "Lower is more favourable.")
    case .neutral:
      say(
        "Hoger of lager is op zichzelf niet gunstig of ongunstig.",
        "Higher or lower is in itself neither favourable nor unfavourable.")
    }
  }

  func comparison(_ comparison: Comparison) -> String {
    switch comparison {
    case .higher: say("Hoger dan landelijk", "Higher than national")
    case .lower: say("Lager dan landelijk", "Lower than national")
    case .perhapsHigher:
      say("Let op: mogelijk hoger dan landelijk", "Attention: possibly higher than national")
    case .perhapsLower: say("Let op: mogelijk lager dan landelijk", "Attention: possibly lower than national")
    case .noDifference: say("Geen duidelijk verschil met landelijk", "No clear difference from national")
    }
  }
  /// The same in a table that says with what is compared.
  func shortComparison(_ comparison: Comparison) -> String {
    switch comparison {
    case .higher: say("hoger", "higher")
    case .lower: say("lager", "lower")
    case .perhapsHigher: say("let op: hoger", "attention: higher")
    case .perhapsLower: say("let op: lager", "attention: lower")
    case .noDifference: say("niet duidelijk", "not clear")
    }
  }
  func targetStatus(_ isMet: Bool) -> String {
    isMet ? say("Doel gehaald", "Target met") : say("Doel niet gehaald", "Target not met")
  }
  /// The same in a column that says that it is about a target.
  func shortTargetStatus(_ isMet: Bool) -> String {
    isMet ? say("gehaald", "met") : say("niet gehaald", "not met")
  }
  func funnelBand(_ band: String) -> String {
    switch band {
    case "within": say("binnen de verwachte spreiding", "within the expected spread")
    case "attention-low": say("let op, aan de lage kant", "attention, on the low side")
    case "attention-high": say("let op, aan de hoge kant", "attention, on the high side")
    case "low": say("lager dan verwacht", "lower than expected")
    case "high": say("hoger dan verwacht", "higher than expected")
    default: band
    }
  }

  /// A target in words.
  func target(_ target: Double, _ indicator: Indicator, _ style: ValueStyle) -> String {
    if indicator.target?.kind == .change {
      let size =
        indicator.measure.hasRelativeChange
        ? number(abs(target) * 100, decimals: target * 100 == (target * 100).rounded() ? 0 : 1) + "%"
        : style.change(abs(target)).replacing("+", with: "")
      return say(
        "ten minste \(size) \(target < 0 ? "lager" : "hoger") dan de nulmeting",
        "at least \(size) \(target < 0 ? "lower" : "higher") than the reference measurement")
    }
    let value = style.value(target)
    return switch indicator.direction {
    case .higherBetter: say("ten minste \(value)", "at least \(value)")
    case .lowerBetter: say("hoogstens \(value)", "at most \(value)")
    case .neutral: value
    }
  }

  // MARK: - Signals

  var signalsTitle: String { say("Wat valt op", "What stands out") }
  var nothingShown: String {
    say(
      "Over deze ontvanger is geen cijfer te tonen; de reden staat bij elke indicator. De landelijke cijfers staan "
        + "hieronder.",
      "No figure of this recipient can be shown; the reason stands with each indicator. The national figures are below."
    )
  }
  var noIntervals: String {
    say(
      "De cijfers van deze ontvanger hebben geen interval. Daarom staat er niet bij of ze duidelijk van het landelijke "
        + "cijfer afwijken.",
      "The figures of this recipient have no interval. Therefore it is not said whether they differ clearly from the "
        + "national figure.")
  }
  var noSignals: String {
    say(
      "Geen van \(isPersonal ? "uw" : "de") cijfers wijkt duidelijk af van het landelijke cijfer, er zijn geen doelen om "
        + "aan te toetsen en de veranderingen sinds de nulmeting vallen binnen de onzekerheid.",
      "None of \(isPersonal ? "your" : "the") figures differs clearly from the national figure, there are no targets to "
        + "test against, and the changes since the reference measurement are within the uncertainty.")
  }

  /// What a signal says, after the name of the indicator.
  func signal(_ signal: Signal, _ style: ValueStyle) -> String {
    let row = signal.figure.own
    let style = style.of(signal.figure)
    let value = row.value.map(style.valueWithUnit) ?? noValue
    let better = direction(signal.indicator.direction)
    switch signal.kind {
    case .difference(let nation):
      let isHigher = (row.value ?? 0) > nation
      return say(
        "\(own) over \(row.period) is \(value), duidelijk \(isHigher ? "hoger" : "lager") dan het landelijke cijfer "
          + "(\(style.value(nation))). \(better)",
        "\(own) for \(row.period) is \(value), clearly \(isHigher ? "higher" : "lower") than the national figure "
          + "(\(style.value(nation))). \(better)")
    case .target(let target, let isMet):
      let words = self.target(target, signal.indicator, style)
      let change = row.change.map(style.change)
      return say(
        "het doel voor \(row.period) (\(words)) is \(isMet ? "gehaald" : "niet gehaald"); \(own) is \(value)"
          + (change.map { ", \($0) sinds de nulmeting." } ?? "."),
        "the target for \(row.period) (\(words)) was \(isMet ? "met" : "not met"); \(own) is \(value)"
          + (change.map { ", \($0) since the reference measurement." } ?? "."))
    case .change(let before, let change, let period):
      let largest =
        isPersonal
        ? say("uw grootste verandering", "your largest change") : say("de grootste verandering", "the largest change")
      return say(
        "\(own) ging van \(style.value(before)) in \(period) naar \(value) in \(row.period) (\(style.change(change))): "
          + "\(largest), gemeten naar de onzekerheid. \(better)",
        "\(own) went from \(style.value(before)) in \(period) to \(value) in \(row.period) (\(style.change(change))): "
          + "\(largest), measured against the uncertainty. \(better)")
    }
  }
}
