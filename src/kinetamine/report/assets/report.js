"use strict";
// Draws the figures of the page from the data in it. Colours come from the style sheet, so that dark and light follow
// the reader's choice; the time axes of all whole-course figures move together.
(function () {
  const data = JSON.parse(document.getElementById("course-data").textContent);
  const sheet = getComputedStyle(document.documentElement);
  const dashes = { solid: "solid", dotted: "dot", dashed: "dash" };
  const config = {
    displaylogo: false, doubleClick: false,
    modeBarButtonsToRemove: ["lasso2d", "select2d", "autoScale2d", "zoomIn2d", "zoomOut2d"],
    toImageButtonOptions: { format: "svg", filename: "kinetamine" },
  };
  let printing = false;
  let current = data.sessions.length ? data.sessions[0].number : 0;
  const logarithmic = new Set();

  function colour(role) { return sheet.getPropertyValue("--c-" + role).trim() || sheet.getPropertyValue("--c-ink").trim(); }
  function faded(role, share) {
    const hex = colour(role);
    const parts = [1, 3, 5].map(function (at) { return parseInt(hex.slice(at, at + 2), 16); });
    return "rgba(" + parts.join(",") + "," + share + ")";
  }
  function plotOf(id) { return document.getElementById(id); }

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
  function logLayout(panel, drawn) {
    if (!logarithmic.has(panel.key)) { return drawn; }
    let top = 0;
    panel.traces.concat(panel.lines || []).forEach(function (one) { (one.y || []).forEach(function (y) { top = Math.max(top, y); }); });
    (panel.bands || []).forEach(function (one) { one.high.forEach(function (y) { top = Math.max(top, y); }); });
    const decade = Math.log10(top || 1);
    drawn.yaxis = Object.assign(drawn.yaxis, { type: "log", range: [decade - 4, decade + 0.1], rangemode: "normal", dtick: 1 });
    return drawn;
  }
  function drawCourse(panel) {
    Plotly.react(plotOf("plot-" + panel.key), courseTraces(panel), logLayout(panel, keepRange(panel, layout(panel))), config);
  }
  function drawComparison(panel) {
    const drawn = layout(panel);
    Plotly.react(plotOf("plot-" + panel.key), panel.traces.map(function (one) { return line(one, 1.7, { legendgroup: "" }); }), drawn, config);
  }

  // One session in full ink with its band, the others behind it.
  function zoomTraces(panel) {
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
  function drawZoom(panel) {
    const drawn = layout(panel);
    Plotly.react(plotOf("plot-zoom-" + panel.key), zoomTraces(panel), drawn, config);
  }

  function inks(traces) {
    if (traces.length < 2) { return ""; }
    return traces.map(function (one) {
      return "  <span style=\"color:" + colour(one.role) + "\">" + (one.style === "dashed" ? "- - " : "\u2014 ") + one.label + "</span>";
    }).join("");
  }

  // Milligrams to mood on one time axis: each row one quantity.
  function drawOverview() {
    const target = plotOf("plot-overview");
    if (!target) { return; }
    const rows = data.overview;
    if (!rows.length) { return; }
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
      annotations.push({ xref: "paper", yref: "paper", x: 0, xanchor: "left", y: top, yanchor: "bottom", yshift: 1,
        text: "<b>" + row.title + "</b>, " + row.unit + inks(row.traces), showarrow: false, font: { size: 11.5, color: colour("ink") } });
    });
    annotations.push({ xref: "paper", yref: "paper", x: 1, xanchor: "right", y: 0, yanchor: "top", yshift: -44,
      text: data.stamp, showarrow: false, font: { size: 9, color: colour("quiet") } });
    drawn.xaxis = axis(rows[0].x_label, { anchor: "y" + (rows.length > 1 ? rows.length : "") });
    drawn.margin = { l: 46, r: 12, t: 24, b: 60 };
    drawn.annotations = annotations;
    drawn.hovermode = "x";
    Plotly.react(target, traces, keepRange(null, drawn), config);
  }

  // Zooming one whole-course figure zooms them all; a double click or the button shows the whole again.
  let range = null, linking = false;
  function keepRange(panel, drawn) {
    drawn.xaxis = Object.assign(drawn.xaxis, range ? { range: range.slice(), autorange: false } : { autorange: true });
    return drawn;
  }
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
    if (!next) { data.panels.filter(function (one) { return logarithmic.has(one.key); }).forEach(drawCourse); }
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

  function drawAll() {
    drawOverview();
    data.panels.forEach(drawCourse);
    data.zooms.forEach(drawZoom);
    data.comparison.forEach(drawComparison);
  }

  function chooseSession(number) {
    const numbers = data.sessions.map(function (one) { return one.number; });
    const place = Math.min(Math.max(numbers.indexOf(number), 0), numbers.length - 1);
    current = numbers[place];
    document.getElementById("session").value = String(current);
    document.getElementById("previous").disabled = place === 0;
    document.getElementById("next").disabled = place === numbers.length - 1;
    data.zooms.forEach(drawZoom);
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
        drawCourse(data.panels.find(function (one) { return one.key === key; }));
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
})();
