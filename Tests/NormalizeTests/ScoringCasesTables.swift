extension ScoringCases {
  /// Tables, recoded answers and value sets: the tables of the manuals, the worked case of the KCCQ-12, a RAND-36 response
  /// that gives the scores of the test response of awell-score (MIT), the profiles that the R package eq5d tests (MIT).
  static let tables = """
    hoos-ps total | 0 0 0 0 0 | 0
    hoos-ps total | 1 0 0 0 0 | 4.6
    hoos-ps total | 2 0 0 0 0 | 8.8
    hoos-ps total | 3 0 0 0 0 | 12.7
    hoos-ps total | 4 0 0 0 0 | 16.4
    hoos-ps total | 4 1 0 0 0 | 20
    hoos-ps total | 4 2 0 0 0 | 23.4
    hoos-ps total | 4 3 0 0 0 | 26.9
    hoos-ps total | 4 4 0 0 0 | 30.4
    hoos-ps total | 4 4 1 0 0 | 33.9
    hoos-ps total | 4 4 2 0 0 | 37.7
    hoos-ps total | 4 4 3 0 0 | 41.7
    hoos-ps total | 4 4 4 0 0 | 46.1
    hoos-ps total | 4 4 4 1 0 | 50.8
    hoos-ps total | 4 4 4 2 0 | 55.9
    hoos-ps total | 4 4 4 3 0 | 61.6
    hoos-ps total | 4 4 4 4 0 | 67.9
    hoos-ps total | 4 4 4 4 1 | 74.8
    hoos-ps total | 4 4 4 4 2 | 82.4
    hoos-ps total | 4 4 4 4 3 | 90.8
    hoos-ps total | 4 4 4 4 4 | 100
    hoos-ps total | 1 1 1 1 - | none
    koos-ps total | 0 0 0 0 0 0 0 | 0
    koos-ps total | 1 0 0 0 0 0 0 | 5.6
    koos-ps total | 2 0 0 0 0 0 0 | 10.5
    koos-ps total | 3 0 0 0 0 0 0 | 14.8
    koos-ps total | 4 0 0 0 0 0 0 | 18.6
    koos-ps total | 4 1 0 0 0 0 0 | 22
    koos-ps total | 4 2 0 0 0 0 0 | 24.9
    koos-ps total | 4 3 0 0 0 0 0 | 27.5
    koos-ps total | 4 4 0 0 0 0 0 | 29.7
    koos-ps total | 4 4 1 0 0 0 0 | 31.8
    koos-ps total | 4 4 2 0 0 0 0 | 33.6
    koos-ps total | 4 4 3 0 0 0 0 | 35.3
    koos-ps total | 4 4 4 0 0 0 0 | 37
    koos-ps total | 4 4 4 1 0 0 0 | 38.6
    koos-ps total | 4 4 4 2 0 0 0 | 40.3
    koos-ps total | 4 4 4 3 0 0 0 | 42
    koos-ps total | 4 4 4 4 0 0 0 | 44
    koos-ps total | 4 4 4 4 1 0 0 | 46.1
    koos-ps total | 4 4 4 4 2 0 0 | 48.5
    koos-ps total | 4 4 4 4 3 0 0 | 51.2
    koos-ps total | 4 4 4 4 4 0 0 | 54.4
    koos-ps total | 4 4 4 4 4 1 0 | 57.9
    koos-ps total | 4 4 4 4 4 2 0 | 62
    koos-ps total | 4 4 4 4 4 3 0 | 66.6
    koos-ps total | 4 4 4 4 4 4 0 | 71.8
    koos-ps total | 4 4 4 4 4 4 1 | 77.7
    koos-ps total | 4 4 4 4 4 4 2 | 84.3
    koos-ps total | 4 4 4 4 4 4 3 | 91.8
    koos-ps total | 4 4 4 4 4 4 4 | 100
    koos-ps total | 1 1 1 1 1 1 - | none
    promis-lichamelijk-functioneren-4a total | 1 1 1 1 | 22.5
    promis-lichamelijk-functioneren-4a total | 2 1 1 1 | 26.6
    promis-lichamelijk-functioneren-4a total | 5 4 1 1 | 35.6
    promis-lichamelijk-functioneren-4a total | 5 5 5 4 | 48.3
    promis-lichamelijk-functioneren-4a total | 5 5 5 5 | 57
    promis-lichamelijk-functioneren-4a total | 3 3 3 - | none
    promis-angst-4a total | 1 1 1 1 | 40.3
    promis-angst-4a total | 2 1 1 1 | 48
    promis-angst-4a total | 5 4 1 1 | 61.4
    promis-angst-4a total | 5 5 5 4 | 77.9
    promis-angst-4a total | 5 5 5 5 | 81.6
    promis-angst-4a total | 3 3 3 - | none
    promis-depressie-4a total | 1 1 1 1 | 41
    promis-depressie-4a total | 2 1 1 1 | 49
    promis-depressie-4a total | 5 4 1 1 | 60.5
    promis-depressie-4a total | 5 5 5 4 | 75.7
    promis-depressie-4a total | 5 5 5 5 | 79.4
    promis-depressie-4a total | 3 3 3 - | none
    promis-vermoeidheid-4a total | 1 1 1 1 | 33.7
    promis-vermoeidheid-4a total | 2 1 1 1 | 39.7
    promis-vermoeidheid-4a total | 5 4 1 1 | 55.1
    promis-vermoeidheid-4a total | 5 5 5 4 | 71.6
    promis-vermoeidheid-4a total | 5 5 5 5 | 75.8
    promis-vermoeidheid-4a total | 3 3 3 - | none
    promis-slaap-4a total | 5 5 1 1 | 32
    promis-slaap-4a total | 4 5 1 1 | 37.5
    promis-slaap-4a total | 1 2 1 1 | 52.4
    promis-slaap-4a total | 1 1 5 4 | 68.8
    promis-slaap-4a total | 1 1 5 5 | 73.3
    promis-slaap-4a total | 3 3 3 - | none
    promis-pijn-4a total | 1 1 1 1 | 41.6
    promis-pijn-4a total | 2 1 1 1 | 49.6
    promis-pijn-4a total | 5 4 1 1 | 59.9
    promis-pijn-4a total | 5 5 5 4 | 71.6
    promis-pijn-4a total | 5 5 5 5 | 75.6
    promis-pijn-4a total | 3 3 3 - | none
    promis-sociaal-4a total | 1 1 1 1 | 27.5
    promis-sociaal-4a total | 2 1 1 1 | 31.8
    promis-sociaal-4a total | 5 4 1 1 | 42.3
    promis-sociaal-4a total | 5 5 5 4 | 58.3
    promis-sociaal-4a total | 5 5 5 5 | 64.2
    promis-sociaal-4a total | 3 3 3 - | none
    promis-global-10 lichamelijk | 03=1 06=1 07=10 08=1 | 16.2
    promis-global-10 lichamelijk | 03=5 06=5 07=0 08=5 | 67.7
    promis-global-10 lichamelijk | 03=2 06=2 07=5 08=2 | 32.4
    promis-global-10 lichamelijk | 03=3 06=4 07=8 08=2 | 37.4
    promis-global-10 lichamelijk | 03=3 06=4 07=1 08=5 | 50.8
    promis-global-10 mentaal | 02=1 04=1 05=1 10=1 | 21.2
    promis-global-10 mentaal | 02=5 04=5 05=5 10=5 | 67.6
    promis-global-10 mentaal | 02=3 04=2 05=4 10=1 | 38.8
    promis-global-10 lichamelijk | 03=3 06=3 08=3 | none
    promis-global-10 mentaal | 02=3 04=3 05=3 | none
    kccq-12 lichamelijk | 1a=1 1b=1 1c=1 2=1 3=1 4=1 5=1 6=1 7=1 8a=1 8b=1 8c=1 | 0
    kccq-12 lichamelijk | 1a=5 1b=5 1c=5 2=5 3=7 4=7 5=5 6=5 7=5 8a=5 8b=5 8c=5 | 100
    kccq-12 lichamelijk | 1a=1 1b=2 1c=3 2=2 3=4 4=1 5=3 6=1 7=2 8a=2 8b=4 8c=5 | 25
    kccq-12 lichamelijk | 1b=2 1c=3 | 37.5
    kccq-12 lichamelijk | 1c=3 | none
    kccq-12 klachten | 1a=1 1b=1 1c=1 2=1 3=1 4=1 5=1 6=1 7=1 8a=1 8b=1 8c=1 | 0
    kccq-12 klachten | 1a=5 1b=5 1c=5 2=5 3=7 4=7 5=5 6=5 7=5 8a=5 8b=5 8c=5 | 100
    kccq-12 klachten | 1a=1 1b=2 1c=3 2=2 3=4 4=1 5=3 6=1 7=2 8a=2 8b=4 8c=5 | 31.25
    kccq-12 klachten | 4=1 5=3 | 25
    kccq-12 klachten | 5=3 | none
    kccq-12 kwaliteit-van-leven | 1a=1 1b=1 1c=1 2=1 3=1 4=1 5=1 6=1 7=1 8a=1 8b=1 8c=1 | 0
    kccq-12 kwaliteit-van-leven | 1a=5 1b=5 1c=5 2=5 3=7 4=7 5=5 6=5 7=5 8a=5 8b=5 8c=5 | 100
    kccq-12 kwaliteit-van-leven | 1a=1 1b=2 1c=3 2=2 3=4 4=1 5=3 6=1 7=2 8a=2 8b=4 8c=5 | 12.5
    kccq-12 kwaliteit-van-leven | 7=2 | 25
    kccq-12 kwaliteit-van-leven | 1a=1 1b=2 1c=3 2=2 3=4 4=1 5=3 8a=2 8b=4 8c=5 | none
    kccq-12 sociaal | 1a=1 1b=1 1c=1 2=1 3=1 4=1 5=1 6=1 7=1 8a=1 8b=1 8c=1 | 0
    kccq-12 sociaal | 1a=5 1b=5 1c=5 2=5 3=7 4=7 5=5 6=5 7=5 8a=5 8b=5 8c=5 | 100
    kccq-12 sociaal | 1a=1 1b=2 1c=3 2=2 3=4 4=1 5=3 6=1 7=2 8a=2 8b=4 8c=5 | 66.6666666667
    kccq-12 sociaal | 8b=4 8c=5 | 87.5
    kccq-12 sociaal | 8c=5 | none
    kccq-12 total | 1a=1 1b=1 1c=1 2=1 3=1 4=1 5=1 6=1 7=1 8a=1 8b=1 8c=1 | 0
    kccq-12 total | 1a=5 1b=5 1c=5 2=5 3=7 4=7 5=5 6=5 7=5 8a=5 8b=5 8c=5 | 100
    kccq-12 total | 1a=1 1b=2 1c=3 2=2 3=4 4=1 5=3 6=1 7=2 8a=2 8b=4 8c=5 | 33.8541666667
    kccq-12 total | 6=5 | 100
    kccq-12 total | 1a=5 2=5 8a=5 | none
    rand-36 fysiek-functioneren | 3=1 4=1 5=1 6=1 7=1 8=1 9=1 10=1 11=1 12=1 | 0
    rand-36 fysiek-functioneren | 3=3 4=3 5=3 6=3 7=3 8=3 9=3 10=3 11=3 12=3 | 100
    rand-36 fysiek-functioneren | 3=1 4=1 5=2 6=2 7=2 8=2 9=2 10=2 11=2 12=2 | 40
    rand-36 fysiek-functioneren | 8=2 9=2 10=2 11=2 12=2 | 50
    rand-36 fysiek-functioneren | 9=2 10=2 11=2 12=2 | none
    rand-36 rol-fysiek | 13=1 14=1 15=1 16=1 | 0
    rand-36 rol-fysiek | 13=2 14=2 15=2 16=2 | 100
    rand-36 rol-fysiek | 13=2 14=1 15=2 16=1 | 50
    rand-36 rol-fysiek | 15=2 16=1 | 50
    rand-36 rol-fysiek | 16=1 | none
    rand-36 rol-emotioneel | 17=1 18=1 19=1 | 0
    rand-36 rol-emotioneel | 17=2 18=2 19=2 | 100
    rand-36 rol-emotioneel | 17=2 18=1 19=1 | 33.3333333333
    rand-36 rol-emotioneel | 18=1 19=1 | 0
    rand-36 rol-emotioneel | 19=1 | none
    rand-36 vitaliteit | 23=6 27=6 29=1 31=1 | 0
    rand-36 vitaliteit | 23=1 27=1 29=6 31=6 | 100
    rand-36 vitaliteit | 23=2 27=3 29=4 31=4 | 65
    rand-36 vitaliteit | 29=4 31=4 | 60
    rand-36 vitaliteit | 31=4 | none
    rand-36 mentale-gezondheid | 24=1 25=1 26=6 28=1 30=6 | 0
    rand-36 mentale-gezondheid | 24=6 25=6 26=1 28=6 30=1 | 100
    rand-36 mentale-gezondheid | 24=3 25=4 26=4 28=3 30=4 | 44
    rand-36 mentale-gezondheid | 26=4 28=3 30=4 | 40
    rand-36 mentale-gezondheid | 28=3 30=4 | none
    rand-36 sociaal-functioneren | 20=5 32=1 | 0
    rand-36 sociaal-functioneren | 20=1 32=5 | 100
    rand-36 sociaal-functioneren | 20=3 32=3 | 50
    rand-36 sociaal-functioneren | 32=3 | 50
    rand-36 sociaal-functioneren | 1=3 | none
    rand-36 pijn | 21=6 22=5 | 0
    rand-36 pijn | 21=1 22=1 | 100
    rand-36 pijn | 21=2 22=3 | 65
    rand-36 pijn | 22=3 | 50
    rand-36 pijn | 1=3 | none
    rand-36 algemene-gezondheid | 1=5 33=1 34=5 35=1 36=5 | 0
    rand-36 algemene-gezondheid | 1=1 33=5 34=1 35=5 36=1 | 100
    rand-36 algemene-gezondheid | 1=3 33=3 34=4 35=3 36=3 | 45
    rand-36 algemene-gezondheid | 34=4 35=3 36=3 | 41.6666666667
    rand-36 algemene-gezondheid | 35=3 36=3 | none
    rand-36 gezondheidsverandering | 2=5 | 0
    rand-36 gezondheidsverandering | 2=1 | 100
    rand-36 gezondheidsverandering | 2=3 | 50
    rand-36 gezondheidsverandering | 2=3 | 50
    rand-36 gezondheidsverandering | 1=3 | none
    prem-pijn ervaring | q1=1 q2=1 q3=1 q4=1 q5=1 | 1
    prem-pijn ervaring | q1=4 q2=4 q3=4 q4=4 q5=4 | 4
    prem-pijn ervaring | q1=1 q2=2 q3=3 q4=4 q5=4 | 2.8
    prem-pijn ervaring | q1=1 q2=2 q5=4 | 2.3333333333
    prem-pijn ervaring | q1=1 q2=2 | none
    eq-5d-5l-nl index | 1 1 1 1 1 | 1
    eq-5d-5l-nl index | 2 1 1 1 1 | 0.918
    eq-5d-5l-nl index | 5 5 5 1 1 | 0.39
    eq-5d-5l-nl index | 4 4 4 4 4 | -0.289
    eq-5d-5l-nl index | 5 5 5 5 5 | -0.446
    eq-5d-3l-nl-2006 index | 1 1 1 1 1 | 1
    eq-5d-3l-nl-2006 index | 2 1 2 1 1 | 0.861
    eq-5d-3l-nl-2006 index | 2 1 2 3 1 | 0.298
    eq-5d-3l-nl-2006 index | 2 1 3 3 3 | -0.052
    eq-5d-3l-nl-2006 index | 3 3 3 3 3 | -0.329
    eq-5d-3l-nl-2026 index | 1 1 1 1 1 | 1
    eq-5d-3l-nl-2026 index | 1 2 3 1 3 | 0.295
    eq-5d-3l-nl-2026 index | 2 2 2 2 2 | 0.521
    eq-5d-3l-nl-2026 index | 3 3 3 3 3 | -0.723
    eq-5d-3l-uk index | 1 1 1 1 1 | 1
    eq-5d-3l-uk index | 3 3 3 3 3 | -0.594
    eq-5d-3l-uk index | 1 1 1 1 2 | 0.848
    eq-5d-3l-uk index | 2 1 2 2 1 | 0.691
    eq-5d-3l-uk index | 2 2 2 3 1 | 0.055
    eq-5d-3l-uk index | 1 1 2 1 1 | 0.883
    eq-5d-5l-nl index | 1 2 - 1 1 | none
    eq-5d-3l-nl-2006 index | 1 2 - 1 1 | none
    eq-5d-3l-nl-2026 index | 1 2 - 1 1 | none
    eq-5d-3l-uk index | 1 2 - 1 1 | none
    eq-5d-5l-nl-crosswalk index | 1 1 1 1 1 | 1
    eq-5d-5l-nl-crosswalk index | 5 5 5 5 5 | -0.329
    eq-5d-5l-nl-crosswalk index | 2 1 2 1 3 | 0.75
    eq-5d-5l-nl-crosswalk index | 1 1 1 1 2 | 0.845
    eq-5d-5l-nl-crosswalk index | 1 2 - 1 1 | none
    """
}
