/* Shows a photo large, with the ones before and after it. Without this file the links still open
   the photos themselves. */
"use strict";

(() => {
  const links = [...document.querySelectorAll(".photos a")];
  const box = document.getElementById("lightbox");
  if (!links.length || !box || typeof box.showModal !== "function") return;

  const stage = box.querySelector(".stage");
  const caption = box.querySelector(".caption");
  const count = box.querySelector(".count");
  let here = 0;

  function picture(link) {
    const shown = document.createElement(link.dataset.film ? "video" : "img");
    shown.src = link.href;
    if (link.dataset.film) {
      shown.controls = true;
      shown.poster = link.firstElementChild.src;
      shown.setAttribute("aria-label", link.firstElementChild.alt);
    } else {
      shown.alt = link.firstElementChild.alt;
    }
    return shown;
  }

  function show(place) {
    here = (place + links.length) % links.length;
    const link = links[here];
    stage.replaceChildren(picture(link));
    caption.textContent = link.dataset.caption || "";
    count.textContent = `${here + 1} / ${links.length}`;
    for (const other of [links[here + 1], links[here - 1]]) {
      if (other && !other.dataset.film) new Image().src = other.href;
    }
  }

  function open(place) {
    show(place);
    box.showModal();
    box.querySelector(".close").focus();
  }

  links.forEach((link, place) => {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      open(place);
    });
  });

  box.querySelector(".before").addEventListener("click", () => show(here - 1));
  box.querySelector(".after").addEventListener("click", () => show(here + 1));
  box.querySelector(".close").addEventListener("click", () => box.close());
  stage.addEventListener("click", (event) => {
    if (event.target === stage) box.close();
  });

  box.addEventListener("close", () => {
    stage.replaceChildren();
    links[here].focus();
    links[here].scrollIntoView({ block: "nearest" });
  });

  box.addEventListener("keydown", (event) => {
    if (event.target.tagName === "VIDEO") return;
    const where = { ArrowLeft: here - 1, ArrowRight: here + 1, Home: 0, End: links.length - 1 };
    if (event.key in where) {
      event.preventDefault();
      show(where[event.key]);
    }
  });

  let from = null;
  stage.addEventListener("touchstart", (event) => {
    from = event.touches.length === 1 ? event.touches[0].clientX : null;
  }, { passive: true });
  stage.addEventListener("touchend", (event) => {
    if (from === null) return;
    const way = event.changedTouches[0].clientX - from;
    if (Math.abs(way) > 50) show(here + (way < 0 ? 1 : -1));
    from = null;
  });
})();
