// A course as the server takes it and as an address says it. No document here: every page may use it.
const lists = new Set(["background", "effects", "outcomes", "person.comedication"]);
const numbers = new Set(["follow_up_days", "people", "seed", "person.weight_kg", "person.age_y", "person.height_cm",
  "person.systolic_mmhg", "person.diastolic_mmhg", "person.heart_rate_bpm", "person.madrs", "person.pain_nrs",
  "person.hama", "person.caps5", "person.pcl5", "person.ssi", "person.failed_treatments", "person.previous_sessions"]);
const truths = new Set(["outside", "person.hypertension"]);
const texts = new Set(["regimen", "model", "comparator", "engine", "title", "person.sex", "person.hepatic",
  "person.ancestry", "person.cyp2b6"]);

// Whole numbers beyond these are not kept apart here: what was typed would become another.
export const MOST_WHOLE = Number.MAX_SAFE_INTEGER;

// What a text says as a number; null where it says none. A comma is no point: 70,5 may be two numbers.
export function numberOf(text) {
  const plain = text.trim();
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : NaN;
  return Number.isFinite(value) ? value : null;
}

// The mechanism as a name, or as names with shares; words that are neither are left for the server to refuse.
function mechanismOf(text) {
  if (!text.includes("=")) { return text.trim(); }
  const shares = {};
  for (const piece of text.split(",")) {
    const [name, share] = piece.split("=");
    const value = numberOf(share || "");
    if (value === null) { return text; }
    shares[name.trim()] = value;
  }
  return shares;
}
function mechanismWords(given) {
  if (typeof given === "string") { return given; }
  return Object.entries(given).map(function ([name, share]) { return name + "=" + share; }).join(",");
}

function valueOf(key, text) {
  if (lists.has(key)) { return text.split(",").map(function (one) { return one.trim(); }).filter(Boolean); }
  if (truths.has(key)) { return text === "1" || text === "true"; }
  if (key === "mechanism") { return mechanismOf(text); }
  const number = numbers.has(key) ? numberOf(text) : null;
  return number === null || Math.abs(number) > MOST_WHOLE ? text : number;
}

// The course of an address: what is not said in it, the server decides.
export function courseFromQuery(query) {
  const course = {};
  for (const [key, text] of query) {
    const known = lists.has(key) || numbers.has(key) || truths.has(key) || texts.has(key) || key === "mechanism";
    if (key.startsWith("set.")) {
      const value = numberOf(text);
      course.parameters = Object.assign(course.parameters || {}, { [key.slice(4)]: value === null ? text : value });
    } else if (known && key.startsWith("person.")) {
      course.person = Object.assign(course.person || {}, { [key.slice(7)]: valueOf(key, text) });
    } else if (known && (text || key !== "regimen")) {
      course[key] = valueOf(key, text);
    }
  }
  return course;
}

function said(value) {
  if (Array.isArray(value)) { return value.join(","); }
  return value === true ? "1" : String(value);
}

// The address of a course; of an empty one it says that the regimen is empty, as it is another where nothing is said.
// extra: what belongs to the page and not to the course, such as a version.
export function courseToQuery(course, extra = {}) {
  const query = new URLSearchParams();
  Object.entries(course).forEach(function ([key, value]) {
    if (key === "person" || key === "parameters") {
      const before = key === "person" ? "person." : "set.";
      flat(value).forEach(function ([name, one]) {
        if (one !== false && one !== null) { query.set(before + name, said(one)); }
      });
    } else if (key === "mechanism") {
      query.set(key, mechanismWords(value));
    } else if (value !== false && value !== null) {
      query.set(key, said(value));
    }
  });
  if (!query.toString()) { query.set("regimen", ""); }
  Object.entries(extra).forEach(function ([key, value]) { if (value) { query.set(key, value); } });
  return query.toString().replaceAll("%2C", ",").replaceAll("%2F", "/").replaceAll("%3D", "=");
}
function flat(table, before = "") {
  return Object.entries(table).flatMap(function ([name, value]) {
    const inner = value !== null && typeof value === "object" && !Array.isArray(value);
    return inner ? flat(value, before + name + ".") : [[before + name, value]];
  });
}
