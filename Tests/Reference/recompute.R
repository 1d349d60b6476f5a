# Recomputes the worked figures of the statistics with base R, independently of Spiegel's code.
#
#   Rscript Tests/Reference/recompute.R
#
# Needs no packages; what boot, survey, lme4 and metafor (Debian: r-cran-*) compute in their own way is compared too where
# they are installed. Prints every figure that differs from the one the tests expect, and ends with status 1 if any does.
# Closed forms agree to 1e-9 (or to the printed digits), iterative fits to 1e-6.
#
# With a folder of UK Health Security Agency test data as argument, the expected results in it are recomputed too.

failures <- 0
figures <- 0
skipped <- character()
check <- function(name, value, expected, tolerance = 1e-9) {
  figures <<- figures + length(expected)
  gap <- abs(value - expected) / pmax(1, abs(expected))
  if (length(value) != length(expected) || any(is.na(gap)) || any(gap > tolerance)) {
    failures <<- failures + 1
    cat(name, ": ", format(value, digits = 15), " is not ", format(expected, digits = 15), "\n", sep = " ")
  }
}
with_package <- function(name, use) {
  if (suppressWarnings(suppressPackageStartupMessages(requireNamespace(name, quietly = TRUE)))) use()
  else skipped <<- c(skipped, name)
}
z <- qnorm(c(.975, .999))
check("normal quantiles", z, c(1.959963984540054, 3.090232306167814), 1e-15)

# 1 Intervals
wilson <- function(x, n, z) (2 * x + z^2 + c(-1, 1) * z * sqrt(z^2 + 4 * x * (1 - x / n))) / (2 * (n + z^2))
check("Wilson 65/100", c(wilson(65, 100, z[1]), wilson(65, 100, z[2])), c(.552544433, .736357518, .495494657, .778354061))
check("Wilson 81/263", c(wilson(81, 263, z[1]), wilson(81, 263, z[2])), c(.255288520, .366209577, .228035740, .401389422))
check("Wilson 0/10", c(wilson(0, 10, z[1]), wilson(0, 10, z[2])), c(0, .277532800, 0, .488478901))
check("Wilson 1/1", c(wilson(1, 1, z[1]), wilson(1, 1, z[2])), c(.206549314, 1, .094790902, 1))
newcombe <- function(x1, n1, x2, n2) {
  a <- wilson(x1, n1, z[1]); b <- wilson(x2, n2, z[1]); p <- x1 / n1; q <- x2 / n2
  p - q + c(-sqrt((p - a[1])^2 + (b[2] - q)^2), sqrt((a[2] - p)^2 + (q - b[1])^2))
}
check("Newcombe", newcombe(56, 70, 48, 80), c(.052431472, .333872654))
garwood <- function(x, p = .05) c(qchisq(p / 2, 2 * x), qchisq(1 - p / 2, 2 * x + 2)) / 2
byar <- function(x, z) c(x * (1 - 1 / (9 * x) - z / (3 * sqrt(x)))^3,
                         (x + 1) * (1 - 1 / (9 * (x + 1)) + z / (3 * sqrt(x + 1)))^3)
check("exact 0", garwood(0)[2], 3.688879454)
check("exact 10", garwood(10), c(4.795388696, 18.390356042))
check("exact 0, 99.8%", garwood(0, .002)[2], 6.907755279)
check("exact 1 and 65", c(garwood(1), garwood(65)), c(.025317808, 5.571643391, 50.165627729, 82.847835816))
check("rate 5/1000", c(5, garwood(5)), c(5, 1.623486390, 11.668332079))
check("Byar 1", c(byar(1, z[1]), byar(1, z[2])[2]), c(.013072133, 5.563755582, 9.362180218))
check("Byar 1, 99.8% is below 0", as.numeric(byar(1, z[2])[1] < 0), 1)
check("Byar 65", c(byar(65, z[1]), byar(65, z[2])), c(50.163187710, 82.849138546, 42.880261471, 94.000290844))
m <- c(20, 30, 40, 50, 65); ci <- function(level) t.test(m, conf.level = level)$conf.int
check("mean", c(mean(m), sd(m), ci(.95)), c(41, 17.464249197, 19.315270517, 62.684729483))
check("mean, 99.8%", ci(.998), c(-15.024344, 97.024344), 1e-7)
nps <- function(p, n, d, a = 0) {
  p <- p + .75 * a; d <- d + .75 * a; k <- p + d + n + 1.5 * a; s <- (p - d) / k
  100 * c(s, s + c(-1, 1) * z[1] * sqrt((p + d) / k - s^2) / sqrt(k), sqrt(((p + d) / k - s^2) / k))
}
check("net promoter score", nps(50, 30, 20), c(30, 14.692192, 45.307808, 7.810249676), 1e-7)
check("unanimous", nps(10, 0, 0)[c(1, 4)], c(100, 0))
check("adjusted", c(nps(10, 0, 0, 1)[1:3], nps(50, 30, 20, 1)[1:3], nps(6, 2, 4)[1], nps(6, 2, 4, 1)[2:3]),
      c(76.923077, 47.503552, 106.342602, 29.126214, 14.051130, 44.201297, 16.666667, -30.460318, 57.126985), 2e-8)
check("Byar 10", c(byar(10, z[1]), byar(10, z[2])), c(4.787449914, 18.391458606, 2.916318375, 24.193724928))
check("rate ratio", { s <- binom.test(12, 32, 1000 / 2500)$conf.int; s / (1 - s) * 1.5 }, c(.401141447, 1.933103478))
y <- c(3, 0, 5, 2, 7, 1); x <- c(10, 4, 12, 9, 20, 5); r <- sum(y) / sum(x)
se <- sqrt(6 / 5 * sum((y - r * x)^2)) / sum(x)
check("ratio of sums", c(r, se, r + c(-1, 1) * qt(.975, 5) * se), c(.3, .041392431, .193597369, .406402631))
with_package("survey", function() {
  ratio <- survey::svyratio(~y, ~x, survey::svydesign(~1, data = data.frame(x, y), weights = ~1))
  check("svyratio", c(coef(ratio), survey::SE(ratio)), c(.3, .041392431))
})

# 2 Standardisation
std <- c(5000, 3000, 2000); o <- c(4, 10, 30); n <- c(1000, 800, 500)
rate <- sum(std * o / n) / sum(std); v <- sum(std^2 * o / n^2) / sum(std)^2
check("DSR", 1000 * c(rate, rate + sqrt(v / 44) * (byar(44, z[1]) - 44)), c(17.75, 12.880449, 23.848507), 1e-7)
check("DSR, 99.8%", 1000 * (rate + sqrt(v / 44) * (byar(44, z[2]) - 44)), c(10.580007, 27.719026), 1e-7)
dsr <- function(o, n, limits) {
  r <- sum(std * o / n) / sum(std); v <- sum(std^2 * o / n^2) / sum(std)^2
  1000 * c(r, r + sqrt(v / sum(o)) * (limits(sum(o), z[1]) - sum(o)))
}
check("DSR of C", dsr(c(12, 25, 60), c(2000, 1500, 900), byar), c(21.333333, 17.290415, 26.035647), 1e-7)
check("DSR of B", dsr(c(0, 3, 5), c(600, 400, 200), byar)[1], 7.25)
fay <- function(o, n) {
  w <- std / sum(std) / n; r <- sum(w * o); v <- sum(w^2 * o); m <- max(w)
  1000 * c(qgamma(.025, r^2 / v, r / v), qgamma(.975, (r + m)^2 / (v + m^2), (r + m) / (v + m^2)))
}
check("Fay-Feuer", c(fay(o, n), fay(c(0, 3, 5), c(600, 400, 200))), c(12.882985, 23.977782, 3.101857, 14.506802), 1e-7)
ref <- c(16, 38, 95) / c(3600, 2700, 1600)
check("SMR", { e <- sum(n * ref); c(e, 44 / e, byar(44, z[1]) / e) }, c(45.3912037, .969350808, .704263530, 1.301339663), 2e-9)
crude <- 1000 * 149 / 7900
smr <- function(o, n, low = byar(o, z[1]), wide = byar(o, z[2])) {
  e <- sum(n * ref); c(e, o / e, low / e, wide / e, o / e * crude)
}
check("crude", crude, 18.860759, 1e-7)
check("SMR of A", smr(44, n)[5:7], c(.579032669, 1.512041941, 18.282692460))
check("SMR of B", smr(8, c(600, 400, 200), garwood(8), garwood(8, .002)),
      c(20.1712963, .396603167, .171225098, .781466347, .097703880, 1.048826900, 7.480236953), 2e-9)
check("SMR of C", smr(97, c(2000, 1500, 900)),
      c(83.4375, 1.162546817, .942724141, 1.418222373, .831401147, 1.575783435, 21.926515906), 2e-9)
check("SMR of none", { e <- sum(c(100, 80, 50) * ref); c(e, garwood(0)[2] / e) }, c(4.53912037, .812685973), 2e-9)
cost <- c(90, 480, 1150) * 1e3; py <- c(100, 250, 180); refcost <- c(1.2, 6, 9) * 1e6; refpy <- c(1500, 3000, 1500)
check("SCR", sum(cost) / sum(py * refcost / refpy), 1.036144578)
check("cost per person-year", { r <- sum(cost) / sum(py * refcost / refpy); p <- sum(cost) / sum(py)
  c(sum(py * refcost / refpy), r * sum(refcost) / sum(refpy), p, p / 12) }, c(1660000, 2797.590361, 3245.283019, 270.440252), 2e-9)

# 3 Change and case mix
a <- c(60, 55, 70, 48, 62, 58, 75, 66, 50, 64); b <- c(35, 50, 40, 49, 30, 58, 60, 20, 55, 33); t <- t.test(b - a)
check("change", c(mean(b - a), sd(b - a), t$statistic, t$p.value), c(-17.8, 17.427946905, -3.229786197, .010326185))
check("baseline and interval", c(sd(a), t$conf.int), c(8.482662056, -30.267202, -5.332798), 1e-7)
check("responders", c(sum(a - b >= 15), sum(b - a >= 15), sum(abs(b - a) < 15)), c(6, 0, 4))
check("reliable change", c(7.5 * sqrt(2 * .2), 15 / (7.5 * sqrt(2 * .2))), c(4.743416490, 3.162277660))
check("half rule", mean(c(2, 3, 1, 0, 2)) * 7, 11.2)
check("effect sizes", mean(b - a) / c(sd(a), sd(b - a), sqrt((var(a) + var(b)) / 2)), c(-2.098397871, -1.021348074, -1.587992172))
check("Hedges J", gamma(4.5) / (sqrt(4.5) * gamma(4)), .913874892)
check("MDC95", z[1] * 7.5 * sqrt(2 * .2), 9.296925485)
letters_of <- function(s) strsplit(s, "")[[1]]
age <- factor(letters_of("LMSMSLSSMSMLLLMMSL"), c("L", "M", "S")); sex <- factor(letters_of("MVVMVMVVMMVVMMVMVV"))
q1 <- c(18, 15, 20, 22, 12, 25, 10, 14, 16, 12, 19, 21, 24, 26, 20, 18, 15, 23)
q2 <- c(40, 38, 36, 44, 30, 45, 28, 33, 35, 30, 37, 42, 43, 46, 40, 41, 34, 44)
m <- lm(q2 ~ q1 + age + sex)
check("lm", coef(m), c(24.946121048, .807907415, -.501079794, -4.138822748, -.180021042))
check("gain", mean(q2 - q1) + tapply(resid(m), rep(1:3, each = 6), mean), c(20.22069636, 18.96686171, 20.14577527))
check("fit", c(summary(m)$sigma, summary(m)$r.squared, mean(q2), mean(q2 - q1)),
      c(1.499151046, .944431086, 38.111111111, 19.777777778))
check("residuals", c(tapply(resid(m), rep(1:3, each = 6), mean), tapply(q2 - q1, rep(1:3, each = 6), mean)),
      c(.442918582, -.810916071, .367997490, 20.166666667, 18.833333333, 20.333333333))
check("funnel of gain", c(sd(resid(m)), mean(q2 - q1) + qnorm(c(.001, .025, .975, .999)) * sd(resid(m)) / sqrt(6)),
      c(1.310969559, 18.123882, 18.728803, 20.826753, 21.431673), 1e-7)
ages <- c(50, 55, 60, 65, 70, 75, 80, 85, 62, 58, 66, 72, 78, 84, 90, 68, 74, 59, 81, 77)
ev <- c(0, 0, 0, 1, 0, 1, 0, 1, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 1, 0)
g <- glm(ev ~ ages, binomial); e <- sum(fitted(g)[1:10])
check("logistic", c(coef(g), deviance(g), 3 / e), c(-13.908236520, .186822105, 17.167897029, 1.062299471), 1e-6)
p <- fitted(g); half <- rep(1:2, each = 10); E <- tapply(p, half, sum); v <- tapply(p * (1 - p), half, sum)
pairs <- outer(p[ev == 1], p[ev == 0], "-")
check("c and Brier", c(mean((pairs > 0) + .5 * (pairs == 0)), mean((p - ev)^2)), c(.875, .144086398), 1e-6)
check("observed/expected", c(E, 5 / E[2], garwood(3) / E[1], 3 / E[1] * .4, (c(3, 5) - E) / sqrt(v)),
      c(2.824062407, 5.175937593, .966008556, .219071690, 3.104489847, .424919788, .167465333, -.136358290), 1e-6)

# 4 Funnel
point <- function(p, q, f) { r <- q(p); at <- f(r); r - (at - p) / (at - f(r - 1)) }
four <- c(.001, .025, .975, .999)
check("binomial funnel", sapply(four, point, function(p) qbinom(p, 100, .1), function(k) pbinom(k, 100, .1)) / 100,
      c(.014178865, .040380596, .157718612, .198356719))
check("Poisson funnel", sapply(four, point, function(p) qpois(p, 20), function(k) ppois(k, 20)) / 20,
      c(.358459355, .560250052, 1.437288434, 1.735676429))
for (f in list(list(50, c(-.016119350, .013862927, .179722728, .240128419)),
               list(500, c(.059988687, .073447528, .126014899, .142689313))))
  check("binomial funnel", sapply(four, point, function(p) qbinom(p, f[[1]], .1), function(k) pbinom(k, f[[1]], .1)) / f[[1]],
        f[[2]])
for (f in list(list(5, c(-.170317368, .108413159, 1.875311718, 2.554270756)),
               list(100, c(.700652843, .803663371, 1.195808949, 1.318047504))))
  check("Poisson funnel", sapply(four, point, function(p) qpois(p, f[[1]]), function(k) ppois(k, f[[1]])) / f[[1]], f[[2]])
check("normal funnel", c(.1 + qnorm(four) * .03, 1 + qnorm(four) / sqrt(20)),
      c(.007293031, .041201080, .158798920, .192706969, .309003050, .561738730, 1.438261270, 1.690996950))
sr <- c(15, 20, 30)
check("FunnelPlotR limits", c(qchisq(.025, 2 * sr) / 2 / sr, qchisq(.001, 2 * sr) / 2 / sr),
      c(.5596924, .6108260, .6746958, .3862650, .4479107, .5289724), 1e-7)
check("FunnelPlotR upper limits", qchisq(.975, 2 * sr + 2) / 2 / sr, c(1.649348, 1.544419, 1.427562), 1e-6)
num <- c(5, 40, 90, 12, 300); den <- c(50, 200, 300, 100, 1000); p0 <- sum(num) / sum(den); s <- sqrt(p0 * (1 - p0) / den)
zs <- (num / den - p0) / s; w <- pmin(pmax(zs, quantile(zs, .1)), quantile(zs, .9)); phi <- mean(w^2)
check("pooled and scores", c(p0, zs), c(.270909091, -2.719240, -2.256391, 1.133745, -3.395571, 2.069925), 1e-6)
check("winsorised at", quantile(zs, c(.1, .9)), c(-3.125038382, 1.695453), 1e-6)
tau <- (5 * phi - 4) / (sum(1 / s^2) - sum(1 / s^4) / sum(1 / s^2)); pm <- c(-1, 1) * z[1]
check("widened", c(mean(zs^2), p0 + pm * s[1] * sqrt(phi), p0 + pm * sqrt(s[1]^2 + tau)),
      c(5.917086478, -.012214569, .554032751, .089434017, .452384165))
labels <- function(value, low95, high95, low998, high998)
  (value > high95) + (value > high998) - (value < low95) - (value < low998)
check("labels of shares", labels(num / den, p0 - z[1] * s, p0 + z[1] * s, p0 - z[2] * s, p0 + z[2] * s), c(-1, -1, 0, -2, 1))
with_package("metafor", function() {
  fit <- metafor::rma(num / den, sei = s, method = "DL")
  check("DerSimonian-Laird", c(fit$tau2, fit$QE), c(.005277459148, 29.58543239), 1e-9)
})
widening <- function(y, s, target, keep = rep(TRUE, length(y)), winsor = FALSE) {
  z <- (y - target) / s
  if (winsor) z <- pmin(pmax(z, quantile(z, .1)), quantile(z, .9))
  z <- z[keep]; w <- 1 / s[keep]^2; phi <- mean(z^2)
  c(phi, max(0, (length(z) * phi - (length(z) - 1)) / (sum(w) - sum(w^2) / sum(w))))
}
o6 <- c(100, 150, 180, 80, 120, 225); e6 <- c(108, 112, 165, 95, 100, 220)
shmi <- widening(log(o6 / e6), 1 / sqrt(e6), 0); cqc <- widening(sqrt(o6 / e6), .5 / sqrt(e6), 1, winsor = TRUE)
check("SHMI", shmi, c(2.948033175, .01947753058))
check("SHMI limits", exp(c(-1, 1) * 1.959964 * sqrt(1 / 108 + shmi[2])), c(.717306749, 1.394103709))
check("CQC", c(cqc, 1 + c(-1, 1) * 1.959964 * sqrt(.25 / 108 + cqc[2])), c(2.327178258, .003439780154, .851318999, 1.148681001))
arc <- asin(sqrt(num / den)); t0 <- asin(sqrt(p0)); se <- .5 / sqrt(den); pr <- widening(arc, se, t0, winsor = TRUE)
check("PR", c(pr, sin(t0 + c(-1, 1) * 1.959964 * sqrt(.25 / 100 + pr[2]))^2, sin(t0 + c(-1, 1) * 1.959964 * .05)^2),
      c(6.5593609, .007518153074, .118385147, .458248593, .188745330, .361845148), 1e-8)
check("over-dispersion", c(phi, (5 * phi - 4) / (sum(1 / s^2) - sum(1 / s^4) / sum(1 / s^2))), c(5.282273541, .004622750779))

# 5 Variation
O <- c(5, 30, 8, 60, 18, 45); E <- c(15, 20, 10, 30, 20, 40)
check("SCV", c(mean(((O - E) / E)^2 - 1 / E), mean(log(O / E)^2 - 1 / E)), c(.239178241, .266928443))
r <- c(2.1, 3.4, 5.0, 1.7, 2.9, 3.3); q <- function(p) unname(quantile(r, p))
check("quotients", c(max(r) / min(r), q(.95) / q(.05), q(.75) / q(.25)), c(2.941176471, 2.555555556, 1.467391304))
w <- c(1000, 2000, 800, 500, 1500, 1200) / 7000; m <- sum(w * r)
check("CV", c(sd(r) / mean(r), m, sqrt(sum(w * (r - m)^2)) / m), c(.378410765, 3.151428571, .271843420))
check("SCV below 0", { o <- c(12, 25, 8, 40, 18, 30); e <- c(15, 20, 10, 30, 20, 28); mean(((o - e) / e)^2 - 1 / e) }, -.011166856)
gini <- function(x) 2 * sum(seq_along(x) * sort(x)) / (length(x) * sum(x)) - (length(x) + 1) / length(x)
check("Gini", c(gini(r), gini(c(1, 1, 1)), gini(c(0, 0, 0, 1))), c(.188405797, 0, .75))
score <- function(a) sum(digamma(O + a) - digamma(a) + log(a) + 1 - log(a + E) - (O + a) / (a + E))
shape <- uniroot(score, c(.1, 100), tol = 1e-13)$root
check("empirical Bayes", c(shape, (5 + shape) / (15 + shape)), c(4.563702830226, .488848712), 2e-6)
check("shrunk", c((O + shape) / (E + shape), qgamma(c(.025, .975), 5 + shape, 15 + shape)),
      c(.488848712, 1.407105132, .862672068, 1.867963145, .918578974, 1.112198994, .229844429, .843925129), 2e-6)
b <- sum(O) / sum(E); A <- max(0, sum(E * (O / E - b)^2) / sum(E) - b / mean(E))
check("Marshall", c(b, A, b + A / (A + b / 15) * (5 / 15 - b)), c(1.229629630, .210336077, .584689145))
k <- c(3, 5, 2, 4); v <- c(10, 12, 11, 15, 17, 16, 18, 16, 9, 8, 13, 15, 12, 14); ms <- anova(lm(v ~ factor(rep(1:4, k))))$`Mean Sq`
n0 <- (14 - sum(k^2) / 14) / 3; sa <- (ms[1] - ms[2]) / n0
check("ICC", c(ms, n0, sa / (sa + ms[2])), c(36.71904762, 1.27, 3.380952381, .891960221), 1e-8)
check("reliability", c(sa, sa / (sa + ms[2] / k)), c(10.484929577, .961191499, .976347736, .942895322, .970608464))
with_package("lme4", function() {
  fit <- lme4::VarCorr(lme4::lmer(v ~ 1 + (1 | g), data.frame(v, g = factor(rep(1:4, k)))))
  between <- as.numeric(fit$g); within <- attr(fit, "sc")^2
  check("ICC by REML", c(between, within, between / (between + within)), c(11.00688784, 1.27070185, .896502336), 1e-6)
})
est <- c(-.4, .1, .3, -.2, .6, 0); se <- c(.2, .15, .25, .3, .2, .1); w <- 1 / se^2
Q <- sum(w * (est - sum(w * est) / sum(w))^2); dl <- max(0, (Q - 5) / (sum(w) - sum(w^2) / sum(w)))
check("rankability", c(Q, dl, dl / (dl + median(se^2))), c(14.67652959, .06042170456, .601679735))
with_package("metafor", function() {
  reml <- metafor::rma(est, sei = se)$tau2
  check("rankability by REML", c(reml, reml / (reml + median(se^2))), c(.076818181, .657587546))
  check("shrunk estimate", metafor::blup(metafor::rma(est, sei = se, method = "DL"))$pred[1], -.212518881)
})

# 6 Cost
cells <- data.frame(age = factor(rep(1:3, each = 4)), sex = factor(rep(1:2, 6)),
                    cost = c(300, 350, 400, 280, 900, 1200, 1000, 1500, 3000, 2600, 4200, 3900))
g <- glm(cost ~ age + sex, Gamma("log"), cells, epsilon = 1e-14, maxit = 100)
check("gamma", c(coef(g), deviance(g), sum(fitted(g))), c(5.784496005, 1.235508642, 2.332180571, .047337283, .372219274, 19640.28855), 1e-6)
check("dispersion", summary(g)$dispersion, .046784931, 1e-6)
days <- function(from, to) as.numeric(as.Date(to) - as.Date(from)) + 1
check("person-time", c(days("2024-03-15", "2024-12-31") / 366, days("2023-03-15", "2023-12-31") / 365), c(.797814208, .8))
check("P99", c(quantile(c(1:10, 100), .99), sapply(c(1, 2, 6), function(t) quantile(c(1:10, 100), .99, type = t))), c(91, 100, 100, 100))
spent <- c(100, 200, 400, 800, 1600); fit <- mean(log(spent)); smear <- mean(exp(log(spent) - fit))
check("smearing", c(smear, exp(fit) * smear), c(1.55, 620))
all27 <- rowMeans(expand.grid(c(1, 2, 6), c(1, 2, 6), c(1, 2, 6)))
check("all resamples", c(quantile(all27, c(.025, .975)), sqrt(mean((all27 - 3)^2))), c(1.216666667, 5.133333333, 1.247219129))
x12 <- c(120, 80, 95, 2300, 150, 60, 400, 0, 75, 3100, 210, 90)
jack <- sapply(seq_along(x12), function(i) mean(x12[-i])); d12 <- mean(jack) - jack
check("acceleration", c(mean(x12), sum(d12^3) / (6 * sum(d12^2)^1.5)), c(556.666667, .089581572), 1e-8)
check("t interval", t.test(x12)$conf.int, c(-91.72, 1205.05), 1e-4)
with_package("boot", function() {
  set.seed(1); draws <- boot::boot(x12, function(x, i) mean(x[i]), 1e5)
  ends <- boot::boot.ci(draws, type = c("perc", "bca"))
  check("bootstrap", c(ends$percent[4:5], ends$bca[4:5]), c(102.5, 1185.42, 127.92, 1397.87), .05)
})
d <- data.frame(y = c(1000, 1200, 1500, 900, 1100, 1250, 1400, 950, 1000, 1100, 1300, 1250, 1300, 1400, 1500, 1450),
                t = rep(c(1, 0), each = 8), a = rep(rep(0:1, each = 4), 2))
check("DiD", coef(summary(lm(y ~ t * a, d)))[4, 1:2], c(-225, 182.8592355), 1e-9)
check("DiD interval", confint(lm(y ~ t * a, d))[4, ], c(-623.416048, 173.416048), 1e-8)
rr <- (80 / 2050) / (90 / 2000) / ((420 / 10100) / (400 / 10000)); se <- sqrt(sum(1 / c(90, 80, 400, 420)))
check("ratio of ratios", c(rr, rr * exp(c(-1, 1) * z[1] * se), se), c(.834172151, .599206253, 1.161274893, .168795923))
history <- sum(c(.1, .3, .6) * c(2400, 2480, 2590) * c(1.06, 1.03, 1) * 1.02 / c(1, 1.01, 1.02))
check("shared savings", { u <- history * 1.035 * min(1.03 / 1.02, 1.03); c(history, u, (u - 2580) * 8200 * .5 * .85) },
      c(2587.395327, 2704.208616, 432867.03), 1e-8)
check("saving", { u <- history * 1.035 * min(1.03 / 1.02, 1.03); c(u - 2580, 100 * (1 - 2580 / u), (u - 2580) * 8200, .1 * u * 8200) },
      c(124.208616, 4.593160, 1018510.65, 2217451.07), 2e-7)
msr <- function(n) { from <- c(5:9 * 1000, 10000, 15000, 20000, 50000, 60000); to <- c(6:9 * 1000, 10000, 15000, 20000, 50000, 60000)
  high <- c(3.9, 3.6, 3.4, 3.2, 3.1, 3.0, 2.7, 2.5, 2.2); low <- c(3.6, 3.4, 3.2, 3.1, 3.0, 2.7, 2.5, 2.2, 2.0)
  i <- max(which(from <= n)); high[i] + (n - from[i]) / (to[i] - 1 - from[i]) * (low[i] - high[i]) }
check("minimum savings rate", sapply(c(8200, 7500, 12000), msr), c(3.179980, 3.299900, 2.879976), 1e-6)
check("minimum savings rate by CV", 100 * qnorm(.9) * 2.15 / sqrt(c(1000, 5000, 20000)), c(8.713137, 3.896633, 1.948317), 1e-6)

# 9 Change over time
y <- c(12, 15, 11, 14, 13, 16, 12, 14, 15, 13, 18, 19, 20, 21, 22, 23, 24, 40, 13, 12); mr <- abs(diff(y))
kept <- mr[mr < 3.267 * mean(mr)]
check("XmR", mean(y) + c(-2.66, 2.66) * mean(kept), c(11.873529, 22.826471), 1e-6)
check("XmR, unscreened", c(mean(y), mean(y) + c(-2.66, 2.66) * mean(mr)), c(17.35, 6.43, 28.27), 1e-6)
x <- c(12, 15, 8, 20, 9); n <- c(100, 120, 90, 110, 95); p <- sum(x) / sum(n); s <- sqrt(p * (1 - p) / n)
check("p-chart", c(p, p - 3 * s[1], mean(abs(diff((x / n - p) / s))) / 1.128), c(.124271845, .025304417, 1.494816481))
sz <- mean(abs(diff((x / n - p) / s))) / 1.128
check("p'-chart", c(p + 3 * s[1], p + c(-3, 3) * s[1] * sz), c(.223239273, -.023666, .272209987), 1e-6)
u <- sum(x) / 51.5; check("u-chart", c(u, u + c(-3, 3) * sqrt(u / 10)), c(1.242718447, .185152088, 2.300284805))
weight <- function(p, event, R0 = 1, RA = 2) log(ifelse(event, RA / R0, 1) * (1 - p + R0 * p) / (1 - p + RA * p))
low <- plogis(-3.68); high <- plogis(-3.68 + .077 * 50)
check("log-likelihood weights", c(weight(low, 0), weight(low, 1), weight(high, 0), weight(high, 1)),
      c(-.024304663, .668842518, -.433338310, .259808871))
p8 <- c(.05, .10, .02, .20, .15, .08, .30, .05); y8 <- c(0, 1, 0, 0, 1, 0, 1, 1)
check("CUSUM", Reduce(function(s, w) max(0, s + w), weight(p8, y8), 0, accumulate = TRUE)[-1],
      c(0, .597837001, .578034374, .395712817, .949098055, .872137014, 1.302919930, 1.947276946))
check("VLAD", sum(p8 - y8), -3.05)

# Who answers beside who does not, and claims that still come in
smd <- function(n, m, v) { d <- -diff(m) / sqrt(mean(v)); d + c(0, -1, 1) * z[1] * sqrt(sum(n) / prod(n) + d^2 / 2 / sum(n)) }
share <- c(137 / 158, 139 / 154)
check("standardised difference of ages", smd(c(158, 154), c(51.419107772550, 48.582539978844), c(11.007165819723, 9.957840326159)^2),
      c(.270261925849, .047310753, .493213098), 1e-8)
check("of bilirubin", smd(c(158, 154), c(2.873417721519, 3.648701298701), c(3.628854949537, 5.281948999229)^2)[1:2], c(-.171090565133, -.393436629), 1e-8)
check("of women", smd(c(158, 154), share, share * (1 - share)), c(-.111411611567, -.333524156, .110700933), 1e-8)
with_package("survival", function() {
  arms <- split(subset(survival::pbc, !is.na(trt)), subset(survival::pbc, !is.na(trt))$trt)
  of <- function(name) smd(sapply(arms, nrow), sapply(arms, function(a) mean(a[[name]])), sapply(arms, function(a) var(a[[name]])))[1]
  check("of the trial itself", c(of("age"), of("bili")), c(.270261925849, -.171090565133), 1e-9)
})
with_package("metafor", function() {
  # Its variance of two variances apart is nearly that of Hedges & Olkin.
  fit <- metafor::escalc("SMDH", n1i = 158, n2i = 154, m1i = 51.4191, m2i = 48.5825, sd1i = sqrt(121.1577), sd2i = sqrt(99.1586),
                         vtype = "LS")
  check("variance of a standardised difference", sqrt(fit$vi), .113753, 1e-3)
})
ta <- list(c(357848, 1124788, 1735330, 2218270, 2745596, 3319994, 3466336, 3606286, 3833515, 3901463),
           c(352118, 1236139, 2170033, 3353322, 3799067, 4120063, 4647867, 4914039, 5339085),
           c(290507, 1292306, 2218525, 3235179, 3985995, 4132918, 4628910, 4909315),
           c(310608, 1418858, 2195047, 3757447, 4029929, 4381982, 4588268), c(443160, 1136350, 2128333, 2897821, 3402672, 3873311),
           c(396132, 1333217, 2180715, 2985752, 3691712), c(440832, 1288463, 2419861, 3483130), c(359480, 1421128, 2864498),
           c(376686, 1363294), 344014)
known <- t(sapply(ta, `[`, 1:10))
# A factor is the slope of a column on the one before it without intercept, weighted by 1 / the latter (Mack 1993).
growth <- sapply(1:9, function(k) coef(lm(known[, k + 1] ~ 0 + known[, k], weights = 1 / known[, k])))
check("chain ladder", growth, c(3.49061, 1.74733, 1.45741, 1.17385, 1.10382, 1.08627, 1.05387, 1.07656, 1.01772), 5e-6)
check("share that has come in", 1 / rev(cumprod(rev(growth))),
      c(.0692205503, .2416217060, .4221934939, .6153102172, .7222829503, .7972729175, .8660531454, .9127112004, .9825839691), 1e-9)
runout <- matrix(c(580, 880, 790, 900), 2, byrow = TRUE); g <- runout[, 2] / runout[, 1]
check("claims of a month", c(1 / prod(g), 1 / g[2]), c(580 / 880 * 790 / 900, 790 / 900))

# UK Health Security Agency: the expected results of its own test data
folder <- commandArgs(TRUE)
if (length(folder) > 0) {
  table <- function(name) read.csv(file.path(folder[1], paste0("testdata_", name, ".csv")), fileEncoding = "UTF-8-BOM")
  count <- function(x, z) if (x < 10) garwood(x, 2 * pnorm(-z)) else byar(x, z)
  d <- table("Proportion__testdata_Prop")
  for (i in which(is.finite(d$Denominator) & is.finite(d$lower95_0cl)))
    check(paste("PHE proportion", d$Area[i]), d$multiplier[i] * c(d$Numerator[i] / d$Denominator[i],
      pmax(0, wilson(d$Numerator[i], d$Denominator[i], z[1])), pmax(0, wilson(d$Numerator[i], d$Denominator[i], z[2]))),
      unlist(d[i, c("value", "lower95_0cl", "upper95_0cl", "lower99_8cl", "upper99_8cl")]))
  d <- table("Rate__testdata_Rate")
  for (i in which(is.finite(d$lower95_0cl)))
    check(paste("PHE rate", d$Area[i]), d$multiplier[i] / d$Denominator[i] * c(d$Numerator[i], count(d$Numerator[i], z[1]),
      count(d$Numerator[i], z[2])), unlist(d[i, c("value", "lower95_0cl", "upper95_0cl", "lower99_8cl", "upper99_8cl")]))
  v <- table("Mean__testdata_Mean"); d <- table("Mean__testdata_Mean_results")
  for (i in which(is.finite(d$lower95_0cl) & is.finite(d$stdev))) {
    x <- v$values[v$area == d$area[i] & is.finite(v$values)]
    if (length(x) < 2) next
    check(paste("PHE mean", d$area[i]), c(sum(x), sd(x), mean(x), t.test(x)$conf.int, t.test(x, conf.level = .998)$conf.int),
          unlist(d[i, c("value_sum", "stdev", "value", "lower95_0cl", "upper95_0cl", "lower99_8cl", "upper99_8cl")]), 1e-8)
  }
  v <- table("DSR_ISR__testdata_multiarea"); d <- table("DSR_ISR__testresults_DSR")
  europe <- c(5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000, 7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500, 1000)
  for (i in which(d$method == "Dobson" & d$area %in% v$area & is.finite(suppressWarnings(as.numeric(d$value))))) {
    a <- v[v$area == d$area[i], ]; a$count[is.na(a$count)] <- 0; o <- sum(a$count)
    rate <- sum(europe * a$count / a$pop) / sum(europe); s <- sqrt(sum(europe^2 * a$count / a$pop^2) / sum(europe)^2 / o)
    per <- as.numeric(sub(".* ", "", d$statistic[i]))
    check(paste("PHE standardised rate", d$area[i]),
          per * c(rate, rate + s * (byar(o, z[1]) - o), rate + s * (byar(o, z[2]) - o)),
          as.numeric(d[i, c("value", "lower95_0cl", "upper95_0cl", "lower99_8cl", "upper99_8cl")]))
  }
  v <- table("DSR_ISR__testdata_multiarea_isr"); ref <- table("DSR_ISR__refdata"); d <- table("DSR_ISR__testresults_ISR")
  for (i in which(d$area %in% v$area & is.finite(as.numeric(d$lower99_8cl)))) {
    a <- v[v$area == d$area[i], ]; a$pop[is.na(a$pop)] <- 0; r <- ref[seq_len(nrow(a)), ]
    e <- sum(a$pop * r$refcount / r$refpop); o <- d$observed[i]
    per <- if (grepl("ratio", d$statistic[i])) 1 else sum(r$refcount) / sum(r$refpop)
    per <- per * as.numeric(sub(".* ", "", d$statistic[i]))
    check(paste("PHE indirect", d$area[i]), c(e, per / e * c(o, count(o, z[1]), count(o, z[2]))),
          as.numeric(d[i, c("expected", "value", "lower95_0cl", "upper95_0cl", "lower99_8cl", "upper99_8cl")]))
  }
}

if (failures > 0) quit(status = 1)
cat("all", figures, "figures agree")
if (length(skipped) > 0) cat("; not installed:", unique(skipped))
cat("\n")
