// Buttons that ask the assistant, as any page of a shop may do.

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-ask]");
  if (button) document.querySelector("storekeep-chat").send(button.dataset.ask);
});
