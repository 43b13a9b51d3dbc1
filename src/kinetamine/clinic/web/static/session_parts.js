// Parts of a session's page, each from plain values.
import { make } from "../dom.js";
import { clock } from "./times.js";

export function dueList(slots, zone) {
  return slots.map((one) => {
    const found = make("li", { className: one.status.replace(" ", "-") });
    const at = one.at ? `, ${clock(one.at, zone)}` : one.minute < 0 ? ", before the drug" : `, minute ${one.minute}`;
    found.append(make("span", { textContent: one.name + at }), make("span", { className: "state", textContent: one.status }));
    found.append(make("span", { className: "what", textContent: one.what.join(", ") }));
    return found;
  });
}

export function gateList(gate, zone) {
  return gate.conditions.map((one) => {
    const found = make("li", { className: one.met_since ? "met" : "unmet" });
    const since = one.met_since ? ` · since ${clock(one.met_since, zone)}` : "";
    found.append(make("span", { className: "mark", textContent: one.met_since ? "✓ met" : "✗ unmet" }));
    found.append(make("span", { textContent: `${one.name}: ${one.reason}${since}` }));
    return found;
  });
}

function times(one, zone) {
  const at = clock(one.at, zone), received = clock(one.received_at, zone);
  return at === received ? at : `${at} by its device, received ${received}`;
}

export function timeline(entries, zone, correction, most) {
  const order = [...entries].sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || Date.parse(b.received_at) - Date.parse(a.received_at));
  return order.slice(0, most).map((one) => {
    const found = make("li", { className: one.in_error ? "in-error" : "" });
    found.dataset.name = one.name;
    const said = one.kind === "stray" ? `does not fit, and counts for nothing but alarms: ${one.words}` : one.words;
    found.append(make("time", { dateTime: one.at, textContent: clock(one.at, zone) }), make("span", { className: "words", textContent: said }));
    found.append(make("p", { className: "by", textContent: `${one.by}${one.device ? `, from ${one.device}` : ""} · ${times(one, zone)}` }));
    for (const odd of one.odd || []) { found.append(make("p", { className: "odd", textContent: `to be looked at: ${odd}` })); }
    if (one.original) { found.append(make("p", { className: "history", textContent: `first entered as: ${one.original}` })); }
    for (const change of one.history || []) {
      found.append(make("p", { className: "history", textContent: `${clock(change.received_at, zone)}, ${change.by}: ${change.words}, because: ${change.why}` }));
    }
    if (one.kind === "act" && one.in_error) { found.append(make("p", { className: "history", textContent: `entered in error: ${one.in_error}` })); }
    if (correction && !["stray", "unread"].includes(one.kind) && one.happened !== "discharged" && !(one.kind === "act" && one.in_error)) {
      const button = make("button", { type: "button", textContent: "Correct" });
      button.setAttribute("aria-label", `Correct: ${one.words}, ${clock(one.at, zone)}`);
      button.addEventListener("click", () => correction.open(one));
      found.append(button);
    }
    return found;
  });
}

export function waitingList(queue, zone, mend) {
  return queue.items().map((one) => {
    const found = make("li", { className: one.problem ? "sent-back" : "waits" });
    const what = [one.happened, ...Object.entries(one.content.values || one.content).map(([key, value]) => `${key.replace("_", " ")} ${typeof value === "object" ? "" : value}`)];
    found.append(make("time", { dateTime: one.device_time, textContent: clock(one.device_time, zone) }));
    found.append(make("span", { className: "words", textContent: what.join(", ") }));
    found.append(make("p", { className: "by", textContent: one.problem ? `sent back: ${one.problem.message}` : "not yet sent" }));
    if (one.problem) {
      const tools = make("p", { className: "tools by" });
      const again = make("button", { type: "button", textContent: "Mend it" }), gone = make("button", { type: "button", textContent: "Let it go" });
      again.hidden = !one.form;
      again.addEventListener("click", () => mend(one.client_id));
      gone.addEventListener("click", () => { queue.drop(one.client_id); queue.told({}); });
      tools.append(again, gone);
      found.append(tools);
    }
    return found;
  });
}

export function valuesTable(observed, zone) {
  return observed.map((one) => {
    const row = make("tr", {});
    const place = one.waits ? "not yet sent" : `${one.place || "nothing predicted"}${one.after_change ? ", band of another dose" : ""}`;
    for (const [text, style] of [[clock(one.at, zone), ""], [String(Math.round(one.minute)), ""], [one.quantity.replace("_", " "), ""], [String(one.value), "n"], [place, ""]]) {
      row.append(make("td", { textContent: text, className: style }));
    }
    return row;
  });
}
