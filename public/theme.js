// Before the first paint: the link's theme, else the stored one (lib/client/theme.ts). A file, because the CSP bars inline code.
;(function () {
  var known = { dark: true, light: true }
  var choice = new URLSearchParams(location.search).get('theme')
  try {
    // The wall stores nothing, and is dark unless told otherwise (lib/wall/url.ts).
    if (choice === null) choice = location.pathname === '/wall' ? 'dark' : localStorage.getItem('podwire.theme')
  } catch {}
  if (choice !== null && Object.hasOwn(known, choice)) document.documentElement.dataset.theme = choice
})()
