// The filters of the list of sources. The list stands in the page; here it is only shown in part.
// What is chosen stands in the address, so that a filtered list can be sent and the back button works.

const form = document.querySelector(".source-filters");
const status = form.querySelector("[role=status]");
const reset = form.querySelector("button");
const selects = [...form.querySelectorAll("select")];
const groups = [...document.querySelectorAll(".group")];
const publishers = [...document.querySelectorAll("details.publisher")];
const works = publishers.flatMap((publisher) => [...publisher.querySelectorAll(".cited > li")].map((element) => ({
  element,
  publisher,
  values: { publisher: publisher.id, ...element.dataset },
})));
const numbers = new Map(publishers.map((publisher) => {
  const number = publisher.querySelector(".name-number");
  return [publisher, { element: number, words: number.textContent }];
}));

const chosen = () => Object.fromEntries(selects.filter(({ value }) => value).map(({ name, value }) => [name, value]));
const fits = ({ values }, choice) => Object.entries(choice).every(([name, value]) => values[name] === value);

// Shows what fits, opens where it is found, and says how much it is.
function show() {
  const choice = chosen();
  const narrowed = Object.keys(choice).length > 0;
  const left = new Map();
  for (const work of works) {
    work.element.hidden = !fits(work, choice);
    if (!work.element.hidden) left.set(work.publisher, (left.get(work.publisher) ?? 0) + 1);
  }
  const total = [...left.values()].reduce((sum, number) => sum + number, 0);
  for (const publisher of publishers) {
    const { element, words } = numbers.get(publisher);
    const number = left.get(publisher) ?? 0;
    publisher.hidden = number === 0;
    element.textContent = narrowed && Number.parseInt(words.replace(",", "")) !== number ? `${number} of ${words}` : words;
    if (narrowed && total <= 60) publisher.open = number > 0;
    else if (!narrowed) publisher.open = `#${publisher.id}` === location.hash;
  }
  for (const group of groups) group.hidden = !group.querySelector(".publisher:not([hidden])");
  status.textContent = say(total);
  reset.hidden = !narrowed;
  countChoices(choice);
}

function say(number) {
  const amount = (many) => many.toLocaleString("en-GB");
  if (number === works.length) return `${amount(number)} sources`;
  return number ? `${amount(number)} of ${amount(works.length)} sources` : "No source is all of this.";
}

// Beside each choice, how many sources it would leave with what is chosen elsewhere; what would leave none is not offered.
function countChoices(choice) {
  for (const select of selects) {
    const { [select.name]: _, ...others } = choice;
    const counts = Map.groupBy(works.filter((work) => fits(work, others)), (work) => work.values[select.name]);
    for (const option of select.options) {
      if (!option.value) continue;
      option.dataset.label ??= option.textContent;
      const number = counts.get(option.value)?.length ?? 0;
      option.textContent = `${option.dataset.label} (${number.toLocaleString("en-GB")})`;
      option.hidden = option.disabled = number === 0 && !option.selected;
    }
  }
}

function read() {
  const asked = new URLSearchParams(location.search);
  for (const select of selects) {
    const value = asked.get(select.name) ?? "";
    select.value = [...select.options].some((option) => option.value === value) ? value : "";
  }
  show();
}

function write() {
  const address = new URL(location.href);
  for (const { name, value } of selects) {
    if (value) address.searchParams.set(name, value);
    else address.searchParams.delete(name);
  }
  address.hash = "";
  if (address.href !== location.href) history.pushState(null, "", address);
  show();
}

form.hidden = false;
form.addEventListener("change", write);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => requestAnimationFrame(() => {
  write();
  selects[0].focus(); // the button that was pressed is gone
}));
addEventListener("popstate", read);
read();
