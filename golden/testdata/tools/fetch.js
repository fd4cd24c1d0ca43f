// What a page of the browser test does: fetch.js is an async function of a list
// of fetches, so many at a time, and gives what the page got to see of each.
//   {"fetches": [{"url": "…", "method": "PUT", "headers": [["Content-Type", "text/plain"]], "credentials": "omit"}], "abreast": 32}
//   -> [{"status": 200, "readable": ["content-type"]}, {"error": "TypeError: Failed to fetch"}]
async ({ fetches, abreast }) => {
  const seen = new Array(fetches.length);
  let next = 0;
  const work = async () => {
    while (next < fetches.length) {
      const i = next++;
      const { url, ...options } = fetches[i];
      try {
        const response = await fetch(url, options);
        seen[i] = { status: response.status, readable: [...response.headers.keys()] };
        await response.arrayBuffer();
      } catch (error) {
        seen[i] = { error: String(error) };
      }
    }
  };
  await Promise.all(Array.from({ length: abreast }, work));
  return seen;
}
