// One sound for each priority: they differ in how many pulses, how fast, and how high. Ours, after the idea of IEC
// 60601-1-8, not examined against it. Browsers allow sound only after somebody has touched the page.
const PATTERNS = {
  high: { pulses: 10, every: 0.18, hz: 880, again: 5000 },
  medium: { pulses: 3, every: 0.3, hz: 660, again: 10000 },
  low: { pulses: 1, every: 0.4, hz: 440, again: 20000 },
};
const ORDER = ["high", "medium", "low"];

export class Sounds {
  constructor(button) {
    this.button = button;
    this.context = null;
    this.wanted = true;
    this.priority = "";
    this.timer = 0;
    button.addEventListener("click", (event) => {
      event.stopPropagation();
      this.wanted = !this.isOn();
      if (this.wanted) { this.allow(); } else { this.context.suspend().then(() => this.say()); }
    });
    for (const kind of ["pointerdown", "keydown"]) {
      document.addEventListener(kind, (event) => {
        if (this.wanted && !this.isOn() && !this.button.contains(event.target)) { this.allow(); }
      });
    }
    this.say();
  }

  isOn() { return this.context !== null && this.context.state === "running"; }

  allow() {
    this.context = this.context || new AudioContext();
    this.context.resume().then(() => { this.say(); this.play(); });
  }

  say() {
    const on = this.isOn();
    this.button.setAttribute("aria-pressed", String(on));
    this.button.textContent = on ? "Sound is on: turn it off" : "Sound is off: turn it on";
  }

  set(alarms) {
    const heard = alarms.filter((one) => one.sounds).map((one) => one.priority);
    const next = ORDER.find((one) => heard.includes(one)) || "";
    if (next === this.priority) { return; }
    this.priority = next;
    document.body.dataset.sounds = next;
    this.play();
  }

  play() {
    window.clearTimeout(this.timer);
    const pattern = PATTERNS[this.priority];
    if (!pattern) { return; }
    if (this.isOn()) { this.pulse(pattern); }
    this.timer = window.setTimeout(() => this.play(), pattern.again);
  }

  pulse(pattern) {
    const begin = this.context.currentTime + 0.02;
    for (let place = 0; place < pattern.pulses; place += 1) {
      const tone = this.context.createOscillator(), loud = this.context.createGain();
      const at = begin + place * pattern.every;
      tone.frequency.value = pattern.hz;
      loud.gain.setValueAtTime(0, at);
      loud.gain.linearRampToValueAtTime(0.25, at + 0.02);
      loud.gain.linearRampToValueAtTime(0, at + pattern.every * 0.7);
      tone.connect(loud).connect(this.context.destination);
      tone.start(at);
      tone.stop(at + pattern.every);
    }
  }
}
