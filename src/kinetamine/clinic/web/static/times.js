// Times on the clinic's wall, whatever zone the browser is in.
function parts(moment, zone) {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit",
    hour: "2-digit", minute: "2-digit", second: "2-digit",
  });
  return Object.fromEntries(format.formatToParts(moment).map((one) => [one.type, one.value]));
}

export function clock(iso, zone) {
  if (!iso) { return "not recorded"; }
  const found = parts(new Date(iso), zone);
  return `${found.hour}:${found.minute}`;
}

export function clockSeconds(moment, zone) {
  const found = parts(moment, zone);
  return `${found.hour}:${found.minute}:${found.second}`;
}

export function wall(iso, zone) {
  const found = parts(new Date(iso), zone);
  return `${found.year}-${found.month}-${found.day}T${found.hour}:${found.minute}`;
}

// As somebody would type it.
export function typed(iso, zone) { return wall(iso, zone).replace("T", " "); }

export function fromWall(text, zone) {
  // The zone's distance from UTC may change near that time, so the guess is mended twice.
  const wanted = Date.parse(`${text}Z`);
  let guess = wanted;
  for (let turn = 0; turn < 2; turn += 1) {
    guess += wanted - Date.parse(`${wall(new Date(guess).toISOString(), zone)}Z`);
  }
  return new Date(guess).toISOString();
}

export function minutes(from, to) { return (Date.parse(to) - Date.parse(from)) / 60000; }

export function ago(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 90) { return `${seconds} s ago`; }
  const whole = Math.round(seconds / 60);
  return whole < 90 ? `${whole} min ago` : `${Math.round(whole / 60)} h ago`;
}
