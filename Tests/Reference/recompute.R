# Recomputes the worked figures of the statistics with base R, independently of Spiegel's code.
#
#   Rscript Tests/Reference/recompute.R
#
# Needs no packages. Prints every figure that differs from the one the tests expect, and ends with status 1 if any does.
# Closed forms agree to 1e-9 (or to the printed digits), iterative fits to 1e-6.

failures <- 0
check <- function(name, value, expected, tolerance = 1e-9) {
  gap <- abs(value - expected) / pmax(1, abs(expected))
  if (length(value) != length(expected) || any(is.na(gap)) || any(gap > tolerance)) {
    failures <<- failures + 1
    cat(name, ": ", format(value, digits = 15), " is not ", format(expected, digits = 15), "\n", sep = " ")
  }
}
z <- qnorm(c(.975, .999))

# 1 Intervals
wilson <- function(x, n, z) (2 * x + z^2 + c(-1, 1) * z * sqrt(z^2 + 4 * x * (1 - x / n))) / (2 * (n + z^2))
check("Wilson 65/100", c(wilson(65, 100, z[1]), wilson(65, 100, z[2])), c(.552544433, .736357518, .495494657, .778354061))
check("Wilson 81/263", c(wilson(81, 263, z[1]), wilson(81, 263, z[2])), c(.255288520, .366209577, .228035740, .401389422))
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
check("Byar 10", c(byar(10, z[1]), byar(10, z[2])), c(4.787449914, 18.391458606, 2.916318375, 24.193724928))
check("rate ratio", { s <- binom.test(12, 32, 1000 / 2500)$conf.int; s / (1 - s) * 1.5 }, c(.401141447, 1.933103478))
y <- c(3, 0, 5, 2, 7, 1); x <- c(10, 4, 12, 9, 20, 5); r <- sum(y) / sum(x)
se <- sqrt(6 / 5 * sum((y - r * x)^2)) / sum(x)
check("ratio of sums", c(r, se, r + c(-1, 1) * qt(.975, 5) * se), c(.3, .041392431, .193597369, .406402631))

# 2 Standardisation
std <- c(5000, 3000, 2000); o <- c(4, 10, 30); n <- c(1000, 800, 500)
rate <- sum(std * o / n) / sum(std); v <- sum(std^2 * o / n^2) / sum(std)^2
check("DSR", 1000 * c(rate, rate + sqrt(v / 44) * (byar(44, z[1]) - 44)), c(17.75, 12.880449, 23.848507), 1e-7)
ref <- c(16, 38, 95) / c(3600, 2700, 1600)
check("SMR", { e <- sum(n * ref); c(e, 44 / e, byar(44, z[1]) / e) }, c(45.3912037, .969350808, .704263530, 1.301339663), 2e-9)
cost <- c(90, 480, 1150) * 1e3; py <- c(100, 250, 180); refcost <- c(1.2, 6, 9) * 1e6; refpy <- c(1500, 3000, 1500)
check("SCR", sum(cost) / sum(py * refcost / refpy), 1.036144578)

# 3 Change and case mix
a <- c(60, 55, 70, 48, 62, 58, 75, 66, 50, 64); b <- c(35, 50, 40, 49, 30, 58, 60, 20, 55, 33); t <- t.test(b - a)
check("change", c(mean(b - a), sd(b - a), t$statistic, t$p.value), c(-17.8, 17.427946905, -3.229786197, .010326185))
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
ages <- c(50, 55, 60, 65, 70, 75, 80, 85, 62, 58, 66, 72, 78, 84, 90, 68, 74, 59, 81, 77)
ev <- c(0, 0, 0, 1, 0, 1, 0, 1, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 1, 0)
g <- glm(ev ~ ages, binomial); e <- sum(fitted(g)[1:10])
check("logistic", c(coef(g), deviance(g), 3 / e), c(-13.908236520, .186822105, 17.167897029, 1.062299471), 1e-6)

# 4 Funnel
point <- function(p, q, f) { r <- q(p); at <- f(r); r - (at - p) / (at - f(r - 1)) }
four <- c(.001, .025, .975, .999)
check("binomial funnel", sapply(four, point, function(p) qbinom(p, 100, .1), function(k) pbinom(k, 100, .1)) / 100,
      c(.014178865, .040380596, .157718612, .198356719))
check("Poisson funnel", sapply(four, point, function(p) qpois(p, 20), function(k) ppois(k, 20)) / 20,
      c(.358459355, .560250052, 1.437288434, 1.735676429))
num <- c(5, 40, 90, 12, 300); den <- c(50, 200, 300, 100, 1000); p0 <- sum(num) / sum(den); s <- sqrt(p0 * (1 - p0) / den)
zs <- (num / den - p0) / s; w <- pmin(pmax(zs, quantile(zs, .1)), quantile(zs, .9)); phi <- mean(w^2)
check("over-dispersion", c(phi, (5 * phi - 4) / (sum(1 / s^2) - sum(1 / s^4) / sum(1 / s^2))), c(5.282273541, .004622750779))

# 5 Variation
O <- c(5, 30, 8, 60, 18, 45); E <- c(15, 20, 10, 30, 20, 40)
check("SCV", c(mean(((O - E) / E)^2 - 1 / E), mean(log(O / E)^2 - 1 / E)), c(.239178241, .266928443))
score <- function(a) sum(digamma(O + a) - digamma(a) + log(a) + 1 - log(a + E) - (O + a) / (a + E))
shape <- uniroot(score, c(.1, 100), tol = 1e-13)$root
check("empirical Bayes", c(shape, (5 + shape) / (15 + shape)), c(4.563702830226, .488848712), 2e-6)
k <- c(3, 5, 2, 4); v <- c(10, 12, 11, 15, 17, 16, 18, 16, 9, 8, 13, 15, 12, 14); ms <- anova(lm(v ~ factor(rep(1:4, k))))$`Mean Sq`
n0 <- (14 - sum(k^2) / 14) / 3; sa <- (ms[1] - ms[2]) / n0
check("ICC", c(ms, n0, sa / (sa + ms[2])), c(36.71904762, 1.27, 3.380952381, .891960221), 1e-8)

# 6 Cost
cells <- data.frame(age = factor(rep(1:3, each = 4)), sex = factor(rep(1:2, 6)),
                    cost = c(300, 350, 400, 280, 900, 1200, 1000, 1500, 3000, 2600, 4200, 3900))
g <- glm(cost ~ age + sex, Gamma("log"), cells, epsilon = 1e-14, maxit = 100)
check("gamma", c(coef(g), deviance(g), sum(fitted(g))), c(5.784496005, 1.235508642, 2.332180571, .047337283, .372219274, 19640.28855), 1e-6)
d <- data.frame(y = c(1000, 1200, 1500, 900, 1100, 1250, 1400, 950, 1000, 1100, 1300, 1250, 1300, 1400, 1500, 1450),
                t = rep(c(1, 0), each = 8), a = rep(rep(0:1, each = 4), 2))
check("DiD", coef(summary(lm(y ~ t * a, d)))[4, 1:2], c(-225, 182.8592355), 1e-9)
history <- sum(c(.1, .3, .6) * c(2400, 2480, 2590) * c(1.06, 1.03, 1) * 1.02 / c(1, 1.01, 1.02))
check("shared savings", { u <- history * 1.035 * min(1.03 / 1.02, 1.03); c(history, u, (u - 2580) * 8200 * .5 * .85) },
      c(2587.395327, 2704.208616, 432867.03), 1e-8)

# 9 Change over time
y <- c(12, 15, 11, 14, 13, 16, 12, 14, 15, 13, 18, 19, 20, 21, 22, 23, 24, 40, 13, 12); mr <- abs(diff(y))
kept <- mr[mr < 3.267 * mean(mr)]
check("XmR", mean(y) + c(-2.66, 2.66) * mean(kept), c(11.873529, 22.826471), 1e-6)
x <- c(12, 15, 8, 20, 9); n <- c(100, 120, 90, 110, 95); p <- sum(x) / sum(n); s <- sqrt(p * (1 - p) / n)
check("p-chart", c(p, p - 3 * s[1], mean(abs(diff((x / n - p) / s))) / 1.128), c(.124271845, .025304417, 1.494816481))

if (failures > 0) quit(status = 1)
cat("all figures agree\n")
