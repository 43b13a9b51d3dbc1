// Elements with attributes and children, in one call.
export function make(name, given = {}, ...children) {
  const one = document.createElement(name);
  for (const [key, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === false) { continue; }
    if (key.startsWith("on")) { one.addEventListener(key.slice(2), value); } else if (key === "text") { one.textContent = value; }
    else if (key === "value" || key === "checked" || key === "disabled" || key === "open") { one[key] = value; }
    else { one.setAttribute(key, value === true ? "" : value); }
  }
  one.append(...children.filter(function (child) { return child !== null && child !== undefined; }));
  return one;
}

// The line of an arm, as figures draw it: colour and dashes.
const DASHES = { solid: "", dashed: "7 4", dotted: "1.500 4", dashdot: "7 3.500 1.500 3.500", longdash: "12 4", longdashdot: "11 3.500 1.500 3.500" };
export const LOOKS = [["venous", "solid"], ["arterial", "dashed"], ["mood", "dotted"], ["metabolite", "dashdot"],
  ["acute", "longdash"], ["s", "longdashdot"]];
export function swatch(index) {
  const [role, style] = LOOKS[index];
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"), line = document.createElementNS(svg.namespaceURI, "line");
  for (const [key, value] of [["viewBox", "0 0 34 10"], ["width", "34"], ["height", "10"], ["class", "swatch"], ["aria-hidden", "true"]]) {
    svg.setAttribute(key, value);
  }
  for (const [key, value] of [["x1", "1.500"], ["x2", "32.500"], ["y1", "5"], ["y2", "5"]]) { line.setAttribute(key, value); }
  line.style.stroke = "var(--c-" + role + ")";
  line.style.strokeDasharray = DASHES[style] || "none";
  svg.append(line);
  return svg;
}
