// Loads the page again when a file was saved. EventSource connects again by itself.
const known = document.documentElement.dataset.version;
new EventSource("/events").onmessage = (event) => {
  if (event.data !== known) {
    location.reload();
  }
};
