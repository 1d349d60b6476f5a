/// Python programs that read and write Parquet files with pyarrow, DuckDB and Polars.
enum PeerScripts {
  /// Values in the form of `plain` in Tables.swift.
  private static let common = """
    import datetime, decimal, json, os, struct, sys
    import duckdb, polars as pl, pyarrow as pa, pyarrow.parquet as pq

    def canonical(value):
        if value is None: return None
        if isinstance(value, bool): return str(int(value))
        if isinstance(value, datetime.date): return str((value - datetime.date(1970, 1, 1)).days)
        if isinstance(value, decimal.Decimal): return str(int(value.scaleb(2, decimal.Context(prec=40))))
        if isinstance(value, float): return str(struct.unpack("<Q", struct.pack("<d", value))[0])
        if isinstance(value, bytes): return value.hex()
        return str(value)

    def check(what, found, wanted):
        if found != wanted: sys.exit(f"{what}: {str(found)[:300]} instead of {str(wanted)[:300]}")

    """

  /// Reads our file with all three and compares values, types, statistics and the results of filters with what the
  /// test expects: arguments are the file and a JSON file with groups of columns of values.
  static let read =
    common + """
      path, expected = sys.argv[1], json.load(open(sys.argv[2]))
      groups, names, nullable = expected["groups"], expected["names"], expected["nullable"]
      ordered = expected["orderedTexts"]
      whole = [sum((group[i] for group in groups), []) for i in range(len(names))]
      kinds = [name.split("_")[0] for name in names]

      arrow = {"day": pa.date32(), "integer": pa.int32(), "long": pa.int64(), "cents": pa.decimal128(18, 2),
               "decimal": pa.float64(), "flag": pa.bool_(), "code": pa.string(), "text": pa.string(),
               "identifier": pa.binary(16)}
      file = pq.ParquetFile(path)
      check("created by", file.metadata.created_by, "spiegel")
      check("arrow groups", file.num_row_groups, len(groups))
      check("arrow types", [file.schema_arrow.field(n).type for n in names], [arrow[k] for k in kinds])
      check("arrow nullable", [file.schema_arrow.field(n).nullable for n in names], [nullable] * len(names))
      check("arrow metadata", file.schema_arrow.metadata[b"table"], b"claim_line")
      table = file.read()
      table.validate(full=True)
      for i, name in enumerate(names):
          check("arrow " + name, [canonical(v) for v in table.column(name).to_pylist()], whole[i])
      for g, group in enumerate(groups):
          part = file.read_row_group(g)
          for i, name in enumerate(names):
              values = part.column(name).to_pylist()
              check(f"arrow group {g} {name}", [canonical(v) for v in values], group[i])
              chunk = file.metadata.row_group(g).column(i)
              statistics = chunk.statistics
              check(f"nulls {g} {name}", statistics.null_count, values.count(None))
              if ordered and kinds[i] == "text": check("encoding", "DELTA_BYTE_ARRAY" in chunk.encodings, True)
              present = [v for v in values if v is not None]
              if not present or kinds[i] == "flag": continue
              key = (lambda v: v.encode()) if isinstance(present[0], str) else (lambda v: v)
              least, greatest = min(present, key=key), max(present, key=key)
              # Texts have no bounds: with rows divided by person those would be much the same in all files.
              areTexts = bool({"DELTA_LENGTH_BYTE_ARRAY", "DELTA_BYTE_ARRAY"} & set(chunk.encodings))
              isLong = isinstance(least, str) and max(len(least.encode()), len(greatest.encode())) > 64
              if areTexts or isLong:
                  check(f"no bounds {g} {name}", statistics.has_min_max, False)
              else:
                  check(f"bounds {g} {name}", (statistics.min, statistics.max), (least, greatest))

      duck = {"day": "DATE", "integer": "INTEGER", "long": "BIGINT", "cents": "DECIMAL(18,2)", "decimal": "DOUBLE",
              "flag": "BOOLEAN", "code": "VARCHAR", "text": "VARCHAR", "identifier": "BLOB"}
      relation = duckdb.sql(f"select * from read_parquet('{path}')")
      check("duckdb types", [str(t) for t in relation.types], [duck[k] for k in kinds])
      rows = relation.fetchall()
      for i, name in enumerate(names):
          check("duckdb " + name, [canonical(row[i]) for row in rows], whole[i])

      polar = {"day": pl.Date, "integer": pl.Int32, "long": pl.Int64, "cents": pl.Decimal(18, 2),
               "decimal": pl.Float64, "flag": pl.Boolean, "code": pl.String, "text": pl.String,
               "identifier": pl.Binary}
      frame = pl.read_parquet(path)
      check("polars types", list(frame.schema.values()), [polar[k] for k in kinds])
      for i, name in enumerate(names):
          check("polars " + name, [canonical(v) for v in frame[name].to_list()], whole[i])

      filters = 1 if len(whole[0]) > 10_000 else 5
      # Filters use the statistics to skip row groups, so wrong statistics would lose rows here.
      for i, name in enumerate(names):
          for value in list(dict.fromkeys(v for v in table.column(name).to_pylist() if v is not None))[:filters]:
              count = whole[i].count(canonical(value))
              query = f"select count(*) from read_parquet('{path}') where \\"{name}\\" = ?"
              check("duckdb filter " + name, duckdb.execute(query, [value]).fetchone()[0], count)
              check("arrow filter " + name, pq.read_table(path, filters=[(name, "==", value)]).num_rows, count)
              literal = pl.lit(value, dtype=polar[kinds[i]])
              check("polars filter " + name,
                    pl.scan_parquet(path).filter(pl.col(name) == literal).collect().height, count)
      print("ok")
      """

  /// Writes files with all three into a folder: argument. `expected.json` holds the columns; `files.json` the names of
  /// the files.
  static let write =
    common + """
      import random
      folder = sys.argv[1]
      random.seed(1)
      files = {}

      def column(rows, missing, make):
          return [None if missing and random.randrange(missing) == 0 else make() for _ in range(rows)]

      for rows, missing in [(0, 0), (1, 1), (1000, 0), (1000, 3), (1000, 1), (20_000, 7)]:
          words = ["A", "Zürich", "12", "ë", "longer than sixteen bytes", "漢字"]
          values = {
              "day_column": column(rows, missing, lambda: datetime.date(2020, 1, 1)
                                   + datetime.timedelta(days=random.randrange(-20000, 20000))),
              "integer_column": column(rows, missing, lambda: random.randrange(-2**31 + 1, 2**31)),
              "long_column": column(rows, missing, lambda: random.randrange(-2**63 + 1, 2**63)),
              "cents_column": column(rows, missing, lambda: decimal.Decimal(
                  random.randrange(-10**16, 10**16)).scaleb(-2)),
              "decimal_column": column(rows, missing, lambda: random.uniform(-1e9, 1e9)),
              "flag_column": column(rows, missing, lambda: random.random() < 0.3),
              "code_column": column(rows, missing, lambda: random.choice(words)),
              "text_column": column(rows, missing, lambda: random.choice(words) + str(random.randrange(10**9))),
              "identifier_column": column(rows, missing, lambda: random.randbytes(16)),
          }
          types = [pa.date32(), pa.int32(), pa.int64(), pa.decimal128(18, 2), pa.float64(), pa.bool_(), pa.string(),
                   pa.string(), pa.binary(16)]
          table = pa.table({n: pa.array(v, t) for (n, v), t in zip(values.items(), types)})
          large = table.set_column(7, "text_column", table["text_column"].cast(pa.large_string()))
          expected = {n: [canonical(v) for v in column] for n, column in values.items()}
          base = f"{rows}-{missing}"
          json.dump(expected, open(f"{folder}/{base}.json", "w"))

          def add(name, without=()):
              files[name] = {"expected": base + ".json", "without": list(without)}

          for codec in ["zstd", "none"]:
              for version in ["1.0", "2.0"]:
                  for dictionary in [True, False, ["code_column"]]:
                      label = "some" if isinstance(dictionary, list) else str(dictionary)
                      name = f"arrow-{base}-{codec}-{version}-{label}.parquet"
                      pq.write_table(
                          large if version == "1.0" else table, f"{folder}/{name}", compression=codec,
                          data_page_version=version, use_dictionary=dictionary, row_group_size=15_000,
                          data_page_size=20_000, store_decimal_as_integer=True)
                      add(name)
              # DuckDB writes 16 bytes as bytes of any length; only Arrow keeps the length.
              narrow = table.drop(["identifier_column"])
              name = f"duckdb-{base}-{codec}.parquet"
              connection = duckdb.connect()
              connection.register("narrow", narrow)
              connection.execute(f"copy (select * from narrow) to '{folder}/{name}' (format parquet, compression "
                                 f"'{'zstd' if codec == 'zstd' else 'uncompressed'}', row_group_size 8192)")
              add(name, ["identifier_column"])
              # Polars writes decimals as 16 bytes.
              name = f"polars-{base}-{codec}.parquet"
              pl.from_arrow(narrow.drop(["cents_column"])).write_parquet(
                  f"{folder}/{name}", compression="zstd" if codec == "zstd" else "uncompressed", row_group_size=9_000,
                  data_page_size=20_000)
              add(name, ["identifier_column", "cents_column"])

      table = pa.table({"a": pa.array([1, 2, 3], pa.int32())})
      pq.write_table(table, f"{folder}/split.parquet", use_dictionary=False, compression="none",
                     column_encoding={"a": "BYTE_STREAM_SPLIT"})
      pq.write_table(pa.table({"a": pa.array([i * i % 9973 if i % 7 else None for i in range(5000)], pa.int32())}),
                     f"{folder}/delta.parquet", use_dictionary=False, compression="zstd",
                     column_encoding={"a": "DELTA_BINARY_PACKED"})
      claims = pa.table({"a": pa.array([f"D{10**6 + i // 3}" if i % 7 else None for i in range(5000)])})
      for version in ["1.0", "2.0"]:
          pq.write_table(claims, f"{folder}/prefixes-{version}.parquet", use_dictionary=False, compression="zstd",
                         data_page_version=version, data_page_size=9_000, column_encoding={"a": "DELTA_BYTE_ARRAY"})
      pq.write_table(table, f"{folder}/snappy.parquet", compression="snappy")
      for name, kind in [("wide", pa.decimal128(30, 2)), ("scale", pa.decimal128(18, 4))]:
          pq.write_table(pa.table({"a": pa.array([decimal.Decimal(1)], kind)}), f"{folder}/{name}.parquet",
                         store_decimal_as_integer=True)
      pq.write_table(pa.table({"a": pa.array([datetime.datetime(2020, 1, 1)])}), f"{folder}/time.parquet")
      pq.write_table(pa.table({"a": pa.array([1.5], pa.float32())}), f"{folder}/float.parquet")
      pq.write_table(pa.table({"a": pa.array([[1], [2]])}), f"{folder}/nested.parquet")
      pq.write_table(pa.table({"a": pa.array([1], pa.uint64())}), f"{folder}/unsigned.parquet")
      pq.write_table(pa.table({"a": pa.array([b"x"])}), f"{folder}/bytes.parquet")
      json.dump(files, open(f"{folder}/files.json", "w"))
      print("ok")
      """

  /// Writes small files without compression with all three into a folder: argument.
  static let writeSmall =
    common + """
      folder = sys.argv[1]
      table = pa.table({
          "day": pa.array([datetime.date(2020, 1, 1), None, datetime.date(2021, 1, 1)] * 9),
          "integer": pa.array([1, None, 3] * 9, pa.int32()),
          "flag": pa.array([True, None, False] * 9),
          "code": pa.array(["a", None, "b"] * 9),
          "text": pa.array([None if i % 5 == 0 else f"text {i}" for i in range(27)]),
      })
      for version in ["1.0", "2.0"]:
          pq.write_table(table, f"{folder}/arrow-{version}.parquet", compression="none", data_page_version=version,
                         use_dictionary=["integer", "code"], store_schema=False)
      duckdb.from_arrow(table).write_parquet(f"{folder}/duckdb.parquet", compression="uncompressed")
      pl.from_arrow(table).write_parquet(f"{folder}/polars.parquet", compression="uncompressed")
      print("ok")
      """
}
