import Columns
import Definitions

/// The courses of one scale that belong to an indicator, with the units that they count for.
struct CourseSelection: Sendable {
  let context: MeasureContext.Scores

  /// Calls `use` for every course of the scale whose person and care path belong to the population, with a function that
  /// adds to each cell of the course.
  func forEach(
    _ bucket: Bucket, _ members: Membership, axis: Axis, from: String?,
    _ use: (_ course: Int, _ cells: [(unit: Int, period: Int)]) -> Void
  ) {
    guard let instrument = bucket.instruments.find(context.instrument), let scale = bucket.scales.find(context.scale)
    else { return }
    let moments = bucket.moments.count
    let first = from.flatMap { bucket.moments.find($0) }
    for (number, course) in bucket.courses.enumerated() where course.instrument == instrument && course.scale == scale {
      let measured = bucket.measurements[number * moments..<(number + 1) * moments]
      let day =
        course.indexDate == Missing.int32
        ? first.map { measured[number * moments + Int($0)].completedOn } ?? Missing.int32 : course.indexDate
      let period = axis.period(day)
      guard period >= 0, members.contains(path: course.path),
        members.contains(Int(course.person), year: axis.years[period])
      else { continue }
      let provider = measured.last { $0.provider >= 0 }?.provider ?? -1
      use(number, UnitsOf.measurement(bucket, axis, person: Int(course.person), day: day, provider: provider, period))
    }
  }
}

extension MeasureContext {
  /// Instrument and scale of an indicator.
  struct Scores: Sendable {
    let instrument: String
    let scale: String
  }
  /// Instrument and scale of an indicator; the decoder has checked that the instrument is there. A measure that is about a
  /// questionnaire rather than a score goes by its first scale.
  var scores: Scores {
    let instrument = indicator.parameters.instrument ?? ""
    let scale = indicator.parameters.scale ?? pipeline.instrument(instrument)?.scales.first?.code ?? ""
    return Scores(instrument: instrument, scale: scale)
  }
}

/// The units that an observation counts for: the nation, a region of each layout, the provider.
enum UnitsOf {
  /// Of a measurement: the region of residence on a day and the provider that it is about.
  static func measurement(
    _ bucket: Bucket, _ axis: Axis, person: Int, day: Int32, provider: Int32, _ period: Int
  ) -> [(unit: Int, period: Int)] {
    var units = [(unit: 0, period: period)]
    if !axis.layouts.isEmpty {
      let place = bucket.place(of: person, on: day)
      for layout in axis.layouts.indices {
        units.append((axis.unit(layout: layout, place, on: day), period))
      }
    }
    if axis.hasProviders && provider >= 0 { units.append((axis.fixedUnits + Int(provider), period)) }
    return units
  }
}
