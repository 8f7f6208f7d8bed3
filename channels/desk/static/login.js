// The door: a name and a password.

import * as api from "./api.js";
import { html, useState } from "./vendor/htm-preact.js";

export function Login({ onLoggedIn, notice }) {
  const [refusal, setRefusal] = useState(notice);
  const [busy, setBusy] = useState(false);

  async function submit(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    setBusy(true);
    try {
      onLoggedIn((await api.logIn(form.get("name"), form.get("password"))).agent);
    } catch (error) {
      setRefusal(error.message);
      setBusy(false);
      event.target.password.select();
    }
  }

  return html`
    <main class="login">
      <form onSubmit=${submit}>
        <img src="static/icon.svg" alt="" width="40" height="40" />
        <h1>Desk</h1>
        <label>Name <input name="name" autocomplete="username" autocapitalize="none" required autofocus /></label>
        <label>
          Password
          <input name="password" type="password" autocomplete="current-password" required />
        </label>
        <p class="refusal" role="alert">${refusal}</p>
        <button class="primary" disabled=${busy}>${busy ? "One moment …" : "Log in"}</button>
      </form>
    </main>
  `;
}
