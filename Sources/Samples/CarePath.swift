/// Answers to the questionnaires at one measurement moment; a missing answer is -1.
struct Answers {
  var completed: CalendarDay
  /// Pain, 0–10.
  var pain: Int
  /// Pain Disability Index: seven items, 0–10.
  var disability: [Int]
  /// EQ-5D-5L: mobility, self-care, usual activities, pain, anxiety; 1–5.
  var health: [Int]
  /// EQ VAS, 0–100.
  var scale: Int

  static let missing = -1
}

/// Answers about the experience of care.
struct Experience {
  var completed: CalendarDay
  /// Five questions, 1 (never) – 4 (always), or `Answers.missing`, or `notApplicable`.
  var questions: [Int]
  var mark: Int
  var recommend: Int

  static let notApplicable = 0
}

/// A treatment of chronic pain with what the patient reported.
struct CarePath {
  let indexDate: CalendarDay
  let provider: Int
  let lab: Int
  /// Which of two vendors of questionnaires the provider uses.
  let usesXML: Bool
  var before: Answers
  var after: Answers?
  let experience: Experience?
}

/// Draws care paths: the burden of pain gives the answers before; a gain, greater with the new care, those after.
struct CarePathSource {
  let providers: ProviderDirectory
  /// Labs whose patients answer through the vendor that delivers a table.
  private static let tableLabs = [0, 1, 4]

  /// Nothing when the person has no chronic pain or is not insured at the time.
  func path(of person: Person, seed: UInt64) -> CarePath? {
    guard person.hasPain else { return nil }
    var random = RandomSource(seed: seed, subject: person.index, purpose: .carePath)
    let from = max(person.entry.advanced(by: 30), CalendarDay(year: 2015, month: 2, day: 1))
    let to = min(person.exit, CalendarDay(year: 2018, month: 5, day: 31))
    guard from < to else { return nil }
    let index = from.advanced(by: random.below(from.distance(to: to)))
    let lab = person.period(on: index).lab
    let atHospital = random.chance(0.45)
    let provider = providers.index(
      of: atHospital ? .hospital : .physiotherapy, in: lab,
      habit: atHospital ? person.habits.hospital : person.habits.physiotherapy)
    let usesXML = lab == LivingLab.elsewhere ? random.chance(0.5) : !Self.tableLabs.contains(lab)
    let pain = 6.4 + 1.1 * person.painBurden
    let before = answers(pain: pain, on: min(index.advanced(by: random.below(10)), person.exit), &random)
    var gain = 1.0 + 0.25 * person.painBurden + providers.providers[provider].extraGain + 1.3 * random.normal()
    gain += LivingLab.all[lab].extraGain * newCare(on: index)
    let afterDate = before.completed.advanced(by: 183 + random.within(-18...18))
    let after = answers(pain: pain - gain, on: afterDate, &random)
    // People with more pain and less gain answer less often.
    let silent = 0.19 + 0.05 * person.painBurden - 0.05 * (gain - 1.5)
    let answersAgain = !random.chance(min(max(silent, 0.03), 0.6)) && afterDate <= person.exit
    let experience = drawExperience(gain: gain, after: index, until: person.exit, &random)
    return CarePath(
      indexDate: index, provider: provider, lab: lab, usesXML: usesXML, before: before,
      after: answersAgain ? after : nil, experience: experience)
  }

  /// The questionnaire side of the new care is there sooner than its savings.
  private func newCare(on day: CalendarDay) -> Double {
    day < StudyPeriod.start ? 0 : min(0.6 + StudyPeriod.progress(on: day), 1)
  }

  private func answers(pain: Double, on day: CalendarDay, _ random: inout RandomSource) -> Answers {
    var answers = Answers(completed: day, pain: 0, disability: [], health: [], scale: 0)
    answers.pain = answer(pain, 0.6, 0...10, &random)
    let disability = 0.95 * pain - 1.3 + 0.8 * random.normal()
    for item in 0..<7 {
      // The last two items, self-care and life support, are less disturbed.
      answers.disability.append(answer(disability - (item > 4 ? 1.2 : 0), 1.2, 0...10, &random))
    }
    for offset in [0.0, -0.9, 0.2, 0.6, -0.4] {
      answers.health.append(answer(1.0 + 0.3 * pain + offset, 0.7, 1...5, &random))
    }
    answers.scale = answer(88 - 5.2 * pain, 10, 0...100, &random)
    return answers
  }

  private func answer(
    _ mean: Double, _ spread: Double, _ range: ClosedRange<Int>, _ random: inout RandomSource
  ) -> Int {
    if random.chance(0.008) { return Answers.missing }
    let drawn = (mean + spread * random.normal()).rounded()
    return Int(min(max(drawn, Double(range.lowerBound)), Double(range.upperBound)))
  }

  private func drawExperience(
    gain: Double, after index: CalendarDay, until exit: CalendarDay, _ random: inout RandomSource
  ) -> Experience? {
    let completed = index.advanced(by: random.within(60...210))
    guard random.chance(0.45), completed <= exit else { return nil }
    let feeling = 0.25 * (gain - 1.3) + 0.6 * random.normal()
    var questions: [Int] = []
    for offset in [0.2, 0.4, 0.0, -0.2, 0.1] {
      let choice = random.uniform()
      let drawn = (3.1 + offset + feeling + 0.5 * random.normal()).rounded()
      questions.append(
        choice < 0.02 ? Answers.missing : choice < 0.05 ? Experience.notApplicable : Int(min(max(drawn, 1), 4)))
    }
    return Experience(
      completed: completed, questions: questions, mark: answer(7.7 + 0.9 * feeling, 0.7, 0...10, &random),
      recommend: answer(7.6 + 1.2 * feeling, 1.1, 0...10, &random))
  }
}
