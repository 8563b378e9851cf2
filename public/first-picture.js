// The map as the server draws it, in the place where the live one will be: whoever opens the page sees it while the code for
// the live one is still on its way. A file, because the CSP bars inline code; lib/client/first-picture.ts takes it away.
;(function () {
  var image = document.getElementById('first-picture')
  var place = document.getElementById('waiting-for-map')
  var panel = document.getElementById('waiting-for-panel')
  if (image === null || place === null || panel === null) return
  var asked = new URLSearchParams(location.search)
  // What changes the picture and is not asked of the server: the page comes to it by itself.
  if (asked.has('filter') || asked.has('reach') || (asked.get('view') || 'map') !== 'map') return
  if (matchMedia('(max-width: 47.99rem)').matches) return
  var theme = document.documentElement.dataset.theme
  if (theme === undefined) theme = matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark'
  var lang = asked.get('lang') || navigator.language.slice(0, 2)
  try {
    var width = Number(localStorage.getItem('podwire.panel'))
    if (width > 0) panel.style.width = Math.min(720, Math.max(320, Math.round(width))) / 16 + 'rem'
  } catch {}
  var box = place.getBoundingClientRect()
  var wanted = new URLSearchParams({ theme: theme, lang: lang === 'es' ? 'es' : 'en' })
  wanted.set('width', Math.round(box.width))
  wanted.set('height', Math.round(box.height))
  if (asked.get('host')) wanted.set('host', asked.get('host'))
  if (asked.get('declared') === 'hidden') wanted.set('declared', 'hidden')
  image.style.left = box.left + 'px'
  image.style.top = box.top + 'px'
  image.style.width = box.width + 'px'
  image.style.height = box.height + 'px'
  image.addEventListener('load', function () {
    image.hidden = false
  })
  image.src = '/map.svg?' + wanted
})()
