"use strict";
(function () {
  const SVG = "http://www.w3.org/2000/svg";
  const pad = (number) => String(number).padStart(2, "0");

  function clock(minute) {
    const day = Math.floor(minute / 1440), rest = Math.floor(minute - 1440 * day);
    return "day " + (day + 1) + ", " + pad(Math.floor(rest / 60)) + ":" + pad(rest % 60);
  }

  // cars of an element side by side by vehicle; each as wide as its share of the room
  function fill(group, count, place, figures, frame) {
    let x = 0, sum = 0;
    const bars = [];
    for (const [vehicle, counts] of Object.entries(place.cars)) {
      const cars = counts[frame];
      if (!cars) continue;
      const wide = cars / place.most * figures.width;
      const bar = document.createElementNS(SVG, "rect");
      bar.setAttribute("x", x.toFixed(1));
      bar.setAttribute("width", wide.toFixed(1));
      bar.setAttribute("height", figures.height);
      bar.setAttribute("fill", figures.colours[vehicle]);
      const title = document.createElementNS(SVG, "title");
      title.textContent = cars + " " + figures.vehicles[vehicle];
      bar.append(title);
      bars.push(bar);
      x += wide;
      sum += cars;
    }
    group.replaceChildren(...bars);
    count.textContent = sum;
  }

  document.querySelectorAll("[data-scene]").forEach((scene) => {
    const figures = JSON.parse(scene.querySelector("script").textContent);
    const slider = scene.querySelector("input"), button = scene.querySelector("button");
    const said = scene.querySelector("output");
    const groups = Array.from(scene.querySelectorAll("[data-cars]"));
    const counts = Array.from(scene.querySelectorAll("[data-count]"));

    function show() {
      const frame = Number(slider.value);
      said.textContent = clock(figures.minutes[frame]);
      slider.setAttribute("aria-valuetext", said.textContent);
      groups.forEach((group, number) =>
        fill(group, counts[number], figures.places[group.dataset.cars], figures, frame));
    }

    let playing = 0;
    function stop() {
      clearInterval(playing);
      playing = 0;
      button.textContent = "▶";
      button.setAttribute("aria-label", "Play");
    }
    function step() {
      if (Number(slider.value) >= Number(slider.max)) return stop();
      slider.value = Number(slider.value) + 1;
      show();
    }
    button.addEventListener("click", () => {
      if (playing) return stop();
      if (slider.value === slider.max) slider.value = 0;
      playing = setInterval(step, 120);
      button.textContent = "⏸";
      button.setAttribute("aria-label", "Pause");
    });
    slider.addEventListener("input", show);
    show();
  });
})();
