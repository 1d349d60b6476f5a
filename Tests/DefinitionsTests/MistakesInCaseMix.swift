extension Mistakes {
  /// `case-mix` of an indicator.
  static let caseMix = [
    caseMix("{}", "10:101: \"case-mix\" needs age, sex or items: what is adjusted for besides the first score"),
    caseMix(
      "{ages: {}}", "10:101: \"case-mix\" needs age, sex or items: what is adjusted for besides the first score",
      "10:102: unknown key \"ages\"; did you mean \"age\"?"),
    caseMix("{age: {bands: [0, 50]}}", "10:107: missing key \"reference\""),
    caseMix(
      "{age: {bands: [50, 50], reference: 50}}",
      "10:115: \"bands\" are the first ages of age bands, in ascending order, for example [0, 50, 65]"),
    caseMix("{age: {bands: [0, 50], reference: 40}}", "10:135: 40 is not the first age of a band: 0, 50"),
    caseMix("{age: {bands: [0, old], reference: 0}}", "10:119: expected a whole number from 0 to 130, found \"old\""),
    caseMix(
      "{sex: {reference: woman}}", "10:119: unknown value \"woman\"; expected one of: male, female, other, unknown"),
    caseMix(
      "{items: [{instrument: pin, item: \"1\", moment: T0, reference: 1}]}",
      "10:123: there is no instrument \"pin\"; did you mean \"pain\"?"),
    caseMix(
      "{items: [{instrument: pain, item: \"9\", moment: T0, reference: 1}]}",
      "10:135: there is no item \"9\"; there is: 1, 2"),
    caseMix(
      "{items: [{instrument: pain, item: \"1\", moment: T9, reference: 1}]}",
      "10:148: there is no source of \"pain\" at moment \"T9\"; there is: T0, T1"),
    caseMix(
      "{items: [{instrument: pain, item: \"1\", moment: T0, reference: 11}]}",
      "10:163: expected a whole number from 0 to 10, found \"11\""),
    caseMix(
      "{items: [{instrument: pain, item: \"1\", moment: T0, reference: 1, merge: {1: 2}}]}",
      "10:173: the reference level 1 cannot be merged into another"),
    caseMix(
      "{items: [{instrument: pain, item: \"1\", moment: T0, reference: unknown, merge: {1: 2, 2: 3}}]}",
      "10:179: a level is merged into one that is itself merged"),
  ]

  private static func caseMix(_ text: String, _ messages: String...) -> Mistake {
    Mistake(
      "indicators/item.yaml", "",
      item(
        "modelled-gain",
        "{instrument: pain, scale: total, from: T0, to: T1, requires-prediction: true, case-mix: \(text)}"),
      messages: messages.map { "indicators/item.yaml:\($0)" })
  }
}
