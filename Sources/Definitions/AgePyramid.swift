import CoreDataset

/// Published numbers of inhabitants by age band and sex, beside which those of a delivery are put.
public struct AgePyramid: Sendable, Equatable {
  /// First age of each band, ascending from 0; the last band is open.
  public let starts: [Int]
  /// Men of each band.
  public let men: [Double]
  /// Women of each band.
  public let women: [Double]
  /// The year in which ages of one's own delivery are taken.
  public let year: Int
  /// Where the numbers were published.
  public let source: String

  /// The band of an age.
  public func band(_ age: Int) -> Int? { starts.lastIndex { $0 <= age } }
}

extension PipelineDecoder {
  /// `age-pyramid` of `quality.yaml`: `{file, year, source}`; the file is a table `age;male;female` with the first age of
  /// each band.
  func decodeAgePyramid(_ fields: Fields) -> AgePyramid? {
    let filePlace = fields.required("file")
    let year = fields.required("year")?.whole(1900...2200)
    let source = fields.required("source", "a published figure needs \"source\": where it was published")?.text()
    guard let file = filePlace?.text() else { return nil }
    let paths = [file, "../\(file)"]
    guard let path = paths.first(where: { folder.has($0) }) else {
      filePlace?.complain("there is no file \(paths[0]) and no file \(paths[1])")
      return nil
    }
    guard let table = DefinitionTable(path, header: ["age", "male", "female"], in: folder) else { return nil }
    var starts: [Int] = []
    var numbers: [[Double]] = []
    for row in table.rows {
      guard let start = Int(row.fields[0]), start >= 0, start > starts.last ?? -1, !starts.isEmpty || start == 0 else {
        table.complain(row, "each band starts with its first age, in ascending order from 0")
        return nil
      }
      let persons = row.fields.dropFirst().compactMap { Double($0) }.filter { $0.isFinite && $0 >= 0 }
      guard persons.count == 2 else {
        table.complain(row, Wording.expected("two numbers of persons", found: "\"\(row.fields[1]);\(row.fields[2])\""))
        return nil
      }
      starts.append(start)
      numbers.append(persons)
    }
    if starts.isEmpty || numbers.allSatisfy({ $0 == [0, 0] }) {
      folder.problems.add(path, "there are no persons in it")
    }
    guard let year, let source else { return nil }
    return AgePyramid(
      starts: starts, men: numbers.map { $0[0] }, women: numbers.map { $0[1] }, year: year, source: source)
  }
}
