/** Moves the focus to what the main area shows: the map, the grid, or what is selected in the list. */
export function focusMain(): void {
  const main = document.getElementById('main')
  const place = main?.querySelector<HTMLElement>('[role="application"], [role="grid"], [aria-current="true"]') ?? main
  place?.focus()
}
