/// A part of the country: one of the five living labs of the Health Deal on chronic pain, or elsewhere.
struct LivingLab: Sendable {
  let name: String
  /// Municipalities as named by CBS in 2019; empty for elsewhere.
  let municipalities: [String]
  /// How much of the yearly cost of a person with chronic pain the new care saves at full effect.
  let saving: Double
  /// Points on the pain scale (0–10) that the new care adds to the gain of a care path, at full effect.
  let extraGain: Double
  /// Use of specialist care before the start, beside the country.
  let customaryUse: Double

  /// The last one is elsewhere.
  static let all: [LivingLab] = [
    LivingLab(
      name: "Zwolle", municipalities: ["Zwolle"], saving: 0.24, extraGain: 1.3, customaryUse: 0.97),
    LivingLab(
      name: "Groningen", municipalities: ["Groningen"], saving: 0.20, extraGain: 1.0, customaryUse: 1.02),
    LivingLab(
      name: "Nijmegen", municipalities: ["Nijmegen"], saving: 0.22, extraGain: 1.1, customaryUse: 1.0),
    LivingLab(
      name: "Zuid-Limburg",
      municipalities: [
        "Heerlen", "Kerkrade", "Landgraaf", "Brunssum", "Simpelveld", "Voerendaal", "Beekdaelen", "Maastricht",
        "Meerssen", "Eijsden-Margraten", "Valkenburg aan de Geul", "Gulpen-Wittem", "Vaals",
      ], saving: 0.18, extraGain: 0.7, customaryUse: 1.08),
    LivingLab(
      name: "Utrecht", municipalities: ["Utrecht"], saving: 0.21, extraGain: 1.0, customaryUse: 0.95),
    LivingLab(name: "elders", municipalities: [], saving: 0, extraGain: 0, customaryUse: 1.0),
  ]

  static let elsewhere = all.count - 1
}
