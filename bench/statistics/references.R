# usage: Rscript references.R DIR N... -- pROC on the scores in DIR (doubles: labels, a, b); one JSON line per figure.
# CPU milliseconds (user + system), median of 5, short calls repeated up to 0.2 s.
suppressMessages(library(pROC))
arguments <- commandArgs(TRUE)
cpu <- function(run) { t <- system.time(run()); t[[1]] + t[[2]] }
median_ms <- function(run) {
  run()
  once <- cpu(run)
  inner <- if (once < 0.2) max(1, min(500, floor(0.2 / max(once, 1e-3)))) else 1
  1000 * median(replicate(5, cpu(function() for (i in seq_len(inner)) run()) / inner))
}
for (name in arguments[-1]) {
  file <- file.path(arguments[1], paste0(name, ".f64"))
  n <- file.size(file) / 24
  x <- readBin(file, "double", 3 * n, endian = "little")
  y <- x[1:n]; a <- x[(n + 1):(2 * n)]; b <- x[(2 * n + 1):(3 * n)]
  curve <- function(scores) roc(y, scores, levels = c(0, 1), direction = "<", quiet = TRUE)
  single <- function() { r <- curve(a); c(as.numeric(r$auc), var(r, method = "delong")) }
  paired <- function() roc.test(curve(a), curve(b), paired = TRUE, method = "delong")
  figures <- single()
  cat(sprintf('{"data":"%s","what":"single","ms":%.6f,"auc":%.17g,"variance":%.17g}\n', name, median_ms(single), figures[1], figures[2]))
  cat(sprintf('{"data":"%s","what":"paired","ms":%.6f,"z":%.17g}\n', name, median_ms(paired), as.numeric(paired()$statistic)))
}
