// A button beside everything that is there to be copied.
each("[data-copy]", (source) => {
  if (!navigator.clipboard) return;
  const { copy, copied } = source.dataset;
  const button = make("button", { type: "button", className: "button button-quiet button-small" }, copy);
  button.onclick = async () => {
    await navigator.clipboard.writeText(source.innerText.trim());
    button.textContent = copied;
    setTimeout(() => (button.textContent = copy), 4000);
  };
  // Screen readers watch an output.
  source.after(make("output", { className: "copy-done" }, button));
});
