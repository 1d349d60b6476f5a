/// Which elements the front of an XML document has, and which of them are likely records. Only for a first look: the file
/// itself is read by libxml2.
struct XMLOutline {
  /// Path of the elements that are most likely records.
  let record: String
  /// Number of them in what was looked at.
  let records: Int
  /// Fields by path from the record.
  let columns: [ColumnProfile]

  /// Looks at the text of the front of a document, which may end anywhere.
  init(_ text: String) {
    var open: [String] = []
    var counts: [String: Int] = [:]
    var leaves: [(path: [String], attribute: String?, value: String)] = []
    for match in text.matches(
      of: #/<(\/?)([A-Za-z_][\w.:\-]*)((?:\s+[\w.:\-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>([^<]*)/#)
    {
      let name = match.output.2.split(separator: ":").last.map(String.init) ?? ""
      if !match.output.1.isEmpty {
        if !open.isEmpty { open.removeLast() }
        continue
      }
      open.append(name)
      counts["/" + open.joined(separator: "/"), default: 0] += 1
      for attribute in match.output.3.matches(of: #/([\w.:\-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/#) {
        let key = attribute.output.1.split(separator: ":").last.map(String.init) ?? ""
        if key == "xmlns" || attribute.output.1.hasPrefix("xmlns") { continue }
        leaves.append((open, key, String(attribute.output.2 ?? attribute.output.3 ?? "")))
      }
      let value = match.output.5.filter { !$0.isNewline }
      if value.contains(where: { !$0.isWhitespace }) { leaves.append((open, nil, String(value))) }
      if !match.output.4.isEmpty { open.removeLast() }
    }
    // Records are what there is most of and what has parts or attributes; of equals the outermost.
    let candidates = counts.filter { path, _ in
      leaves.contains { leaf in
        let own = "/" + leaf.path.joined(separator: "/")
        return own.hasPrefix(path + "/") || own == path && leaf.attribute != nil
      }
    }
    let best = candidates.max { a, b in
      (a.value, -a.key.split(separator: "/").count, b.key) < (b.value, -b.key.split(separator: "/").count, a.key)
    }
    let record = best?.key ?? counts.keys.min() ?? "/root"
    self.record = record
    records = best?.value ?? 0
    let names = record.split(separator: "/").map(String.init)
    var profiles: [String: ColumnProfile] = [:]
    var order: [String] = []
    for leaf in leaves {
      guard let path = Self.relative(leaf.path, leaf.attribute, to: names) else { continue }
      if profiles[path] == nil {
        profiles[path] = ColumnProfile(name: path)
        order.append(path)
      }
      profiles[path]?.add(leaf.value)
    }
    columns = order.compactMap { profiles[$0] }
  }

  /// `../@id` for an attribute of the parent, `naam` for a part; nil for what is elsewhere.
  private static func relative(_ path: [String], _ attribute: String?, to record: [String]) -> String? {
    let common = zip(path, record).prefix { $0 == $1 }.count
    let ups = record.count - common
    let downs = Array(path[common...])
    if common == 0 || ups > 0 && downs.count > 1 { return nil }
    var steps = Array(repeating: "..", count: ups) + downs
    if let attribute { steps.append("@" + attribute) }
    if steps.isEmpty { return "." }
    // What stands in an element around the record is mixed text.
    return attribute == nil && downs.isEmpty && ups > 0 ? nil : steps.joined(separator: "/")
  }
}
