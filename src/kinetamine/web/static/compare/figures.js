// Quantities on the same axes, a line for every arm. What is over within hours shows one session, or the whole course;
// what moves over days always shows the course. Time axes of the same kind move together.
import { colour, config, courseFigure } from "../report/figures.js";
import { make } from "./dom.js";

const HOURS = 8, BEFORE_D = 0.01;
const logarithmic = new Set();
const ranges = { hours: null, days: null };
let view = "first", linking = false, shown = null;

const boxes = new ResizeObserver(function (entries) {
  entries.forEach(function ({ target }) { if (target.offsetWidth && target.data) { Plotly.Plots.resize(target); } });
});

// Draw all that is in view; figures stay where they are as long as the quantities do.
export function drawFigures(places, whole) {
  shown = { places, whole };
  const first = whole.panels.filter((one) => one.first);
  const more = whole.panels.filter((one) => !one.first);
  place(places.first, first);
  place(places.more, more);
  return drawShown();
}
export function drawShown() {
  if (!shown) { return Promise.resolve(); }
  const { places, whole } = shown;
  const wanted = whole.panels.filter((one) => one.first || places.folded.open);
  return Promise.all(wanted.map(draw));
}
function place(box, panels) {
  const keys = panels.map((one) => one.key).join(" ");
  if (box.dataset.keys !== keys) {
    const there = new Map(Array.from(box.querySelectorAll("figure[data-key]")).map((one) => [one.dataset.key, one]));
    box.replaceChildren(...panels.map((panel) => there.get(panel.key) || frame(panel)));
    box.dataset.keys = keys;
  }
  panels.forEach(function (panel) {
    const one = box.querySelector('figure[data-key="' + panel.key + '"]');
    one.querySelector("h3").textContent = panel.title;
    one.querySelector("figcaption").textContent = panel.caption;
    one.querySelector(".plot").setAttribute("aria-label", panel.description);
  });
}
function frame(panel) {
  // A group and no image: its tool bar can be reached by keyboard.
  const plot = make("div", { class: "plot", id: "plot-" + panel.key, role: "group" });
  boxes.observe(plot);
  const log = panel.stage !== "plasma" ? null : make("button", {
    type: "button", class: "log", "aria-pressed": "false", text: "log",
    "aria-label": "Logarithmic axis: " + panel.title,
    onclick: function () {
      if (logarithmic.has(panel.key)) { logarithmic.delete(panel.key); } else { logarithmic.add(panel.key); }
      log.setAttribute("aria-pressed", String(logarithmic.has(panel.key)));
      draw(current(panel.key));
    },
  });
  const png = make("button", { type: "button", class: "log", text: "PNG", "aria-label": "Picture (PNG): " + panel.title,
    onclick: function () { picture(current(panel.key)); } });
  return make("figure", { "data-key": panel.key },
    make("div", { class: "figure-head" }, make("h3"), make("span", { class: "figure-tools" }, log, png)),
    plot, make("figcaption"));
}
function current(key) { return shown.whole.panels.find((one) => one.key === key); }

function draw(panel) {
  const plot = document.getElementById("plot-" + panel.key), fresh = !plot.data;
  const figure = made(panel);
  return Plotly.react(plot, figure.data, figure.layout, config).then(function () { if (fresh) { link(plot); } });
}
// What users write is text, which plotly would read as its own kind of markup.
function plain(text) { return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;"); }
// A long stamp in two lines, so that none of it is lost on a narrow figure.
function folded(stamp) { return stamp.length > 60 ? stamp.replace(" \u00b7 kinetamine", "<br>kinetamine") : stamp; }
function kindOf(panel) { return view === "whole" || panel.slow ? "days" : "hours"; }
// As drawn on the page: without a legend, which stands above all figures once.
function made(panel) {
  const session = kindOf(panel) === "hours", seen = session ? ofSession(panel) : panel;
  const stamped = Object.assign({}, seen, { stamp: folded(seen.stamp) });
  const figure = courseFigure(stamped, { range: ranges[kindOf(panel)], log: logarithmic.has(panel.key) });
  figure.layout.showlegend = false;
  figure.layout.margin.t = 10;
  figure.layout.margin.b = 68;
  figure.data.forEach(function (one) { if (one.name) { one.name = plain(one.name); } });
  figure.layout.shapes = figure.layout.shapes.concat(marks(session));
  return figure;
}

// When doses are given: one row of ticks for all where they agree, otherwise a row for each arm in its colour.
function marks(session) {
  const arms = shown.whole.arms.filter((one) => one.starts_d && one.starts_d.length);
  const alike = arms.every((one) => one.starts_d.join() === arms[0].starts_d.join());
  if (session) { return []; }
  return (alike ? arms.slice(0, 1) : arms).flatMap(function (arm, row) {
    return arm.starts_d.map(function (x) {
      return { type: "line", x0: x, x1: x, yref: "paper", y0: 0.03 * row, y1: 0.03 * row + 0.024,
        line: { color: colour(alike ? "ink" : arm.role), width: 1.6 } };
    });
  });
}

// One session of every arm over each other: hours since it began.
function ofSession(panel) {
  const cut = (one) => window_(one, startOf(one.trace || one.name));
  return Object.assign({}, panel, { x_label: "Hours since the start of the " + view + " session", doses: [],
    traces: panel.traces.map(cut), bands: panel.bands.map(cut) });
}
function startOf(name) {
  const arm = shown.whole.arms[Number(name.slice(3))], starts = (arm && arm.starts_d) || [];
  return starts.length ? starts[view === "first" ? 0 : starts.length - 1] : 0;
}
function window_(one, start) {
  const kept = [];
  one.x.forEach(function (x, at) { if (x >= start - BEFORE_D && x <= start + HOURS / 24) { kept.push(at); } });
  const take = (values) => values && kept.map((at) => values[at]);
  const found = Object.assign({}, one, { x: kept.map((at) => (one.x[at] - start) * 24) });
  ["y", "low", "high"].forEach(function (key) { if (one[key]) { found[key] = take(one[key]); } });
  return found;
}

// Zooming one figure zooms all of its kind; a double click, or the button, shows the whole again.
function link(plot) {
  const kind = () => kindOf(current(plot.id.slice(5)));
  plot.on("plotly_relayout", function (change) {
    if (linking) { return; }
    if (change["xaxis.autorange"]) { setRange(kind(), null); return; }
    const low = change["xaxis.range[0]"], high = change["xaxis.range[1]"];
    if (low !== undefined && high !== undefined) { setRange(kind(), [low, high]); }
  });
  plot.on("plotly_doubleclick", () => setRange(kind(), null));
}
function setRange(kind, next) {
  ranges[kind] = next;
  linking = true;
  document.dispatchEvent(new CustomEvent("rangechange", { detail: ranges }));
  return drawShown().then(function () { linking = false; });
}
export function resetRanges() { ranges.hours = null; return setRange("days", null); }
export function setView(next) { view = next; return resetRanges(); }

// A picture that stands alone: title, legend and stamp in it, on the ground of the page.
function picture(panel) {
  const figure = made(panel), wide = 1100;
  Object.assign(figure.layout, { showlegend: true,
    title: { text: panel.title, x: 0.01, xanchor: "left", font: { size: 18 } },
    paper_bgcolor: colour("ground"), plot_bgcolor: colour("ground"), width: wide, height: 620 });
  figure.layout.margin = { l: 70, r: 24, t: 92, b: 84 };
  figure.layout.annotations.push({
    xref: "paper", yref: "paper", x: 0, xanchor: "left", y: 0, yanchor: "top", yshift: -60,
    text: plain(panel.caption), showarrow: false, font: { size: 10.5, color: colour("quiet") } });
  const size = { format: "png", width: wide, height: 620, scale: 2 };
  Plotly.toImage({ data: figure.data, layout: figure.layout, config }, size).then(function (address) {
    const link = make("a", { href: address, download: "kinetamine_compare_" + panel.key + ".png" });
    document.body.append(link);
    link.click();
    link.remove();
  });
}
