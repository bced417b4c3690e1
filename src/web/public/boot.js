// Before the first paint: the theme and language chosen last time. A file of its own, since the page allows no inline script.
try {
  var root = document.documentElement, theme = localStorage.getItem('sansang.theme'), lang = localStorage.getItem('sansang.lang')
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme
  if (lang === 'vi' || lang === 'en') root.lang = lang
} catch (e) {}
