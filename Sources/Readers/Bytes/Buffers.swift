import Columns

/// A growing array of Int32 whose writers check the room themselves, once for many elements. It has one owner, so it may
/// go from thread to thread.
@safe
struct IntBuffer: ~Copyable, @unchecked Sendable {
  private(set) var start: UnsafeMutablePointer<Int32>
  private(set) var capacity: Int
  var count = 0

  init(capacity: Int) {
    self.capacity = capacity
    unsafe start = .allocate(capacity: capacity)
  }

  deinit { unsafe start.deallocate() }

  var span: Span<Int32> {
    @_lifetime(borrow self)
    get { unsafe _overrideLifetime(Span(_unsafeStart: start, count: count), borrowing: self) }
  }

  subscript(index: Int) -> Int32 {
    precondition(index >= 0 && index < count)
    return unsafe start[index]
  }

  @inline(__always)
  mutating func append(_ value: Int32) {
    if count == capacity { grow(to: count + 1, keeping: count) }
    unsafe start[count] = value
    count &+= 1
  }

  /// Makes room. Keeps the first `used` elements, which may be more than `count` knows of.
  @inline(never)
  mutating func grow(to needed: Int, keeping used: Int) {
    precondition(used <= capacity)
    let larger = Swift.max(needed, capacity * 2)
    let memory = UnsafeMutablePointer<Int32>.allocate(capacity: larger)
    unsafe memory.update(from: start, count: used)
    unsafe start.deallocate()
    unsafe start = memory
    capacity = larger
  }
}

/// A growing array of bytes. It has one owner, so it may go from thread to thread.
@safe
struct ByteBuffer: ~Copyable, @unchecked Sendable {
  private var start: UnsafeMutableRawPointer
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int) {
    self.capacity = capacity
    unsafe start = .allocate(byteCount: capacity, alignment: 8)
  }

  deinit { unsafe start.deallocate() }

  var span: Span<UInt8> {
    @_lifetime(borrow self)
    get {
      unsafe _overrideLifetime(
        Span(_unsafeStart: start.assumingMemoryBound(to: UInt8.self), count: count), borrowing: self)
    }
  }

  mutating func removeAll(keeping kept: Int = 0) {
    precondition(kept <= count)
    count = kept
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    if count == capacity { grow(to: count + 1) }
    unsafe start.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
    count &+= 1
  }

  @inline(__always)
  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    if count &+ bytes.count > capacity { grow(to: count + bytes.count) }
    guard let from = bytes.baseAddress else { return }
    unsafe copyField(from, start + count, bytes.count)
    count &+= bytes.count
  }

  mutating func append(_ bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBytes { unsafe append($0) }
  }

  @inline(never)
  private mutating func grow(to needed: Int) {
    capacity = Swift.max(needed, capacity * 2)
    let memory = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 8)
    unsafe memory.copyMemory(from: start, byteCount: count)
    unsafe start.deallocate()
    unsafe start = memory
  }
}

/// Values whose number is fixed when they are made. Reading and writing them costs a comparison and a move: nobody else can
/// own them, so nothing is looked up, counted or copied first.
@safe
struct FixedMemory<Value: BitwiseCopyable>: ~Copyable {
  private let start: UnsafeMutablePointer<Value>
  let count: Int

  init(_ values: [Value]) {
    count = values.count
    unsafe start = .allocate(capacity: Swift.max(1, count))
    for (i, value) in values.enumerated() { unsafe (start + i).initialize(to: value) }
  }

  deinit { unsafe start.deallocate() }

  subscript(index: Int) -> Value {
    @inline(__always) get {
      precondition(index >= 0 && index < count)
      return unsafe start[index]
    }
    @inline(__always) nonmutating set {
      precondition(index >= 0 && index < count)
      unsafe start[index] = newValue
    }
  }
}
