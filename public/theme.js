// Before the first paint: the link's theme, else the stored one (lib/client/theme.ts). A file, because the CSP bars inline code.
;(function () {
  var known = { dark: true, light: true }
  var choice = new URLSearchParams(location.search).get('theme')
  try {
    if (choice === null) choice = localStorage.getItem('podwire.theme')
  } catch {}
  if (choice !== null && Object.hasOwn(known, choice)) document.documentElement.dataset.theme = choice
})()
