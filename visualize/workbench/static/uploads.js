// Pages work without this. It takes files that are dropped, says early what is too large, and moves the bar of a job.
"use strict";

for (const form of document.querySelectorAll("[data-upload]")) {
  const input = form.querySelector("input[type=file]");
  const most = Number(form.dataset.limit) * 1024 * 1024;
  const warning = form.querySelector("[data-too-large]");
  const check = () => {
    const size = [...input.files].reduce((sum, file) => sum + file.size, 0);
    warning.hidden = size <= most;
    return warning.hidden;
  };
  input.addEventListener("change", check);
  form.addEventListener("submit", (event) => { if (!check()) { event.preventDefault(); } });
  form.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
  form.addEventListener("dragleave", () => { form.classList.remove("over"); });
  form.addEventListener("drop", (event) => {
    form.classList.remove("over");
    if (!event.dataTransfer.files.length) { return; }
    event.preventDefault();
    input.files = event.dataTransfer.files;
    check();
  });
}

async function follow(part) {
  const answer = await fetch("/jobs/" + encodeURIComponent(part.dataset.job) + ".json");
  if (!answer.ok) { return; }
  const job = await answer.json();
  part.querySelector("[data-word]").textContent = job.word;
  if (job.ended) { // the page that waited for it, or the job's own; what was cancelled must not be asked for anew
    const own = location.pathname === "/jobs/" + job.id;
    if (own && job.href && job.state !== "stopped") { location.replace(job.href); } else { location.reload(); }
    return;
  }
  part.querySelector("[data-far]").textContent = job.far;
  const bar = part.querySelector("progress");
  if (job.total) { bar.max = job.total; bar.value = job.done; }
  setTimeout(follow, 500, part);
}

for (const part of document.querySelectorAll("[data-running]")) { setTimeout(follow, 500, part); }
