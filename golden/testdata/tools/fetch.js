// What a page of the browser tests does: it fetches what its parent asks for,
// and says what it got to see.
//   {"i": 0, "url": "…", "method": "PUT", "headers": [["Content-Type", "text/plain"]], "credentials": "omit"}
//   -> {"i": 0, "saw": {"status": 200, "readable": ["content-type"]}}, or {"error": "TypeError: Failed to fetch"}
addEventListener("message", async ({ data: { i, url, method, headers, credentials }, source }) => {
  let saw;
  try {
    const response = await fetch(url, { method, headers, credentials });
    saw = { status: response.status, readable: [...response.headers.keys()] };
    await response.arrayBuffer();
  } catch (error) {
    saw = { error: String(error) };
  }
  source.postMessage({ i, saw }, "*");
});
parent.postMessage("open", "*");
