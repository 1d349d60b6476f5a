/// A value with parts: what a small XML element and a JSON value have in common.
///
/// | | XML | JSON |
/// |---|---|---|
/// | `value` | the attribute `value`, else the text directly in the element | a text, number, `true` or `false` |
/// | `children` | elements and other attributes, in order | members; those of a list have the name of the list |
public struct TreeNode: Sendable, Hashable {
  /// Local name of the element, or the key.
  public var name: String
  /// Its value; nil where it has only parts.
  public var value: String?
  /// Its parts.
  public var children: [TreeNode]

  /// A node.
  public init(_ name: String, value: String? = nil, children: [TreeNode] = []) {
    self.name = name
    self.value = value
    self.children = children
  }

  /// The first part of a name.
  public subscript(name: String) -> TreeNode? { children.first { $0.name == name } }

  /// All parts of a name, in order.
  public func all(_ name: String) -> some Sequence<TreeNode> { children.lazy.filter { $0.name == name } }
}
