// Calling an agent who looks elsewhere: the tab's title always, a sound and a notification if wanted.

import { reasonOf, titleOf } from "./wording.js";

const KEY = "storekeep-desk-alerts";
let audio = null;

export const alertsAreOn = () => localStorage.getItem(KEY) === "on";

/** Switches sound and notifications; asks the browser's leave where it must be asked. */
export async function switchAlerts(on) {
  localStorage.setItem(KEY, on ? "on" : "off");
  if (!on) return;
  chime();
  if ("Notification" in window && Notification.permission === "default") {
    await Notification.requestPermission();
  }
}

/** Shows in the tab how many customers wait. */
export function showWaiting(count) {
  document.title = `${count ? `(${count}) ` : ""}Desk · Storekeep`;
}

/** Says that a customer has begun to wait. */
export function callOut(summary) {
  if (!alertsAreOn()) return;
  chime();
  if ("Notification" in window && Notification.permission === "granted" && document.hidden) {
    new Notification(`Somebody waits. ${titleOf(summary)}`, {
      body: reasonOf(summary.handoff),
      icon: "static/icon.svg",
      tag: summary.id,
    });
  }
}

function chime() {
  audio ??= new AudioContext();
  const start = audio.currentTime;
  for (const [index, pitch] of [659, 880].entries()) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    const from = start + index * 0.12;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.12, from);
    volume.gain.exponentialRampToValueAtTime(0.001, from + 0.35);
    tone.connect(volume).connect(audio.destination);
    tone.start(from);
    tone.stop(from + 0.4);
  }
}
