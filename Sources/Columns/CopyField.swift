/// Copies a field; most are shorter than seventeen bytes, for which calling memcpy costs more than copying.
@inlinable
@inline(__always)
public func copyField(_ from: UnsafeRawPointer, _ to: UnsafeMutableRawPointer, _ count: Int) {
  if count > 16 {
    unsafe to.copyMemory(from: from, byteCount: count)
  } else if count >= 8 {
    // Where both words overlap they hold the same bytes in the same places.
    unsafe to.storeBytes(of: from.loadUnaligned(as: UInt64.self), as: UInt64.self)
    let last = count &- 8
    unsafe (to + last).storeBytes(of: (from + last).loadUnaligned(as: UInt64.self), as: UInt64.self)
  } else if count >= 4 {
    unsafe to.storeBytes(of: from.loadUnaligned(as: UInt32.self), as: UInt32.self)
    let last = count &- 4
    unsafe (to + last).storeBytes(of: (from + last).loadUnaligned(as: UInt32.self), as: UInt32.self)
  } else {
    for i in 0..<count { unsafe to.storeBytes(of: (from + i).load(as: UInt8.self), toByteOffset: i, as: UInt8.self) }
  }
}
