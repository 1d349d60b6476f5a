/// The style of the pages. Colours after Okabe & Ito, *Color Universal Design* (2008); texts have a contrast of at least
/// 4.5 (WCAG 2.2, AA), marks of at least 3. What a colour says is always said in words or by shape as well.
enum HTMLStyle {
  static let report = """
    :root{--ink:#1b2733;--soft:#4d5966;--line:#d6dde4;--paper:#fff;--ground:#f3f5f8;--deep:#073b5c;--own:#0072b2;\
    --sky:#56b4e9;--target:#d55e00;--targettext:#a84300;--green:#00674a}
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%}
    body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,\
    "Helvetica Neue","Liberation Sans",Arial,sans-serif;font-variant-numeric:tabular-nums}
    .top{background:var(--deep);color:#fff;padding:2.2rem 0 1.8rem}
    .skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;background:#fff;padding:.5rem .8rem;z-index:2}
    .top nav{float:right}.top nav a{color:#fff;font-weight:600;padding:.3rem}
    .top a:focus-visible{outline-color:#fff}
    .top>div,main,footer{max-width:62rem;margin:0 auto;padding:0 1.25rem}
    .over{margin:0 0 .3rem;color:#cfe3f1;font-size:.95rem}
    h1{margin:0 0 1.1rem;font-size:2.1rem;line-height:1.15;font-weight:650;overflow-wrap:anywhere}
    .top dl{display:flex;flex-wrap:wrap;gap:.7rem 2.4rem;margin:0}
    .top dt{font-size:.8rem;color:#cfe3f1}.top dd{margin:0;font-weight:600}
    main{padding-top:1.25rem;padding-bottom:1.25rem}
    h2{font-size:1.35rem;margin:2.2rem 0 .8rem;line-height:1.25;color:var(--deep)}
    h3{font-size:1.15rem;margin:0;line-height:1.3}
    a{color:#005a8e;text-underline-offset:.15em}
    a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--target);outline-offset:2px}
    .signals,.overview,.text,.card{background:var(--paper);border:1px solid var(--line);border-radius:8px;\
    padding:1.25rem 1.4rem;margin:0 0 1.1rem}
    .signals h2,.overview h2,.text h2{margin:0 0 .7rem}
    .signals{border-left:6px solid var(--own)}
    .signals ul{list-style:none;margin:0;padding:0}
    .signals li{padding:.55rem 0 .55rem 2rem;position:relative;border-top:1px solid var(--line)}
    .signals li:first-child{border-top:0;padding-top:.1rem}
    .signals li:first-child::before{top:.1rem}
    .signals li::before{position:absolute;left:0;top:.55rem;width:1.4rem;text-align:center;font-weight:700}
    .signals a{font-weight:650}
    .difference::before{content:"↔";color:var(--own)}.met::before{content:"✓";color:var(--green)}
    .signals .missed::before{content:"◇";color:var(--targettext)}.change::before{content:"↗";color:var(--own)}.fall::before{content:"↘"}
    .card{break-inside:avoid}
    .explanation{margin:.25rem 0 .9rem;color:var(--soft);max-width:54rem}
    .facts{display:grid;grid-template-columns:minmax(15rem,1fr) minmax(15rem,1.15fr);gap:1rem 2rem;margin:0 0 .6rem}
    .which{margin:0;font-size:.85rem;font-weight:600;color:#005a8e}
    .number{margin:0;font-size:2.5rem;line-height:1.15;font-weight:650;color:var(--own)}
    .unit{font-size:1rem;font-weight:500;color:var(--soft)}
    .interval-text,.count{margin:.1rem 0 0;font-size:.92rem;color:var(--soft)}
    p.none{margin:.3rem 0;font-weight:600;color:var(--soft)}
    .chips{list-style:none;display:flex;flex-wrap:wrap;gap:.4rem;padding:0;margin:.6rem 0 0}
    .chips li{font-size:.82rem;font-weight:600;line-height:1.3;padding:.2rem .6rem;border-radius:1rem;\
    border:1px solid #aab6c1;background:#f6f8fa}
    .chips .clear{border-color:var(--own);background:#e4f1f9;color:#004b78}
    .chips .met{border-color:var(--green);background:#e2f4ee;color:#00523b}
    .chips .met::before{content:"✓ ";color:inherit}
    .chips .missed{border-color:var(--targettext);background:#fdeee3;color:#863600}
    .chips .missed::before{content:"◇ "}
    .references{margin:0;font-size:.95rem;align-self:start}
    .references div{display:flex;justify-content:space-between;gap:1rem;padding:.28rem 0;\
    border-top:1px solid var(--line)}
    .references div:first-child{border-top:0}
    .references dt{color:var(--soft)}.references dd{margin:0;font-weight:600;text-align:right}
    .references span{display:block;font-weight:400;font-size:.85rem;color:var(--soft)}
    .charts{display:grid;grid-template-columns:1fr 1fr;gap:1rem 2rem;align-items:start;margin-top:.9rem}
    figure{margin:0;min-width:0}
    figcaption{margin:0 0 .3rem;font-size:.85rem;font-weight:600}
    figure.middle{max-width:32rem}figure.middle svg{max-width:32rem}
    svg{display:block;width:100%;max-width:30rem;height:auto;overflow:visible}
    svg text{font-size:11px;fill:var(--soft);paint-order:stroke;stroke:#fff;stroke-width:3px;stroke-linejoin:round}
    svg .tick,svg .tick text{font-size:10.5px}
    svg .ownlabel{fill:#005a8e;font-weight:700}svg .nationtext{fill:var(--ink);font-weight:600}
    svg .targettext{fill:var(--targettext);font-weight:600}svg .missing{font-style:italic}
    svg path{fill:none}
    svg .grid{stroke:#e6ebf0;stroke-width:1}svg .axis{stroke:#8795a3;stroke-width:1}
    svg .interval{fill:var(--own);opacity:.38}svg .own{fill:var(--own);stroke:#fff;stroke-width:1.5}
    svg .rounding{fill:#fff;stroke:var(--own);stroke-width:1.2;stroke-dasharray:2 2}svg .whisker{stroke:var(--own);stroke-width:1.4}svg .owntrend{stroke:var(--own);stroke-width:2.4}
    svg .controlband{fill:#e3e9ee}svg .controlcentre{stroke:#8795a3;stroke-width:1.2}
    svg .controlsignal{fill:none;stroke:var(--target);stroke-width:2}
    svg .nation{stroke:var(--ink);stroke-width:1.8}
    svg .nationtrend{stroke:var(--ink);stroke-width:1.6;stroke-dasharray:5 4}
    svg .limit998{stroke:#4d5966;stroke-width:1.2}svg .limit95{stroke:#4d5966;stroke-width:1.2;stroke-dasharray:4 3}
    svg .bar998{stroke:#e8edf1;stroke-width:5}svg .bar95{stroke:#cdd6dd;stroke-width:5}
    svg .peerdots{stroke:#5b6b79;stroke-width:5;stroke-linecap:round}svg .small{stroke-width:4}svg .peercolumns{stroke:#5b6b79;stroke-width:3}.beside{align-self:center}.below{grid-column:1/-1}.below .method{max-width:none}svg .peerwhisker{stroke:#9aa7b3;stroke-width:1}
    svg .ownwhisker{stroke:var(--own);stroke-width:3}
    svg .spiderown{fill:var(--own);fill-opacity:.22;stroke:var(--own);stroke-width:2.2}svg .spiderownline{stroke:var(--own);stroke-width:2.2}
    svg .spidernation,svg .spidernationline{stroke:var(--ink);stroke-width:1.6;stroke-dasharray:5 4}
    svg.wide{max-width:46rem}svg .waterdown{fill:var(--own)}svg .waterup{fill:var(--target)}svg .waterend{fill:var(--ink)}
    svg .waterlink{stroke:#8795a3;stroke-width:1}
    svg .region{stroke:#fff;stroke-width:1;fill-rule:evenodd}svg .ownregion{stroke:var(--target);stroke-width:3}
    svg .class0{fill:#d3e6f3}svg .class1{fill:#9dc6e3}svg .class2{fill:#5a9fce}svg .class3{fill:#1c6ea8}svg .class4{fill:#073b5c}
    svg .noclass{fill:#eceff2;stroke:#8795a3;stroke-dasharray:3 3}
    .swatch{display:inline-block;width:1.1rem;height:.8rem;margin-right:.4rem;border:1px solid #8795a3}
    .swatch.class0{background:#d3e6f3}.swatch.class1{background:#9dc6e3}.swatch.class2{background:#5a9fce}
    .swatch.class3{background:#1c6ea8}.swatch.class4{background:#073b5c}.swatch.noclass{background:#eceff2}
    .legend{list-style:none;display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;margin:.6rem 0;padding:0;font-size:.85rem}
    .heat td{text-align:center;border-left:1px solid #fff;padding:.4rem .5rem;white-space:nowrap}.heat thead th{font-size:.78rem;padding-right:.6rem;text-align:center!important;vertical-align:bottom}
    .heat thead th:first-child{text-align:left!important}
    .heat .lo2{background:#b7d7ee}.heat .lo1{background:#e1eff8}.heat .same{background:#f6f8fa}.heat .hi1{background:#fdeadb}.heat .hi2{background:#f7c9a3}
    .ownrow th,.ownrow td{font-weight:700}.heat .ownrow th{color:#004b78}
    span.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    svg .expected998{fill:#dfe5ea}svg .expected95{fill:#a9b5c0}
    svg .peers{fill:var(--sky);opacity:.5}svg .median{stroke:#00527f;stroke-width:2}
    svg .target{fill:var(--target);stroke:#fff;stroke-width:1}
    svg .targetline{stroke:var(--target);stroke-width:1.4;stroke-dasharray:2 3}
    svg .track{fill:#eef2f5}svg .barown{fill:var(--own)}
    .bar{width:100%;min-width:6rem;max-width:16rem}
    .scroll{overflow-x:auto}
    table{border-collapse:collapse;width:100%;font-size:.9rem}
    caption{text-align:left;font-weight:600;padding:.9rem 0 .3rem;font-size:.9rem}
    caption span{font-weight:400;color:var(--soft)}
    caption.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    th,td{padding:.36rem .7rem .36rem 0;text-align:left;border-top:1px solid var(--line);vertical-align:top}
    td{text-align:right}thead th{border-top:0;color:var(--soft);font-weight:600;font-size:.82rem;vertical-align:bottom}
    tbody th{font-weight:500}.group th{color:var(--deep);font-weight:650;padding-top:.8rem}
    thead th:not(:first-child){text-align:right}
    .overview td:nth-child(n+5),.overview thead th:nth-child(n+5){text-align:left;padding-left:.8rem}
    .overview td:nth-child(2),.overview thead th:nth-child(2){text-align:left}
    .index td,.index thead th{text-align:right!important}.index td.left,.index thead th:nth-child(-n+4)\
    {text-align:left!important}
    .strata td.bars,.strata thead th:nth-child(3){width:40%;text-align:left;padding-left:.6rem}
    .strata .bars svg{margin-top:.25rem}
    .numbers td,.numbers th{white-space:nowrap}.numbers td:last-child{padding-right:0}.left{white-space:nowrap}
    .facts2{max-width:46rem}.facts2 .words{text-align:left;padding-left:1.2rem;color:var(--soft)}.facts2 thead th:nth-child(3){text-align:left!important;padding-left:1.2rem}.lead{font-weight:600}main.wide,.wide-head>div{max-width:84rem}
    .sources{max-width:36rem}.definitions td{text-align:left;overflow-wrap:anywhere}.definitions thead th{text-align:left!important}
    td.none,abbr{color:var(--soft);text-decoration:none}
    abbr{border-bottom:1px dotted}
    details{margin-top:.9rem;border-top:1px solid var(--line);padding-top:.6rem}
    summary{cursor:pointer;font-weight:600;font-size:.9rem;color:#005a8e}
    .method{font-size:.88rem;color:var(--soft);margin:.7rem 0 0;max-width:54rem}
    .text dl{margin:0;display:grid;gap:.7rem}
    .text dl div{display:grid;grid-template-columns:13rem 1fr;gap:.2rem 1.2rem}
    .text dt{font-weight:600}.text dd{margin:0;overflow-wrap:anywhere}
    footer{padding-top:.5rem;padding-bottom:2rem;font-size:.82rem;color:var(--soft);overflow-wrap:anywhere}
    @media screen and (max-width:44rem){.top>div,main{padding-left:.8rem;padding-right:.8rem}h1{font-size:1.6rem}.facts,.charts{grid-template-columns:1fr}\
    .signals,.overview,.text,.card{padding:1rem}.number{font-size:2.1rem}.text dl div{grid-template-columns:1fr}.strata{font-size:.82rem}.strata th,.strata td{padding-right:.35rem}.bar{min-width:2.5rem}\
    .overview:not(.list) :is(td,thead th):is(:nth-child(2),:nth-child(4)){display:none}.overview table{font-size:.8rem;hyphens:auto}.overview :is(th,td){padding-right:.35rem}\
    .overview td:nth-child(n+5),.overview thead th:nth-child(n+5){padding-left:.2rem}}
    @page{size:A4;margin:14mm 13mm}
    @media print{body{background:#fff;font-size:9.5pt;line-height:1.35;-webkit-print-color-adjust:exact;print-color-adjust:exact}\
    .top{padding:1.2rem 0 1rem}main{padding:.8rem 0;max-width:none}h1{font-size:1.7rem}\
    .signals,.keep,.charts,tr,figure{break-inside:avoid}.keep{break-after:auto}.overview table{font-size:8pt}.overview th[scope=row]{white-space:nowrap}.overview :is(td,th){padding-top:.1rem;padding-bottom:.1rem}.panels .card{break-inside:avoid}.text,.card{break-inside:auto}h2,h3{break-after:avoid}\
    .card{padding:.6rem .9rem;margin-bottom:.6rem}.explanation{margin:.1rem 0 .4rem}.charts{margin-top:.4rem}\
    .references div{padding:.12rem 0}.references{font-size:.85rem}.interval-text,.count,.method{font-size:7.6pt;line-height:1.3;max-width:none}\
    .method{margin-top:.4rem}h2{margin:1rem 0 .5rem}.bar{max-height:11px}th,td{padding-top:.15rem;padding-bottom:.15rem}\
    .facts{grid-template-columns:1fr 1.15fr}.charts{grid-template-columns:1fr 1fr}\
    svg{max-width:19rem}.number{font-size:1.55rem}.chips{margin:.25rem 0 0;gap:.25rem}.chips li{font-size:7.5pt;padding:.05rem .45rem}.which,figcaption{font-size:8pt}.facts{gap:.4rem 1.6rem;margin:0 0 .2rem}.beside .method{margin-top:.2rem}.skip,.top nav{display:none}details:not([open]){display:none}.scroll{overflow:visible}\
    .numbers td,.numbers th{white-space:normal;font-size:8pt;padding-right:.4rem}a{color:inherit;text-decoration:none}}
    """
}
