/**
 * Sentences of the server in English, each with its Spanish. A template has slots, "{name}" or "{name:kind}"; both languages
 * have the same slots, in any order. A kind is
 *   nothing     a word: whatever has no white space
 *   text        anything, shown as it is: options, what files say
 *   said        anything; put into Spanish where it is known
 *   because     reasons, joined by "; "; else as said
 *   code        `between backticks`
 *   a table     one of its entries
 * and any of them with a joint behind it: "list" (a, b and c), "commas" (a, b), "series" (a; b), "both" (a and b).
 */
type SlotNames<Text> = Text extends `${string}{${infer Slot}}${infer Rest}`
  ? (Slot extends `${infer Name}:${string}` ? Name : Slot) | SlotNames<Rest>
  : never

/** The Spanish itself, or else a type that says which slots are missing or too many, which no text has. */
type WithSlotsOf<English, Spanish> = [SlotNames<English>] extends [SlotNames<Spanish>]
  ? [SlotNames<Spanish>] extends [SlotNames<English>]
    ? Spanish
    : { unknownSlot: Exclude<SlotNames<Spanish>, SlotNames<English>> }
  : { missingSlot: Exclude<SlotNames<English>, SlotNames<Spanish>> }

/** English template → Spanish template. */
export type Table = Readonly<Record<string, string>>

/** A table whose slots are checked by the compiler. */
export const table = <const T extends Table>(
  pairs: T & { readonly [English in keyof T]: WithSlotsOf<English, T[English]> },
): Table => pairs
