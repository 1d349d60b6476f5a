/// A claims layout that is not Dutch, as sources of the small pipeline: heads and lines of claims in two files, diagnoses in
/// ICD-10-CM, dates with the month first, dollars with a point and commas between thousands.
public enum ForeignFiles {
  /// The definitions: nothing but configuration.
  public static let definitions = [
    "sources/claim-header.yaml": """
    version: "1"
    reported-by: insurer
    delivers: claim_header
    recognise: {name: "header*.csv"}
    format: {type: delimited, delimiter: "|", encoding: utf-8, decimal: ".", thousands: ",", dates: [MM/dd/yyyy]}
    fields:
      claim: {column: CLM_ID}
      person: {column: MEMBER_ID, form: person-key}
      provider: {column: NPI, form: digits 10}
      care_type: {column: CLM_TYPE, codes: {I: medical-specialist, P: general-practice}, unknown: reject}
      diagnosis_code: {column: PRNCPAL_DGNS_CD}
      start: {column: ADMSN_DT}
      end: {column: DSCHRG_DT}
      birth_year: {column: BIRTH_DT, form: year-of-date}
      sex: {column: GNDR_CD, codes: {"1": male, "2": female}, unknown: set-aside}
    """,
    "sources/claim-lines.yaml": """
    version: "1"
    reported-by: insurer
    delivers: claim_line
    recognise: {name: "lines*.csv"}
    join: {source: claim-header, on: claim}
    format: {type: delimited, delimiter: "|", encoding: utf-8, decimal: ".", thousands: ",", dates: [MM/dd/yyyy]}
    fields:
      claim: {column: CLM_ID}
      line: {column: LINE_NUM}
      performance_code: {column: REV_CNTR}
      activity: {column: REV_CNTR, codes: {"0120": bed-day, "0450": emergency-visit, "0300": laboratory}, unknown: set-aside}
      quantity: {column: UNITS}
      amount_cents: {column: PAID_AMT}
    """,
    "sources/members.yaml": """
    version: "1"
    reported-by: insurer
    delivers: insured_period
    recognise: {name: "members*.csv"}
    format: {type: delimited, delimiter: "|", encoding: utf-8, dates: [MM/dd/yyyy]}
    fields:
      person: {column: MEMBER_ID, form: person-key}
      from: {column: ELIG_FROM}
      to: {column: ELIG_TO}
    """,
  ]
  /// First lines of the files.
  public static let header = "CLM_ID|MEMBER_ID|NPI|CLM_TYPE|PRNCPAL_DGNS_CD|ADMSN_DT|DSCHRG_DT|BIRTH_DT|GNDR_CD\n"
  /// First line of a file of lines.
  public static let lines = "CLM_ID|LINE_NUM|REV_CNTR|UNITS|PAID_AMT\n"
  /// First line of a file of members.
  public static let members = "MEMBER_ID|ELIG_FROM|ELIG_TO\n"
}
