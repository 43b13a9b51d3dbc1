// Draws figures from the panels that kinetamine.report.figures writes. Colours come from the style sheet, so that dark
// and light follow the reader's choice. One module for the report (inlined) and the pages of the server (served).
const sheet = getComputedStyle(document.documentElement);
const dashes = { solid: "solid", dotted: "dot", dashed: "dash", dashdot: "dashdot", longdash: "longdash", longdashdot: "longdashdot" };
export const config = {
  displaylogo: false, doubleClick: false,
  modeBarButtonsToRemove: ["lasso2d", "select2d", "autoScale2d", "zoomIn2d", "zoomOut2d"],
  toImageButtonOptions: { format: "svg", filename: "kinetamine" },
};

export function colour(role) { return sheet.getPropertyValue("--c-" + role).trim() || sheet.getPropertyValue("--c-ink").trim(); }
function faded(role, share) {
  const hex = colour(role);
  const parts = [1, 3, 5].map(function (at) { return parseInt(hex.slice(at, at + 2), 16); });
  return "rgba(" + parts.join(",") + "," + share + ")";
}

function axis(title, extra) {
  return Object.assign({
    title: { text: title, font: { size: 12 }, standoff: 8 }, automargin: true, gridcolor: colour("grid"),
    zeroline: false, exponentformat: "none", linecolor: colour("grid"), tickfont: { size: 11 }, fixedrange: false,
  }, extra || {});
}
function layout(panel, extra) {
  const many = (panel.traces || []).length > 1;
  return Object.assign({
    font: { family: sheet.getPropertyValue("--sans") || "sans-serif", color: colour("ink"), size: 12 },
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", hovermode: "x unified", dragmode: "zoom",
    hoverlabel: { bgcolor: colour("ground"), bordercolor: colour("grid"), font: { color: colour("ink"), size: 12 } },
    margin: { l: 54, r: 12, t: many ? 10 : 12, b: panel.stamp ? 60 : 46 }, showlegend: many,
    legend: { orientation: "h", x: 0, xanchor: "left", y: 1.02, yanchor: "bottom", font: { size: 11.5 } },
    xaxis: axis(panel.x_label), yaxis: axis(panel.y_label, vertical(panel)),
    shapes: guides(panel).concat(doses(panel)), annotations: stamps(panel),
    modebar: { bgcolor: "rgba(0,0,0,0)", color: colour("quiet"), activecolor: colour("ink") },
  }, extra || {});
}
// An effect too small to matter must not fill the axis.
function vertical(panel) {
  return Object.assign(panel.from_zero ? { rangemode: "tozero" } : {},
    panel.include && panel.include.length ? { autorangeoptions: { include: panel.include } } : {});
}
function guides(panel) {
  return panel.guides.map(function (one) {
    return { type: "line", xref: "paper", x0: 0, x1: 1, y0: one.y, y1: one.y, layer: "below",
      line: { color: colour("quiet"), width: 1, dash: "dot" } };
  });
}
function doses(panel) {
  return panel.doses.map(function (x) {
    return { type: "line", x0: x, x1: x, yref: "paper", y0: 0, y1: 0.028,
      line: { color: colour("ink"), width: 1.6 } };
  });
}
function stamps(panel) {
  const quiet = { size: 10, color: colour("quiet") };
  const found = panel.guides.map(function (one) {
    return { xref: "paper", x: 1, xanchor: "right", y: one.y, yanchor: "bottom", text: one.label, showarrow: false,
      font: quiet };
  });
  if (panel.stamp) {
    found.push({ xref: "paper", yref: "paper", x: 1, xanchor: "right", y: 0, yanchor: "top", yshift: -44,
      text: panel.stamp, showarrow: false, font: { size: 9, color: colour("quiet") } });
  }
  return found;
}

function ribbon(x, low, high, role, group) {
  return { x: x.concat(x.slice().reverse()), y: high.concat(low.slice().reverse()), fill: "toself", mode: "lines",
    fillcolor: faded(role, 0.16), line: { width: 0 }, hoverinfo: "skip", showlegend: false, legendgroup: group };
}
function line(one, width, extra) {
  return Object.assign({ x: one.x, y: one.y, mode: "lines", name: one.label, legendgroup: one.name,
    line: { color: colour(one.role), width: width, dash: dashes[one.style] || "solid" },
    hovertemplate: "%{y:.4~g}" }, extra || {});
}
function courseTraces(panel) {
  const bands = panel.bands.map(function (one) { return ribbon(one.x, one.low, one.high, one.role, one.trace); });
  return bands.concat(panel.traces.map(function (one) { return line(one, 1.7); }));
}
function decades(panel, drawn) {
  let top = 0;
  panel.traces.forEach(function (one) { one.y.forEach(function (y) { top = Math.max(top, y); }); });
  panel.bands.forEach(function (one) { one.high.forEach(function (y) { top = Math.max(top, y); }); });
  const decade = Math.log10(top || 1);
  drawn.yaxis = Object.assign(drawn.yaxis, { type: "log", range: [decade - 4, decade + 0.1], rangemode: "normal", dtick: 1 });
  return drawn;
}
function within(range, drawn) {
  drawn.xaxis = Object.assign(drawn.xaxis, range ? { range: range.slice(), autorange: false } : { autorange: true });
  return drawn;
}
// One panel of the whole course; all of it, or a range of days: to be drawn here, or made a picture of elsewhere.
export function courseFigure(panel, { range = null, log = false } = {}) {
  const drawn = within(range, layout(panel));
  return { data: courseTraces(panel), layout: log ? decades(panel, drawn) : drawn };
}
export function drawCourse(target, panel, choices = {}) {
  const figure = courseFigure(panel, choices);
  return Plotly.react(target, figure.data, figure.layout, config);
}
// Lines of several models or arms over each other.
export function drawLines(target, panel) {
  const traces = panel.traces.map(function (one) { return line(one, 1.7, { legendgroup: "" }); });
  return Plotly.react(target, traces, layout(panel), config);
}

// One session in full ink with its band, the others behind it.
function zoomTraces(panel, current) {
  const looks = {};
  panel.traces.forEach(function (one) { looks[one.name] = one; });
  const behind = [], bands = [], front = [];
  panel.lines.forEach(function (one) {
    const look = Object.assign({}, looks[one.trace], { x: one.x, y: one.y });
    if (one.session !== current) {
      behind.push(line(look, 1, { opacity: 0.35, hoverinfo: "skip", hovertemplate: null, showlegend: false }));
      return;
    }
    if (one.low) { bands.push(ribbon(one.x, one.low, one.high, look.role, look.name)); }
    front.push(line(look, 2.1));
  });
  return behind.concat(bands, front);
}
export function drawZoom(target, panel, current) {
  // What the reader zoomed stays when another session is chosen.
  return Plotly.react(target, zoomTraces(panel, current), layout(panel, { uirevision: panel.key }), config);
}

// A row's heading: words after each other, each in its own ink. Plotly can write several inks in one text, but only by
// inline styles, which the pages' policy forbids.
const ruler = document.createElement("canvas").getContext("2d");
// Those that do not fit are written smaller.
function heading(row, top, width) {
  const narrow = width < 520, room = width - 70; // beside the axis and its numbers
  const usual = narrow ? 9.5 : 11.5, family = sheet.getPropertyValue("--sans") || "sans-serif";
  const words = [{ text: row.title, ink: "ink", weight: "bold" }, { text: ", " + row.unit, ink: "ink", weight: "normal" }];
  (row.traces.length > 1 ? row.traces : []).forEach(function (one) {
    const label = narrow ? one.label.split(" ")[0] : one.label;
    words.push({ text: (one.style === "dashed" ? "- - " : "\u2014 ") + label, ink: one.role, weight: "normal", gap: 9 });
  });
  const wide = function (one, size) {
    ruler.font = one.weight + " " + size + "px " + family;
    return ruler.measureText(one.text).width + (one.gap || 0);
  };
  const needed = words.reduce(function (sum, one) { return sum + wide(one, usual); }, 0);
  const size = usual * Math.min(1, room / needed);
  let end = 0;
  return words.map(function (one) {
    const at = end + (one.gap || 0);
    end += wide(one, size);
    return { xref: "paper", yref: "paper", x: 0, xanchor: "left", xshift: at, y: top, yanchor: "bottom", yshift: 1, borderpad: 0,
      text: one.text, showarrow: false, font: { size: size, family: family, color: colour(one.ink), weight: one.weight } };
  });
}

// Milligrams to mood on one time axis: each row one quantity.
export function drawOverview(target, rows, stamp, range = null) {
  const gap = 0.34 / rows.length, height = (1 - gap * (rows.length - 1)) / rows.length;
  const traces = [], annotations = [];
  const drawn = layout({ traces: [], guides: [], doses: [], x_label: rows[0].x_label, y_label: "", stamp: "" });
  rows.forEach(function (row, place) {
    const suffix = place ? String(place + 1) : "";
    const top = 1 - place * (height + gap);
    const own = row.traces.map(function (one) { return line(one, 1.6, { showlegend: false, name: one.label }); });
    const bands = row.bands.map(function (one) { return ribbon(one.x, one.low, one.high, one.role, one.trace); });
    const bars = row.bars ? row.bars.x.map(function (x, at) {
      return { x: [x, x], y: [0, row.bars.y[at]], mode: "lines", line: { color: colour("ink"), width: 3.5 }, showlegend: false,
        name: row.title, hovertemplate: "%{y:.4~g} mg" };
    }) : [];
    bands.concat(own, bars).forEach(function (one) { traces.push(Object.assign(one, { xaxis: "x", yaxis: "y" + suffix })); });
    drawn["yaxis" + suffix] = Object.assign(axis("", { domain: [top - height, top], nticks: 4, fixedrange: true,
      anchor: "x" }), vertical(row));
    annotations.push(...heading(row, top, target.offsetWidth));
  });
  annotations.push({ xref: "paper", yref: "paper", x: 1, xanchor: "right", y: 0, yanchor: "top", yshift: -44,
    text: stamp, showarrow: false, font: { size: 9, color: colour("quiet") } });
  drawn.xaxis = axis(rows[0].x_label, { anchor: "y" + (rows.length > 1 ? rows.length : "") });
  drawn.margin = { l: 46, r: 12, t: 24, b: 60 };
  drawn.annotations = annotations;
  drawn.hovermode = "x";
  return Plotly.react(target, traces, within(range, drawn), config);
}
