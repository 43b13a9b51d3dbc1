import { drawCourse, drawLines, drawOverview, drawZoom } from "./figures.js";
// The report: the data in the page, figures of it, and what the reader may turn. The time axes of all whole-course
// figures move together.
const data = JSON.parse(document.getElementById("course-data").textContent);
let printing = false;
let current = data.sessions.length ? data.sessions[0].number : 0;
const logarithmic = new Set();

function plotOf(id) { return document.getElementById(id); }

// Zooming one whole-course figure zooms them all; a double click or the button shows the whole again.
let range = null, linking = false;
function linked() { return data.panels.map(function (one) { return plotOf("plot-" + one.key); }).concat([plotOf("plot-overview")]); }
function setRange(next) {
  range = next;
  linking = true;
  const change = next ? { "xaxis.range": next.slice(), "xaxis.autorange": false } : { "xaxis.autorange": true };
  const whole = next ? {} : { "yaxis.autorange": true };
  Promise.all(linked().filter(Boolean).map(function (plot) {
    const overview = plot.id === "plot-overview";
    return Plotly.relayout(plot, Object.assign({}, change, overview ? {} : whole));
  })).then(function () { linking = false; });
  const said = document.getElementById("range");
  if (said) { said.textContent = next ? "Showing days " + Math.max(0, +next[0]).toFixed(2) + " to " + (+next[1]).toFixed(2) : "Showing the whole course"; }
  if (!next) { data.panels.filter(function (one) { return logarithmic.has(one.key); }).forEach(course); }
}
function link(plot) {
  plot.on("plotly_relayout", function (change) {
    if (linking) { return; }
    if (change["xaxis.autorange"]) { setRange(null); return; }
    const low = change["xaxis.range[0]"], high = change["xaxis.range[1]"];
    if (low !== undefined && high !== undefined) { setRange([low, high]); }
  });
  plot.on("plotly_doubleclick", function () { setRange(null); });
}

function course(panel) {
  drawCourse(plotOf("plot-" + panel.key), panel, { range: range, log: logarithmic.has(panel.key) });
}
function zoom(panel) { drawZoom(plotOf("plot-zoom-" + panel.key), panel, current); }
function drawAll() {
  if (data.overview.length) { drawOverview(plotOf("plot-overview"), data.overview, data.stamp, range); }
  data.panels.forEach(course);
  data.zooms.forEach(zoom);
  data.comparison.forEach(function (panel) { drawLines(plotOf("plot-" + panel.key), panel); });
}

function chooseSession(number) {
  const numbers = data.sessions.map(function (one) { return one.number; });
  const place = Math.min(Math.max(numbers.indexOf(number), 0), numbers.length - 1);
  current = numbers[place];
  document.getElementById("session").value = String(current);
  document.getElementById("previous").disabled = place === 0;
  document.getElementById("next").disabled = place === numbers.length - 1;
  data.zooms.forEach(zoom);
}
function stepSession(by) {
  const numbers = data.sessions.map(function (one) { return one.number; });
  chooseSession(numbers[Math.min(Math.max(numbers.indexOf(current) + by, 0), numbers.length - 1)]);
}

function wire() {
  linked().filter(Boolean).forEach(link);
  data.zooms.forEach(function (one) {
    const plot = plotOf("plot-zoom-" + one.key);
    plot.on("plotly_doubleclick", function () { Plotly.relayout(plot, { "xaxis.autorange": true, "yaxis.autorange": true }); });
  });
  const choice = document.getElementById("session");
  if (choice) {
    choice.addEventListener("change", function () { chooseSession(Number(choice.value)); });
    document.getElementById("previous").addEventListener("click", function () { stepSession(-1); });
    document.getElementById("next").addEventListener("click", function () { stepSession(1); });
    chooseSession(current);
  }
  document.querySelectorAll("[data-range]").forEach(function (button) {
    button.addEventListener("click", function () {
      const given = button.dataset.range;
      setRange(given ? given.split(" ").map(Number) : null);
    });
  });
  document.querySelectorAll("button.log").forEach(function (button) {
    button.addEventListener("click", function () {
      const key = button.dataset.panel, on = !logarithmic.has(key);
      if (on) { logarithmic.add(key); } else { logarithmic.delete(key); }
      button.setAttribute("aria-pressed", String(on));
      course(data.panels.find(function (one) { return one.key === key; }));
    });
  });
  const copy = document.getElementById("copy");
  if (copy) { copy.addEventListener("click", function () { copyText(copy); }); }
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  window.addEventListener("beforeprint", beforePrint);
  window.addEventListener("afterprint", afterPrint);
}
function copyText(button) {
  const source = document.getElementById("bibtex");
  const done = function () { button.textContent = "Copied"; setTimeout(function () { button.textContent = "Copy BibTeX"; }, 1600); };
  if (navigator.clipboard && window.isSecureContext) { navigator.clipboard.writeText(source.textContent).then(done); return; }
  const selection = window.getSelection(), part = document.createRange();
  part.selectNodeContents(source);
  selection.removeAllRanges();
  selection.addRange(part);
  document.execCommand("copy");
  done();
}

// Paper is white and narrow: redraw in its colours and width, and open what is folded.
let folded = [];
function resize(paper) {
  document.querySelectorAll(".js-plotly-plot").forEach(function (plot) {
    const whole = plot.closest("figure").classList.contains("wide") || !plot.closest(".panels") || plot.closest(".panels").children.length === 1;
    Plotly.relayout(plot, paper ? { width: whole ? 660 : 318, autosize: false } : { width: null, autosize: true });
  });
}
function beforePrint() {
  if (printing) { return; }
  printing = true;
  folded = Array.from(document.querySelectorAll("details:not([open])")).filter(function (one) { return !one.dataset.screen; });
  folded.forEach(function (one) { one.open = true; });
  drawAll();
  resize(true);
}
function afterPrint() {
  printing = false;
  folded.forEach(function (one) { one.open = false; });
  drawAll();
  resize(false);
}

// A box that changes width (turned phone, opened window) takes its figure with it.
const boxes = new ResizeObserver(function (entries) {
  if (!printing) { entries.forEach(function (one) { if (one.target.offsetWidth) { Plotly.Plots.resize(one.target); } }); }
});

drawAll();
wire();
document.querySelectorAll(".js-plotly-plot").forEach(function (plot) { boxes.observe(plot); });
document.documentElement.dataset.drawn = String(document.querySelectorAll(".js-plotly-plot .main-svg").length);
