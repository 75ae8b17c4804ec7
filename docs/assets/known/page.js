// The page of an event, or the numbers, as known on the day that `?known=` in its address names; and the way there.

const article = document.querySelector("article");
const known = new URLSearchParams(location.search).get("known");

if (known === null) offerDay();
else await showPage();

// Below an event, or under the head of the numbers, a day can be chosen.
function offerDay() {
  const place = article.querySelector(".event-foot, .page-head");
  const first = article.querySelector("[data-known-from]")?.dataset.knownFrom;
  place?.append(makeParagraph("known-offer", "This page as known on", makePicker("", first)));
}

async function showPage() {
  const [{ showDay }, { isDay, sayDay }] = await Promise.all([import("./known.js"), import("../timeline/state.js")]);
  if (!isDay(known)) {
    offerDay();
    return;
  }
  const day = sayDay(known);
  if (showDay(article, known)) {
    keepDay();
    article.prepend(makeBanner(`As the public could know it on ${day}: what became public later is left out.`));
    return;
  }
  const from = sayDay(article.querySelector("[data-known-from]").dataset.knownFrom);
  for (const part of article.children) part.hidden = true;
  article.prepend(
    Object.assign(document.createElement("h1"), { textContent: `Not public on ${day}` }),
    makeBanner(`On that day the public did not know of this event. It became public on ${from}.`));
}

function makeBanner(words) {
  const banner = document.createElement("aside");
  banner.className = "known-banner";
  banner.setAttribute("aria-label", "As known on a day");
  const back = Object.assign(document.createElement("a"), { href: addressOf(""), textContent: "Show what is known now" });
  banner.append(makeParagraph("", words, back), makeParagraph("known-offer", "Another day", makePicker(known)));
  return banner;
}

function makeParagraph(className, words, part) {
  const paragraph = document.createElement(part instanceof HTMLInputElement ? "label" : "p");
  paragraph.className = className;
  paragraph.append(words, " ", part);
  return paragraph;
}

// Typing a year passes through days long gone, so a day counts once the field is left, or Enter pressed.
function makePicker(day, first = "") {
  const field = Object.assign(document.createElement("input"), { type: "date", value: day, min: first });
  const go = () => field.value !== day && field.validity.valid && location.assign(addressOf(field.value));
  field.addEventListener("blur", go);
  field.addEventListener("keydown", ({ key }) => key === "Enter" && go());
  return field;
}

function addressOf(day) {
  const address = new URL(location.href);
  if (day) address.searchParams.set("known", day);
  else address.searchParams.delete("known");
  return address.href;
}

// Links to pages that can show the day lead to them as on that day; those in a drawing know their address as text only.
function keepDay() {
  for (const link of article.querySelectorAll("a[href]")) {
    const address = new URL(link.getAttribute("href"), document.baseURI);
    if (address.origin !== location.origin || address.pathname === location.pathname) continue;
    if (!/\/(events\/[^/]+|figures|timeline)\/$/.test(address.pathname)) continue;
    address.searchParams.set("known", known);
    link.setAttribute("href", address.href);
  }
}
