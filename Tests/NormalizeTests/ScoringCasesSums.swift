extension ScoringCases {
  /// Sums, means and percentages. The last case of each HADS scale is the test response of awell-score (MIT).
  static let sums = """
    phq-9 total | 0 0 0 0 0 0 0 0 0 | 0
    phq-9 total | 3 3 3 3 3 3 3 3 3 | 27
    phq-9 total | 1 3 1 3 1 3 1 3 1 | 17
    phq-9 total | - 3 1 3 1 3 1 3 1 | none
    phq-2 total | 0 0 | 0
    phq-2 total | 3 3 | 6
    phq-2 total | 1 3 | 4
    phq-2 total | - 3 | none
    gad-7 total | 0 0 0 0 0 0 0 | 0
    gad-7 total | 3 3 3 3 3 3 3 | 21
    gad-7 total | 1 3 1 3 1 3 1 | 13
    gad-7 total | - 3 1 3 1 3 1 | none
    cat total | 0 0 0 0 0 0 0 0 | 0
    cat total | 5 5 5 5 5 5 5 5 | 40
    cat total | 1 3 5 1 3 5 1 3 | 22
    cat total | - 3 5 1 3 5 1 3 | none
    pdi total | 0 0 0 0 0 0 0 | 0
    pdi total | 10 10 10 10 10 10 10 | 70
    pdi total | 1 3 5 7 9 0 2 | 27
    pdi total | - - - 7 9 0 2 | 31.5
    pdi total | - - - - 9 0 2 | none
    oxford-hip total | 0 0 0 0 0 0 0 0 0 0 0 0 | 0
    oxford-hip total | 4 4 4 4 4 4 4 4 4 4 4 4 | 48
    oxford-hip total | 1 3 0 2 4 1 3 0 2 4 1 3 | 24
    oxford-hip total | - - 0 2 4 1 3 0 2 4 1 3 | 24
    oxford-hip total | - - - 2 4 1 3 0 2 4 1 3 | none
    oxford-knee total | 0 0 0 0 0 0 0 0 0 0 0 0 | 0
    oxford-knee total | 4 4 4 4 4 4 4 4 4 4 4 4 | 48
    oxford-knee total | 1 3 0 2 4 1 3 0 2 4 1 3 | 24
    oxford-knee total | - - 0 2 4 1 3 0 2 4 1 3 | 24
    oxford-knee total | - - - 2 4 1 3 0 2 4 1 3 | none
    oxford-hip-1996 total | 1 1 1 1 1 1 1 1 1 1 1 1 | 12
    oxford-hip-1996 total | 5 5 5 5 5 5 5 5 5 5 5 5 | 60
    oxford-hip-1996 total | 2 4 1 3 5 2 4 1 3 5 2 4 | 36
    oxford-hip-1996 total | - 4 1 3 5 2 4 1 3 5 2 4 | none
    oxford-knee-1998 total | 1 1 1 1 1 1 1 1 1 1 1 1 | 12
    oxford-knee-1998 total | 5 5 5 5 5 5 5 5 5 5 5 5 | 60
    oxford-knee-1998 total | 2 4 1 3 5 2 4 1 3 5 2 4 | 36
    oxford-knee-1998 total | - 4 1 3 5 2 4 1 3 5 2 4 | none
    whodas-12 total | 0 0 0 0 0 0 0 0 0 0 0 0 | 0
    whodas-12 total | 4 4 4 4 4 4 4 4 4 4 4 4 | 48
    whodas-12 total | 1 3 0 2 4 1 3 0 2 4 1 3 | 24
    whodas-12 total | - 3 0 2 4 1 3 0 2 4 1 3 | none
    mlhfq total | 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 | 0
    mlhfq total | 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 | 105
    mlhfq total | 1 3 5 1 3 5 1 3 5 1 3 5 1 3 5 1 3 5 1 3 5 | 63
    mlhfq total | - 3 5 1 3 5 1 3 5 1 3 5 1 3 5 1 3 5 1 3 5 | none
    werktevredenheid total | 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 | 15
    werktevredenheid total | 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 | 105
    werktevredenheid total | 2 4 6 1 3 5 7 2 4 6 1 3 5 7 2 | 58
    werktevredenheid total | - 4 6 1 3 5 7 2 4 6 1 3 5 7 2 | none
    mlhfq lichamelijk | - 0 0 0 0 0 0 - - - - 0 0 - - - - - - - - | 0
    mlhfq lichamelijk | - 5 5 5 5 5 5 - - - - 5 5 - - - - - - - - | 40
    mlhfq lichamelijk | - 1 3 5 1 3 5 - - - - 1 3 - - - - - - - - | 22
    mlhfq lichamelijk | - - 3 5 1 3 5 - - - - 1 3 - - - - - - - - | none
    mlhfq emotioneel | - - - - - - - - - - - - - - - - 0 0 0 0 0 | 0
    mlhfq emotioneel | - - - - - - - - - - - - - - - - 5 5 5 5 5 | 25
    mlhfq emotioneel | - - - - - - - - - - - - - - - - 1 3 5 1 3 | 13
    mlhfq emotioneel | - - - - - - - - - - - - - - - - - 3 5 1 3 | none
    hads angst | 0 - 0 - 0 - 0 - 0 - 0 - 0 - | 0
    hads angst | 3 - 3 - 3 - 3 - 3 - 3 - 3 - | 21
    hads angst | 1 - 3 - 1 - 3 - 1 - 3 - 1 - | 13
    hads angst | - - - - - - 3 - 1 - 3 - 1 - | 14
    hads angst | - - - - - - - - 1 - 3 - 1 - | none
    hads depressie | - 0 - 0 - 0 - 0 - 0 - 0 - 0 | 0
    hads depressie | - 3 - 3 - 3 - 3 - 3 - 3 - 3 | 21
    hads depressie | - 1 - 3 - 1 - 3 - 1 - 3 - 1 | 13
    hads depressie | - - - - - - - 3 - 1 - 3 - 1 | 14
    hads depressie | - - - - - - - - - 1 - 3 - 1 | none
    hads angst | 3 1 1 0 0 2 1 3 2 0 1 1 3 0 | 11
    hads depressie | 3 1 1 0 0 2 1 3 2 0 1 1 3 0 | 7
    pcs total | 0 0 0 0 0 0 0 0 0 0 0 0 0 | 0
    pcs total | 4 4 4 4 4 4 4 4 4 4 4 4 4 | 52
    pcs total | 1 3 0 2 4 1 3 0 2 4 1 3 0 | 24
    pcs total | - - - - - - 3 0 2 4 1 3 0 | 24.1428571429
    pcs total | - - - - - - - 0 2 4 1 3 0 | none
    pcs herkauwen | - - - - - - - 0 0 0 0 - - | 0
    pcs herkauwen | - - - - - - - 4 4 4 4 - - | 16
    pcs herkauwen | - - - - - - - 1 3 0 2 - - | 6
    pcs herkauwen | - - - - - - - - - 0 2 - - | 4
    pcs herkauwen | - - - - - - - - - - 2 - - | none
    pcs overdrijven | - - - - - 0 0 - - - - - 0 | 0
    pcs overdrijven | - - - - - 4 4 - - - - - 4 | 12
    pcs overdrijven | - - - - - 1 3 - - - - - 0 | 4
    pcs overdrijven | - - - - - - 3 - - - - - 0 | 4.5
    pcs overdrijven | - - - - - - - - - - - - 0 | none
    pcs hulpeloosheid | 0 0 0 0 0 - - - - - - 0 - | 0
    pcs hulpeloosheid | 4 4 4 4 4 - - - - - - 4 - | 24
    pcs hulpeloosheid | 1 3 0 2 4 - - - - - - 1 - | 11
    pcs hulpeloosheid | - - - 2 4 - - - - - - 1 - | 14
    pcs hulpeloosheid | - - - - 4 - - - - - - 1 - | none
    nrs-pijn total | 0 | 0
    nrs-pijn total | 10 | 10
    nrs-pijn total | 5 | 5
    nrs-pijn total | - | none
    eq-vas total | 0 | 0
    eq-vas total | 100 | 100
    eq-vas total | 50 | 50
    eq-vas total | - | none
    mmrc total | 0 | 0
    mmrc total | 4 | 4
    mmrc total | 2 | 2
    mmrc total | - | none
    gpe total | 1 | 1
    gpe total | 7 | 7
    gpe total | 4 | 4
    gpe total | - | none
    werkvermogen total | 0 | 0
    werkvermogen total | 10 | 10
    werkvermogen total | 5 | 5
    werkvermogen total | - | none
    verzuim dagen | 0 | 0
    verzuim dagen | 28 | 28
    verzuim dagen | 14 | 14
    verzuim dagen | - | none
    nps aanbevelen | 0 | 0
    nps aanbevelen | 10 | 10
    nps aanbevelen | 5 | 5
    nps aanbevelen | - | none
    nrs-pijn-rust-inspanning rust | 0 - | 0
    nrs-pijn-rust-inspanning rust | 10 - | 10
    nrs-pijn-rust-inspanning rust | 5 - | 5
    nrs-pijn-rust-inspanning rust | - - | none
    nrs-pijn-rust-inspanning inspanning | - 0 | 0
    nrs-pijn-rust-inspanning inspanning | - 10 | 10
    nrs-pijn-rust-inspanning inspanning | - 5 | 5
    nrs-pijn-rust-inspanning inspanning | - - | none
    prem-eerstelijn cijfer | 1 - | 1
    prem-eerstelijn cijfer | 10 - | 10
    prem-eerstelijn cijfer | 5 - | 5
    prem-eerstelijn cijfer | - - | none
    prem-eerstelijn aanbevelen | - 0 | 0
    prem-eerstelijn aanbevelen | - 10 | 10
    prem-eerstelijn aanbevelen | - 5 | 5
    prem-eerstelijn aanbevelen | - - | none
    prem-ziekenhuis aanbevelen | 0 | 0
    prem-ziekenhuis aanbevelen | 10 | 10
    prem-ziekenhuis aanbevelen | 5 | 5
    prem-ziekenhuis aanbevelen | - | none
    positieve-gezondheid lichaamsfuncties | 0 - - - - - | 0
    positieve-gezondheid lichaamsfuncties | 10 - - - - - | 10
    positieve-gezondheid lichaamsfuncties | 5 - - - - - | 5
    positieve-gezondheid lichaamsfuncties | - - - - - - | none
    positieve-gezondheid mentaal-welbevinden | - 0 - - - - | 0
    positieve-gezondheid mentaal-welbevinden | - 10 - - - - | 10
    positieve-gezondheid mentaal-welbevinden | - 5 - - - - | 5
    positieve-gezondheid mentaal-welbevinden | - - - - - - | none
    positieve-gezondheid zingeving | - - 0 - - - | 0
    positieve-gezondheid zingeving | - - 10 - - - | 10
    positieve-gezondheid zingeving | - - 5 - - - | 5
    positieve-gezondheid zingeving | - - - - - - | none
    positieve-gezondheid kwaliteit-van-leven | - - - 0 - - | 0
    positieve-gezondheid kwaliteit-van-leven | - - - 10 - - | 10
    positieve-gezondheid kwaliteit-van-leven | - - - 5 - - | 5
    positieve-gezondheid kwaliteit-van-leven | - - - - - - | none
    positieve-gezondheid meedoen | - - - - 0 - | 0
    positieve-gezondheid meedoen | - - - - 10 - | 10
    positieve-gezondheid meedoen | - - - - 5 - | 5
    positieve-gezondheid meedoen | - - - - - - | none
    positieve-gezondheid dagelijks-functioneren | - - - - - 0 | 0
    positieve-gezondheid dagelijks-functioneren | - - - - - 10 | 10
    positieve-gezondheid dagelijks-functioneren | - - - - - 5 | 5
    positieve-gezondheid dagelijks-functioneren | - - - - - - | none
    odi total | 0 0 0 0 0 0 0 0 0 0 | 0
    odi total | 5 5 5 5 5 5 5 5 5 5 | 100
    odi total | 0 1 2 3 4 5 0 1 2 3 | 42
    odi total | - 1 2 3 4 5 0 1 2 3 | 46.6666666667
    odi total | - - 2 3 4 5 0 1 2 3 | none
    ccq total | 0 0 0 0 0 0 0 0 0 0 | 0
    ccq total | 6 6 6 6 6 6 6 6 6 6 | 6
    ccq total | 0 1 2 3 4 5 6 0 1 2 | 2.4
    ccq total | 0 1 2 3 4 5 6 0 1 - | none
    ccq klachten | 0 0 - - 0 0 - - - - | 0
    ccq klachten | 6 6 - - 6 6 - - - - | 6
    ccq klachten | 0 1 - - 4 5 - - - - | 2.5
    ccq klachten | - 1 - - 4 5 - - - - | 3.3333333333
    ccq klachten | - - - - 4 5 - - - - | none
    ccq functioneren | - - - - - - 0 0 0 0 | 0
    ccq functioneren | - - - - - - 6 6 6 6 | 6
    ccq functioneren | - - - - - - 6 0 1 2 | 2.25
    ccq functioneren | - - - - - - - 0 1 2 | 1
    ccq functioneren | - - - - - - - - 1 2 | none
    ccq mentaal | - - 0 0 - - - - - - | 0
    ccq mentaal | - - 6 6 - - - - - - | 6
    ccq mentaal | - - 2 3 - - - - - - | 2.5
    ccq mentaal | - - - 3 - - - - - - | none
    """
}
