// Observed values as points over the predicted band, one panel a quantity on one axis of time. No line joins two points:
// between readings nothing is known.
const SPACE = "http://www.w3.org/2000/svg";
const PANELS = [["systolic", "Systolic, mmHg"], ["diastolic", "Diastolic, mmHg"], ["heart_rate", "Heart rate, beats/min"], ["cadss", "Dissociation (CADSS), points"]];
const LEFT = 40, RIGHT = 12, TOP = 22, HIGH = 110, BELOW = 30, FOOT = 26;

function node(name, attributes, text) {
  const found = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(attributes)) { found.setAttribute(key, value); }
  if (text !== undefined) { found.textContent = text; }
  return found;
}

function ticks(low, high, most) {
  const rough = (high - low) / most, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough);
  const found = [];
  for (let one = Math.ceil(low / step) * step; one <= high + 1e-9; one += step) { found.push(Number(one.toFixed(6))); }
  return found;
}

function within(band, first, last) {
  const found = [];
  for (let place = 0; place < band.minutes.length; place += 1) {
    if (band.minutes[place] >= first && band.minutes[place] <= last) { found.push(place); }
  }
  return found;
}

function shapeOf(point) {
  const { x, y } = point;
  if (point.place === "above") { return node("path", { d: `M${x} ${y - 7}L${x + 6} ${y + 4}H${x - 6}Z` }); }
  if (point.place === "below") { return node("path", { d: `M${x} ${y + 7}L${x + 6} ${y - 4}H${x - 6}Z` }); }
  return node("circle", { cx: x, cy: y, r: 4.5 });
}

export function draw(box, { prediction, observed, changed, now }) {
  const width = Math.max(280, box.clientWidth);
  const whole = TOP + PANELS.length * (HIGH + BELOW) + FOOT;
  const seen = observed.map((one) => one.minute);
  const first = Math.min(-15, ...seen), last = Math.max(120, now + 10, ...seen);
  const across = (minute) => LEFT + ((minute - first) / (last - first)) * (width - LEFT - RIGHT);
  const svg = node("svg", { viewBox: `0 0 ${width} ${whole}`, role: "img", "aria-label": said(prediction, observed) });
  PANELS.forEach(([quantity, title], place) => {
    const points = observed.filter((one) => one.quantity === quantity);
    svg.append(panel({ quantity, title, points, band: prediction && prediction.bands[quantity], top: TOP + place * (HIGH + BELOW), across, first, last, width, changed }));
  });
  const foot = TOP + PANELS.length * (HIGH + BELOW);
  for (const tick of ticks(first, last, width < 500 ? 5 : 10)) {
    svg.append(node("text", { x: across(tick), y: foot - 8, "text-anchor": "middle" }, String(tick)));
  }
  svg.append(node("text", { x: width - RIGHT, y: foot + 8, "text-anchor": "end" }, "minutes after the first drug"));
  box.replaceChildren(svg);
}

function said(prediction, observed) {
  const beyond = observed.filter((one) => one.place === "above" || one.place === "below").length;
  const beside = prediction ? `${beyond} outside the predicted band` : "nothing was predicted";
  return `Pressure, heart rate and dissociation over time: ${observed.length} values, ${beside}. The table below has them.`;
}

function panel({ title, points, band, top, across, first, last, width, changed }) {
  const found = node("g", {});
  const kept = band ? within(band, first, last) : [];
  const values = [...points.map((one) => one.value), ...kept.flatMap((one) => [band.low[one], band.high[one]])];
  found.append(node("text", { class: "title", x: LEFT, y: top - 7 }, values.length ? title : `${title}: not recorded`));
  if (values.length === 0) { values.push(0, 1); }
  const spread = Math.max(...values) - Math.min(...values) || 10;
  const low = Math.min(...values) - 0.08 * spread, high = Math.max(...values) + 0.12 * spread;
  const up = (value) => top + HIGH - ((value - low) / (high - low)) * HIGH;
  for (const tick of points.length || kept.length ? ticks(low, high, 3) : []) {
    found.append(node("line", { class: "grid", x1: LEFT, x2: width - RIGHT, y1: up(tick), y2: up(tick) }));
    found.append(node("text", { x: LEFT - 6, y: up(tick) + 4, "text-anchor": "end" }, String(tick)));
  }
  found.append(node("line", { class: "start", x1: across(0), x2: across(0), y1: top, y2: top + HIGH }));
  if (kept.length) { found.append(...predicted(band, kept, across, up, changed)); }
  if (changed !== null) {
    const at = across(changed), near = at > width * 0.6;
    found.append(node("line", { class: "changed", x1: at, x2: at, y1: top, y2: top + HIGH }));
    if (band && top === TOP) { found.append(node("text", { class: "changed-words", x: near ? at - 4 : at + 4, y: top + 10, "text-anchor": near ? "end" : "start" }, "from here the band is of another dose")); }
  }
  for (const point of points) {
    const mark = shapeOf({ ...point, x: across(point.minute), y: up(point.value) });
    mark.setAttribute("class", point.waits ? "point waits" : "point");
    mark.append(node("title", {}, `${point.value} at minute ${Math.round(point.minute)}${point.waits ? ", not yet sent" : ""}`));
    found.append(mark);
  }
  return found;
}

function predicted(band, kept, across, up, changed) {
  const split = changed === null ? kept.length : kept.filter((one) => band.minutes[one] <= changed).length;
  const pieces = [[kept.slice(0, split), "band"], [kept.slice(Math.max(0, split - 1)), "band after"]];
  const found = [];
  for (const [places, style] of changed === null ? pieces.slice(0, 1) : pieces) {
    if (places.length < 2) { continue; }
    const there = places.map((one) => `${across(band.minutes[one])} ${up(band.high[one])}`);
    const back = places.map((one) => `${across(band.minutes[one])} ${up(band.low[one])}`).reverse();
    found.push(node("path", { class: style, d: `M${[...there, ...back].join("L")}Z` }));
  }
  found.push(node("path", { class: "typical", d: `M${kept.map((one) => `${across(band.minutes[one])} ${up(band.typical[one])}`).join("L")}` }));
  return found;
}
