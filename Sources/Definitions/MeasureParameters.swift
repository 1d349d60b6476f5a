/// What a measure says and which parameters it takes: the one place that decoder and documentation read.
public struct MeasureParameters: Sendable {
  /// What it computes, in one sentence.
  public let documentation: String
  /// Parameters that must be there.
  public let required: [String]
  /// Parameters that may be there.
  public let optional: [String]
  /// The data that it is made of.
  public let needs: Needs

  /// The data that a measure is made of.
  public enum Needs: Sendable {
    /// Questionnaires.
    case responses
    /// Questionnaires and claim lines of the same persons.
    case responsesAndClaims
    /// Claim lines.
    case claims
    /// Claim lines, with insured person-years as the denominator.
    case claimsAndInsuredPeriods
    /// Totals of groups.
    case groupTotals
    /// Stays, which are built of claim lines, with insured person-years as the denominator.
    case stays
  }

  /// All parameters.
  public var all: [String] { required + optional }
}

extension MeasureKind {
  /// What the measure says and which parameters it takes.
  public var parameters: MeasureParameters {
    let score = ["instrument", "scale", "from"]
    let groupCare = ["care-types", "care-lines"]
    let care = groupCare + ["activities", "diagnoses"]
    let stay = ["care-types", "diagnoses", "diagnosis-list", "excluded-diagnoses"]
    return switch self {
    case .scoreLevel:
      MeasureParameters(
        documentation: "Mean of a scale at the moment `from`, with the number of persons who have that score.",
        required: score, optional: ["paired-with", "requires-prediction", "distribution"], needs: .responses)
    case .scoreChange:
      MeasureParameters(
        documentation: "Mean of the score at `to` minus the score at `from`, over persons who have both.",
        required: score + ["to"], optional: ["requires-prediction", "distribution"], needs: .responses)
    case .scoreShare:
      MeasureParameters(
        documentation: "Share of the persons with both scores whose score improved or worsened by at least the "
          + "threshold, or did neither; without a threshold any change counts.",
        required: score + ["to", "outcome"], optional: ["threshold", "requires-prediction"], needs: .responses)
    case .effectSize:
      MeasureParameters(
        documentation:
          "Mean change from `from` to `to` over a standard deviation: of the first score (`baseline`, Kazis "
          + "1989) or of the change (`change`, the standardised response mean, Liang 1990).",
        required: score + ["to", "standardiser"], optional: ["requires-prediction"], needs: .responses)
    case .reliableChange:
      MeasureParameters(
        documentation: "Share of the persons with both scores who changed by more than measurement error at 95% "
          + "(Jacobson & Truax 1991), or did not, with the deviation and reliability of a reference group.",
        required: score + ["to", "outcome", "reference-deviation", "reliability"], optional: ["requires-prediction"],
        needs: .responses)
    case .noRoom:
      MeasureParameters(
        documentation:
          "Share of the persons with both scores whose score at `from` lies so near the best one that they "
          + "cannot improve by the threshold.",
        required: score + ["to", "threshold"], optional: ["requires-prediction"], needs: .responses)
    case .adjustedGain:
      MeasureParameters(
        documentation: "National mean gain plus the unit's mean of observed minus predicted score, relative to the "
          + "national one, with the predictions that the source supplies.",
        required: score + ["to"], optional: ["requires-prediction", "reference"], needs: .responses)
    case .modelledGain:
      MeasureParameters(
        documentation: "National mean gain plus the unit's mean of observed minus predicted score, predicted by least "
          + "squares on the first score and the `case-mix` of all persons of the period.",
        required: score + ["to", "case-mix"], optional: ["requires-prediction"], needs: .responses)
    case .modelledShare:
      MeasureParameters(
        documentation: "Number of persons whose score improved or worsened by at least the threshold, or did neither, "
          + "over the number expected by a logistic model of the first score and the `case-mix`, times the national "
          + "share.",
        required: score + ["to", "outcome", "case-mix"], optional: ["threshold", "requires-prediction"],
        needs: .responses)
    case .responseRate:
      MeasureParameters(
        documentation: "Share of the persons with a questionnaire at `from`, or without `from` of all who follow the "
          + "care path, who have one at `to`, and at `paired-with` too.",
        required: ["instrument", "to"], optional: ["from", "paired-with"], needs: .responses)
    case .itemMean:
      MeasureParameters(
        documentation: "Mean of the answers to one item at the moment `from`.",
        required: ["instrument", "item", "from"], optional: ["distribution"], needs: .responses)
    case .topBox:
      MeasureParameters(
        documentation: "Share of the answers to one item at the moment `from` that are `at-least` or higher.",
        required: ["instrument", "item", "from", "at-least"], optional: [], needs: .responses)
    case .bottomBox:
      MeasureParameters(
        documentation: "Share of the answers to one item at the moment `from` that are `at-most` or lower.",
        required: ["instrument", "item", "from", "at-most"], optional: [], needs: .responses)
    case .netPromoterScore:
      MeasureParameters(
        documentation: "Percentage of answers 9 and 10 minus percentage of answers 0 to 6 to one item from 0 to 10.",
        required: ["instrument", "item", "from"], optional: [], needs: .responses)
    case .costPerPersonYear:
      MeasureParameters(
        documentation:
          "Euros of claim lines divided by insured person-years, or months; with `truncate-at` the cost of a "
          + "person above that quantile of the nation's persons is cut off.",
        required: [], optional: care + ["by-care-type", "by-care-line", "per", "truncate-at", "distribution"],
        needs: .claimsAndInsuredPeriods)
    case .costShare:
      MeasureParameters(
        documentation: "Euros of the chosen care divided by euros of all care.",
        required: [], optional: care, needs: .claims)
    case .distinctPerPerson:
      MeasureParameters(
        documentation: "Mean number of different providers or specialties that a person with the chosen care saw.",
        required: ["distinct"], optional: care, needs: .claims)
    case .eventRate:
      MeasureParameters(
        documentation: "Events of the chosen activities per 1,000 insured person-years.",
        required: ["activities"], optional: ["care-types", "care-lines", "diagnoses"],
        needs: .claimsAndInsuredPeriods)
    case .activityShare:
      MeasureParameters(
        documentation:
          "Events of the chosen activities as a share of these and those `among` which they are counted; an "
          + "event is once per person, provider and day.",
        required: ["activities", "among"], optional: groupCare + ["diagnoses"], needs: .claims)
    case .healthGainPerCost:
      MeasureParameters(
        documentation: "Mean improvement of a score from `from` to `to` per 1,000 euro of the chosen care of the same "
          + "persons within `within-days` of the index date. It sets gain beside cost; it does not say that the cost made "
          + "the gain.",
        required: score + ["to", "within-days"], optional: care, needs: .responsesAndClaims)
    case .claimRate:
      MeasureParameters(
        documentation: "Claim lines per 1,000 inhabitants of the standard population, crude and directly standardised "
          + "for age and sex, with the `interval` of `dobson` (usual; from 10 lines on) or `fay-feuer`.",
        required: [], optional: care + ["interval"], needs: .claims)
    case .stayRate:
      MeasureParameters(
        documentation: "Hospital stays per 1,000 insured person-years, in the period of admission.",
        required: [], optional: stay + ["unplanned"], needs: .stays)
    case .bedDays:
      MeasureParameters(
        documentation: "Hospital bed days per 1,000 insured person-years, in the period of admission.",
        required: [], optional: stay + ["unplanned"], needs: .stays)
    case .readmission:
      MeasureParameters(
        documentation: "Share of discharges after an episode of hospital care that are followed by an unplanned stay "
          + "within `follow-up-days`, usually 30, the next stay alone being looked at; of medical-specialist care "
          + "where `care-types` does not say otherwise.",
        required: [], optional: stay + ["follow-up-days", "attribute-to"], needs: .stays)
    case .emergencyRate:
      MeasureParameters(
        documentation: "Emergency visits, one per person, hospital and day, per 1,000 insured person-years; with "
          + "`admitted` only those that an admission follows on the same or the next day, or only the others.",
        required: [], optional: ["care-types", "diagnoses", "admitted"], needs: .claimsAndInsuredPeriods)
    case .avoidableAdmissions:
      MeasureParameters(
        documentation:
          "Admissions for conditions that care outside hospital mostly prevents, transfers once, per 1,000 "
          + "insured person-years.",
        required: ["diagnosis-list"], optional: ["care-types", "unplanned"], needs: .stays)
    case .waitingTime:
      MeasureParameters(
        documentation:
          "Share of the persons whose wait, from the first of the activities `starts` (without `starts` from "
          + "the index date of the care path) to the first of the `activities`, is at most `norm-days`. A beginning counts "
          + "that has none of this care in the `clean-days` before it, usually 365, all of them insured, and of which the "
          + "end within the norm can be known.",
        required: ["activities", "norm-days"],
        optional: ["starts", "clean-days", "care-types", "care-lines", "diagnoses"],
        needs: .claimsAndInsuredPeriods)
    case .groupCostRatio:
      MeasureParameters(
        documentation:
          "Euros of groups delivered in total, divided by the euros to be expected at their ages and sexes: "
          + "indirect standardisation with all groups of known municipality, age and sex as the reference.",
        required: [], optional: groupCare, needs: .groupTotals)
    case .groupCostPerPersonYear:
      MeasureParameters(
        documentation: "Euros of groups delivered in total, divided by their insured person-years.",
        required: [], optional: groupCare + ["by-care-type"], needs: .groupTotals)
    case .groupCostShare:
      MeasureParameters(
        documentation: "Euros of the chosen care of groups delivered in total, divided by their euros of all care.",
        required: [], optional: groupCare, needs: .groupTotals)
    }
  }

  /// Parameters that choose care, of which one at least is needed; empty where the measure can do without.
  public var choiceOfCare: [String] { self == .costShare || self == .groupCostShare ? parameters.optional : [] }
}
