// The desk's calls to the gateway. Each one resolves to JSON or throws a Refusal.

/** What the gateway answered instead of doing it. `message` is written for people. */
export class Refusal extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

async function call(method, path, body) {
  let response;
  try {
    response = await fetch(`api/${path}`, {
      method,
      headers: { "Content-Type": "application/json", "X-Storekeep-Desk": "1" },
      body: body && JSON.stringify(body),
    });
  } catch {
    // The call may have been carried out all the same: only its answer is missing.
    throw new Refusal(
      0,
      "offline",
      "The desk cannot be reached. See what has arrived before you try again.",
    );
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    const { code = "unknown", message = "The desk gave no answer." } = answer.error ?? {};
    throw new Refusal(response.status, code, message);
  }
  return answer;
}

const conversation = (id) => `conversations/${encodeURIComponent(id)}`;

export const session = () => call("GET", "session");
export const logIn = (name, password) => call("POST", "session", { name, password });
export const logOut = () => call("DELETE", "session");
export const messages = (id, after) => call("GET", `${conversation(id)}/messages?after=${after}`);
export const take = (id) => call("POST", `${conversation(id)}/take`);
export const reply = (id, text) => call("POST", `${conversation(id)}/reply`, { text });
export const handBack = (id) => call("POST", `${conversation(id)}/hand-back`);
export const resolve = (id) => call("POST", `${conversation(id)}/resolve`);
