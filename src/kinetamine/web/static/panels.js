// The figures of one course: every time axis in step, drawn when seen, kept where the reader had zoomed.
import { all, element, make } from "./dom.js";
import { drawCourse, drawOverview, drawZoom } from "./report/figures.js";

const wide = new Set(["madrs", "phq9", "hama", "caps5", "pcl5", "ssi", "pain", "benefit"]);
const firstOfSession = new Set(["ketamine", "nmda", "dissociation", "pressure", "sedation", "analgesia"]);
const rowPx = 70, framePx = 100;
const logarithmic = new Set();
let data = null, range = null, span = "whole", current = 0, linking = false;
const draws = new Map(), seen = new Set();

// Only what is on the screen is drawn; the rest waits until it is scrolled to.
const watcher = new IntersectionObserver(function (entries) {
  entries.forEach(function ({ target, isIntersecting }) {
    if (isIntersecting) { seen.add(target); drawNow(target); } else { seen.delete(target); }
  });
}, { rootMargin: "240px" });
const boxes = new ResizeObserver(function (entries) {
  entries.forEach(function ({ target }) {
    if (target.offsetWidth && target.classList.contains("js-plotly-plot")) { Plotly.Plots.resize(target); }
  });
});

function drawNow(plot) {
  const draw = draws.get(plot);
  if (!draw || plot.dataset.fresh) { return; }
  const first = !plot.classList.contains("js-plotly-plot");
  plot.dataset.fresh = "1";
  draw();
  if (first && plot.dataset.axis === "days") { link(plot); }
  if (first && plot.dataset.axis === "minutes") {
    plot.on("plotly_doubleclick", function () {
      Plotly.relayout(plot, { "xaxis.autorange": true, "yaxis.autorange": true });
    });
  }
}
function renew(plot, draw) {
  draws.set(plot, draw);
  delete plot.dataset.fresh;
  if (seen.has(plot)) { drawNow(plot); }
}
function redraw() {
  draws.forEach(function (_, plot) {
    delete plot.dataset.fresh;
    if (seen.has(plot)) { drawNow(plot); }
  });
}

// One figure with its head and caption; made once, then only its words change.
function figureOf(panel, place, axis) {
  const plot = element(idOf(panel, axis)) || made(panel, axis), figure = plot.closest("figure");
  plot.classList.toggle("many", panel.traces.length > 2);
  plot.setAttribute("aria-label", panel.description);
  figure.querySelector("h3").textContent = panel.title;
  figure.querySelector("figcaption").textContent = panel.caption;
  const button = figure.querySelector("button.log");
  if (button) { button.setAttribute("aria-label", "Logarithmic scale: " + panel.title); }
  if (place) { place.append(figure); }
}
function idOf(panel, axis) { return "plot-" + (axis === "minutes" ? "zoom-" : "") + panel.key; }
function made(panel, axis) {
  const figure = make("figure", { className: wide.has(panel.key) ? "wide" : "" });
  const head = make("div", { className: "figure-head" });
  const plot = make("div", { className: "plot", id: idOf(panel, axis) });
  plot.dataset.axis = axis;
  plot.setAttribute("role", "group");
  head.append(make("h3"));
  if (panel.stage === "plasma" && axis === "days") { head.append(logButton(panel.key)); }
  figure.append(head, plot, make("figcaption"));
  watcher.observe(plot);
  boxes.observe(plot);
  return plot;
}
function logButton(key) {
  const button = make("button", { type: "button", className: "log", textContent: "log" });
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", function () {
    if (logarithmic.has(key)) { logarithmic.delete(key); } else { logarithmic.add(key); }
    button.setAttribute("aria-pressed", String(logarithmic.has(key)));
    drawPanel(data.panels.find(function (one) { return one.key === key; }));
  });
  return button;
}

// Put figures in their order into a place; those that are no more go. Nothing moves where the order is the same.
function fill(place, panels, axis) {
  const wanted = panels.map(function (panel) { return idOf(panel, axis); });
  const there = all(".plot", place).map(function (one) { return one.id; });
  const same = wanted.join() === there.join();
  there.filter(function (id) { return !wanted.includes(id); }).forEach(forget);
  panels.forEach(function (panel) { figureOf(panel, same ? null : place, axis); });
}
function forget(id) {
  const plot = element(id);
  watcher.unobserve(plot);
  boxes.unobserve(plot);
  draws.delete(plot);
  seen.delete(plot);
  if (plot.classList.contains("js-plotly-plot")) { Plotly.purge(plot); }
  plot.closest("figure").remove();
}

function drawPanel(panel) {
  const plot = element("plot-" + panel.key);
  renew(plot, function () { drawCourse(plot, panel, { range, log: logarithmic.has(panel.key) }); });
}
function drawSession(panel) {
  const plot = element("plot-zoom-" + panel.key);
  renew(plot, function () { drawZoom(plot, panel, current); });
}

// The session and the days shown, as this course has them: its sessions may lie elsewhere. What was dragged stays.
function settle() {
  const numbers = data.sessions.map(function (one) { return one.number; });
  if (!numbers.includes(current)) { current = numbers[0] || 0; }
  if (span === "session" && !numbers.length) { span = "whole"; }
  if (span) { range = rangeOf(span); }
}

// Show a course: what is on the screen at once.
export function show(view) {
  data = view;
  settle();
  const overview = element("plot-overview");
  overview.style.height = (framePx + rowPx * view.overview.length) + "px";
  overview.closest("section").hidden = !view.overview.length;
  renew(overview, function () {
    if (data.overview.length) { drawOverview(overview, data.overview, data.stamp, range); }
  });
  all("section.stage").forEach(function (section) {
    const own = view.panels.filter(function (panel) { return "stage-" + panel.stage === section.id; });
    section.hidden = !own.length;
    fill(section.querySelector(".panels"), own, "days");
  });
  view.panels.forEach(drawPanel);
  sessions(view);
  steps();
}

function sessions(view) {
  const main = view.zooms.filter(function (one) { return firstOfSession.has(one.key); });
  const more = view.zooms.filter(function (one) { return !firstOfSession.has(one.key); });
  element("sessions").hidden = !view.zooms.length;
  fill(element("zooms"), main, "minutes");
  fill(element("more-zooms").querySelector(".panels"), more, "minutes");
  element("more-zooms").hidden = !more.length;
  const choice = element("session"), labels = view.sessions.map(function (one) { return one.label; });
  if (Array.from(choice.options, function (one) { return one.text; }).join("|") !== labels.join("|")) {
    choice.replaceChildren(...view.sessions.map(function (one) { return new Option(one.label, one.number); }));
  }
  view.zooms.forEach(drawSession);
  choose(current, false);
}

function choose(number, drawn = true) {
  const numbers = data.sessions.map(function (one) { return one.number; });
  const place = Math.max(numbers.indexOf(number), 0);
  current = numbers[place] || 0;
  element("session").value = String(current);
  element("previous").disabled = place <= 0;
  element("next").disabled = place >= numbers.length - 1;
  if (!drawn) { return; }
  data.zooms.forEach(drawSession);
  if (span === "session") { setSpan("session"); }
}
function step(by) {
  const numbers = data.sessions.map(function (one) { return one.number; });
  choose(numbers[Math.min(Math.max(numbers.indexOf(current) + by, 0), numbers.length - 1)]);
}

// The days shown: a preset, or what the reader dragged in any figure over days.
function rangeOf(name) {
  const first = data.sessions.length ? data.sessions[0].start_h / 24 : 0;
  const own = data.sessions.find(function (one) { return one.number === current; });
  if (name === "week") { return [first - 0.15, first + 7]; }
  if (name === "day") { return [first - 0.03, first + 1]; }
  if (name === "session" && own) { return [own.start_h / 24 - 0.006, own.until_h / 24 + 0.006]; }
  return null;
}
function setSpan(name) {
  span = name;
  setRange(rangeOf(name));
}
function setRange(next) {
  range = next;
  steps();
  const change = next ? { "xaxis.range": next.slice(), "xaxis.autorange": false } : { "xaxis.autorange": true };
  const drawn = all("[data-axis=days].js-plotly-plot");
  linking = true;
  Promise.all(drawn.map(function (plot) {
    if (!seen.has(plot)) { delete plot.dataset.fresh; return null; }
    const kept = next || plot.id === "plot-overview" || logarithmic.has(plot.id.slice(5));
    return Plotly.relayout(plot, Object.assign({}, change, kept ? {} : { "yaxis.autorange": true }));
  })).then(function () { linking = false; });
}
function steps() {
  all("[data-span]").forEach(function (button) {
    button.setAttribute("aria-pressed", String(button.dataset.span === span));
    button.disabled = button.dataset.span === "session" && !data.sessions.length;
  });
  const own = data.sessions.find(function (one) { return one.number === current; });
  const between = range ? "Days " + days(range[0]) + " to " + days(range[1]) : "The whole course";
  const shown = span === "session" && own ? own.label : between;
  if (element("range").textContent !== shown) { element("range").textContent = shown; }
}
function days(value) { return Math.max(0, Number(value)).toFixed(2); }
function link(plot) {
  plot.on("plotly_relayout", function (change) {
    if (linking) { return; }
    const low = change["xaxis.range[0]"], high = change["xaxis.range[1]"];
    if (change["xaxis.autorange"]) { setSpan("whole"); } else if (low !== undefined && high !== undefined) {
      span = "";
      setRange([low, high]);
    }
  });
  plot.on("plotly_doubleclick", function () { setSpan("whole"); });
}

// Paper is white and narrow: everything is drawn, in its colours and at its width.
function paper(on) {
  all(".plot").forEach(function (plot) {
    if (on && draws.has(plot)) { delete plot.dataset.fresh; drawNow(plot); }
  });
  all(".js-plotly-plot").forEach(function (plot) {
    const whole = plot.closest("figure").matches(".wide, :only-child") || !plot.closest(".panels");
    Plotly.relayout(plot, on ? { width: whole ? 660 : 318, autosize: false } : { width: null, autosize: true });
  });
  if (!on) { redraw(); }
}

export function wirePanels() {
  const overview = element("plot-overview");
  overview.dataset.axis = "days";
  watcher.observe(overview);
  boxes.observe(overview);
  all("[data-span]").forEach(function (button) {
    button.addEventListener("click", function () { if (data) { setSpan(button.dataset.span); } });
  });
  element("session").addEventListener("change", function () { choose(Number(element("session").value)); });
  element("previous").addEventListener("click", function () { step(-1); });
  element("next").addEventListener("click", function () { step(1); });
  document.addEventListener("themechange", function () { redraw(); });
  window.addEventListener("beforeprint", function () { if (data) { paper(true); } });
  window.addEventListener("afterprint", function () { if (data) { paper(false); } });
}

// The chain as a picture of its own ground, for slides.
export function picture() {
  const plot = element("plot-overview"), ground = getComputedStyle(plot.closest("figure")).backgroundColor;
  const layout = Object.assign({}, plot.layout, { paper_bgcolor: ground, plot_bgcolor: ground });
  const size = { width: Math.max(plot.offsetWidth, 900), height: plot.offsetHeight };
  return Plotly.toImage({ data: plot.data, layout }, Object.assign({ format: "png", scale: 2 }, size));
}
