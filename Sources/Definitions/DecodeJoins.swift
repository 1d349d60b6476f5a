import CoreDataset

/// Where sources have the key `join`, by id.
final class JoinPlaces {
  var places: [String: Value] = [:]
}

extension PipelineDecoder {
  /// Lays lines of claims over the heads that they name: together they must have what a claim line needs, and no column
  /// twice.
  mutating func resolveJoins() {
    guard declared.areSourcesComplete else { return }
    let heads = declared.sources.filter { $0.delivers == .claimHeader }
    var used: Set<String> = []
    for (index, lines) in declared.sources.enumerated() {
      guard let join = lines.join, let place = joins.places[lines.id] else { continue }
      if lines.delivers != .claimLine {
        place.complain("only a source that delivers claim_line has heads of claims to be joined with")
        continue
      }
      guard let head = heads.first(where: { $0.id == join.source }) else {
        place.complain(Wording.dangling("source of claim_header", join.source, known: heads.map(\.id)))
        continue
      }
      used.insert(head.id)
      if join.on != "claim" {
        place.complain("lines and heads are joined on the number of the claim; \"on\" is \"claim\"")
      }
      if head.reportedBy != lines.reportedBy {
        place.complain(
          "the heads are reported by \(head.reportedBy.rawValue), the lines by \(lines.reportedBy.rawValue)")
      }
      let own = Set(lines.fields.map(\.target))
      let theirs = Set(head.fields.map(\.target))
      for target in own.intersection(theirs).sorted() where target != "claim" {
        place.complain("\"\(target)\" is a field of the lines and of source \(head.id); leave one of them out")
      }
      for target in Staged.required(.claimLine) where !own.contains(target) && !theirs.contains(target) {
        place.complain("claim_line needs the field \"\(target)\", of the lines or of source \(head.id)")
      }
      declared.sources[index].join?.fields = head.fields.filter { $0.target != join.on }
    }
    for head in heads where !used.contains(head.id) {
      folder.problems.add(
        "sources/\(head.id).yaml", "delivers heads of claims, and no source of claim_line has it under \"join\"")
    }
  }
}
