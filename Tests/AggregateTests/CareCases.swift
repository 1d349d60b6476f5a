import TestPipelines

/// Hospital care and insurance of one person, drawn up by hand, with the figure that must come of it and why.
struct CareCase: CustomStringConvertible, Sendable {
  /// Why it must come out so.
  let why: String
  /// Hospital, activity, first and last day.
  var care: [(hospital: String, what: String, from: String, to: String)] = []
  /// First and last day of insured periods; empty while it lasts.
  var insured: [(from: String, to: String)] = [("2015-01-01", "")]
  var diedOn = ""
  /// Period of the figure.
  var period = "2016"
  /// Numerator and denominator of the figure.
  let numerator: Double
  let denominator: Double
  var description: String { why }

  /// Readmissions: discharges followed by an unplanned stay, and discharges. Methods §10.
  static let readmissions: [CareCase] = [
    CareCase(
      why: "discharged on 1 March and back on 31 March: 30 days, which counts",
      care: [
        ("A", "opname", "2016-02-25", "2016-03-01"), ("A", "seh", "2016-03-31", ""),
        ("A", "opname", "2016-03-31", "2016-04-02"),
      ],
      numerator: 1, denominator: 2),
    CareCase(
      why: "discharged on 1 March and back on 1 April: 31 days, which does not",
      care: [
        ("A", "opname", "2016-02-25", "2016-03-01"), ("A", "seh", "2016-04-01", ""),
        ("A", "opname", "2016-04-01", "2016-04-02"),
      ],
      numerator: 0, denominator: 2),
    CareCase(
      why: "who died in hospital cannot come back: that discharge does not count",
      care: [("A", "opname", "2016-02-25", "2016-03-01")], diedOn: "2016-03-01", numerator: 0, denominator: 0),
    CareCase(
      why: "who died at home after discharge was alive at discharge: it counts",
      care: [("A", "opname", "2016-02-25", "2016-03-01")], diedOn: "2016-03-04", numerator: 0, denominator: 1),
    CareCase(
      why: "admitted elsewhere on the day of discharge is a transfer: one episode, and no readmission",
      care: [
        ("A", "opname", "2016-02-25", "2016-03-01"), ("B", "seh", "2016-03-01", ""),
        ("B", "opname", "2016-03-01", "2016-03-08"),
      ],
      numerator: 0, denominator: 1),
    CareCase(
      why: "back within 30 days of the end of a transfer, more than 30 after the first hospital: one readmission",
      care: [
        ("A", "opname", "2016-03-01", "2016-03-05"), ("B", "opname", "2016-03-05", "2016-03-25"),
        ("A", "seh", "2016-04-20", ""), ("A", "opname", "2016-04-20", "2016-04-21"),
      ], numerator: 1, denominator: 2),
    CareCase(
      why: "a planned next stay is no readmission",
      care: [("A", "opname", "2016-03-01", "2016-03-05"), ("A", "opname", "2016-03-15", "2016-03-16")], numerator: 0,
      denominator: 2),
    CareCase(
      why: "a planned next stay ends the window: the unplanned one behind it follows on the planned one alone",
      care: [
        ("A", "opname", "2016-03-01", "2016-03-05"), ("A", "opname", "2016-03-15", "2016-03-16"),
        ("A", "seh", "2016-03-20", ""), ("A", "opname", "2016-03-20", "2016-03-21"),
      ], numerator: 1, denominator: 3),
    CareCase(
      why: "a readmission may be followed by another: each is a discharge of its own",
      care: [
        ("A", "opname", "2016-03-01", "2016-03-05"), ("A", "seh", "2016-03-15", ""),
        ("A", "opname", "2016-03-15", "2016-03-16"), ("A", "seh", "2016-03-30", ""),
        ("A", "opname", "2016-03-30", "2016-03-31"),
      ], numerator: 2, denominator: 3),
    CareCase(
      why: "readmitted in another hospital counts as well",
      care: [
        ("A", "opname", "2016-03-01", "2016-03-05"), ("B", "seh", "2016-03-15", ""),
        ("B", "opname", "2016-03-16", "2016-03-18"),
      ],
      numerator: 1, denominator: 2),
    CareCase(
      why: "back on the next day in the same hospital is the same stay",
      care: [
        ("A", "opname", "2016-03-01", "2016-03-05"), ("A", "seh", "2016-03-06", ""),
        ("A", "opname", "2016-03-06", "2016-03-08"),
      ],
      numerator: 0, denominator: 1),
    CareCase(
      why: "a discharge of which the 30 days run beyond the data says nothing yet; the 30th day is its last",
      care: [("A", "opname", "2016-11-28", "2016-12-01"), ("A", "opname", "2016-12-10", "2016-12-12")], numerator: 0,
      denominator: 1),
    CareCase(
      why: "discharged in 2015, back in 2016: the readmission counts in the year of the discharge",
      care: [
        ("A", "opname", "2015-12-20", "2015-12-28"), ("A", "seh", "2016-01-05", ""),
        ("A", "opname", "2016-01-05", "2016-01-06"),
      ],
      period: "2015", numerator: 1, denominator: 1),
    CareCase(
      why: "an emergency visit without a stay is no readmission",
      care: [("A", "opname", "2016-03-01", "2016-03-05"), ("A", "seh", "2016-03-15", "")], numerator: 0, denominator: 1),
    CareCase(
      why: "a stay elsewhere within a stay is part of it: the discharge is that of the longer one",
      care: [
        ("A", "opname", "2016-03-01", "2016-03-20"), ("B", "opname", "2016-03-04", "2016-03-06"),
        ("A", "seh", "2016-04-15", ""), ("A", "opname", "2016-04-15", "2016-04-16"),
      ], numerator: 1, denominator: 2),
  ]

  /// Insured person-years: days insured, both ends included, over the days of the year. Methods §6.
  static let personTime: [CareCase] = [
    CareCase(
      why: "from 15 March of a leap year: 292 of 366 days", insured: [("2016-03-15", "2016-12-31")], numerator: 0,
      denominator: 292.0 / 366),
    CareCase(
      why: "the same days of an ordinary year: 292 of 365", insured: [("2015-03-15", "2015-12-31")], period: "2015",
      numerator: 0, denominator: 0.8),
    CareCase(why: "all year, without a last day", numerator: 0, denominator: 1),
    CareCase(
      why: "one day: first and last day are the same and count once", insured: [("2016-02-29", "2016-02-29")],
      numerator: 0, denominator: 1.0 / 366),
    CareCase(
      why: "insured until the year before: no time, and no figure", insured: [("2014-01-01", "2015-12-31")],
      numerator: 0, denominator: 0),
    CareCase(
      why: "over new year: the days of either year count in that year", insured: [("2015-12-30", "2016-01-02")],
      numerator: 0, denominator: 2.0 / 366),
    CareCase(
      why: "two periods that follow on: changing insurer is no gap",
      insured: [("2016-01-01", "2016-06-30"), ("2016-07-01", "2016-12-31")], numerator: 0, denominator: 1),
    CareCase(
      why: "a gap of a month is a month less", insured: [("2016-01-01", "2016-04-30"), ("2016-06-01", "2016-12-31")],
      numerator: 0, denominator: 335.0 / 366),
    CareCase(
      why: "a month that two insurers claim counts once",
      insured: [("2016-01-01", "2016-05-31"), ("2016-05-01", "2016-12-31")], numerator: 0, denominator: 1),
    CareCase(
      why: "a period within another adds nothing",
      insured: [("2016-01-01", "2016-12-31"), ("2016-03-01", "2016-03-31")],
      numerator: 0, denominator: 1),
    CareCase(
      why: "born or moved in on 31 December: one day", insured: [("2016-12-31", "")], numerator: 0,
      denominator: 1.0 / 366),
    CareCase(
      why: "one stay in half a year is two a year: the rate is over the time insured",
      care: [("A", "opname", "2016-03-01", "2016-03-05")], insured: [("2016-01-01", "2016-07-01")], numerator: 1,
      denominator: 0.5),
  ]
}
