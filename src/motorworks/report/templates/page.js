"use strict";
(function () {
  const charts = JSON.parse(document.getElementById("charts").textContent);
  const config = {
    displaylogo: false, responsive: true, showSendToCloud: false,
    displayModeBar: window.matchMedia("(hover: hover)").matches ? "hover" : false,
    modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d"],
  };

  function chosen(key) {
    const inputs = document.querySelectorAll('[data-chart="' + CSS.escape(key) + '"]');
    return Array.from(inputs, (input) => input.value).join("|");
  }

  function draw(key) {
    const chart = charts[key];
    const spec = chart.variants[chosen(key)] || chart.variants[chart.first];
    const place = document.getElementById("chart-" + key);
    // copies, because Plotly writes into what it is given
    const copy = JSON.parse(JSON.stringify(spec));
    fit(copy, place.clientWidth);
    const meta = copy.layout.meta;
    if (meta) copy.layout.height = Math.round(place.clientWidth * meta.aspect) + meta.extra;
    place.style.minHeight = copy.layout.height + "px";
    const below = JSON.parse(JSON.stringify(chart.shared));
    return Plotly.react(place, below.concat(copy.data), copy.layout, config);
  }

  // less text where there is less room
  function fit(spec, width) {
    for (const trace of spec.data) {
      if (trace.texttemplate && (width - 270) / trace.x.length < 14) delete trace.texttemplate;
      if (spec.layout.meta && trace.textfont) {
        trace.textfont.size = Math.max(8, Math.min(12, Math.round(12 * width / 1100)));
      }
    }
  }

  function failed(reason) {
    document.documentElement.setAttribute("data-error", String(reason));
  }

  const drawn = Object.keys(charts).map((key) => Promise.resolve().then(() => draw(key)));
  Promise.all(drawn).then(
    () => document.documentElement.setAttribute("data-ready", String(drawn.length)), failed);

  document.querySelectorAll("select[data-chart]").forEach((select) =>
    select.addEventListener("change", () => draw(select.dataset.chart).catch(failed)));

  // search
  document.querySelectorAll(".search input").forEach((input) => {
    const table = document.getElementById(input.getAttribute("aria-controls"));
    input.addEventListener("input", () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const row of table.tBodies[0].rows) {
        const text = row.textContent.toLowerCase();
        row.hidden = !words.every((word) => text.includes(word));
      }
    });
  });

  // sort: by data-value where a cell has one, else as text
  function sortBy(table, column, head) {
    const falling = head.getAttribute("aria-sort") === "ascending";
    table.querySelectorAll("th").forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", falling ? "descending" : "ascending");
    const value = (row) => {
      const cell = row.cells[column];
      return "value" in cell.dataset ? Number(cell.dataset.value) : cell.textContent.trim();
    };
    const compare = (one, other) => {
      const a = value(one), b = value(other);
      if (typeof a === "number" && typeof b === "number") return a - b;
      if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
      return a.localeCompare(b, "en", { numeric: true });
    };
    const rows = Array.from(table.tBodies[0].rows).sort(compare);
    if (falling) rows.reverse();
    table.tBodies[0].append(...rows);
  }
  document.querySelectorAll("table.sortable").forEach((table) =>
    table.querySelectorAll("th").forEach((head, column) =>
      head.querySelector("button").addEventListener("click", () => sortBy(table, column, head))));

  // the navigation follows the reader
  const links = new Map(Array.from(document.querySelectorAll("nav a"),
    (link) => [link.getAttribute("href").slice(1), link]));
  const watch = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      links.forEach((link) => link.removeAttribute("aria-current"));
      const link = links.get(entry.target.id);
      link.setAttribute("aria-current", "true");
    }
  }, { rootMargin: "-20% 0px -70% 0px" });
  document.querySelectorAll("main > section").forEach((section) => watch.observe(section));

  function resize() {
    document.querySelectorAll(".js-plotly-plot").forEach((plot) => Plotly.Plots.resize(plot));
    shaped.forEach((key) => draw(key).catch(failed));
  }

  // maps keep their shape when the window changes
  const shaped = Object.keys(charts).filter((key) =>
    charts[key].variants[charts[key].first].layout.meta);
  let waiting = 0;
  window.addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => shaped.forEach((key) => draw(key).catch(failed)), 150);
  });
  window.addEventListener("beforeprint", resize);
  window.addEventListener("afterprint", resize);
})();
