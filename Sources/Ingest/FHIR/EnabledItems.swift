import Definitions
import Readers

/// Which items of a response its Questionnaire enables. The answers to any other do not count.
///
/// A condition is about the answers in the innermost item that holds both the question and the item that depends on it: in
/// a group that occurs several times, those of the same time. Answers to an item that is itself disabled are none. Without
/// an answer no comparison holds, and `exists` only as `false`; with several answers one that fits is enough.
struct EnabledItems {
  private let questionnaire: FHIRQuestionnaire
  private let response: TreeNode

  init(_ questionnaire: FHIRQuestionnaire, _ response: TreeNode) {
    self.questionnaire = questionnaire
    self.response = response
  }

  /// Whether an item is enabled, the items that it lies within being so.
  ///
  /// - Parameter around: those items, from the outside in.
  func isEnabled(_ item: TreeNode, around: [TreeNode]) -> Bool { isEnabled(item, around, asking: []) }

  private func isEnabled(_ item: TreeNode, _ around: [TreeNode], asking: Set<String>) -> Bool {
    guard let link = item["linkId"]?.value, let known = questionnaire.items[link], !known.conditions.isEmpty
    else { return true }
    // Items that depend on each other in a circle: the questionnaire is wrong, and nothing is to be concluded from it.
    if asking.contains(link) { return true }
    let asking = asking.union([link])
    func holds(_ condition: FHIRQuestionnaire.Condition) -> Bool {
      let answers = answers(to: condition.question, scope(of: known, condition.question, around), asking: asking)
      if condition.test == .exists { return condition.answer == .flag(!answers.isEmpty) }
      return answers.contains { $0.compares(condition.test, to: condition.answer) }
    }
    return known.needsAll ? known.conditions.allSatisfy(holds) : known.conditions.contains(where: holds)
  }

  /// The innermost items, from the outside in, that hold both an item and a question; none where only the response does.
  private func scope(of item: FHIRQuestionnaire.Item, _ question: String, _ around: [TreeNode]) -> [TreeNode] {
    let other = (questionnaire.items[question]?.around ?? []) + [question]
    let shared = zip(item.around, other).prefix { $0 == $1 }.count
    guard shared > 0, let place = around.lastIndex(where: { $0["linkId"]?.value == item.around[shared - 1] })
    else { return [] }
    return Array(around[...place])
  }

  private func answers(to question: String, _ scope: [TreeNode], asking: Set<String>) -> [FHIRAnswer] {
    var found: [FHIRAnswer] = []
    func look(_ item: TreeNode, _ around: [TreeNode]) {
      guard around.count <= QuestionnaireResponses.maximumDepth, isEnabled(item, around, asking: asking) else { return }
      if item["linkId"]?.value == question {
        found += item.all("answer").flatMap { answer in
          answer.children.compactMap { FHIRAnswer($0, prefix: "value") }
        }
      }
      for answer in item.all("answer") { for nested in answer.all("item") { look(nested, around + [item]) } }
      for nested in item.all("item") { look(nested, around + [item]) }
    }
    if let innermost = scope.last {
      look(innermost, Array(scope.dropLast()))
    } else {
      for item in response.all("item") { look(item, []) }
    }
    return found
  }
}
