// A course and its address: the same keys on every page.
const LISTS = new Set(["effects", "outcomes", "background", "person.comedication"]);
const FLAGS = new Set(["outside", "person.hypertension"]);
const WORDS = new Set(["regimen", "model", "comparator", "engine", "title", "person.sex", "person.ancestry",
  "person.cyp2b6", "person.hepatic"]);
const NUMBERS = new Set(["follow_up_days", "people", "seed"]);

// A course as the server takes it, from what stands in an address; what is no number stays as it was typed.
export function courseFromQuery(query) {
  const course = {};
  for (const [key, text] of query) {
    if (key.startsWith("person.")) { (course.person ??= {})[key.slice(7)] = value(key, text); }
    else if (key.startsWith("set.")) { (course.parameters ??= {})[key.slice(4)] = value(key, text); }
    else if (LISTS.has(key) || FLAGS.has(key) || WORDS.has(key) || NUMBERS.has(key) || key === "mechanism") {
      course[key] = value(key, text);
    }
  }
  return course;
}

export function courseToQuery(course, extra = {}) {
  const query = new URLSearchParams();
  for (const [key, given] of Object.entries(course)) {
    const table = key === "person" ? "person." : key === "parameters" ? "set." : "";
    for (const [name, one] of table ? Object.entries(given) : [[key, given]]) {
      if (one !== null && one !== undefined) { query.append(table + name, written(one)); }
    }
  }
  for (const [key, one] of Object.entries(extra)) { query.append(key, one); }
  return query.toString();
}

function value(key, text) {
  if (LISTS.has(key)) { return text.split(",").map((one) => one.trim()).filter(Boolean); }
  if (FLAGS.has(key)) { return { 1: true, true: true, yes: true, 0: false, false: false, no: false }[text] ?? text; }
  if (WORDS.has(key)) { return text; }
  if (key === "mechanism") { return text.includes("=") ? shares(text) : text; }
  return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
}
function shares(text) {
  return Object.fromEntries(text.split(",").map(function (one) {
    const [name, share] = one.split("=");
    return [name.trim(), Number.isFinite(Number(share)) ? Number(share) : share];
  }));
}
function written(one) {
  if (Array.isArray(one)) { return one.join(","); }
  if (typeof one === "boolean") { return one ? "1" : "0"; }
  if (typeof one === "object") { return Object.entries(one).map((pair) => pair.join("=")).join(","); }
  return String(one);
}
