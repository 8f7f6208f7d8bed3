// What the browser remembers between pages: the session's token, unsent messages, how far was read.
// Falls back to memory where the browser forbids storage (private windows, blocked cookies) or it is full.

const values = new Map();
const memory = {
  getItem: (key) => values.get(key) ?? null,
  setItem: (key, value) => values.set(key, value),
  removeItem: (key) => values.delete(key),
};

function area(name) {
  try {
    return window[name] ?? memory;
  } catch {
    return memory;
  }
}

/** A JSON value under one name, shared by all tabs (`local`) or kept for this tab (`session`). */
class Slot {
  constructor(storage, key, initial) {
    Object.assign(this, { storage, key, initial });
  }

  get() {
    try {
      return JSON.parse(this.storage.getItem(this.key)) ?? this.initial;
    } catch {
      return this.initial;
    }
  }

  set(value) {
    try {
      this.storage.setItem(this.key, JSON.stringify(value));
    } catch {
      // Full or forbidden: from now on this value lives as long as the page.
      this.storage = memory;
      this.storage.setItem(this.key, JSON.stringify(value));
    }
  }

  clear() {
    this.storage.removeItem(this.key);
  }
}

/** Opens the slots of one gateway, so that two shops on one origin do not mix. */
export function openStorage(gateway) {
  const local = area("localStorage");
  const session = area("sessionStorage");
  const key = (name) => `storekeep:${gateway}:${name}`;
  return {
    token: new Slot(local, key("token"), null),
    outbox: new Slot(local, key("outbox"), []),
    loggedOut: new Slot(local, key("logged-out"), false),
    farewells: new Slot(local, key("farewells"), []),
    read: new Slot(local, key("read"), 0),
    open: new Slot(session, key("open"), false),
  };
}
