import Definitions

/// Where answers stand in the file, for those who must look them up.
extension ResponsesBucket {
  /// The column of an answer; where each answer is a record of its own, its questionnaire and item.
  static func column(ofItem item: String, _ instrument: String, _ moment: String, in source: Source) -> String {
    questionnaire(instrument, moment, in: source)?.items.first { $0.item == item }?.column ?? "\(instrument) \(item)"
  }

  /// The column with the day on which a questionnaire was filled in.
  static func dayColumn(_ instrument: String, _ moment: String, in source: Source) -> String? {
    if source.questionnaires.isEmpty { return source.fields.first { $0.target == "completed_on" }?.columns.first }
    return questionnaire(instrument, moment, in: source)?.completedOn
  }

  /// The columns of a questionnaire at a moment, whether the source labels it or its day gave it that moment.
  static func questionnaire(_ instrument: String, _ moment: String, in source: Source) -> QuestionnaireColumns? {
    let columns = source.questionnaires.filter { $0.instrument == instrument }
    return columns.first { $0.moment == moment } ?? columns.first { $0.moment == MomentWindow.unlabelled }
  }
}
