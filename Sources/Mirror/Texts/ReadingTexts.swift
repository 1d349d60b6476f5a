/// How to read the charts.
extension Texts {
  var readingTitle: String { say("Hoe leest u deze grafieken", "How to read these charts") }

  /// How to read the charts; `indicators` is how many were compared with the national figure.
  func reading(minimum: Int, indicators: Int) -> [(term: String, text: String)] {
    [
      (
        say("Stip met balk", "Dot with bar"),
        say(
          "De blauwe stip is \(ownFigure.lowercased()). De balk eromheen is het 95%-betrouwbaarheidsinterval: hoe smaller, "
            + "hoe zekerder het cijfer. Bij weinig personen is de balk breed.",
          "The blue dot is \(ownFigure.lowercased()). The bar around it is the 95% confidence interval: the narrower, the "
            + "more certain the figure. With few persons the bar is wide.")
      ),
      (
        say("Zwarte lijn", "Black line"),
        say(
          "Het landelijke cijfer: dat van alle personen in de aanleveringen samen, die niet het hele land hoeven te zijn. "
            + "In het verloop door de tijd is deze lijn gestreept.",
          "The national figure: that of all persons in the deliveries together, which need not be the whole country. In "
            + "the course over time this line is dashed.")
      ),
      (
        say("Lichtblauw vlak", "Light blue area"),
        say(
          "De middelste helft van alle aanbieders, regio’s of verzekeraars in dezelfde indeling, met een streep bij de mediaan. Het wordt "
            + "getoond bij ten minste \(Peers.minimumUnits) cijfers.",
          "The middle half of all providers, regions or insurers of the same layout, with a line at the median. It is shown with at "
            + "least \(Peers.minimumUnits) figures.")
      ),
      (
        say("Grijze balk", "Grey bar"),
        say(
          "Waar een cijfer bij zo veel personen naar verwachting ligt als het niet van het landelijke cijfer verschilt: "
            + "donker in 95 van de 100 gevallen, licht in 998 van de 1.000.",
          "Where a figure on so many persons is expected when it does not differ from the national figure: dark in 95 of "
            + "100 cases, light in 998 of 1,000.")
      ),
      (say("Oranje ruit", "Orange diamond"), say("Het afgesproken doel.", "The agreed target.")),
    ] + readingOfWords(minimum: minimum, indicators: indicators)
  }

  private func readingOfWords(minimum: Int, indicators: Int) -> [(term: String, text: String)] {
    // 99.8% intervals: 2 in 1,000 exclude the national figure by chance (two-sided normal, 3.09 standard errors).
    let expected = number(Double(indicators) * 0.002, decimals: 2)
    return [
      (
        say("Duidelijk hoger of lager", "Clearly higher or lower"),
        say(
          "Dit staat er alleen als het cijfer buiten de 99,8%-grenzen rond het landelijke cijfer ligt, of, waar die grenzen "
            + "er niet zijn, het landelijke cijfer buiten het 99,8%-interval. Door toeval gebeurt dat bij "
            + "\(indicators) vergelijkingen naar verwachting \(expected) keer. Ligt het alleen buiten 95%, dan staat er "
            + "‘let op’.",
          "This is said only when the figure lies outside the 99.8% limits around the national figure or, where there are "
            + "no such limits, the national figure lies outside the 99.8% interval. By chance this is expected "
            + "\(expected) times in \(indicators) comparisons. When it lies outside 95% only, it says ‘attention’.")
      ),
      (
        say("Niet getoond (n.g.)", "Not shown (n.s.)"),
        say(
          "Cijfers over minder dan \(minimum) personen worden niet getoond, ook niet als ze uit andere cijfers te "
            + "berekenen zouden zijn. Soms is een percentage daarom afgerond en zonder aantallen; een gestippeld kader om "
            + "de stip toont dan waar het cijfer kan liggen.",
          "Figures on fewer than \(minimum) persons are not shown, nor are figures from which they could be computed. "
            + "Sometimes a percentage is therefore rounded and without numbers; a dotted frame around the dot then shows "
            + "where the figure may lie.")
      ),
      (
        say("Voorzichtig vergelijken", "Compare with care"),
        say(
          "Verschillen kunnen ook komen door andere patiënten, andere registratie of toeval. Dit rapport is bedoeld om "
            + "van te leren en het gesprek te voeren; het is geen ranglijst.",
          "Differences may also come from other patients, other registration or chance. This report is meant to learn from "
            + "and to talk about; it is not a league table.")
      ),
    ]
  }
}
