import CoreDataset

extension ParameterDecoder {
  /// Parameters of cost, activities and percentiles.
  func decodeMore(
    _ fields: Fields, _ value: (String) -> Value?, _ parameters: inout Indicator.Parameters
  ) {
    parameters.byCareLine = value("by-care-line")?.flag() ?? false
    parameters.per = value("per")?.choice(Indicator.Parameters.TimeUnit.self) ?? .year
    parameters.distribution = value("distribution")?.flag() ?? false
    parameters.atMost = value("at-most")?.number()
    parameters.withinDays = value("within-days")?.whole(1...3660)
    let truncation = value("truncate-at")
    parameters.truncateAt = truncation?.threshold(0.5...0.9999)
    if parameters.truncateAt != nil, parameters.byCareType || parameters.byCareLine {
      truncation?.complain("the cost of a person is cut off as a whole; leave by-care-type and by-care-line out")
    }
    // A line of care is made of kinds of care: a kind that is withheld could be computed from its line.
    if parameters.byCareLine, parameters.byCareType {
      value("by-care-line")?.complain("choose by-care-type or by-care-line; the one is made of the other")
    }
    parameters.interval = value("interval")?.choice(Indicator.Parameters.RateInterval.self) ?? .dobson
    parameters.norm = value("norm-days")?.threshold(0...3660)
    parameters.cleanDays = value("clean-days")?.threshold(0...3660)
    let startsPlace = value("starts")
    parameters.starts = startsPlace?.choices(Activity.self) ?? []
    if let both = parameters.starts.first(where: parameters.activities.contains) {
      startsPlace?.complain("\"\(both.rawValue)\" is among the activities that end the wait; it cannot begin it too")
    }
    let amongPlace = value("among")
    parameters.among = amongPlace?.choices(Activity.self) ?? []
    if let both = parameters.among.first(where: parameters.activities.contains) {
      amongPlace?.complain("\"\(both.rawValue)\" is among the activities already; name the others here")
    }
  }
}
