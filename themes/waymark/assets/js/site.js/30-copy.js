// Buttons that copy what stands before them, where the browser lets them. Screen readers watch an output.
each(".copy-done", (output) => {
  const [button] = output.children;
  const words = button.textContent;
  output.hidden = !navigator.clipboard;
  button.onclick = async () => {
    await navigator.clipboard.writeText(output.previousElementSibling.innerText.trim());
    button.textContent = button.dataset.copied;
    setTimeout(() => (button.textContent = words), 4000);
  };
});
