public import Foundation

/// What an instrument says beside its items and scales.
extension PipelineDecoder {
  /// `{LA6568-5: 0, …}`: the answer that each code of another system stands for.
  func decodeAnswerCodes(_ place: Value, _ range: ClosedRange<Double>?) -> [String: Double] {
    var answers: [String: Double] = [:]
    for (key, value) in place.pairs() ?? [] {
      guard let code = key.text(), let answer = value.number() else { continue }
      if let range, !range.contains(answer) { value.complain(Wording.outside(answer, range)) }
      answers[code] = answer
    }
    return answers
  }

  /// `{moment: T1, target: 182, from: 120, to: 270}`, in days after the index date; windows do not overlap.
  func decodeMoments(_ place: Value) -> [MomentWindow]? {
    guard let list = place.list() else { return nil }
    var windows: [MomentWindow] = []
    for entry in list {
      let window: MomentWindow? = entry.fields { fields in
        let moment = fields.required("moment")?.text()
        let target = fields.required("target")?.whole(-36_500...36_500)
        let from = fields.required("from")?.whole(-36_500...36_500)
        let to = fields.required("to")?.whole(-36_500...36_500)
        guard let moment, let target, let from, let to else { return nil }
        guard from <= target, target <= to else {
          entry.complain("the target, day \(target), does not lie between day \(from) and day \(to)")
          return nil
        }
        return MomentWindow(moment: moment, target: target, days: from...to)
      }
      guard let window else { continue }
      if windows.contains(where: { $0.moment == window.moment }) {
        entry.complain(Wording.duplicate("moment", window.moment))
      } else if let other = windows.first(where: { $0.days.overlaps(window.days) }) {
        entry.complain("the days of \"\(window.moment)\" overlap those of \"\(other.moment)\"")
      }
      windows.append(window)
    }
    return windows.sorted { $0.days.lowerBound < $1.days.lowerBound }
  }

  /// `{scale: total, to: {instrument: …, scale: …}, start: 60, factor: -1, reference: …}`. Where it leads is checked
  /// when all instruments have been read.
  mutating func decodeCrosswalks(_ place: Value, _ scales: [Scale], of instrument: String) -> [Crosswalk]? {
    guard let list = place.list() else { return nil }
    var crosswalks: [Crosswalk] = []
    for entry in list {
      let found: Crosswalk? = entry.fields { fields in
        let scalePlace = fields.required("scale")
        let scale = scalePlace?.text()
        let to = fields.required("to")?.fields { fields -> (String, String)? in
          let instrument = fields.required("instrument")?.text()
          let scale = fields.required("scale")?.text()
          guard let instrument, let scale else { return nil }
          return (instrument, scale)
        }
        let start = fields.required("start")?.number()
        let factor = fields.required("factor")?.number()
        let reference = fields.required("reference", "a conversion needs the \"reference\" that it was published in")?
          .text()
        guard let scale, let to, let start, let factor, let reference else { return nil }
        if !scales.contains(where: { $0.code == scale }) {
          scalePlace?.complain(Wording.dangling("scale", scale, known: scales.map(\.code)))
        }
        return Crosswalk(
          scale: scale, toInstrument: to.0, toScale: to.1, start: start, factor: factor, reference: reference)
      }
      guard let found else { continue }
      crosswalks.append(found)
      if let scale = scales.first(where: { $0.code == found.scale }) {
        declared.crosswalks.append((entry, instrument, scale, found))
      }
    }
    return crosswalks.count == list.count ? crosswalks : nil
  }

  /// Crosswalks to instruments that the pipeline has too lead to a scale, and stay within its range. To other
  /// instruments they are not used.
  func checkCrosswalks() {
    for (place, instrument, scale, crosswalk) in declared.crosswalks {
      if crosswalk.toInstrument == instrument {
        place.complain("a crosswalk leads to another instrument")
      }
      guard let other = declared.instrument(crosswalk.toInstrument) else { continue }
      guard let target = other.scale(crosswalk.toScale) else {
        place.complain(Wording.dangling("scale", crosswalk.toScale, known: other.scales.map(\.code)))
        continue
      }
      for end in [scale.minimum, scale.maximum].map(crosswalk.converted)
      where end < target.minimum - 1e-9 || end > target.maximum + 1e-9 {
        place.complain(Wording.outside(end, target.minimum...target.maximum))
      }
    }
  }
}

extension ScaleDecoder {
  /// A table `state;value` beside the instrument: a state is the answers of the scale's items one after the other.
  func decodeStateTable(_ place: Value, _ chosen: [Int]) -> Scale.Rule? {
    guard let name = place.text() else { return nil }
    let levels = chosen.map { Int(items[$0].minimum)...Int(items[$0].maximum) }
    guard levels.allSatisfy({ $0.lowerBound >= 0 && $0.upperBound <= 9 }), !levels.isEmpty else {
      place.complain("a table of states needs items with answers of one digit")
      return nil
    }
    let path = place.file.split(separator: "/").dropLast().map { "\($0)/" }.joined() + name
    guard folder.has(path) else {
      place.complain("there is no file \(path)")
      return nil
    }
    guard let table = DefinitionTable(path, header: ["state", "value"], in: folder) else { return nil }
    let count = levels.reduce(1) { $0 * $1.count }
    var values = [Double?](repeating: nil, count: count)
    for row in table.rows {
      let digits = row.fields[0].compactMap(\.wholeNumberValue)
      guard digits.count == levels.count, digits.count == row.fields[0].count,
        zip(levels, digits).allSatisfy({ $0.contains($1) })
      else {
        table.complain(row, Wording.expected("a state of \(levels.count) answers", found: "\"\(row.fields[0])\""))
        continue
      }
      guard let value = Double(row.fields[1]) else {
        table.complain(row, Wording.expected("a number", found: "\"\(row.fields[1])\""))
        continue
      }
      let state = zip(levels, digits).reduce(0) { $0 * $1.0.count + $1.1 - $1.0.lowerBound }
      if values[state] != nil { table.complain(row, Wording.duplicate("state", row.fields[0])) }
      values[state] = value
    }
    let known = values.compactMap(\.self)
    if known.count < count {
      place.complain(Wording.expected("a value for each of \(count) states", found: "\(known.count)"))
    }
    return known.count == count ? .stateTable(values: known) : nil
  }
}

extension Instrument {
  /// Reads and checks one instrument, apart from any pipeline.
  ///
  /// - Throws: `DefinitionErrors` with all that is wrong in the file.
  public static func load(file url: URL) throws(DefinitionErrors) -> Instrument {
    let folder = DefinitionFolder(url.deletingLastPathComponent())
    var decoder = PipelineDecoder(folder)
    let name = url.lastPathComponent
    let id = name.hasSuffix(".yaml") ? String(name.dropLast(5)) : name
    let instrument = folder.yaml(name)?.fields { decoder.decodeInstrument($0, id) }
    guard let instrument, folder.problems.errors.isEmpty else { throw DefinitionErrors(folder.problems.sorted) }
    return instrument
  }

  /// Reads and checks all instruments of a folder, in order of file name, with the crosswalks between them.
  ///
  /// - Throws: `DefinitionErrors` with all that is wrong in the files.
  public static func loadAll(folder url: URL) throws(DefinitionErrors) -> [Instrument] {
    let folder = DefinitionFolder(url.deletingLastPathComponent())
    var decoder = PipelineDecoder(folder)
    for file in folder.definitions(url.lastPathComponent) {
      decoder.declared.instrumentIds.append(file.id)
      if let instrument = folder.yaml(file.path)?.fields({ decoder.decodeInstrument($0, file.id) }) {
        decoder.declared.instruments.append(instrument)
      }
    }
    decoder.checkCrosswalks()
    guard folder.problems.errors.isEmpty else { throw DefinitionErrors(folder.problems.sorted) }
    return decoder.declared.instruments
  }
}
