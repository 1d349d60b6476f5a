/// A Python program that checks a core dataset with DuckDB by nothing but its data package: columns, keys, required
/// values, allowed values, references. It prints what does not hold, and then the number of rows of each table.
let dataPackageScript = """
  import duckdb, json, os, re, sys
  folder = sys.argv[1]
  package = json.load(open(os.path.join(folder, "datapackage.json")))
  assert re.fullmatch(r"[-a-z0-9._/]+", package["name"]), package["name"]
  con = duckdb.connect()
  found = []
  def count(query):
      return con.execute(query).fetchone()[0]
  def q(names):
      return ", ".join('"' + n + '"' for n in names)
  for r in package["resources"]:
      assert re.fullmatch(r"[-a-z0-9._/]+", r["name"]) and r["path"], r["name"]
      files = [os.path.join(folder, p) for p in r["path"]]
      con.execute(f"create table {r['name']} as select * from read_parquet({files!r}, hive_partitioning = false)")
  types = {"date": "DATE", "integer": ("INTEGER", "BIGINT"), "number": ("DECIMAL(18,2)", "DOUBLE"), "string": ("VARCHAR", "BLOB"), "boolean": ("BOOLEAN",)}
  for r in package["resources"]:
      name, schema = r["name"], r["schema"]
      columns = con.execute(f"select column_name, data_type from duckdb_columns() where table_name = '{name}' order by column_index").fetchall()
      if [c[0] for c in columns] != [f["name"] for f in schema["fields"]]:
          found.append(f"{name}: other columns: {columns}")
      for (column, kind), field in zip(columns, schema["fields"]):
          if kind not in types[field["type"]]:
              found.append(f"{name}.{column}: {kind} is no {field['type']}")
          constraints = field.get("constraints", {})
          if constraints.get("required") and count(f'select count(*) from {name} where "{column}" is null'):
              found.append(f"{name}.{column}: required and missing")
          if "enum" in constraints:
              other = con.execute(f'select distinct "{column}" from {name} where "{column}" is not null').fetchall()
              for (value,) in other:
                  if value not in constraints["enum"]:
                      found.append(f"{name}.{column}: {value} is not allowed")
      key = q(schema["primaryKey"])
      assert schema["primaryKey"], name
      if count(f"select count(*) from (select {key} from {name} group by all having count(*) > 1)"):
          found.append(f"{name}: primary key occurs twice")
      for f in schema.get("foreignKeys", []):
          other, there = f["reference"]["resource"], f["reference"]["fields"]
          on = " and ".join(f'a."{x}" = b."{y}"' for x, y in zip(f["fields"], there))
          if count(f"select count(*) from {name} a anti join {other} b on {on}"):
              found.append(f"{name}: {q(f['fields'])} without {other}")
  for line in found:
      print(line)
  for r in package["resources"]:
      print(r["name"], count(f"select count(*) from {r['name']}"))
  """

/// A Python program that writes each table of a core dataset as CSV, with pseudonyms in base64 as the specification has binary
/// text, and has Frictionless validate the package. With the name of a table, its first allowed values are made wrong.
let frictionlessScript = """
  import duckdb, json, os, sys
  from frictionless import Package
  core, out, broken = sys.argv[1:4]
  package = json.load(open(os.path.join(core, "datapackage.json")))
  con = duckdb.connect()
  def cell(field):
      name = '"' + field["name"] + '"'
      return f"to_base64({name}) as {name}" if field.get("format") == "binary" else name
  kept = []
  for r in package["resources"]:
      if broken and r["name"] != broken: continue
      files = [os.path.join(core, p) for p in r["path"]]
      columns = ", ".join(cell(f) for f in r["schema"]["fields"])
      con.execute(f"copy (select {columns} from read_parquet({files!r}, hive_partitioning = false)) to '{out}/{r['name']}.csv' (header)")
      r["path"], r["format"], r["mediatype"] = r["name"] + ".csv", "csv", "text/csv"
      if broken:
          next(f for f in r["schema"]["fields"] if "enum" in f.get("constraints", {}))["constraints"]["enum"] = ["none"]
      kept.append(r)
  package["resources"] = kept
  json.dump(package, open(os.path.join(out, "datapackage.json"), "w"))
  report = Package(os.path.join(out, "datapackage.json")).validate()
  print("valid" if report.valid else "\\n".join(t.name + ": " + e.message for t in report.tasks for e in t.errors[:3]))
  for e in report.errors: print(e.message)
  """
