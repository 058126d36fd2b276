// A button beside everything that is there to be copied.
(() => {
  if (!navigator.clipboard) return;
  each("[data-copy]", (source) => {
    const button = document.createElement("button");
    const words = source.dataset;
    button.type = "button";
    button.className = "button button-quiet button-small";
    button.textContent = words.copy;
    const line = document.createElement("p");
    line.className = "copy-done";
    line.setAttribute("aria-live", "polite");
    line.append(button);
    source.after(line);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(source.value || source.innerText.trim());
      button.textContent = words.copied;
      setTimeout(() => (button.textContent = words.copy), 4000);
    });
  });
})();
