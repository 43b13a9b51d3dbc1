// What the server tells by itself; where it falls silent, that is said.
const SILENT_MS = 12000;
const AGAIN_MS = 3000;

export function follow(address, heard, told) {
  let source = null, last = Date.now(), over = false;

  function open() {
    source = new EventSource(address);
    for (const kind of ["whole", "passing"]) {
      source.addEventListener(kind, (event) => {
        last = Date.now();
        heard(kind, JSON.parse(event.data));
      });
    }
    source.addEventListener("ended", () => { over = true; source.close(); told("signed out"); });
    source.addEventListener("error", () => { source.close(); source = null; lost(); });
  }

  async function lost() {
    if (over) { return; }
    let status = 0;
    try { status = (await fetch(address.replace(/\/live$/, ""), { headers: { Accept: "application/json" } })).status; } catch { /* not connected */ }
    if (status === 401 || status === 403 || status === 404) { over = true; told("signed out"); return; }
    if (status === 0) { told("offline"); }
    window.setTimeout(() => { if (!source && !over) { open(); } }, AGAIN_MS);
  }

  // Signed in again in another tab: whoever comes back to this one finds it live.
  async function back() {
    if (!over || document.hidden) { return; }
    const found = await fetch(address.replace(/\/live$/, "")).catch(() => null);
    if (over && found && found.ok) { over = false; last = Date.now(); open(); }
  }

  window.addEventListener("focus", back);
  document.addEventListener("visibilitychange", back);
  window.setInterval(() => {
    if (!over && Date.now() - last > SILENT_MS) {
      last = Date.now();
      told("offline");
      if (source) { source.close(); source = null; }
      lost();
    }
  }, 1000);
  open();
}
