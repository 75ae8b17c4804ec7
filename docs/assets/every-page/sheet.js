// Fetches a style sheet that only some readers need; the promise is kept once it holds.

export function addSheet(address) {
  return new Promise((settle, fail) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address, onload: settle, onerror: fail });
    document.head.append(link);
  });
}
