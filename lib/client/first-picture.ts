/**
 * The picture that the server draws (app/map.svg) and public/first-picture.js puts where the map will be. It is up from the
 * first paint until something truer takes its place, once in the life of a page.
 */
import { createStore } from 'zustand/vanilla'

export const firstPicture = createStore<{ isOver: boolean }>(() => ({ isOver: false }))

/** The live map is drawn, or something else is to be seen. */
export const endFirstPicture = (): void => firstPicture.setState({ isOver: true })
