/// Where people live and how old they are, drawn after the figures of the country.
struct Population {
  /// Share of the people in a delivery who live in a living lab; the rest is there to compare with.
  static let shareInLabs = 0.6

  struct Postcode {
    let digits: Int
    let lab: Int
  }

  private let labs: Weighted<Postcode>
  private let elsewhere: Weighted<Postcode>
  /// First age of a band of five years, men and women apart.
  private let menAges: Weighted<Int>
  private let womenAges: Weighted<Int>
  private let labMen: Double
  private let elsewhereMen: Double

  init() {
    var labOf: [Substring: Int] = [:]
    for (index, lab) in LivingLab.all.enumerated() {
      for municipality in lab.municipalities { labOf[municipality[...]] = index }
    }
    var labs = Weighted<Postcode>()
    var elsewhere = Weighted<Postcode>()
    var men = (labs: 0, elsewhere: 0)
    for line in PopulationFigures.municipalities.split(separator: "\n") {
      let parts = line.split(separator: ";")
      let lab = labOf[parts[0]] ?? LivingLab.elsewhere
      for entry in parts[1].split(separator: ",") {
        let numbers = entry.split(separator: " ").compactMap { Int($0) }
        let postcode = Postcode(digits: numbers[0], lab: lab)
        if lab == LivingLab.elsewhere {
          elsewhere.add(postcode, weight: numbers[1] + numbers[2])
          men.elsewhere += numbers[1]
        } else {
          labs.add(postcode, weight: numbers[1] + numbers[2])
          men.labs += numbers[1]
        }
      }
    }
    var menAges = Weighted<Int>()
    var womenAges = Weighted<Int>()
    for line in PopulationFigures.ageBands.split(separator: "\n") {
      let numbers = line.split(separator: ";").compactMap { Int($0) }
      menAges.add(numbers[0], weight: numbers[1])
      womenAges.add(numbers[0], weight: numbers[2])
    }
    labMen = Double(men.labs) / Double(labs.total)
    elsewhereMen = Double(men.elsewhere) / Double(elsewhere.total)
    self.labs = labs
    self.elsewhere = elsewhere
    self.menAges = menAges
    self.womenAges = womenAges
  }

  func drawPostcode(_ random: inout RandomSource) -> Postcode {
    random.chance(Self.shareInLabs) ? labs.draw(&random) : elsewhere.draw(&random)
  }

  func drawIsMale(at postcode: Postcode, _ random: inout RandomSource) -> Bool {
    random.chance(postcode.lab == LivingLab.elsewhere ? elsewhereMen : labMen)
  }

  /// Age in completed years half-way through the study period.
  func drawAge(male: Bool, _ random: inout RandomSource) -> Int {
    let band = male ? menAges.draw(&random) : womenAges.draw(&random)
    return band + random.below(band == 95 ? 7 : 5)
  }
}

/// Values with weights, drawn by bisection of the running total.
struct Weighted<Value> {
  private var values: [Value] = []
  private var ends: [Int] = []

  var total: Int { ends.last ?? 0 }

  mutating func add(_ value: Value, weight: Int) {
    values.append(value)
    ends.append(total + weight)
  }

  /// There must be a value with a positive weight.
  func draw(_ random: inout RandomSource) -> Value {
    let target = Int(random.uniform() * Double(total))
    var low = 0
    var high = ends.count - 1
    while low < high {
      let middle = (low + high) / 2
      if ends[middle] > target { high = middle } else { low = middle + 1 }
    }
    return values[low]
  }
}
