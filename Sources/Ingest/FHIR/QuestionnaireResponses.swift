import Columns
import Definitions
import Foundation
import Readers

/// Takes the answers out of FHIR QuestionnaireResponses: a record per answer, nested ones too.
///
/// R4 (hl7.org/fhir/R4/questionnaireresponse.html); STU3 differs in that `questionnaire` is a reference, and in the
/// addresses of extensions. An item without an answer gives no record; of an item that its Questionnaire disables the
/// answers do not count, where the Questionnaire is at hand.
struct QuestionnaireResponses {
  /// Extensions that hold the number of a coded answer: R4, STU3 and its ISO 21090 predecessor, R5.
  private static let ordinals: Set<String> = [
    "http://hl7.org/fhir/StructureDefinition/ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/questionnaire-ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/iso21090-CO-value",
    "http://hl7.org/fhir/StructureDefinition/itemWeight",
  ]
  /// Deepest nesting of items.
  static let maximumDepth = 50

  let columns: [FHIRColumn]
  let format: FHIRFormat
  let answers: AnswerCodes

  /// What came of one resource.
  struct Outcome {
    var rows: [[[UInt8]]] = []
    /// `linkId` of each answer that does not count, because the Questionnaire disables its item.
    var disabled: [String] = []
    /// Whether the response has a status that does not count.
    var isRefused = false
  }

  /// The responses in a resource: itself, or the entries of a Bundle. Other resources are passed over.
  static func responses(in resource: TreeNode) -> [TreeNode] {
    if resource.name == "QuestionnaireResponse" { return [resource] }
    switch resource["resourceType"]?.value {
    case "QuestionnaireResponse": return [resource]
    case "Bundle":
      return resource.all("entry").compactMap { $0["resource"] }.flatMap { responses(in: $0) }
    default: return []
    }
  }

  /// Whether any column is an identifier, for which references are followed.
  var followsReferences: Bool {
    columns.contains { [.subjectIdentifier, .authorIdentifier, .sourceIdentifier].contains($0) }
  }

  /// The answers of a response.
  ///
  /// - Parameter references: what came with it.
  func read(_ response: TreeNode, _ references: ReferencedIdentifiers) -> Outcome {
    let status = response["status"]?.value ?? ""
    if !format.statuses.contains(status) { return Outcome(isRefused: true) }
    var head: [FHIRColumn: String] = [:]
    head[.id] = response["id"]?.value
    head[.identifier] = response["identifier"]?["value"]?.value
    for (name, whole, part, identifier) in [
      ("subject", FHIRColumn.subject, FHIRColumn.subjectID, FHIRColumn.subjectIdentifier),
      ("author", .author, .authorID, .authorIdentifier), ("source", .source, .sourceID, .sourceIdentifier),
    ] {
      let reference = response[name]?["reference"]?.value
      head[whole] = reference
      head[part] = reference.map(Self.lastPart)
      head[identifier] = references.identifier(response[name], in: response)
    }
    head[.authored] = response["authored"]?.value.map { String($0.prefix(10)) }
    let canonical = response["questionnaire"]?.value ?? response["questionnaire"]?["reference"]?.value ?? ""
    let parts = canonical.split(separator: "|", maxSplits: 1).map(String.init)
    head[.canonical] = canonical
    head[.questionnaire] = parts.first
    head[.questionnaireVersion] = parts.count > 1 ? parts[1] : nil
    let questionnaire = format.questionnaire(canonical).flatMap { $0.hasConditions ? $0 : nil }
    let whole = Response(
      canonical: canonical, head: head, enabled: questionnaire.map { EnabledItems($0, response) })
    var outcome = Outcome()
    for item in response.all("item") { read(item, of: whole, around: [], isDisabled: false, into: &outcome) }
    return outcome
  }

  /// What the items of a response share.
  private struct Response {
    let canonical: String
    let head: [FHIRColumn: String]
    /// Nil where every item is enabled, as far as is known.
    let enabled: EnabledItems?
  }

  private func read(
    _ item: TreeNode, of response: Response, around: [TreeNode], isDisabled: Bool, into outcome: inout Outcome
  ) {
    if around.count > Self.maximumDepth { return }
    let canonical = response.canonical
    let linkID = item["linkId"]?.value
    let isDisabled = isDisabled || response.enabled?.isEnabled(item, around: around) == false
    let within = around + [item]
    for answer in item.all("answer") {
      let value = answer.children.first { $0.name.hasPrefix("value") && $0.name.count > 5 }
      if value != nil && isDisabled {
        outcome.disabled.append(linkID ?? "")
      } else if let value {
        var row = response.head
        row[.linkID] = linkID
        row[.item] = linkID.map { answers.item(ofLink: $0, canonical: canonical) }
        row[.definition] = item["definition"]?.value
        let type = value.name.dropFirst(5)
        row[.type] = type.prefix(1).lowercased() + type.dropFirst()
        row[.code] = value["code"]?.value
        row[.system] = value["system"]?.value
        row[.value] = number(value, answer: answer, canonical: canonical, link: linkID ?? "")
        outcome.rows.append(columns.map { Array((row[$0] ?? "").utf8) })
      }
      for nested in answer.all("item") {
        read(nested, of: response, around: within, isDisabled: isDisabled, into: &outcome)
      }
    }
    for nested in item.all("item") {
      read(nested, of: response, around: within, isDisabled: isDisabled, into: &outcome)
    }
  }

  /// An answer as a number: numbers and quantities as they are, yes and no as 1 and 0, a day as yyyyMMdd, a code by its
  /// ordinal or else by the instrument's list of codes. A code with neither stays a text, so that it is set aside and not
  /// lost; other text is no answer that can be counted.
  private func number(_ value: TreeNode, answer: TreeNode, canonical: String, link: String) -> String? {
    switch value.name {
    case "valueBoolean": return value.value == "true" ? "1" : value.value == "false" ? "0" : value.value
    case "valueQuantity": return value["value"]?.value
    case "valueDate", "valueDateTime": return value.value.map { String($0.prefix(10).replacing("-", with: "")) }
    case "valueCoding":
      if let ordinal = Self.ordinal(value) ?? Self.ordinal(answer) { return ordinal }
      guard let code = value["code"]?.value else { return nil }
      return answers.number(of: code, canonical: canonical, link: link) ?? "code \(code)"
    case "valueString": return value.value.flatMap { Double($0) == nil ? nil : $0 }
    case "valueInteger", "valueDecimal": return value.value
    default: return nil
    }
  }

  private static func ordinal(_ node: TreeNode) -> String? {
    for name in ["extension", "modifierExtension"] {
      for part in node.all(name) where part["url"]?.value.map(ordinals.contains) == true {
        return part["valueDecimal"]?.value ?? part["valueInteger"]?.value
      }
    }
    return nil
  }

  /// `123` of `Patient/123` and of `https://server/fhir/Patient/123/_history/1`.
  private static func lastPart(_ reference: String) -> String {
    let path = reference.components(separatedBy: "/_history/")[0]
    return path.split(separator: "/").last.map(String.init) ?? path
  }
}

/// The numbers of coded answers, as the instruments of a pipeline list them.
struct AnswerCodes: Sendable {
  private let source: [String: String]  // canonical → instrument
  private let constant: String?
  private let itemOf: [String: String]  // link id → item
  private let instruments: [String: Instrument]

  /// Which instrument a questionnaire is, and which item a link id, is what the source maps its columns to.
  init(_ source: Source, instruments known: [Instrument]) {
    let mapping = source.fields.first { $0.target == "instrument" }
    self.source = mapping?.codes ?? [:]
    constant = mapping?.constant
    itemOf = source.fields.first { $0.target == "item" }?.codes ?? [:]
    instruments = Dictionary(known.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The item of the instrument that a link id is the LOINC code of; the link id itself where there is none.
  func item(ofLink link: String, canonical: String) -> String {
    let code = link.hasPrefix("/") ? String(link.dropFirst()) : link
    return instrument(canonical)?.items.first { $0.loinc == code }?.code ?? link
  }

  /// The number of a code; nil where the instrument has no list or the list lacks the code.
  func number(of code: String, canonical: String, link: String) -> String? {
    guard let instrument = instrument(canonical) else { return nil }
    let item = itemOf[link] ?? item(ofLink: link, canonical: canonical)
    guard let position = instrument.index(ofItem: item) else { return nil }
    return instrument.items[position].answerCodes[code].map { "\($0)" }
  }

  private func instrument(_ canonical: String) -> Instrument? {
    let plain = canonical.split(separator: "|").first.map(String.init) ?? canonical
    return instruments[constant ?? source[canonical] ?? source[plain] ?? plain]
  }
}
