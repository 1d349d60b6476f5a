import Definitions

/// Regions on a map, in classes of a figure.
enum RegionMap {
  /// What a region looks like.
  struct Region {
    var code: String
    /// Class from 0, lowest, to `classes` − 1; nil when there is no figure.
    var level: Int?
    var isOwn: Bool
    /// Name and figure, shown by browsers that hover.
    var title: String
  }

  /// Number of classes.
  static let classes = 5
  private static let width = 360.0

  /// The map; nil when none of the regions has an outline.
  static func svg(_ regions: [Region], _ shapes: RegionShapes) -> SVG? {
    let drawn = regions.filter { shapes.rings[$0.code] != nil }
    let points = drawn.flatMap { shapes.rings[$0.code] ?? [] }.joined()
    guard let least = points.map(\.x).min(), let most = points.map(\.x).max(), let south = points.map(\.y).min(),
      let north = points.map(\.y).max(), most > least, north > south
    else { return nil }
    let isDegrees = least >= -180 && most <= 180 && south >= -90 && north <= 90
    // Equirectangular around the middle: a degree east is shorter than one north.
    let stretch = isDegrees ? shortening((south + north) / 2) : 1
    let size = (width: (most - least) * stretch, height: north - south)
    let scale = min((width - 8) / size.width, 400 / size.height)
    let offset = (width - size.width * scale) / 2
    func place(_ point: RegionShapes.Point) -> (x: Double, y: Double) {
      (offset + (point.x - least) * stretch * scale, 4 + (north - point.y) * scale)
    }
    var svg = SVG(width: width, height: size.height * scale + 8)
    // One's own region last, so that its outline lies on top.
    for region in drawn.filter({ !$0.isOwn }) + drawn.filter(\.isOwn) {
      let kind = region.level.map { "class\($0)" } ?? "noclass"
      svg.path("region \(kind)\(region.isOwn ? " ownregion" : "")", title: region.title) { path in
        for ring in shapes.rings[region.code] ?? [] {
          path.corners(ring.map(place))
          path.close()
        }
      }
    }
    return svg
  }

  /// The cosine of a latitude in degrees by its series: good to four decimals, the same on every machine.
  static func shortening(_ latitude: Double) -> Double {
    let x = latitude * Double.pi / 180
    let square = x * x
    return max(0.05, 1 - square / 2 + square * square / 24 - square * square * square / 720)
  }

  /// The class of each value: fifths of the values that are there.
  static func levels(_ values: [Double?]) -> [Int?] {
    let sorted = values.compactMap { $0 }.sorted()
    return values.map { value in
      guard let value, !sorted.isEmpty else { return nil }
      let below = sorted.count { $0 < value }
      return min(classes - 1, below * classes / sorted.count)
    }
  }
}
