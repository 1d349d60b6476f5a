import Foundation
import Readers

/// The identifiers of persons and organisations that come with responses: in the same Bundle, or contained in a response.
///
/// A reference is `#id` to what is contained, else a `fullUrl` of the Bundle or `Type/id` of a resource in it.
struct ReferencedIdentifiers {
  private static let types: Set<String> = [
    "Patient", "RelatedPerson", "Practitioner", "PractitionerRole", "Organization", "Person",
  ]

  private let systems: [String]
  /// Nothing where resources of one name have different identifiers.
  private var known: [String: String?] = [:]

  init(systems: [String]) { self.systems = systems }

  /// Takes in the resources of a Bundle.
  mutating func add(bundle: TreeNode) {
    for entry in bundle.all("entry") { add(entry: entry) }
  }

  /// Takes in an entry of a Bundle.
  mutating func add(entry: TreeNode) {
    guard let place = entry["resource"], let (type, resource) = Self.resource(in: place) else { return }
    if type == "Bundle" { return add(bundle: resource) }
    guard Self.types.contains(type), let value = identifier(of: resource) else { return }
    var names = [entry["fullUrl"]?.value, resource["id"]?.value.map { "\(type)/\($0)" }].compactMap(\.self)
    if names.count == 2 && names[0] == names[1] { names.removeLast() }
    for name in names {
      known.updateValue(known[name, default: value] == value ? value : nil, forKey: name)
    }
  }

  /// The identifier of what a reference of a response leads to: its own, or that of the resource.
  func identifier(_ reference: TreeNode?, in response: TreeNode) -> String? {
    guard let reference else { return nil }
    if let own = identifier(of: reference) { return own }
    guard let target = reference["reference"]?.value else { return nil }
    if target.hasPrefix("#") {
      return response.all("contained").lazy.compactMap(Self.resource)
        .first { $0.resource["id"]?.value == String(target.dropFirst()) }.flatMap { identifier(of: $0.resource) }
    }
    let plain = target.components(separatedBy: "/_history/")[0]
    return known[target] ?? known[plain] ?? nil
  }

  private func identifier(of node: TreeNode) -> String? {
    let all = node.all("identifier")
    if systems.isEmpty { return all.lazy.compactMap { $0["value"]?.value }.first }
    return systems.lazy.compactMap { system in
      all.first { $0["system"]?.value == system && $0["value"]?.value != nil }?["value"]?.value
    }.first
  }

  /// A resource and its type: in JSON the node says it, in XML it is the element within.
  private static func resource(in place: TreeNode) -> (type: String, resource: TreeNode)? {
    if let type = place["resourceType"]?.value { return (type, place) }
    guard let element = place.children.first(where: { $0.name.first?.isUppercase == true }) else { return nil }
    return (element.name, element)
  }
}
