import TestPipelines

/// Claim lines of one or two persons, drawn up by hand, with the stays that must come of them and why.
struct StayCase: CustomStringConvertible, Sendable {
  /// Why it must come out so.
  let why: String
  /// Lines in order of delivery: hospital, activity, first day, last day, quantity; each may be followed by what is apart.
  let lines: [Line]
  /// Stays in order: number, hospital, first and last day, bed days (`-` when not known), `e` and the number of the stay
  /// with which the episode began; `!` unplanned, `<` from elsewhere, `>` to elsewhere.
  let stays: [String]
  var description: String { why }

  /// One line of a bill.
  struct Line: Sendable {
    let text: String

    init(
      _ hospital: String, _ activity: String, _ start: String, _ end: String = "", _ quantity: String = "",
      person: Int = 0, care: String = "ms", diagnosis: String = ""
    ) {
      text = "\(Persons.number(person)),\(hospital),\(care),\(activity),\(diagnosis),\(start),\(end),\(quantity),100"
    }
  }

  /// One admission or one row of bed days.
  static let single: [StayCase] = [
    StayCase(
      why: "an admission with its last day: five nights",
      lines: [Line("A", "opname", "2016-03-01", "2016-03-06")], stays: ["1 A 03-01..03-06 5 e1"]),
    StayCase(
      why: "an admission of which no line says how long it lasted: a stay, but its bed days are not known",
      lines: [Line("A", "opname", "2016-03-01")], stays: ["1 A 03-01..03-01 - e1"]),
    StayCase(
      why: "in and out on the same day: no night was spent",
      lines: [Line("A", "opname", "2016-03-01", "2016-03-01")], stays: ["1 A 03-01..03-01 0 e1"]),
    StayCase(
      why: "bed days without an admission, one line a day: they touch, so they are one stay of three",
      lines: [
        Line("A", "dag", "2016-03-01"), Line("A", "dag", "2016-03-02"), Line("A", "dag", "2016-03-03"),
      ], stays: ["1 A 03-01..03-03 3 e1"]),
    StayCase(
      why: "bed days as one line with a quantity run on from its first day",
      lines: [Line("A", "dag", "2016-02-27", "", "4")], stays: ["1 A 02-27..03-01 4 e1"]),
    StayCase(
      why: "bed days as one line with a last day and no quantity: every day from first to last",
      lines: [Line("A", "dag", "2016-03-01", "2016-03-07")], stays: ["1 A 03-01..03-07 7 e1"]),
    StayCase(
      why: "a line over seven days that counts four bed days has four",
      lines: [Line("A", "dag", "2016-03-01", "2016-03-07", "4")], stays: ["1 A 03-01..03-07 4 e1"]),
    StayCase(
      why: "a quantity of nothing is no bed day, though the patient was there",
      lines: [Line("A", "dag", "2016-03-01", "", "0")], stays: ["1 A 03-01..03-01 0 e1"]),
    StayCase(
      why: "a last day before the first is an error of the source: the first day stands",
      lines: [Line("A", "dag", "2016-03-05", "2016-03-01")], stays: ["1 A 03-05..03-05 1 e1"]),
    StayCase(
      why: "a consult and a day treatment are no stay",
      lines: [Line("A", "consult", "2016-03-01"), Line("A", "dagbehandeling", "2016-03-02")], stays: []),
    StayCase(
      why: "an emergency visit alone is no stay", lines: [Line("A", "seh", "2016-03-01")], stays: []),
  ]

  /// Lines of the same hospital.
  static let merged: [StayCase] = [
    StayCase(
      why: "an admission and its bed days are one stay, counted by its bed days and not by nights",
      lines: [Line("A", "opname", "2016-03-01", "2016-03-04"), Line("A", "dag", "2016-03-01", "", "4")],
      stays: ["1 A 03-01..03-04 4 e1"]),
    StayCase(
      why: "the same day billed twice, once per ward, is one bed day",
      lines: [
        Line("A", "dag", "2016-03-01", "", "3"), Line("A", "dag", "2016-03-03", "", "2"),
      ], stays: ["1 A 03-01..03-04 4 e1"]),
    StayCase(
      why: "an internal move is billed as a second admission: overlapping lines at one hospital are one stay",
      lines: [Line("A", "opname", "2016-03-01", "2016-03-10"), Line("A", "opname", "2016-03-04", "2016-03-08")],
      stays: ["1 A 03-01..03-10 9 e1"]),
    StayCase(
      why: "discharged and admitted again on the same day at the same hospital is one stay",
      lines: [Line("A", "opname", "2016-03-01", "2016-03-05"), Line("A", "opname", "2016-03-05", "2016-03-09")],
      stays: ["1 A 03-01..03-09 8 e1"]),
    StayCase(
      why: "admitted again on the next day at the same hospital: a gap of one day, still one stay",
      lines: [Line("A", "opname", "2016-03-01", "2016-03-05"), Line("A", "opname", "2016-03-06", "2016-03-09")],
      stays: ["1 A 03-01..03-09 8 e1"]),
    StayCase(
      why: "a day between discharge and admission makes two stays and two episodes",
      lines: [Line("A", "opname", "2016-03-01", "2016-03-05"), Line("A", "opname", "2016-03-07", "2016-03-09")],
      stays: ["1 A 03-01..03-05 4 e1", "2 A 03-07..03-09 2 e2"]),
    StayCase(
      why: "lines that come in another order than their days make the same stay",
      lines: [
        Line("A", "dag", "2016-03-03"), Line("A", "dag", "2016-03-01"), Line("A", "dag", "2016-03-02"),
      ], stays: ["1 A 03-01..03-03 3 e1"]),
    StayCase(
      why: "days of absence hold the stay together and are no bed days",
      lines: [
        Line("A", "dag", "2016-03-01", "", "2"), Line("A", "afwezig", "2016-03-03", "", "2"),
        Line("A", "dag", "2016-03-05", "", "2"),
      ], stays: ["1 A 03-01..03-06 4 e1"]),
    StayCase(
      why: "a day billed as present and as absent is not counted as a bed day",
      lines: [Line("A", "dag", "2016-03-01", "", "4"), Line("A", "afwezig", "2016-03-02")],
      stays: ["1 A 03-01..03-04 3 e1"]),
    StayCase(
      why: "a stay over new year is one stay",
      lines: [Line("A", "dag", "2015-12-30", "", "3"), Line("A", "dag", "2016-01-02", "", "2")],
      stays: ["1 A 12-30..01-03 5 e1"]),
    StayCase(
      why: "29 February is a day: the bed days of 28 February and 1 March touch through it",
      lines: [Line("A", "dag", "2016-02-28"), Line("A", "dag", "2016-02-29"), Line("A", "dag", "2016-03-01")],
      stays: ["1 A 02-28..03-01 3 e1"]),
    StayCase(
      why: "two persons in the same hospital on the same days have a stay each",
      lines: [Line("A", "dag", "2016-03-01"), Line("A", "dag", "2016-03-01", person: 1)],
      stays: ["1 A 03-01..03-01 1 e1", "1 A 03-01..03-01 1 e1"]),
    StayCase(
      why: "a stay for mental health care on the next day in the same hospital is another stay of the same episode",
      lines: [
        Line("A", "opname", "2016-03-01", "2016-03-05"), Line("A", "opname", "2016-03-06", "2016-03-09", care: "ggz"),
      ],
      stays: ["1 A 03-01..03-05 4 e1 >", "2 A 03-06..03-09 3 e1 <"]),
  ]

  /// More than one hospital, and urgency.
  static let episodes: [StayCase] = [
    StayCase(
      why: "admitted elsewhere on the day of discharge: a transfer, two stays of one episode",
      lines: [Line("A", "opname", "2016-03-01", "2016-03-05"), Line("B", "opname", "2016-03-05", "2016-03-09")],
      stays: ["1 A 03-01..03-05 4 e1 >", "2 B 03-05..03-09 4 e1 <"]),
    StayCase(
      why: "admitted elsewhere on the next day: a transfer too",
      lines: [Line("A", "opname", "2016-03-01", "2016-03-05"), Line("B", "opname", "2016-03-06", "2016-03-09")],
      stays: ["1 A 03-01..03-05 4 e1 >", "2 B 03-06..03-09 3 e1 <"]),
    StayCase(
      why: "admitted elsewhere two days later: an episode of its own",
      lines: [Line("A", "opname", "2016-03-01", "2016-03-05"), Line("B", "opname", "2016-03-07", "2016-03-09")],
      stays: ["1 A 03-01..03-05 4 e1", "2 B 03-07..03-09 2 e2"]),
    StayCase(
      why: "there and back: three stays of one episode, which the first hospital ends",
      lines: [
        Line("A", "opname", "2016-03-01", "2016-03-05"), Line("B", "opname", "2016-03-05", "2016-03-09"),
        Line("A", "opname", "2016-03-09", "2016-03-12"),
      ], stays: ["1 A 03-01..03-05 4 e1 >", "2 B 03-05..03-09 4 e1 <>", "3 A 03-09..03-12 3 e1 <"]),
    StayCase(
      why: "a stay elsewhere within a stay: the first hospital still discharges",
      lines: [Line("A", "opname", "2016-03-01", "2016-03-12"), Line("B", "opname", "2016-03-04", "2016-03-06")],
      stays: ["1 A 03-01..03-12 11 e1", "2 B 03-04..03-06 2 e1 <>"]),
    StayCase(
      why: "an emergency visit on the day of admission makes the stay unplanned",
      lines: [Line("A", "seh", "2016-03-01"), Line("A", "opname", "2016-03-01", "2016-03-03")],
      stays: ["1 A 03-01..03-03 2 e1 !"]),
    StayCase(
      why: "an emergency visit on the day before, in another hospital, does so too",
      lines: [Line("B", "seh", "2016-02-29"), Line("A", "opname", "2016-03-01", "2016-03-03")],
      stays: ["1 A 03-01..03-03 2 e1 !"]),
    StayCase(
      why: "an emergency visit two days before does not, nor one on a later day of the stay",
      lines: [
        Line("A", "seh", "2016-02-28"), Line("A", "opname", "2016-03-01", "2016-03-03"), Line("A", "seh", "2016-03-02"),
      ], stays: ["1 A 03-01..03-03 2 e1"]),
    StayCase(
      why: "an emergency visit of another person does not",
      lines: [Line("A", "seh", "2016-03-01", person: 1), Line("A", "opname", "2016-03-01", "2016-03-03")],
      stays: ["1 A 03-01..03-03 2 e1"]),
  ]
}
