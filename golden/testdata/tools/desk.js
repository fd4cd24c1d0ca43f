// The desk of the browser tests asks for work and has it done by pages: a frame
// for each origin, which stays open. To open a window for each takes longer than
// all they fetch.
//   {"pages": {"https://app.example.com": "https://app.example.com/"}, "fetches": [{"origin": "https://app.example.com", …}], "abreast": 32}
//   -> what fetch.js says of each fetch, in their order
(async () => {
  const pages = new Map();
  const answers = new Map();
  addEventListener("message", ({ data, source }) => {
    answers.get(data === "open" ? source : data.i)?.(data.saw);
  });
  const open = (origin, url) => new Promise((resolve) => {
    const frame = document.body.appendChild(document.createElement("iframe"));
    answers.set(frame.contentWindow, resolve);
    pages.set(origin, frame.contentWindow);
    frame.src = url;
  });
  const work = async ({ pages: urls, fetches, abreast }) => {
    await Promise.all(Object.entries(urls).filter(([origin]) => !pages.has(origin)).map(([origin, url]) => open(origin, url)));
    const seen = new Array(fetches.length);
    let next = 0;
    const fetchInTurn = async () => {
      while (next < fetches.length) {
        const i = next++;
        seen[i] = await new Promise((resolve) => {
          answers.set(i, resolve);
          pages.get(fetches[i].origin).postMessage({ i, ...fetches[i] }, "*");
        });
      }
    };
    await Promise.all(Array.from({ length: abreast }, fetchInTurn));
    return seen;
  };
  for (let seen = null; ;) {
    const asked = await fetch("/", { method: "POST", body: JSON.stringify(seen) });
    const call = await asked.json();
    seen = call && (await work(call));
  }
})();
