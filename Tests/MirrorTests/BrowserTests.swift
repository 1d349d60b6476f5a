import Foundation
import TestSupport
import Testing

@testable import Mirror

/// The pages in headless Chromium: no message on the console, a picture, and what axe-core says of them.
@Suite("Pages in a browser")
struct BrowserTests {
  static let chromium: String? = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    .flatMap { folder in ["chromium", "chromium-browser", "google-chrome"].map { "\(folder)/\($0)" } }
    .first { FileManager.default.isExecutableFile(atPath: $0) }
  static let hasAxe = Python.has("axe_core_python")
  static let hint: Comment = "needs Chromium (Debian: chromium) and python3 with axe-core-python"

  static let pages = [
    "nation/NL/spiegel.html", "proeftuin/zwolle/spiegel.html", "proeftuin/zwolle/spiegel.en.html",
    "provider/08401070/spiegel.html", "provider/08401035/spiegel.en.html", "public/NL/spiegel.html", "index.html",
  ]

  /// The made-up reports in two languages, with all charts.
  static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for page in pages { try folder.write(page, try #require(TextsTests.files[page])) }
    return folder
  }

  /// Runs the rules on a copy of the page with the script in it and everything unfolded; the page itself allows no script.
  private static let axe = """
    import axe_core_python, html, json, os, re, subprocess, sys
    axe = open(os.path.join(os.path.dirname(axe_core_python.__file__), "axe.min.js"), encoding="utf-8").read()
    run = '''axe.run(document, {runOnly: {type: "tag",
      values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}).then(function (found) {
        var result = document.createElement("pre"); result.id = "axe-result";
        result.textContent = JSON.stringify({passes: found.passes.length,
          violations: found.violations.map(v => [v.id, v.nodes.length, v.nodes[0].target[0], v.nodes[0].failureSummary])});
        document.body.appendChild(result); });'''
    for path in sys.argv[2:]:
        page = open(path, encoding="utf-8").read()
        page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
        page = page.replace("<details>", "<details open>")
        page = page.replace("</body>", "<script>" + axe + "</script><script>" + run + "</script></body>")
        open("copy.html", "w", encoding="utf-8").write(page)
        out = subprocess.run([sys.argv[1], "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
          "--window-size=1280,900", "--user-data-dir=" + os.path.abspath("profile"), "--virtual-time-budget=60000",
          "--dump-dom", "file://" + os.path.abspath("copy.html")], capture_output=True, text=True).stdout
        found = re.search(r'<pre id="axe-result">(.*?)</pre>', out, re.S)
        result = json.loads(html.unescape(found.group(1))) if found else {"passes": 0, "violations": ["no result"]}
        print(path, "ok" if result["passes"] > 10 and not result["violations"] else result)
    """

  @Test("axe-core finds nothing against WCAG 2.2 AA", .enabled(if: chromium != nil && hasAxe, hint))
  func accessible() throws {
    let folder = try Self.folder()
    let result = try Python.run(Self.axe, [try #require(Self.chromium)] + Self.pages, in: folder.url)
    #expect(result.output == Self.pages.map { "\($0) ok\n" }.joined(), "\(result.output)")
  }

  @Test("axe-core sees what is wrong", .enabled(if: chromium != nil && hasAxe, hint))
  func inaccessible() throws {
    let folder = try Self.folder()
    let page = try folder.text("index.html")
    try folder.write(
      "index.html", page.replacing("</main>", with: "<p style=\"color:#ccc\">pale</p><img src=\"x.png\"></main>"))
    let result = try Python.run(Self.axe, [try #require(Self.chromium), "index.html"], in: folder.url)
    #expect(result.output.contains("color-contrast") && result.output.contains("image-alt"), "\(result.output)")
  }

  private static let open = """
    import os, subprocess, sys
    for path in sys.argv[2:]:
        made = subprocess.run([sys.argv[1], "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
          "--hide-scrollbars", "--enable-logging=stderr", "--user-data-dir=" + os.path.abspath("profile"),
          "--window-size=1280,2000", "--screenshot=" + os.path.abspath("picture.png"),
          "file://" + os.path.abspath(path)], capture_output=True, text=True)
        said = [line for line in made.stderr.splitlines() if "CONSOLE" in line]
        picture = open("picture.png", "rb").read()
        width = int.from_bytes(picture[16:20], "big")
        print(path, "ok" if picture[:4] == b"\\x89PNG" and width == 1280 and len(picture) > 20000 and not said else said)
        os.remove("picture.png")
    """

  @Test("Pages open without a message on the console", .enabled(if: chromium != nil, hint))
  func opens() throws {
    let folder = try Self.folder()
    let result = try Python.run(Self.open, [try #require(Self.chromium)] + Self.pages, in: folder.url)
    #expect(result.output == Self.pages.map { "\($0) ok\n" }.joined(), "\(result.output)")
    // A page that wants a script says so: the policy of the page forbids it.
    let page = try folder.text("index.html")
    try folder.write("index.html", page.replacing("</main>", with: "<script>document.title=1</script></main>"))
    let refused = try Python.run(Self.open, [try #require(Self.chromium), "index.html"], in: folder.url)
    #expect(refused.output.contains("Content Security Policy"), "\(refused.output)")
  }
}
