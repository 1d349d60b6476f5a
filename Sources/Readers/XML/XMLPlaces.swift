/// The places in a document where elements stand: a place is the path of names from the root. Whatever is to be done with an
/// element depends only on its place, so it is worked out when a place is met for the first time.
///
/// A document has few places, whatever its size. Where one has more than `limit`, those beyond it share the last number
/// and are worked out each time.
@safe
struct XMLPlaces: ~Copyable {
  struct Place {
    /// Whether a field can start from an element here.
    var isBase = false
    var isRecord = false
    /// The fields that end here, among all watches.
    var firstWatch = 0
    var watchCount = 0
  }

  /// A field whose path ends in a place.
  struct Watch {
    let slot: Int
    /// The attribute that is the value; none where the text is.
    let attribute: InternedName
  }

  struct Step {
    var parent = 0
    var name = InternedName.none
    /// 0 where there is none: the document, which is place 0, is no element's child.
    var child = 0
  }

  static var limit: Int { 1 << 12 }
  private static var stepBits: Int { 13 }

  private let places: FixedMemory<Place>
  private let watches: FixedMemory<Watch>
  private let steps: FixedMemory<Step>
  private let fieldCount: Int
  private var placeCount = 1
  private var watchCount = 0

  init(fieldCount: Int) {
    self.fieldCount = fieldCount
    places = FixedMemory(Array(repeating: Place(), count: Self.limit + 1))
    // The last ones are those of the shared place.
    watches = FixedMemory(Array(repeating: Watch(slot: 0, attribute: .none), count: Self.limit + 2 * fieldCount))
    steps = FixedMemory(Array(repeating: Step(), count: 1 << Self.stepBits))
  }

  subscript(place: Int) -> Place { @inline(__always) get { places[place] } }

  subscript(watch watch: Int) -> Watch { @inline(__always) get { watches[watch] } }

  /// The place of a child of an element; nil where it has not been worked out.
  @inline(__always)
  func child(_ name: InternedName, of parent: Int) -> Int? {
    var step = Self.first(name, parent)
    while steps[step].child != 0 {
      if steps[step].name == name && steps[step].parent == parent { return steps[step].child }
      step = (step &+ 1) & (1 &<< Self.stepBits &- 1)
    }
    return nil
  }

  /// Adds a place; its number.
  mutating func add(
    _ name: InternedName, of parent: Int, isBase: Bool, isRecord: Bool, _ found: [Watch]
  ) -> Int {
    precondition(found.count <= fieldCount)
    let isShared =
      parent == Self.limit || placeCount == Self.limit || watchCount + found.count > Self.limit + fieldCount
    let number = isShared ? Self.limit : placeCount
    let first = isShared ? Self.limit + fieldCount : watchCount
    for (i, watch) in found.enumerated() { watches[first + i] = watch }
    places[number] = Place(isBase: isBase, isRecord: isRecord, firstWatch: first, watchCount: found.count)
    if isShared { return number }
    placeCount += 1
    watchCount += found.count
    // At most half of the steps are taken, so there is a free one.
    var step = Self.first(name, parent)
    while steps[step].child != 0 { step = (step + 1) & (1 << Self.stepBits - 1) }
    steps[step] = Step(parent: parent, name: name, child: number)
    return number
  }

  @inline(__always)
  private static func first(_ name: InternedName, _ parent: Int) -> Int {
    name.hash(with: parent, bits: stepBits)
  }
}
