// The office's own script: keys, palette, dialogs, theme, the session's last two minutes, charts to read by pointer.
// Everything here is a shortcut; each act also works as a plain link or form. No eval, no inline handlers, no HTML
// strings: elements are built, so the page runs under nonces and Trusted Types.
(() => {
  "use strict";
  const root = document.documentElement;
  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
  root.classList.add("js");

  const remember = (name, value) => {
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `${name}=${value}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
  };
  const build = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const isShown = (element) => element.checkVisibility ? element.checkVisibility() : element.offsetParent !== null;
  const isTyping = (element) =>
    element.isContentEditable || /^(TEXTAREA|SELECT)$/.test(element.tagName) ||
    (element.tagName === "INPUT" && !/^(checkbox|radio|button|submit|file)$/.test(element.type));
  const isOpen = () => $("dialog[open]") || $(".pop:popover-open");
  const keysOn = () => root.dataset.keys !== "off";

  // ---- lines: j k Enter x Shift+x ----
  const links = () => $$("[data-row]").filter(isShown);
  const hereLink = () => $("[data-row][data-here]") || $('[data-row][aria-current="true"]');
  const lineOf = (element) => element?.closest("[data-line], li, tr");
  let pickedFrom = null;

  const stand = (link) => {
    $$("[data-here]").forEach((each) => { delete each.dataset.here; lineOf(each)?.classList.remove("here"); });
    link.dataset.here = "";
    link.focus({ preventScroll: true });
    lineOf(link)?.scrollIntoView({ block: "nearest" });
    if ("peek" in link.dataset) link.click();
  };
  const step = (by) => {
    const all = links();
    if (!all.length) return;
    const at = all.indexOf(hereLink());
    const next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
    if (next && (next !== hereLink() || at < 0)) stand(next);
  };
  const boxOf = (link) => lineOf(link) && $("[data-pick]", lineOf(link));
  const pick = (toHere) => {
    const link = hereLink() || links()[0];
    const box = link && boxOf(link);
    if (!box) return;
    const all = links(), here = all.indexOf(link), from = all.indexOf(pickedFrom);
    if (toHere && from >= 0) {
      for (const each of all.slice(Math.min(from, here), Math.max(from, here) + 1)) {
        const other = boxOf(each);
        if (other) other.checked = true;
      }
    } else {
      box.checked = !box.checked;
    }
    pickedFrom = link;
    countPicked();
  };
  const countPicked = () => {
    const count = $$("[data-pick]:checked").length;
    $$("[data-picked]").forEach((each) => { each.textContent = String(count); });
  };

  // ---- keys ----
  let goSince = 0;
  const press = (element) => {
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName)) { element.focus(); element.select?.(); } else element.click();
  };
  const keyed = (key) => $$(`[data-key="${CSS.escape(key)}"]`).find((each) => isShown(each) && !each.disabled);
  const moves = {
    j: () => step(1),
    k: () => step(-1),
    x: () => pick(false),
    X: () => pick(true),
    g: () => { goSince = Date.now(); },
    Escape: () => { closeAll(); },
  };
  const singleKey = (event) => {
    if (goSince && Date.now() - goSince < 1500) {
      goSince = 0;
      const place = $(`[data-go="${CSS.escape(event.key)}"]`);
      if (place) { event.preventDefault(); place.click(); }
      return;
    }
    if (event.key === "Enter") {
      const onControl = event.target.closest("a, button, summary, input");
      if (!onControl && hereLink()) { event.preventDefault(); hereLink().click(); }
      return;
    }
    const bound = keyed(event.key);
    if (bound) { event.preventDefault(); press(bound); return; }
    if (moves[event.key]) { event.preventDefault(); moves[event.key](); }
  };
  const closeAll = () => {
    const message = $("[data-toast]");
    if (message && document.activeElement === document.body) { message.remove(); return; }
    $$("details.drop-d[open], details.tabs-more[open]").forEach((each) => { each.open = false; });
    const up = $(".crumbs a");
    if (document.activeElement && document.activeElement !== document.body) document.activeElement.blur();
    else up?.click();
  };
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") { event.preventDefault(); openPalette(); return; }
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && isTyping(event.target)) {
      const form = event.target.form;
      if (form && form.method !== "dialog") { event.preventDefault(); form.requestSubmit(); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (isTyping(event.target)) { if (event.key === "Escape" && !isOpen()) event.target.blur(); return; }
    if (isOpen()) return;
    if (!keysOn() && event.key !== "Escape" && event.key !== "Enter") return;
    singleKey(event);
  });

  // ---- clicks that only a script can answer ----
  const openDialog = (id) => {
    const dialog = document.getElementById(id);
    if (!dialog || dialog.open) return;
    if (id === "keys") listKeysHere();
    dialog.showModal();
  };
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]");
    if (opener) openDialog(opener.dataset.open);
    event.target.closest("[data-close-toast]")?.closest("[data-toast]").remove();
    if (event.target.closest("[data-print]")) window.print();
    if (event.target.closest("[data-theme-switch]")) {
      const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = isDark ? "light" : "dark";
      remember("duly_theme", root.dataset.theme);
      mountPlots(true);
    }
    $$("details.drop-d[open]").forEach((each) => { if (!each.contains(event.target)) each.open = false; });
    if (event.target.tagName === "DIALOG") event.target.close();
    const link = event.target.closest("[data-row]");
    if (link) { $$("[data-here]").forEach((each) => delete each.dataset.here); link.dataset.here = ""; }
  });
  document.addEventListener("change", (event) => {
    if (event.target.id === "keys-on") {
      root.dataset.keys = event.target.checked ? "on" : "off";
      remember("duly_keys", root.dataset.keys);
    }
    if (event.target.matches("[data-pick]")) { pickedFrom = $("[data-row]", lineOf(event.target)); countPicked(); }
    if (event.target.matches("[data-pick-all]")) {
      $$("[data-pick]").forEach((box) => { box.checked = event.target.checked; });
      countPicked();
    }
  });
  const listKeysHere = () => {
    const list = $("#keys-here");
    const acts = $$("[data-key]").filter((each) => isShown(each) && !["/", "?", "u"].includes(each.dataset.key));
    list.replaceChildren(...acts.map((each) =>
      build("div", {}, build("dt", {}, build("kbd", { class: "kbd" }, each.dataset.key)), build("dd", {}, nameOf(each)))));
    list.hidden = !acts.length;
    $("#keys-on").checked = keysOn();
  };
  const nameOf = (element) => {
    const copy = element.cloneNode(true);
    $$("kbd, .count, svg", copy).forEach((each) => each.remove());
    return element.getAttribute("aria-label") || copy.textContent.trim().replace(/\s+/g, " ");
  };

  // ---- Ctrl+K ----
  let offered = [], chosen = 0;
  const commands = () => [
    ...$$("#work [data-key]").filter((each) => isShown(each) && !each.disabled)
      .map((each) => ({ name: nameOf(each), key: each.dataset.key, icon: "start", run: () => press(each) })),
    ...$$("[data-place]").map((each) => ({ name: `Go to ${each.dataset.place}`, key: `g ${each.dataset.go}`, icon: "right", run: () => each.click() })),
    { name: "Keys on this screen", key: "?", icon: "keyboard", run: () => openDialog("keys") },
    { name: "Switch between light and dark", key: "", icon: "moon", run: () => $("[data-theme-switch]").click() },
  ];
  const iconOf = (name) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    for (const [key, value] of Object.entries({ class: "i", width: 16, height: 16, "aria-hidden": "true" })) svg.setAttribute(key, value);
    use.setAttribute("href", `${root.dataset.icons}#${name}`);
    svg.append(use);
    return svg;
  };
  const openPalette = () => {
    const palette = $("#palette");
    if (!palette || $("dialog[open]")) return;
    $("#palette-in").value = "";
    palette.showModal();
    offer("");
  };
  const offer = (text) => {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    offered = commands().filter((each) => words.every((word) => each.name.toLowerCase().includes(word)));
    if (words.length) {
      offered.push({ name: `Search for “${text}”`, key: "", icon: "search", run: () => { location.href = `/search?q=${encodeURIComponent(text)}`; } });
    }
    chosen = 0;
    $("#palette-l").replaceChildren(...offered.map((each, i) =>
      build("li", { role: "option", id: `palette-${i}`, "data-i": i }, iconOf(each.icon), build("span", {}, each.name),
        ...(each.key && keysOn() ? [build("kbd", { class: "kbd" }, each.key)] : []))));
    mark();
  };
  const mark = () => {
    $$("#palette-l li").forEach((each, i) => each.setAttribute("aria-selected", String(i === chosen)));
    const now = $(`#palette-${chosen}`);
    $("#palette-in").setAttribute("aria-activedescendant", now ? now.id : "");
    now?.scrollIntoView({ block: "nearest" });
  };
  const runChosen = (at) => {
    const command = offered[at];
    $("#palette").close();
    command?.run();
  };
  document.addEventListener("input", (event) => { if (event.target.id === "palette-in") offer(event.target.value); });
  document.addEventListener("keydown", (event) => {
    if (event.target.id !== "palette-in") return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) { event.preventDefault(); chosen = (chosen + by + offered.length) % offered.length; mark(); }
    if (event.key === "Enter") { event.preventDefault(); runChosen(chosen); }
  });
  document.addEventListener("click", (event) => {
    const option = event.target.closest("#palette-l li");
    if (option) runChosen(Number(option.dataset.i));
  });

  // ---- the session's last two minutes ----
  let endsAt = 0;
  const restartClock = (seconds) => { endsAt = Date.now() + seconds * 1000; };
  const watchSession = () => {
    const left = Math.round((endsAt - Date.now()) / 1000), dialog = $("#session");
    if (left <= 0) { location.replace(`/sign-in?ended=1&next=${encodeURIComponent(location.pathname + location.search)}`); return; }
    if (left <= Number(root.dataset.sessionWarn)) {
      if (!dialog.open) { $$("dialog[open]").forEach((each) => each.close()); dialog.showModal(); }
      $("#session-n").textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    } else if (dialog.open) {
      dialog.close();
    }
  };
  if (root.dataset.sessionLeft) {
    restartClock(Number(root.dataset.sessionLeft));
    setInterval(watchSession, 1000);
    document.addEventListener("submit", async (event) => {
      if (event.target.id !== "session-stay") return;
      event.preventDefault();
      const answer = await fetch(event.target.action, { method: "POST", body: new FormData(event.target) });
      if (answer.ok && !answer.redirected) { restartClock(Number(await answer.text())); $("#session").close(); } else location.reload();
    });
  }

  // ---- charts to read by pointer ----
  let drawing = null;
  const trusted = window.trustedTypes?.createPolicy("duly", {
    createScriptURL: (url) => {
      if (new URL(url, location.origin).href !== new URL(root.dataset.uplot, location.origin).href) throw new TypeError("not ours");
      return url;
    },
  });
  const loadPlotter = () => drawing ??= new Promise((resolve, reject) => {
    document.head.append(build("link", { rel: "stylesheet", href: root.dataset.uplotCss }));
    const script = document.createElement("script");
    script.nonce = $("script[nonce]").nonce;
    script.src = trusted ? trusted.createScriptURL(root.dataset.uplot) : root.dataset.uplot;
    script.addEventListener("load", () => resolve(window.uPlot));
    script.addEventListener("error", reject);
    document.head.append(script);
  });
  const colour = (token) => getComputedStyle(document.body).getPropertyValue(token).trim();
  const resolved = (token) => {
    // A canvas needs the colour itself, not light-dark(): let the browser work it out.
    const probe = build("span", { hidden: "" });
    probe.style.color = `var(${token})`;
    document.body.append(probe);
    const value = getComputedStyle(probe).color;
    probe.remove();
    return value || colour(token);
  };
  const mountPlots = async (again = false) => {
    const places = $$("[data-plot]").filter((each) => again || !each.firstChild);
    if (!places.length) return;
    const UPlot = await loadPlotter();
    for (const place of places) {
      const data = JSON.parse(document.getElementById(place.dataset.plot).textContent);
      const number = new Intl.NumberFormat(data.language || "en", { maximumFractionDigits: data.digits ?? 0 });
      const axis = { stroke: resolved("--muted"), grid: { stroke: resolved("--line"), width: 1 }, ticks: { show: false }, font: "11px Inter" };
      place.replaceChildren();
      new UPlot({
        width: Math.max(place.clientWidth, 280), height: data.height || 240, cursor: { points: { size: 7 } },
        series: [{ value: (_, at) => at == null ? "–" : new Date(at * 1000).toLocaleDateString(data.language || "en", { dateStyle: "medium", timeZone: "UTC" }) },
          ...data.series.map((each) => ({ label: each.label, stroke: resolved(`--c${each.colour || 1}`), width: 2, dash: each.dash ? [6, 5] : undefined,
            value: (_, value) => value == null ? "–" : number.format(value / (data.scale || 1)) }))],
        axes: [axis, { ...axis, size: 64, values: (_, ticks) => ticks.map((tick) => number.format(tick / (data.scale || 1))) }],
        tzDate: (at) => UPlot.tzDate(new Date(at * 1000), "UTC"),
      }, [data.x, ...data.series.map((each) => each.values)], place);
    }
  };
  let resizing = 0;
  window.addEventListener("resize", () => { clearTimeout(resizing); resizing = setTimeout(() => { if (drawing) mountPlots(true); }, 200); });

  // Paper shows the numbers behind each chart.
  window.addEventListener("beforeprint", () => $$("details.twin:not([open])").forEach((each) => { each.open = true; each.dataset.printed = ""; }));
  window.addEventListener("afterprint", () => $$("details[data-printed]").forEach((each) => { each.open = false; delete each.dataset.printed; }));

  // ---- files ----
  document.addEventListener("dragover", (event) => {
    const zone = event.target.closest?.("[data-drop]");
    if (zone) { event.preventDefault(); zone.classList.add("over"); }
  });
  document.addEventListener("dragleave", (event) => event.target.closest?.("[data-drop]")?.classList.remove("over"));
  document.addEventListener("drop", (event) => {
    const zone = event.target.closest?.("[data-drop]");
    if (!zone) return;
    event.preventDefault();
    zone.classList.remove("over");
    $("input[type=file]", zone).files = event.dataTransfer.files;
  });

  // ---- after htmx has brought something new ----
  const settle = () => {
    countPicked();
    mountPlots();
    $$("[data-print]").forEach((each) => { each.hidden = false; });
    const current = $('.rows [data-row][aria-current="true"]');
    if (current && matchMedia("(min-width: 861px)").matches) lineOf(current).scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("htmx:after:request", () => { if (root.dataset.sessionLeft) restartClock(Number(root.dataset.sessionLeft)); });
  document.addEventListener("htmx:after:swap", () => {
    settle();
    const wrong = $("#errors");
    if (wrong && document.activeElement !== wrong) wrong.focus();
  });
  // An act that ends on the page it began on must not fill the Back button with copies of it.
  document.addEventListener("htmx:before:history:update", (event) => {
    const { history: change } = event.detail;
    if (change && new URL(change.path, location.href).href === location.href) change.type = "replace";
  });
  document.addEventListener("DOMContentLoaded", () => { settle(); $("#errors")?.focus(); });
})();
