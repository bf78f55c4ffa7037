"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const DATA = JSON.parse($("data").textContent);
  const CLAIMS = DATA.claims.claims;
  const [ANCHOR, WORDS, KIND, FACTUALITY, SOURCE, ENTITIES, SENTENCE, SAID] = [0, 1, 2, 3, 4, 5, 6, 7];
  const folded = DATA.claims.text.map((text) => text.toLowerCase());
  const said = CLAIMS.map((claim) => claim[SAID].toLowerCase());
  const numbers = (element, name) => (element.dataset[name] || "").split(" ").filter(Boolean).map(Number);
  const quiet = matchMedia("(prefers-reduced-motion: reduce)");

  // --- What belongs to which claim ---------------------------------------------------------------------------
  const items = [...document.querySelectorAll(".item")].map((element) => [element, numbers(element, "n")]);
  const marks = [...document.querySelectorAll(".text mark")].map((element) => [element, numbers(element, "n")]);
  const words = new Map();
  const parts = new Map();
  const note = (map, key, element) => (map.has(key) ? map.get(key).push(element) : map.set(key, [element]));
  for (const [element, own] of marks) {
    for (const n of own) note(words, n, element);
    for (const n of numbers(element, "p")) note(parts, n, element);
  }

  // --- Marking one claim and its words -----------------------------------------------------------------------
  let current = -1;
  function unmark() {
    for (const element of document.querySelectorAll(".on, .part-on")) element.classList.remove("on", "part-on");
    current = -1;
  }
  function mark(n) {
    unmark();
    current = n;
    for (const element of words.get(n) || []) element.classList.add("on");
    for (const element of parts.get(n) || []) element.classList.add("part-on");
    const card = $(CLAIMS[n][ANCHOR]);
    if (card) card.classList.add("on");
  }
  function scrollTo(element) {
    // A first jump lays out what stands between; the second one then lands on the right place.
    element.scrollIntoView({ block: "center" });
    requestAnimationFrame(() => element.scrollIntoView({ block: "center", behavior: quiet.matches ? "auto" : "smooth" }));
  }
  function go(n, where) {
    if (!shown[n]) reset();
    mark(n);
    const [text, card] = [$(CLAIMS[n][WORDS]), $(CLAIMS[n][ANCHOR])];
    const target = where === "card" ? card : text || card;
    scrollTo(target);
    card.focus({ preventScroll: true });
    history.replaceState(null, "", "#" + target.id);
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-go]");
    if (link) {
      event.preventDefault();
      go(Number(link.dataset.go), "words");
      return;
    }
    if (event.target.closest("a, button, input, select, label, summary, dialog")) return;
    const word = event.target.closest(".text mark");
    const found = word && closestClaim(word);
    if (found !== null && found !== undefined && found !== false) go(found, "card");
    else if (event.target.closest("li.claim")) mark(numbers(event.target.closest("li.claim"), "n")[0]);
  });
  function closestClaim(element) {
    for (let at = element; at && at.matches("mark"); at = at.parentElement.closest("mark")) {
      const own = [...numbers(at, "n"), ...numbers(at, "p")].filter((n) => shown[n]);
      if (own.length) return own.includes(current) ? own[(own.indexOf(current) + 1) % own.length] : own[0];
      if (!at.parentElement) break;
    }
    return null;
  }
  function follow() {
    const id = decodeURIComponent(location.hash.slice(1));
    const n = CLAIMS.findIndex((claim) => claim[ANCHOR] === id || (id && claim[WORDS] === id));
    if (n >= 0) go(n, CLAIMS[n][ANCHOR] === id ? "card" : "words");
  }
  addEventListener("hashchange", follow);

  // --- Filters -----------------------------------------------------------------------------------------------
  let shown = new Uint8Array(CLAIMS.length).fill(1);
  const holders = [...document.querySelectorAll(".holds")].reverse();
  function fill(list, values) {
    list.replaceChildren(...values.map((value) => Object.assign(document.createElement("option"), { value })));
  }
  const OWN = "in the writer's own voice";
  fill($("l-entity"), [...DATA.claims.entity].sort());
  fill($("l-source"), [OWN, ...[...DATA.claims.source].sort()]);
  function chosen(field, values) {
    const text = $(field).value.trim().toLowerCase();
    if (!text) return null;
    const exact = values.findIndex((value) => value.toLowerCase() === text);
    if (exact >= 0) return new Set([exact]);
    return new Set(values.flatMap((value, n) => (value.toLowerCase().includes(text) ? [n] : [])));
  }
  function ticked(field, values) {
    const boxes = [...$(field).querySelectorAll("input")];
    if (boxes.every((box) => box.checked)) return null;
    return new Set(boxes.filter((box) => box.checked).map((box) => values.indexOf(box.value)));
  }
  function apply() {
    const { kind, factuality, source, entity } = DATA.claims;
    const [kinds, factualities] = [ticked("f-kind", kind), ticked("f-factuality", factuality)];
    const [entities, sources] = [chosen("f-entity", entity), chosen("f-source", source)];
    if (sources && OWN.includes($("f-source").value.trim().toLowerCase())) sources.add(-1);
    const query = $("q").value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const sentences = folded.map((text) => query.map((word) => text.includes(word)));
    shown = Uint8Array.from(CLAIMS, (claim, n) => {
      if (kinds && !kinds.has(claim[KIND])) return 0;
      if (factualities && !factualities.has(claim[FACTUALITY])) return 0;
      if (sources && !sources.has(claim[SOURCE])) return 0;
      if (entities && !claim[ENTITIES].some((one) => entities.has(one))) return 0;
      const there = sentences[claim[SENTENCE]];
      return query.every((word, i) => there[i] || said[n].includes(word)) ? 1 : 0;
    });
    const count = shown.reduce((sum, one) => sum + one, 0);
    const all = count === CLAIMS.length;
    for (const [element, own] of items) element.hidden = !own.some((n) => shown[n]);
    for (const [element, own] of marks) element.classList.toggle("off", own.length > 0 && !own.some((n) => shown[n]));
    for (const element of holders) element.hidden = !all && !element.querySelector(".item:not([hidden])");
    $("count").textContent = all ? `${count.toLocaleString("en")} claims` : `${count.toLocaleString("en")} of ${CLAIMS.length.toLocaleString("en")} claims`;
    $("all").hidden = all;
    $("nothing").hidden = count > 0 || !CLAIMS.length;
    redraw();
  }
  let waiting = 0;
  $("filters").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 120);
  });
  $("filters").addEventListener("submit", (event) => event.preventDefault());
  $("filters").addEventListener("reset", () => setTimeout(apply, 0));
  function reset() {
    $("filters").reset();
    clearTimeout(waiting);
    apply();
  }

  // --- Charts ------------------------------------------------------------------------------------------------
  const SHOWN = 80;
  const charts = [...document.querySelectorAll(".chart")].map((element) => ({
    element, data: DATA.charts[Number(element.dataset.chart)], near: false, stale: true, drawn: null, limit: SHOWN,
  }));
  const keys = {
    day: (row) => [row.day ? 0 : 1, row.day, row.article],
    article: (row) => [row.article, row.n],
    size: (row) => [-(row.p2 ?? row.p1 ?? row.x2)],
  };
  function compare(left, right) {
    for (let i = 0; i < left.length; i++) {
      if (left[i] < right[i]) return -1;
      if (left[i] > right[i]) return 1;
    }
    return 0;
  }
  function rowsOf(chart) {
    const key = keys[$("order").value];
    const rows = chart.data.rows.filter((row) => shown[row.n]);
    const sorted = rows.map((row) => [[row.q, ...key(row), row.n], row]).sort((a, b) => compare(a[0], b[0]));
    const out = [];
    let [last, position] = [-1, 0];
    const place = () => String(position++).padStart(5, "0");
    for (const [, row] of sorted.slice(0, chart.limit)) {
      if (row.q !== last) {
        last = row.q;
        if (chart.data.groups.length > 1 || chart.data.groups[0] !== "place not said")
          out.push({ key: `${place()}#|${chart.data.groups[last]}`, figure: "", bound: "", opens: "", factuality: "asserted", x1: null, x2: null, p1: null, p2: null, hollow: false });
      }
      out.push({ ...row, key: `${place()}|${row.label}` });
    }
    return { out, left: sorted.length - Math.min(sorted.length, chart.limit) };
  }
  function marksOf({ min, max }, steps) {
    const out = [];
    for (let power = Math.floor(Math.log10(min)); 10 ** power <= max; power++)
      out.push(...steps.map((step) => step * 10 ** power).filter((mark) => mark >= min && mark <= max));
    return out;
  }
  async function draw(chart) {
    chart.stale = false;
    const { out, left } = rowsOf(chart);
    const width = chart.element.clientWidth;
    const spec = structuredClone(DATA.specs[chart.data.log ? "log" : "linear"]);
    const values = { least: chart.data.min, most: chart.data.max, room: Math.min(300, Math.max(96, width * 0.34)), ticks: width < 600 ? 3 : 7 };
    if (chart.data.log) values.marks = marksOf(chart.data, width < 600 ? [1] : [1, 2, 5]);
    for (const param of spec.params) param.value = values[param.name] ?? param.value;
    spec.height = out.length * spec.height;
    spec.datasets = { ...spec.datasets, rows: out };
    chart.element.style.minHeight = `${out.length * 22 + 40}px`;
    const holder = document.createElement("div");
    holder.className = "plot";
    const old = chart.drawn;
    chart.element.replaceChildren(holder);
    if (left) {
      const more = Object.assign(document.createElement("button"), { type: "button", textContent: `${left.toLocaleString("en")} more figures` });
      more.addEventListener("click", () => { chart.limit += 400; draw(chart); });
      chart.element.append(more);
    }
    const turn = (chart.turn = (chart.turn || 0) + 1);
    const drawn = await vegaEmbed(holder, spec, { actions: false, logLevel: 1, renderer: "svg", tooltip: { theme: "custom" } });
    if (turn !== chart.turn) { drawn.finalize(); return; } // a later drawing has taken its place
    chart.drawn = drawn;
    if (old) old.finalize();
    chart.drawn.view.addEventListener("click", (event, item) => {
      if (item && item.datum && item.datum.n !== undefined) go(item.datum.n, "words");
    });
    chart.element.dataset.drawn = out.length;
  }
  function redraw() {
    for (const chart of charts) {
      chart.stale = true;
      if (chart.near && !chart.element.closest("[hidden]")) draw(chart);
    }
    idle(drawNext);
  }
  // The browser's own command to print waits for nothing: charts that nobody has scrolled to are drawn in idle time.
  const idle = window.requestIdleCallback ?? ((then) => setTimeout(then, 50));
  async function drawNext() {
    const chart = charts.find((one) => one.stale && !one.element.closest("[hidden]"));
    if (!chart) return;
    await draw(chart);
    idle(drawNext);
  }
  async function drawAll() {
    for (const chart of charts) if (chart.stale && !chart.element.closest("[hidden]")) await draw(chart);
  }
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      const chart = charts.find((one) => one.element === entry.target);
      chart.near = entry.isIntersecting;
      if (chart.near && chart.stale) draw(chart);
    }
  }, { rootMargin: "600px" });
  for (const chart of charts) {
    chart.element.style.minHeight = `${Math.min(chart.data.rows.length + chart.data.groups.length, SHOWN) * 22 + 40}px`;
    watcher.observe(chart.element);
  }
  if ($("order")) $("order").addEventListener("change", redraw);
  let [resized, lastWidth] = [0, innerWidth];
  addEventListener("resize", () => {
    if (innerWidth === lastWidth) return;
    lastWidth = innerWidth;
    clearTimeout(resized);
    resized = setTimeout(redraw, 200);
  });

  // --- Look, print, keys -------------------------------------------------------------------------------------
  const LOOKS = ["auto", "light", "dark"];
  function look(name) {
    if (name === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = name;
    $("theme").querySelector("span").textContent = name;
    try { localStorage.setItem("claimex-look", name); } catch { /* a page from disk may have no storage */ }
  }
  let kept = null;
  try { kept = localStorage.getItem("claimex-look"); } catch { /* as above */ }
  look(LOOKS.includes(kept) ? kept : "auto");
  const nextLook = () => look(LOOKS[(LOOKS.indexOf($("theme").querySelector("span").textContent) + 1) % 3]);
  $("theme").addEventListener("click", nextLook);
  $("print").addEventListener("click", async () => { await drawAll(); print(); });
  $("keys").addEventListener("click", () => $("help").showModal());

  const cards = [...document.querySelectorAll("ol.claims > .claim")];
  function step(by) {
    const open = cards.filter((card) => !card.hidden && !card.closest("[hidden]"));
    if (!open.length) return;
    const at = open.findIndex((card) => Number(card.dataset.n) === current);
    const next = at < 0 ? (by > 0 ? 0 : open.length - 1) : Math.min(Math.max(at + by, 0), open.length - 1);
    go(Number(open[next].dataset.n), "words");
  }
  let onCard = false;
  const actions = {
    "/": () => $("q").focus(),
    j: () => step(1),
    k: () => step(-1),
    w: () => { if (current >= 0) { onCard = !onCard; go(current, onCard ? "card" : "words"); } },
    t: nextLook,
    "?": () => $("help").showModal(),
    Escape: () => (current >= 0 ? unmark() : reset()),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || $("help").open) return;
    const typing = event.target.matches("input:not([type=checkbox]), select, textarea");
    if (typing && event.key !== "Escape") return;
    if (typing) { event.target.blur(); return; }
    const action = actions[event.key];
    if (action) { event.preventDefault(); action(); }
  });
  follow();
  document.documentElement.dataset.ready = "yes";
  idle(drawNext);
})();
