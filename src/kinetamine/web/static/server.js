// How pages speak with the server: a question, its events as they come, and whether the server is there at all.
// Clients take turns at the server; each page is one of them.
const WHOSE = Array.from(crypto.getRandomValues(new Uint32Array(4)), function (one) { return one.toString(36); }).join("-");

export class Refused extends Error {
  constructor(problem) { super(problem.message); this.problem = problem; }
}

// Ask and be told: events is an object of functions by the name of the event ("waiting" {ahead}, "progress" {what, done,
// total}, "typical" ...); resolves with the last, "whole".
export async function live(name, given, events = {}, signal = undefined) {
  const answer = await reach("/api/" + name + "/live", given, signal);
  if (!answer.ok) { throw new Refused(await answer.json()); }
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "", whole;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) { break; }
    text += value;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const { event, data } = parsed(text.slice(0, end));
      text = text.slice(end + 2);
      if (event === "problem") { throw new Refused(data); }
      if (event === "whole") { whole = data; }
      if (events[event]) { events[event](data); }
    }
  }
  return whole;
}

// Ask for a file, and have the browser keep it under the name that the server gives it.
export async function download(name, given, signal = undefined) {
  const answer = await reach("/api/" + name, given, signal);
  if (!answer.ok) { throw new Refused(await answer.json()); }
  const named = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") || "");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = named ? decodeURIComponent(named[1]) : name;
  link.click();
  setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
}

function parsed(block) {
  const found = { event: "message", data: null };
  block.split("\n").forEach(function (line) {
    if (line.startsWith("event: ")) { found.event = line.slice(7); }
    if (line.startsWith("data: ")) { found.data = JSON.parse(line.slice(6)); }
  });
  return found;
}

// The answer itself, whatever it is; a server that is not there is told in the page.
export async function reach(path, given, signal = undefined) {
  const headers = { "Content-Type": "application/json", "X-Kinetamine-Client": WHOSE };
  const said = { method: "POST", headers, body: JSON.stringify(given), signal };
  try {
    const answer = await fetch(path, said);
    lost(false);
    return answer;
  } catch (error) {
    if (error.name !== "AbortError") { lost(true); }
    throw error;
  }
}

// A server that stopped is told at the top of the page, and asked again until it answers: "serverback" says that.
let waiting = null;
function lost(now) {
  const place = document.getElementById("connection");
  if (!now) {
    if (waiting) { clearInterval(waiting); waiting = null; document.dispatchEvent(new CustomEvent("serverback")); }
    place.hidden = true;
    return;
  }
  place.textContent = "The server does not answer. Nothing you typed is lost; this page goes on as soon as it is back.";
  place.hidden = false;
  if (!waiting) {
    waiting = setInterval(function () { fetch("/api/health").then(function (answer) { if (answer.ok) { lost(false); } }, function () {}); }, 1500);
  }
}
