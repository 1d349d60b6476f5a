import Foundation
import Readers

extension PipelineDecoder {
  /// `questionnaires: [questionnaires/pain.json, …]`: files with FHIR Questionnaire resources, in JSON or XML.
  func decodeFHIRQuestionnaires(_ place: Value) -> [FHIRQuestionnaire] {
    var all: [FHIRQuestionnaire] = []
    for entry in place.listOrOne() {
      guard let path = entry.text() else { continue }
      guard folder.has(path) else {
        entry.complain("there is no file \(path)")
        continue
      }
      let before = folder.problems.errors.count
      let found = FHIRQuestionnaireDecoder(path, folder).decode()
      if found.isEmpty && folder.problems.errors.count == before {
        folder.problems.add(path, "there is no Questionnaire in it")
      }
      for questionnaire in found {
        if all.contains(where: {
          $0.url == questionnaire.url && $0.id == questionnaire.id && $0.version == questionnaire.version
        }) {
          folder.problems.add(path, "\(questionnaire.shownName) is described twice")
        }
        all.append(questionnaire)
      }
    }
    return all
  }
}

extension FHIRQuestionnaire {
  fileprivate var shownName: String { "Questionnaire \((url ?? id ?? "") + (version.map { "|" + $0 } ?? ""))" }
}

/// Reads the Questionnaires in one file, R4 or STU3.
private struct FHIRQuestionnaireDecoder {
  private let path: String
  private let folder: DefinitionFolder
  /// Deepest nesting of items.
  private static let maximumDepth = 50

  init(_ path: String, _ folder: DefinitionFolder) {
    self.path = path
    self.folder = folder
  }

  func decode() -> [FHIRQuestionnaire] {
    // Read as text first, so that it is part of the digest of the pipeline.
    guard let text = folder.text(path) else { return [] }
    do throws(ReadError) {
      return try trees(isXML: text.first { !$0.isWhitespace } == "<").compactMap(decode)
    } catch {
      folder.problems.add(
        path, line: error.line, column: error.column, ReadError(error.kind, detail: error.detail).description)
      return []
    }
  }

  private func trees(isXML: Bool) throws(ReadError) -> [TreeNode] {
    let file = folder.place(path).path
    var found: [TreeNode] = []
    if isXML {
      var reader = try XMLTreeReader(path: file, element: "Questionnaire", skipping: ["div"])
      while let tree = try reader.next() { found.append(tree) }
    } else {
      var reader = try JSONTreeReader(path: file)
      while let (tree, _) = try reader.next() { found += Self.questionnaires(in: tree) }
    }
    return found
  }

  private static func questionnaires(in resource: TreeNode) -> [TreeNode] {
    switch resource["resourceType"]?.value {
    case "Questionnaire": [resource]
    case "Bundle": resource.all("entry").compactMap { $0["resource"] }.flatMap { questionnaires(in: $0) }
    default: []
    }
  }

  private func decode(_ tree: TreeNode) -> FHIRQuestionnaire? {
    let url = tree["url"]?.value
    let id = tree["id"]?.value
    if url == nil && id == nil {
      folder.problems.add(path, "a Questionnaire has neither url nor id: no response can refer to it")
      return nil
    }
    var items: [String: FHIRQuestionnaire.Item] = [:]
    for item in tree.all("item") { decode(item, around: [], into: &items) }
    for (link, item) in items.sorted(by: { $0.key < $1.key }) {
      for condition in item.conditions where items[condition.question] == nil {
        folder.problems.add(
          path, "item \"\(link)\" depends on \"\(condition.question)\", which the Questionnaire does not have")
      }
    }
    return FHIRQuestionnaire(url: url, id: id, version: tree["version"]?.value, items: items)
  }

  private func decode(_ item: TreeNode, around: [String], into items: inout [String: FHIRQuestionnaire.Item]) {
    guard let link = item["linkId"]?.value else {
      folder.problems.add(path, "an item \(around.last.map { "within \"\($0)\" " } ?? "")has no linkId")
      return
    }
    guard items[link] == nil else {
      folder.problems.add(path, "the linkId \"\(link)\" occurs twice")
      return
    }
    guard around.count < Self.maximumDepth else {
      folder.problems.add(path, "items are nested deeper than \(Self.maximumDepth)")
      return
    }
    if item.all("extension").contains(where: { $0["url"]?.value?.hasSuffix("enableWhenExpression") == true }) {
      folder.problems.add(
        path,
        "item \"\(link)\" depends on an expression (enableWhenExpression), which is not evaluated; "
          + "write it as enableWhen, or leave the Questionnaire out")
    }
    let places = Array(item.all("enableWhen"))
    let conditions = places.compactMap { condition($0, of: link) }
    let behaviour = item["enableBehavior"]?.value
    // In STU3 one condition is enough; R4 says it where there are several.
    if places.count > 1, behaviour == nil, places.contains(where: { $0["operator"] != nil }) {
      folder.problems.add(
        path, "item \"\(link)\" has several conditions; enableBehavior must say whether all of them must hold, or any")
    }
    if let behaviour, behaviour != "all" && behaviour != "any" {
      folder.problems.add(
        path, "item \"\(link)\", enableBehavior: " + Wording.unknown(behaviour, known: ["all", "any"]))
    }
    items[link] = FHIRQuestionnaire.Item(around: around, conditions: conditions, needsAll: behaviour == "all")
    for nested in item.all("item") { decode(nested, around: around + [link], into: &items) }
  }

  private func condition(_ node: TreeNode, of link: String) -> FHIRQuestionnaire.Condition? {
    func wrong(_ message: String) -> FHIRQuestionnaire.Condition? {
      folder.problems.add(path, "item \"\(link)\", enableWhen: \(message)")
      return nil
    }
    guard let question = node["question"]?.value else { return wrong("no question is named") }
    if let exists = node["hasAnswer"]?.value {
      return FHIRQuestionnaire.Condition(question: question, test: .exists, answer: .flag(exists == "true"))
    }
    let name = node["operator"]?.value ?? "="
    guard let test = FHIRQuestionnaire.Condition.Operator(rawValue: name) else {
      return wrong(Wording.unknown(name, known: FHIRQuestionnaire.Condition.Operator.allCases.map(\.rawValue)))
    }
    guard let answer = node.children.lazy.compactMap({ FHIRAnswer($0, prefix: "answer") }).first else {
      return wrong("\"\(question)\" is named without an answer")
    }
    if test == .exists {
      guard case .flag = answer else { return wrong("\"exists\" needs answerBoolean") }
    }
    return FHIRQuestionnaire.Condition(question: question, test: test, answer: answer)
  }
}
