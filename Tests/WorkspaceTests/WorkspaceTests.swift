import Dispatch
import Foundation
import Glibc
import Synchronization
import TestSupport
import Testing
import Workspace

@Suite("The workspace folder")
struct WorkspaceTests {
  let folder: TemporaryFolder
  let workspace: Workspace

  init() throws {
    folder = try TemporaryFolder()
    workspace = try Workspace(folder.file("space"))
  }

  func names(_ url: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
  }

  @Test("publishing shows the run under its name and as current")
  func publish() throws {
    let run = try workspace.begin("abc")
    try Data("one".utf8).write(to: run.manifest)
    #expect(!FileManager.default.fileExists(atPath: workspace.run("abc").path))
    #expect(!FileManager.default.fileExists(atPath: workspace.current.path))
    try workspace.publish(run)
    #expect(try names(folder.file("space/runs")) == ["abc"])
    let link = try FileManager.default.destinationOfSymbolicLink(atPath: workspace.current.path)
    #expect(link == "runs/abc")
    #expect(try folder.text("space/current/manifest.json") == "one")
  }

  @Test("a later run takes over, the earlier one stays")
  func switchRuns() throws {
    for id in ["one", "two"] {
      let run = try workspace.begin(id)
      try Data(id.utf8).write(to: run.manifest)
      try workspace.publish(run)
      #expect(try folder.text("space/current/manifest.json") == id)
    }
    #expect(try names(folder.file("space/runs")) == ["one", "two"])
  }

  @Test("a run of the same id is replaced whole")
  func replace() throws {
    let first = try workspace.begin("abc")
    try Data().write(to: first.folder.appending(path: "only-in-the-first"))
    try workspace.publish(first)
    let second = try workspace.begin("abc")
    try Data().write(to: second.folder.appending(path: "only-in-the-second"))
    try workspace.publish(second)
    #expect(try names(workspace.run("abc")) == ["only-in-the-second"])
    #expect(try names(folder.file("space/runs")) == ["abc"])
    #expect(try names(folder.file("space")) == ["current", "runs", "staged"])
  }

  @Test("while the same run is published again and again, a reader always finds it")
  func alwaysThere() throws {
    let isDone = Mutex(false)
    let missed = Mutex(0)
    let current = workspace.current.appending(path: "manifest.json").path
    func publish() throws {
      let run = try workspace.begin("abc")
      try Data("whole".utf8).write(to: run.manifest)
      try workspace.publish(run)
    }
    try publish()
    let group = DispatchGroup()
    DispatchQueue.global().async(group: group) {
      while !isDone.withLock({ $0 }) {
        let found = open(current, O_RDONLY)
        if found < 0 { missed.withLock { $0 += 1 } } else { close(found) }
      }
    }
    for _ in 0..<300 { try publish() }
    isDone.withLock { $0 = true }
    group.wait()
    #expect(missed.withLock { $0 } == 0)
  }

  @Test("what is discarded leaves the published run alone")
  func discard() throws {
    let first = try workspace.begin("abc")
    try workspace.publish(first)
    let second = try workspace.begin("def")
    workspace.discard(second)
    #expect(try names(folder.file("space/runs")) == ["abc"])
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: workspace.current.path) == "runs/abc")
  }

  @Test("what an earlier attempt left is removed")
  func begin() throws {
    let first = try workspace.begin("abc")
    try Data().write(to: first.folder.appending(path: "half"))
    let second = try workspace.begin("abc")
    #expect(try names(second.folder) == [])
  }

  @Test("publishing fails when there is nothing to publish, and current stays")
  func nothingToPublish() throws {
    try workspace.publish(try workspace.begin("abc"))
    let lost = RunFolder(id: "def", folder: folder.file("space/runs/.def.partial"))
    #expect(throws: Problem.self) { try workspace.publish(lost) }
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: workspace.current.path) == "runs/abc")
  }

  @Test("a folder that cannot be made is a problem of output")
  func cannotCreate() throws {
    try folder.write("file", "")
    #expect { _ = try Workspace(folder.file("file/space")) } throws: { ($0 as? Problem)?.category == .cannotWrite }
  }

  @Test("buckets have two digits")
  func buckets() throws {
    let run = try workspace.begin("abc")
    #expect(run.core("person", bucket: 3).path.hasSuffix("core/person/bucket=03"))
    #expect(run.core("person", bucket: 63).path.hasSuffix("core/person/bucket=63"))
  }

  @Test("one process, one lock at a time")
  func lock() throws {
    var first: WorkspaceLock? = try WorkspaceLock(workspace)
    #expect(first != nil)
    #expect { _ = try WorkspaceLock(workspace) } throws: {
      ($0 as? Problem)?.category == .busy && Problem.Category.busy.rawValue == 75
    }
    let other = try Workspace(folder.file("other"))
    _ = try WorkspaceLock(other)
    first = nil
    _ = try WorkspaceLock(workspace)
  }
}
